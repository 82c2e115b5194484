"""What typed words turn out to mean: a place, a choice of several, a postal area too wide to be a point, or nothing.

Two places of one name are offered, unless one has ten times the people of the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import Literal

from directory.rules.place_grid import flat_kilometres

MOST_OFFERED = 8
DOMINANCE = 10
ONE_PLACE_KM = 15.0
"""Two communities of one name and province that are nearer than this are one place told twice."""
# GeoNames writes 0 for a population that it does not know, which is not a small one.
_UNKNOWN_POPULATION_COUNTS_AS = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """A community, a postal area or a position; degrees in WGS84, `zone` an IANA name.

    `province` is its two letters. A postal area's `name` (or one of its `alternates`) is its first
    three characters, "K7L"; its other alternates name its locality. A population of 0 is unknown. A position has
    `id` 0 and is in no list. `is_unsure`: the point may be many kilometres off, so that no distance is told from it.
    """

    id: int
    name: str
    name_fr: str
    province: str
    latitude: float
    longitude: float
    population: int
    zone: str
    kind: Literal["community", "postal_area", "position"]
    alternates: tuple[str, ...] = ()
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One place. `others` bear the same name; `corrected`: the spelling was mended, or not all was understood."""

    place: Place
    others: tuple[Place, ...] = ()
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Several places, the likeliest first, at most 8: the person has to say which. One alone is a question too.

    `corrected`: none of them is called just what was typed.
    """

    places: tuple[Place, ...]
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class RuralPostalCode:
    """A postal code that is no point: ask for the community's name.

    `code` is its first three characters; `place` the postal area, if it is known. `reason`: a rural area is wide, and
    of an "unsure" one the point is doubtful. `named` are communities that its locality's name tells.
    """

    code: str
    place: Place | None = None
    reason: Literal["rural", "unsure"] = "rural"
    named: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing, and why."""

    reason: Literal["blank", "unknown", "bad_postal_code", "outside_canada"] = "unknown"


Resolution = Found | Choice | NotFound | RuralPostalCode


def rank(place: Place) -> tuple[int, str, str, int]:
    """Return the order of places: many people first."""
    return (-place.population, place.name, place.province, place.id)


def dominates(first: Place, second: Place) -> bool:
    """Say whether a place has ten times the people of the next."""
    return first.population >= DOMINANCE * (second.population or _UNKNOWN_POPULATION_COUNTS_AS)


def is_same(one: Place, other: Place) -> bool:
    """Say whether two places of one name are one: a neighbourhood told twice, a town and its municipality."""
    return (
        one.province == other.province and flat_kilometres(one.latitude, one.longitude, other) <= ONE_PLACE_KM
    )


def apart(places: Iterable[Place]) -> list[Place]:
    """Return the first places by rank, more than are ever offered; of those that are one the largest alone."""
    kept: list[Place] = []
    for place in sorted(places, key=rank):
        if len(kept) <= MOST_OFFERED and not any(is_same(place, known) for known in kept):
            kept.append(place)
    return kept


def settle(named: list[Place], also_called: list[Place]) -> Found | Choice | None:
    """Choose among places of one name; its own name outweighs a name that a place also has."""
    first, rest = (named, also_called) if named else (also_called, [])
    ranked = apart(first)
    places = ranked + sorted(rest, key=rank)
    if not places:
        return None
    if len(ranked) == 1 or dominates(ranked[0], ranked[1]):
        return Found(ranked[0], others=tuple(places[1 : 1 + MOST_OFFERED]))
    return Choice(tuple(places[:MOST_OFFERED]))


def within(places: Iterable[Place], province: str | None) -> list[Place]:
    """Return those of a province; all without one."""
    return [place for place in places if province in (None, place.province)]


def places_of(answer: Found | Choice) -> tuple[Place, ...]:
    """Return the places of an answer, the likeliest first."""
    return (answer.place, *answer.others) if isinstance(answer, Found) else answer.places


def asked(answer: Found | Choice) -> Choice:
    """Turn an answer into a question, where the words hold more than was understood."""
    return Choice(places_of(answer)[:MOST_OFFERED], corrected=True)


def either(area: Place, name: Found | Choice) -> Choice:
    """Ask which of both is meant."""
    return Choice((area, *places_of(name))[:MOST_OFFERED])


def largest(places: Iterable[Place], province: str, most: int) -> tuple[Place, ...]:
    """Return the largest communities of a province, none of them beside a larger one."""
    known = nsmallest(4 * MOST_OFFERED, (p for p in places if p.province == province), key=rank)
    return tuple(apart(known)[:most])
