"""Staff or an interpreter: read from HSDS's free texts only where it is said."""

import re

import pytest

from directory.rules.interpreters import Interpreted, by_interpreter, interpreted, language_names

NAMES = language_names(
    [
        ("Punjabi", "pan"),
        ("pendjabi", "pan"),
        ("Cree (all kinds)", "cre"),
        ("Persian (Farsi)", "pes"),
        ("American Sign Language (ASL)", "ase"),
        ("French", "fra"),
        ("français", "fra"),
    ]
)
ANY = Interpreted(any=True)


def codes(*named: str, also_others: bool = False) -> Interpreted:
    return Interpreted(frozenset(named), any=also_others)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", codes()),
        ("None", codes()),
        ("n/a", codes()),
        ("No interpreters", codes()),
        ("Interpreters are not available.", codes()),
        ("Aucun service d'interprétation", codes()),
        ("Sans interprète", codes()),
        ("Interpretation available", ANY),
        ("Interprètes sur demande", ANY),
        ("Language Line, 200+ languages", ANY),
        ("Punjabi and Cree interpreters", codes("pan", "cre")),
        ("Interprète en pendjabi", codes("pan")),
        ("Farsi interpreter on Tuesdays", codes("pes")),
        ("ASL interpretation", codes("ase")),
        ("Punjabi, French and other languages", codes("pan", "fra", also_others=True)),
        ("Plus de 100 langues, dont le français", codes("fra", also_others=True)),
    ],
)
def test_what_a_service_says_of_its_interpreters(text: str, told: Interpreted) -> None:
    assert interpreted(text, NAMES) == told


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("", False),
        ("Tuesdays", False),
        ("Through an interpreter", True),
        ("Interprète par téléphone", True),
        ("Spoken by staff, no interpreter needed", False),
        ("Parlé par l'équipe, sans interprète", False),
    ],
)
def test_a_language_is_spoken_by_staff_unless_its_note_says_interpreter(note: str, expected: bool) -> None:
    assert by_interpreter(note) is expected


def test_only_names_that_stand_in_a_text_are_asked_of_it_word_by_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A hundred languages are known, and a text may have 200,000 characters."""
    asked: list[str] = []
    search = re.search

    def counting(pattern: str, text: str) -> object:
        asked.append(pattern)
        return search(pattern, text)

    monkeypatch.setattr(re, "search", counting)
    assert interpreted("Interpreters for frenchmen, and in Punjabi", NAMES) == codes("pan")
    assert asked == [r"\bpunjabi\b", r"\bfrench\b"]
