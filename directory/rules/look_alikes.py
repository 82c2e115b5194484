"""What looks like a protected place of another record: near it, under its number, or under its name.

Nearness alone proves nothing: whole streets are near a house, and to hide them all would show where it stands. It
counts where a record tells a point and no street, which is how a place that wants to stay hidden is told.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from directory.rules.name_words import HOUSE_WORDS
from directory.rules.text import fold

ROW = 0.0025
"""Degrees of latitude that a square of the map is high, about 280 m; it is as wide on the ground."""

SWITCHBOARD = 4
"""A number that so many services have is a switchboard or a line for everybody, and says nothing of any of them."""

_ALIKE = 0.88
_NARROWEST = 0.05
_BLOCK = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two records, one of them at a protected place, have in common. `in_area` is also True where nobody knows."""

    is_near: bool = False
    has_street: bool = True
    same_phone: bool = False
    same_name: bool = False
    same_owner: bool = False
    in_area: bool = False
    in_province: bool = False


def is_alike(found: Likeness) -> bool:
    """True if one record may be the other's protected place: then it isn't told where it is, until somebody looked.

    The names of service and organization together count in one area, the phone in one province. Where no street is
    told, a point near by is enough, and so is the organization's name in the same area.
    """
    is_named = found.same_name and found.same_owner
    if found.same_phone and (found.in_province or found.is_near or is_named):
        return True
    if is_named and (found.in_area or found.is_near):
        return True
    if found.has_street:
        return False
    return found.is_near or (found.same_owner and found.in_area)


def _telling(name: str) -> frozenset[str]:
    return frozenset(word for word in fold(name).split() if word not in HOUSE_WORDS)


def near_same(one: str, two: str) -> bool:
    """True if two names say the same, but for words that any house has, a word more or less, or a letter."""
    first, second = fold(one), fold(two)
    if not first or not second:
        return False
    if first == second:
        return True
    ours, theirs = _telling(one), _telling(two)
    if not ours or not theirs:
        return False
    if ours == theirs or (len(ours & theirs) > 1 and len(ours ^ theirs) == 1):
        return True
    return SequenceMatcher(None, "".join(sorted(ours)), "".join(sorted(theirs))).ratio() >= _ALIKE


def blocks_of(name: str) -> frozenset[str]:
    """What near-same names have in common: beginnings of their telling words, or the name where all are common."""
    words = _telling(name)
    return frozenset(word[:_BLOCK] for word in words) or frozenset({fold(name)} - {""})


def number_key(number: str) -> str:
    """The ten digits of a number, whatever extension stands behind it; "" for a short code, which is everybody's."""
    digits = re.sub(r"\D", "", number).removeprefix("1")
    return digits[:10] if len(digits) >= 10 else ""


def shared_numbers(numbers: Iterable[Iterable[str]]) -> frozenset[str]:
    """Of the numbers of many services those that say nothing."""
    counted: dict[str, int] = {}
    for of_one in numbers:
        for number in set(of_one):
            counted[number] = counted.get(number, 0) + 1
    return frozenset(number for number, count in counted.items() if count >= SWITCHBOARD)


def _width(row: int) -> float:
    return ROW / max(math.cos(math.radians(row * ROW)), _NARROWEST)


def _square(row: int, longitude: float, beside: int = 0) -> str:
    return f"{row}|{math.floor(longitude / _width(row)) + beside}"


def _is_point(latitude: float | None, longitude: float | None) -> bool:
    told = (latitude, longitude)
    return all(value is not None and math.isfinite(value) for value in told)


def square_of(latitude: float | None, longitude: float | None) -> str:
    """The square of the map in which a point lies; "" for none."""
    if latitude is None or longitude is None or not _is_point(latitude, longitude):
        return ""
    return _square(math.floor(latitude / ROW), longitude)


def squares_around(latitude: float | None, longitude: float | None) -> Iterator[str]:
    """The squares in which whatever is near a point lies: its own and those that touch it."""
    if latitude is None or longitude is None or not _is_point(latitude, longitude):
        return
    middle = math.floor(latitude / ROW)
    for row in (middle - 1, middle, middle + 1):
        for beside in (-1, 0, 1):
            yield _square(row, longitude, beside)
