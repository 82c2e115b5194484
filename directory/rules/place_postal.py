"""Postal areas: their codes as typed, the names of their localities, and how far their points are to be trusted.

Canada Post's forward sortation areas are the first three characters of a code. Their points come from several
sources, and some lie in another part of the province: a point counts as sure only if a place of the locality's own
name, or a large city, is near it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from directory.rules.place_grid import Grid, Point, flat_kilometres
from directory.rules.place_names import joined, place_key

_FIRST_LETTERS = frozenset("ABCEGHJKLMNPRSTVXY")
_CODE = re.compile(r"([A-Z][0-9][A-Z])(?:[0-9](?:[A-Z][0-9]?)?)?")
_TRAILING = re.compile(
    r"(.*[\s,])?([A-Za-z][\s.-]*[0-9Oo][\s.-]*[A-Za-z][\s.-]*[0-9Oo][\s.-]*[A-Za-z][\s.-]*[0-9Oo])"
    r"|(?P<name>.*[\s,])(?P<area>[A-Za-z][0-9][A-Za-z])"
)
_LEADING = re.compile(
    r"([A-Za-z][\s.-]*[0-9Oo][\s.-]*[A-Za-z][\s.-]*[0-9Oo][\s.-]*[A-Za-z][\s.-]*[0-9Oo])[\s,]+(.+)"
    r"|(?P<area>[A-Za-z][0-9][A-Za-z])[\s,]+(?P<name>.+)",
    re.DOTALL,
)
_MARKS = re.compile(r"[\s.,_\-\u2010-\u2015]")

_SIDES = (
    "north|south|east|west|central|northeast|northwest|southeast|southwest|northern|southern|eastern|western|centre"
    "|inner|outer|upper|lower|outskirts|extremities|mid"
)
_SIDE_AFTER = re.compile(rf"(?:\s+(?:and|{_SIDES}))+$", re.IGNORECASE)
_SIDE_BEFORE = re.compile(rf"^(?:(?:downtown|old|{_SIDES})\s+)+", re.IGNORECASE)
# Words of sorting plants, towers and parts of towns, which nobody's town is called.
_NO_TOWN = re.compile(
    rf"\d|\?|&|\b(?:government|boxes|mail|business|place|tour|stn|rcm|region|township|county|offices|downtown|old|riverbank"
    rf"|harbour|basin|inner|outer|lower|upper|extremities|subdivisions|{_SIDES})$|\bgovernment"
    r"|^(?:downtown|old|tour|place) ",
    re.IGNORECASE,
)

SURE_KM = 10.0
SURE_OF_A_CITY_KM = 30.0
"""How far a locality's area may lie from the middle of a place of its name: a town, or a city of CITY people."""
CITY = 50_000
METROPOLIS = 120_000
METROPOLIS_KM = 15.0
"""Near so large a city points were found right, whatever the locality is called."""
TRUSTED_SHARE = 0.95
QUARTER_KM = 40.0
"""A quarter of a town lies at most so far from it."""


class Known(Point, Protocol):
    """A community, as far as it is needed here."""

    @property
    def population(self) -> int:
        """People; 0 is unknown."""


K = TypeVar("K", bound=Known)


def forward_area(text: str) -> str:
    """Return "K7L" for a postal code or its beginning in any spacing or case, else ""."""
    whole = _MARKS.sub("", text).upper()
    found = _CODE.fullmatch(whole) or (len(whole) > 3 and _CODE.fullmatch(_without_letter_o(whole)))
    return found[1] if found else ""


def _without_letter_o(code: str) -> str:
    """Read the letter O as the digit 0 where a digit stands: no code has the letter O."""
    digits = "".join("0" if i % 2 and letter == "O" else letter for i, letter in enumerate(code))
    return digits if any(map(str.isdigit, code)) else ""


def is_postal_letter(letter: str) -> bool:
    """Say whether postal codes begin with this letter."""
    return letter in _FIRST_LETTERS


def trailing_code(text: str) -> tuple[str, str]:
    """Return what stands before a postal code or its first half at the end, and its first three characters.

    "" and "" if there is none.
    """
    found = _TRAILING.fullmatch(text)
    if found is None:
        return "", ""
    before, code = found["name"] or found[1] or "", found["area"] or found[2]
    return before.strip(" ,"), forward_area(code)


def leading_code(text: str) -> tuple[str, str]:
    """Return what stands behind a postal code or its first half at the beginning, and its first three characters.

    "" and "" if there is none.
    """
    found = _LEADING.fullmatch(text)
    if found is None:
        return "", ""
    code, behind = found["area"] or found[1], found["name"] or found[2]
    return behind.strip(" ,"), forward_area(code)


def locality_names(locality: str) -> list[str]:
    """Return the names in "Ottawa Central (Lower Town / Sandy Hill)": as written, the town, then its quarters."""
    text = locality.replace("- ", "-").strip()
    outside, _, inside = text.partition(" (")
    towns = [name.strip() for name in outside.split(",")]
    without = [_SIDE_AFTER.sub("", town) for town in towns]
    bare = [_SIDE_BEFORE.sub("", town) for town in without]
    quarters = [name.strip() for name in inside.rstrip(")").split(" / ")]
    return [name for name in dict.fromkeys([outside, *towns, *without, *bare, *quarters]) if name]


def quarters(locality: str) -> list[str]:
    """Return the names between the brackets of a locality."""
    return [name.strip() for name in locality.partition(" (")[2].rstrip(")").split(" / ") if name.strip()]


def towns_of(locality: str) -> Iterator[str]:
    """Yield the towns that a locality's name tells, without parts of towns, offices and mail plants."""
    outside = locality.replace("- ", "-").partition(" (")[0]
    for name in outside.split(","):
        town = _SIDE_AFTER.sub("", name.strip())
        if town and not _NO_TOWN.search(town):
            yield town


def town_group(town: str, province: str) -> tuple[str, str]:
    """Return what two spellings of one town share: "La Salle" and "LaSalle"."""
    return joined(place_key(town)), province


def begins_with_known(town: str, is_known: Callable[[str], bool]) -> bool:
    """Say whether a shorter name at its beginning, or its end behind a side, is a known town: "Halifax Harbour"."""
    words = town.split()
    return any(is_known(" ".join(words[:n])) for n in range(1, len(words))) or (
        (bare := _SIDE_BEFORE.sub("", town)) != town and is_known(bare)
    )


def is_beside(here: Point, named: Iterable[Known]) -> bool:
    """Say whether a point lies by one of the places that bear its locality's name."""
    return any(_is_beside((here.latitude, here.longitude), place) for place in named)


def trusted_districts(areas: Iterable[tuple[str, bool]]) -> frozenset[str]:
    """Return the first letters of which nearly all areas with a known name lie beside it: (code, does it?) of each."""
    told: dict[str, list[bool]] = {}
    for code, is_by_name in areas:
        told.setdefault(code[0], []).append(is_by_name)
    return frozenset(letter for letter, each in told.items() if sum(each) >= TRUSTED_SHARE * len(each))


def is_unsure(
    code: str,
    point: Point,
    named: Sequence[Known],
    in_quarters: Sequence[Known],
    around: Grid[K],
    trusted: frozenset[str],
) -> bool:
    """Say whether an area's point may be far from where its people live.

    `named` bear the locality's name in its province, `in_quarters` those of its quarters, `around` are all communities,
    `trusted` the districts in which an area is believed whose name nobody knows. A second character of 0 is a rural
    area, wide by itself.
    """
    if code[1] == "0":
        return True
    here = (point.latitude, point.longitude)
    if _is_far_from_its_quarters(here, in_quarters):
        return True
    if is_beside(point, named) or (not named and code[0] in trusted):
        return False
    return not any(place.population >= METROPOLIS for place in around.within(*here, METROPOLIS_KM))


def _is_beside(here: tuple[float, float], place: Known) -> bool:
    farthest = SURE_OF_A_CITY_KM if place.population >= CITY else SURE_KM
    return flat_kilometres(*here, place) <= farthest


def _is_far_from_its_quarters(here: tuple[float, float], in_quarters: Sequence[Known]) -> bool:
    away = [flat_kilometres(*here, place) for place in in_quarters]
    near = [km for km in away if km <= QUARTER_KM]
    return bool(near) and min(near) > SURE_KM
