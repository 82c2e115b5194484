"""Streets told without a number: "on Mill Lane", "rue du Moulin", "corner of Mill and Main".

Looked for only in the texts of whoever runs a protected place: anybody else may mean another door of the street.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from directory.rules.street_kinds import EITHER, UNMISTAKABLE
from directory.rules.street_words import (
    KIND_OF,
    LITTLE,
    TYPES,
    UNITS,
    number_beside,
    number_in,
    one_way,
    ordinal_in,
)
from directory.rules.text import fold
from directory.rules.written_doors import Door, doors_in, sure_doors_in
from directory.rules.written_roads import NAMED_BEHIND, roads_in

_SURE = TYPES | NAMED_BEHIND
_KINDS = _SURE | UNMISTAKABLE
_MOST_NAMES = 3
_SHORTEST_CORNER = 4
_FURTHEST = 6
_CORNERS = frozenset(("corner", "coin", "intersection", "angle"))
_BEHIND_CORNER = 8


class Told(NamedTuple):
    """A street as it is kept ("lane mill", "corner mill"), and its words in the text: from `start` up to `end`."""

    street: str
    start: int
    end: int


def streets_of(line: str, *, is_street: bool) -> set[str]:
    """What names the street of an address, told with its kind or as a corner; empty for a box or a unit."""
    doors = sure_doors_in(line, is_street=is_street)
    if is_street and not doors:
        doors = [Door(("",), tuple(word for word in fold(line).split()))]
    found: set[str] = set()
    for door in doors:
        found |= _kept_of(door)
    return found | _numbered_behind(fold(line).split())


def _kept_of(door: Door) -> set[str]:
    kind = next((word for word in reversed(door.street) if word in _SURE), "")
    told = [word for word in door.name if word not in _SURE] or _numbers(door)
    if not kind and len(told) > 1:
        kind = next((word for word in reversed(told) if word in UNMISTAKABLE), "")
        told = [word for word in told if word != kind]
    name = [one_way(word) for word in told]
    if not name or not UNITS.isdisjoint(door.street) or (not kind and not door.numbers[-1]):
        return set()
    # Of a long name what stands beside the kind in either language.
    streets = {" ".join(name[:_MOST_NAMES]), " ".join(name[-_MOST_NAMES:])}
    plain = [word for word in name if word not in EITHER]
    streets |= {" ".join(plain[:_MOST_NAMES])} if plain else set()
    corners = {f"corner {street}" for street in streets if len(street) >= _SHORTEST_CORNER}
    return corners | ({f"{_kind(kind)} {street}" for street in streets} if kind else set())


def _numbered_behind(words: list[str]) -> set[str]:
    """ "highway 16th" of "27 Highway 16": the house has another number before."""
    first = next((place for place, word in enumerate(words) if number_in(word)), len(words))
    return {
        f"{_kind(word)} {one_way(number)}"
        for place, (word, number) in enumerate(pairwise(words))
        if place > first and word in _KINDS and (number_in(number) or ordinal_in(number))
    }


def _kind(word: str) -> str:
    return KIND_OF.get(word) or one_way(word)


def _numbers(door: Door) -> list[str]:
    """ "104" of "104 Avenue"."""
    return [word for word in door.street[:1] if number_in(word) or ordinal_in(word)]


def streets_in(folded: str) -> Iterator[Told]:
    """Every run of words beside a kind of street, or behind "corner of", that may be a street's name."""
    words = folded.split()
    if not _KINDS.isdisjoint(words):
        for place, word in enumerate(words):
            if word in _KINDS:
                yield from _named(words, place, _kind(word), -1)
                yield from _named(words, place, _kind(word), 1)
    if not _CORNERS.isdisjoint(words):
        yield from _at_corners(words)


def _named(words: list[str], place: int, kind: str, step: int) -> Iterator[Told]:
    """Up to three names before a kind, or behind it, small words between left out."""
    names: list[str] = []
    at = place
    for _ in range(_FURTHEST):
        at += step
        if not 0 <= at < len(words) or words[at] in TYPES or len(names) == _MOST_NAMES:
            return
        if words[at] in LITTLE:
            continue
        names = [one_way(words[at]), *names] if step < 0 else [*names, one_way(words[at])]
        yield Told(f"{kind} {' '.join(names)}", min(at, place), max(at, place) + 1)


def _at_corners(words: list[str]) -> Iterator[Told]:
    for place, word in enumerate(words):
        if word not in _CORNERS:
            continue
        behind = [
            (at, one_way(words[at]))
            for at in range(place + 1, min(place + 1 + _BEHIND_CORNER, len(words)))
            if words[at] not in LITTLE and words[at] not in TYPES
        ]
        for start in range(len(behind)):
            for length in range(1, _MOST_NAMES + 1):
                part = behind[start : start + length]
                yield Told("corner " + " ".join(name for _, name in part), part[0][0], part[-1][0] + 1)


def door_pairs(folded: str, told: Told) -> Iterator[str]:
    """The number right before, or behind, a street, with the first, or last, word of its name: "12 mill"."""
    words = folded.split()
    before, behind = number_beside(words, told.start, -1), number_beside(words, told.end - 1, 1)
    names = told.street.split()[1:]
    if before:
        yield from (f"{before} {name}" for name in names)
    if behind:
        yield from (f"{name} {behind}" for name in names)


def open_doors(line: str) -> set[str]:
    """Numbers with their street's names, "12 mill" and "mill 12", of a door that may be told."""
    found: set[str] = set()
    for door in doors_in(line):
        for name in map(one_way, door.name or _numbers(door)):
            found |= {
                pair for number in door.all_numbers for pair in (f"{number} {name}", f"{name} {number}")
            }
    return found | {pair for pair in roads_in(fold(line).split(), is_text=False) if pair[0].isdigit()}
