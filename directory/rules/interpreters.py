"""Who speaks a language at a service: its staff, or an interpreter. Read from HSDS's free texts.

HSDS has one row for each language, whose `note` may say how it is spoken, and the service's
`interpretation_services` in words. Only what is said is taken: a bare row means staff.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.rules.text import fold

_INTERPRETED = re.compile(r"\b(?:interpret\w*|language line|by phone interpretation)\b")
_DENIED = re.compile(
    r"\b(?:no|not|without|none|never|aucun\w*|sans|pas d(?:e|'| )?\s?)\b.{0,30}\binterpret"
    r"|\binterpret\w*\b.{0,30}\b(?:not|non|un)\s?(?:available|needed|required|offered|disponible\w*|offert\w*|requis\w*)"
)
_NOTHING = frozenset(
    {"", "no", "none", "non", "aucun", "aucune", "n a", "na", "s o", "0", "false", "unknown"}
)
_ANY = re.compile(
    r"\b(?:all|any|other|many|most|several|multiple|over|more than|toutes?|autres?|plusieurs|plus de)\b"
    r"|\b\d{2,3}\b|\blanguage line\b"
)


@dataclass(frozen=True, slots=True)
class Interpreted:
    """Codes of languages that interpreters speak; `any` if there are interpreters for unnamed ones too."""

    codes: frozenset[str] = frozenset()
    any: bool = False


def by_interpreter(note: str) -> bool:
    """True if the note of a language says that an interpreter speaks it, and does not say that none does."""
    words = fold(note)
    return bool(_INTERPRETED.search(words)) and not _DENIED.search(words)


def language_names(known: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Codes by folded name, from pairs of a name and its code; what stands in brackets is a name too: "ASL"."""
    found: dict[str, str] = {}
    for name, code in known:
        main, _, short = name.partition(" (")
        for text in (main, short.rstrip(")")):
            if len(text) > 2:
                found.setdefault(fold(text), code)
    return found


def interpreted(text: str, names: Mapping[str, str]) -> Interpreted:
    """What `interpretation_services` tells. `names` are those of `language_names`; unnamed means any language."""
    words = fold(text)
    if words in _NOTHING or _DENIED.search(words):
        return Interpreted()
    # Most names stand nowhere in it, which is known a hundred times as fast without asking where words end.
    told = (name for name in names if name in words and re.search(rf"\b{re.escape(name)}\b", words))
    codes = frozenset(names[name] for name in told)
    return Interpreted(codes, any=not codes or bool(_ANY.search(words)))
