"""The twelve questions of `bench/finding.py`: who might ask them, and where."""

from collections.abc import Mapping
from dataclasses import dataclass

Body = Mapping[str, str | int | list[str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A search as the body of `POST /api/search`. `is_plain`: the plain view can answer it too (it has no synonyms)."""

    name: str
    body: Body
    is_plain: bool = True

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as `directory.rules.query.read` takes them; a list repeats its name."""
        return [
            (name, str(item))
            for name, value in self.body.items()
            for item in (value if isinstance(value, list) else [value])
        ]


QUESTIONS = (
    Question("metro", {"near": "Toronto", "need": "housing", "with": "pet"}),
    Question("rural", {"near": "Swan River, MB", "need": "food"}),
    Question("north", {"near": "Iqaluit", "need": "talk"}),
    Question("rare_need", {"near": "Calgary", "need": "tattoo_removal"}),
    Question("rare_language", {"near": "Winnipeg", "language": "mam"}),
    Question(
        "long_filter",
        {
            "near": "Vancouver",
            "need": ["health_care", "talk", "legal_help"],
            "age": 17,
            "gender": "woman",
            "with": ["pet", "companion"],
            "accept": ["no_id", "no_health_card", "substance_use", "trans_welcome", "out_of_area"],
            "access": ["wheelchair", "cognitive"],
        },
    ),
    Question("text_en_synonym", {"q": "groceries"}, is_plain=False),
    Question("text_fr_near", {"near": "Sherbrooke", "q": "aide juridique", "lang": "fr"}),
    Question("open_now", {"near": "Montréal", "open": "now"}),
    Question("open_evening", {"near": "Surrey, BC", "open": "evening", "language": "pan"}),
    Question("elsewhere", {"near": "Dawson Creek", "need": "crisis_line"}),
    Question("ruled_out", {"near": "Ottawa", "not_in": "QC", "need": "legal_help"}),
)
"""Metro (with a pet, which few refuse), rural, North, rare need, rare language (its second scan), long filter, text in
English by a synonym and without a place, text in French near one, open now, open in the evening with a language, what
has no place here (from a small town), and a province that is ruled out."""
