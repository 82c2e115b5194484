"""Telephone numbers and languages in one cell each: a number on each line, languages parted by semicolons."""

import re
from collections.abc import Mapping, Sequence

from directory.rules.interpreters import by_interpreter
from directory.rules.sheet_text import NotRead
from directory.rules.text import fold

Row = Mapping[str, str]
MOST_LETTERS = 7
""" "1-800-555-HELP" is a number; a sentence is none."""
FEWEST_DIGITS, LONGEST_NUMBER, LONGEST_LABEL = 3, 40, 120
_TYPES = {
    "en": {"": "to call", "voice": "to call", "text": "for texts", "sms": "for texts", "fax": "fax"},
    "fr": {
        "": "pour appeler",
        "voice": "pour appeler",
        "text": "pour les textos",
        "sms": "pour les textos",
        "fax": "télécopieur",
    },
}
_TYPE_OF = {
    "to call": "",
    "call": "",
    "voice": "",
    "pour appeler": "",
    "for texts": "text",
    "text": "text",
    "texts": "text",
    "sms": "text",
    "pour les textos": "text",
    "textos": "text",
    "texto": "text",
    "fax": "fax",
    "telecopieur": "fax",
}
_EXTENSION = {"en": "extension", "fr": "poste"}
# "(613) 555-0142" begins with a bracket that is no label.
_LABELLED = re.compile(r"((?:\+?[\d ]*\([\d ]+\))?[^(]*?)\s*\((.*)\)")
_PART = re.compile(r"(?:extension|ext|poste|x)\.?\s*(\S.*)", re.IGNORECASE)
_INTERPRETED = {"en": "interpreter", "fr": "interprète"}
_BY_INTERPRETER = re.compile(
    r"(.*?)\s*(?:\(\s*(?:by an? )?(?:interpreters?|interprètes?|interpretes?|par (?:un )?interprète)\s*\))",
    re.IGNORECASE,
)


def write_phones(rows: Sequence[Row], language: str) -> str:
    """A line for each number: "613-555-0142, extension 3, for texts (Nurse / Infirmière)"."""
    return "\n".join(_written_phone(row, language) for row in rows)


def _written_phone(row: Row, language: str) -> str:
    told = [row["number"]]
    if row.get("extension"):
        told.append(f"{_EXTENSION[language]} {row['extension']}")
    if kind := row.get("type"):
        told.append(_TYPES[language].get(kind, kind))
    labels = (row.get("description", ""), row.get("description_fr", ""))
    line = ", ".join(told)
    return f"{line} ({' / '.join(labels) if labels[1] else labels[0]})" if any(labels) else line


def read_phones(text: str, stored: Sequence[Row]) -> list[dict[str, str]]:
    """The numbers of a cell, each with the id of the row that it was. Raises NotRead."""
    lines = [line.strip() for line in re.split(r"[;\n]", text) if line.strip()]
    found = [_phone(line) for line in lines]
    return with_ids(found, stored)


def _phone(line: str) -> dict[str, str]:
    labelled = _LABELLED.fullmatch(line)
    head, label = (labelled[1], labelled[2]) if labelled and labelled[1] else (line, "")
    number, *parts = [part.strip() for part in head.split(",")]
    english, _slash, french = (part.strip() for part in label.partition(" / "))
    if label.lstrip().startswith("/"):
        english, french = "", label.lstrip()[1:].strip()
    row = {"number": number, "extension": "", "type": "", "description": english, "description_fr": french}
    for part in parts:
        extension = _PART.fullmatch(part)
        if extension:
            row["extension"] = extension[1]
        elif fold(part) in _TYPE_OF:
            row["type"] = _TYPE_OF[fold(part)]
        else:
            raise NotRead("phone_part", part)
    return _checked(row, line)


def _checked(row: dict[str, str], line: str) -> dict[str, str]:
    check_number(row["number"], line)
    if len(row["extension"]) > LONGEST_NUMBER:
        raise NotRead("no_number", line)
    if max(len(row["description"]), len(row["description_fr"])) > LONGEST_LABEL:
        raise NotRead("too_long", str(LONGEST_LABEL))
    return row


def check_number(number: str, line: str = "") -> None:
    """Raise NotRead for what nobody can call. `line`: what shows it, where that is more than the number."""
    letters = sum(c.isalpha() for c in number)
    is_number = sum(c.isdigit() for c in number) >= FEWEST_DIGITS and letters <= MOST_LETTERS
    if not is_number or "@" in number or "\n" in number or len(number) > LONGEST_NUMBER:
        raise NotRead("no_number", line or number[:60])


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def with_ids(found: Sequence[dict[str, str]], stored: Sequence[Row]) -> list[dict[str, str]]:
    """The same number keeps its row; what is left over keeps it in order, so that a changed number is a change."""
    left = list(stored)
    taken: dict[int, str] = {}
    for place, row in enumerate(found):
        same = next((one for one in left if _digits(one["number"]) == _digits(row["number"])), None)
        if same is not None:
            left.remove(same)
            taken[place] = same["id"]
    rest = iter(left)
    for place in range(len(found)):
        if place not in taken:
            taken[place] = next(rest, {"id": ""})["id"]
    return [row | {"id": taken[place]} for place, row in enumerate(found)]


def write_languages(rows: Sequence[Row], names: Mapping[str, str], language: str) -> str:
    """ "English; Cree (interpreter)"; `names` by code, in the sheet's language."""
    told = []
    for row in rows:
        name = names.get(row["code"], row.get("name") or row["code"])
        is_interpreted = by_interpreter(row.get("note", ""))
        told.append(f"{name} ({_INTERPRETED[language]})" if is_interpreted else name)
    return "; ".join(told)


def read_languages(
    text: str, stored: Sequence[Row], codes: Mapping[str, str], names: Mapping[str, str]
) -> list[dict[str, str]]:
    """The languages of a cell; `codes` by folded name, `names` by code in English. Raises NotRead.

    What is told of one that is stored stays as it was written, unless it is told otherwise here.
    """
    known = {row["code"]: row for row in stored}
    found: list[dict[str, str]] = []
    for item in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        interpreted = _BY_INTERPRETER.fullmatch(item)
        name = interpreted[1] if interpreted else item
        code = codes.get(fold(name)) or next(
            (c for c, r in known.items() if fold(r["name"]) == fold(name)), ""
        )
        if not code:
            raise NotRead("no_language", name)
        if any(row["code"] == code for row in found):
            raise NotRead("language_twice", name)
        found.append(_spoken(code, known.get(code), names, is_interpreted=bool(interpreted)))
    return found


def _spoken(code: str, old: Row | None, names: Mapping[str, str], *, is_interpreted: bool) -> dict[str, str]:
    note = old["note"] if old else ""
    if by_interpreter(note) != is_interpreted:
        note = "interpreter" if is_interpreted else ""
    name = old["name"] if old else names.get(code, code)
    return {"id": old["id"] if old else "", "code": code, "name": name, "note": note}
