"""What a file of starting content may hold: read from TOML, refused with its reason where it is not whole."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cms.rules.questions import asked_about

TEXTS = ("slug", "kind", "title", "summary", "language", "evidence", "when_to_use")
SLUGS = ("sector", "role", "forms", "situations", "needs")
ROWS: Mapping[str, tuple[str, ...]] = {
    "steps": ("title", "text", "when"),
    "say": ("text",),
    "do_not_say": ("text", "why"),
    "risks": ("text", "what_to_do"),
    "law": ("jurisdiction", "text", "source"),
    "roles": ("kind", "text"),
    "sources": ("title", "publisher", "date", "address", "fact"),
}
"""The names of each kind of row. The first has to be filled in each row."""

MARKUP = ("<", "](", "**")


class ContentFault(ValueError):
    """What is wrong with a file, for the person who wrote it."""


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name, "")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):  # a year of publication
        return str(value)
    if not isinstance(value, str):
        raise ContentFault(f"{where}{name} is no text.")
    if any(mark in value for mark in MARKUP):
        raise ContentFault(f"{where}{name} holds markup: paragraphs and lists are all that is shown.")
    return value.strip()


def _place(code: str) -> str:
    """The whole country in small letters, a province in large ones, as everywhere in the directory."""
    return code.lower() if code.lower() == "ca" else code.upper()


def _row(row: Any, names: tuple[str, ...], where: str) -> dict[str, str]:
    if not isinstance(row, Mapping):
        raise ContentFault(f"{where}is no table.")
    if unknown := sorted(set(row) - set(names)):
        raise ContentFault(f"{where}{unknown[0]} is not known.")
    told = {name: _text(row, name, where) for name in names}
    if "jurisdiction" in told:
        told["jurisdiction"] = _place(told["jurisdiction"])
    if not told[names[0]]:
        raise ContentFault(f"{where}{names[0]} is empty.")
    return told


def _rows(file: Mapping[str, Any], part: str) -> list[dict[str, str]]:
    found = file.get(part, [])
    if not isinstance(found, list):
        raise ContentFault(f"{part} is no list.")
    return [_row(row, ROWS[part], f"{part} {at}: ") for at, row in enumerate(found, 1)]


def _questions(file: Mapping[str, Any], known: Mapping[str, frozenset[str]]) -> list[dict[str, Any]]:
    """Those of an assessment tool, and of nothing else; each with its kinds of help."""
    found = file.get("questions", [])
    if not isinstance(found, list) or bool(found) != (file.get("kind") == "assessment"):
        raise ContentFault("questions: an assessment tool has some, and nothing else has.")
    told: list[dict[str, Any]] = []
    for at, row in enumerate(found, 1):
        where = f"questions {at}: "
        if not isinstance(row, Mapping):
            raise ContentFault(f"{where}is no table.")
        texts = {name: value for name, value in row.items() if name != "needs"}
        asked = _row(texts, ("title", "text"), where)
        for unasked, words in asked_about(asked["title"]):
            raise ContentFault(f"{where}“{words}” asks about {unasked}.")
        told.append({**asked, "needs": _slugs(row, "needs", known)})
    return told


def _slugs(file: Mapping[str, Any], name: str, known: Mapping[str, frozenset[str]]) -> list[str]:
    found = file.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ContentFault(f"{name} is no list of words.")
    if unknown := [one for one in found if one not in known[name]]:
        raise ContentFault(f"{name}: {unknown[0]} is not known.")
    return list(dict.fromkeys(found))


def _refuse_unknown(told: Mapping[str, Any], known: Mapping[str, frozenset[str]]) -> None:
    """What is chosen from a list has to stand there."""
    chosen = [("kind", told["kind"]), ("language", told["language"]), ("evidence", told["evidence"])]
    chosen += [("law: jurisdiction", row["jurisdiction"]) for row in told["law"]]
    chosen += [("roles: kind", row["kind"]) for row in told["roles"]]
    for name, value in chosen:
        if value not in known[name]:
            raise ContentFault(f"{name}: {value!r} is not known.")


def read_content(file: Mapping[str, Any], known: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """The content of one file, every name filled. Raises ContentFault.

    `known`: the words that may be chosen, for each of SLUGS and of "kind", "language", "evidence", "law: jurisdiction"
    and "roles: kind".
    """
    if unknown := sorted(set(file) - {*TEXTS, *SLUGS, *ROWS, "questions", "review_by", "is_urgent"}):
        raise ContentFault(f"{unknown[0]} is not known.")
    told: dict[str, Any] = {name: _text(file, name, "") for name in TEXTS}
    if missing := [name for name in TEXTS if not told[name]]:
        raise ContentFault(f"{missing[0]} is missing.")
    if not isinstance(file.get("review_by"), date):
        raise ContentFault("review_by is no date.")
    told["review_by"] = file["review_by"]
    told["is_urgent"] = file.get("is_urgent", False)
    if not isinstance(told["is_urgent"], bool):
        raise ContentFault("is_urgent is neither true nor false.")
    told |= {name: _slugs(file, name, known) for name in SLUGS}
    told |= {part: _rows(file, part) for part in ROWS}
    told["questions"] = _questions(file, known)
    _refuse_unknown(told, known)
    if not told["sources"]:
        raise ContentFault("sources: there is none.")
    return told
