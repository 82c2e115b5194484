"""Streets named by a number, and doors told by lot, rural route or box: what makes them one in any spelling.

"1509 14 Street", "1509 14th St" and "1509, 14e rue" are the same; so are "R.R. 3" and "RR #3".
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from directory.rules.street_words import (
    NUMBER_WORDS,
    ORDINAL_ENDINGS,
    TYPES,
    as_ordinal,
    number_beside,
    number_in,
    ordinal_in,
)
from directory.rules.text import fold

_DIGITS = frozenset("0123456789")
_ROADS = {
    **dict.fromkeys(("highway", "hwy", "route", "rte", "autoroute", "aut"), "highway"),
    **dict.fromkeys(("concession", "conc", "con"), "concession"),
    **dict.fromkeys(("rr", "rurale"), "rr"),
    **dict.fromkeys(("box", "cp", "bp", "pob", "postale", "postal"), "box"),
    "lot": "lot",
}
"""Words before a number that is no house's: of a road, of a lot, of a box."""

_BOX_BEFORE = ("p o box", "po box", "c p", "case postale")
"""How boxes were kept before one word was kept for all: as whole lines."""

NAMED_BEHIND = TYPES | frozenset(
    ("concession", "conc", "con", "line", "ligne", "sideroad", "sr", "range", "rge", "rr", "township", "twp")
)
"""Kinds of roads that stand before their number: "Concession 5", "Range Road 52", "rue 2"."""

_NAMED_BEFORE = TYPES | frozenset(("concession", "conc", "con", "line", "ligne", "sideroad", "side", "sr"))
_BEHIND_NAME = _NAMED_BEFORE | ORDINAL_ENDINGS
_BEFORE_NUMBER = NUMBER_WORDS | _ROADS.keys() | {"r", "p"}
_GLUED = re.compile(r"(rr|hwy|rte|lot|conc|con|box|cp|bp|pob)(\d{1,5})")


def roads_in(words: list[str], *, is_text: bool = True) -> Iterator[str]:
    """Pairs like "1509 14th", "14th 1509", and "rr 3", "lot 14", "box 417", "highway 7" of folded words.

    Of a text with every spelling that may have been kept; of an address only those that are kept now.
    """
    for place in [at for at, word in enumerate(words) if _may_count(word)]:
        word = words[place]
        if word[0] in _DIGITS:
            before = words[place - 1] if place else ""
            behind = words[place + 1] if place + 1 < len(words) else ""
            if before in NAMED_BEHIND or behind in _BEHIND_NAME or ordinal_in(word):
                yield from _named_by_number(words, place, is_text=is_text)
            if before in _BEFORE_NUMBER and (number := number_in(word)):
                yield from _told(_road_before(words, place), number, is_text=is_text)
        elif found := _GLUED.fullmatch(word):
            yield from _told(_ROADS[found[1]], found[2], is_text=is_text)
        elif place + 1 < len(words) and words[place + 1] in _NAMED_BEFORE:
            yield from _named_by_number(words, place, is_text=is_text)


@lru_cache(maxsize=20_000)
def _may_count(word: str) -> bool:
    return word[0] in _DIGITS or bool(ordinal_in(word) or _GLUED.fullmatch(word))


def _told(road: str, number: str, *, is_text: bool) -> Iterator[str]:
    if road:
        yield f"{road} {number}"
    if road == "box" and is_text:
        yield from (f"{box} {number}" for box in _BOX_BEFORE)
    if road == "rr" and is_text:
        yield f"r r {number}"


def _road_before(words: list[str], place: int) -> str:
    """What the number stands behind: "lot" in "lot no 14"."""
    place -= 1
    if place and words[place] in NUMBER_WORDS:
        place -= 1
    before, word = words[place - 1] if place else "", words[place]
    if (before, word) in (("r", "r"), ("rural", "route")):
        return "rr"
    if (before, word) in (("c", "p"), ("b", "p")):
        return "box"
    return _ROADS.get(word, "")


def _named_by_number(words: list[str], place: int, *, is_text: bool) -> Iterator[str]:
    """House number and number of the street, in either order, if the one in this place is a street's."""
    ordinal = ordinal_in(words[place])
    number = ordinal or number_in(words[place])
    if not number:
        return
    behind = place + 1
    if behind < len(words) and words[behind] in ORDINAL_ENDINGS and words[behind] not in TYPES:
        behind += 1  # "5 e avenue"
    names = (as_ordinal(number), number) if is_text else (as_ordinal(number),)
    is_before_kind = behind < len(words) and words[behind] in _NAMED_BEFORE
    if (ordinal or is_before_kind) and (house := number_beside(words, place, -1)):
        yield from (f"{house} {name}" for name in names)
    if is_before_kind and (house := number_beside(words, behind, 1)):
        yield from (f"{name} {house}" for name in names)
    if place and words[place - 1] in NAMED_BEHIND:
        if house := number_beside(words, place - 1, -1, NAMED_BEHIND):
            yield from (f"{house} {name}" for name in names)
        if house := number_beside(words, place, 1, frozenset()):
            yield from (f"{name} {house}" for name in names)


def lots_of(line: str) -> set[str]:
    """What stands for a door in a line that may tell no house number: lot, rural route, box; else the road's number."""
    words = fold(line).split()
    told = {road.split()[0]: road for road in roads_in(words, is_text=False) if road.split()[0] in _KEPT}
    found = {road for kind, road in told.items() if kind in ("lot", "rr", "box")}
    if "lot" in told and "concession" in told:
        found.add(told["concession"])
    first = next((place for place, word in enumerate(words) if number_in(word)), 0)
    if first and _road_before(words, first) == "highway":
        found.add(f"highway {number_in(words[first])}")
    return found


_KEPT = frozenset(_ROADS.values())
