"""Published areas: the finest that may ever be told of where a protected place stands.

A community of at least FLOOR people is an area of its own; smaller ones join that of the nearest such community
of their province. What is told is the area's one fixed point, the same for every place in it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, dist, radians, sin

from directory.rules.places import Place
from directory.rules.provinces import PROVINCES
from directory.rules.text import fold

FLOOR = 5_000
"""People that an area has at least."""


@dataclass(frozen=True, slots=True)
class PublishedArea:
    """An area as it is told: (longitude, latitude) is its fixed point, `people` the sum of its communities."""

    slug: str
    name: str
    name_fr: str
    province: str
    zone: str
    people: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Areas:
    """All areas in the order of their slugs, and the slug of each place's area by the id of the place."""

    areas: tuple[PublishedArea, ...]
    area_of: dict[int, str]


def areas_of(places: Iterable[Place]) -> Areas:
    """Return the areas of `places`, whatever their order. A postal area follows the nearest seat and adds no people.

    A place of unknown population counts as small. A province without any community of FLOOR people is one area, at
    its largest community's point.
    """
    by_province: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda place: place.id):
        by_province.setdefault(place.province, []).append(place)
    areas: list[PublishedArea] = []
    area_of: dict[int, str] = {}
    for province, members in sorted(by_province.items()):
        made, joined = _of_province(province, members)
        areas += made
        area_of |= joined
    return Areas(tuple(sorted(areas, key=lambda area: area.slug)), area_of)


def nearest(seats: Sequence[Place], latitude: float, longitude: float) -> Place:
    """Return the seat that is nearest by great circle; of two equally near the one with the lower id."""
    here = _on_sphere(latitude, longitude)
    return min(seats, key=lambda s: (dist(here, _on_sphere(s.latitude, s.longitude)), s.id))


@lru_cache(maxsize=4096)
def _on_sphere(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The point of a sphere of radius 1: who is nearer in a straight line is nearer by great circle, too."""
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def hides(name: str, name_fr: str, area: str, area_fr: str) -> bool:
    """True if an area of these names doesn't tell a community in it: it isn't named after that one."""
    told = {fold(area), fold(area_fr)}
    plain = {fold(name), fold(name_fr or name)}
    around = {fold(f"{name} area"), fold(f"{name_fr or name} et environs")}
    return told.isdisjoint(plain | around)


def slug_of(province: str, name: str) -> str:
    """Return "on-kenora" for Kenora, Ontario: lower case letters, digits and hyphens."""
    words = [word for word in fold(name).split() if word.isascii()]
    return "-".join([province.lower(), *words])[:55].rstrip("-")


def _of_province(province: str, members: list[Place]) -> tuple[list[PublishedArea], dict[int, str]]:
    communities = [place for place in members if place.kind == "community"]
    seats = [place for place in communities if place.population >= FLOOR]
    if not communities:
        return [], {}
    if not seats:
        whole = _whole_province(province, communities)
        return [whole], {place.id: whole.slug for place in members}
    slugs = _slugs(seats)
    area_of = {seat.id: slugs[seat.id] for seat in seats}
    people = {slugs[seat.id]: seat.population for seat in seats}
    for place in members:
        if place.id not in area_of:
            slug = area_of[place.id] = slugs[nearest(seats, place.latitude, place.longitude).id]
            people[slug] += place.population if place.kind == "community" else 0
    return [_area(seat, slugs[seat.id], people[slugs[seat.id]]) for seat in seats], area_of


def _slugs(seats: list[Place]) -> dict[int, str]:
    """A slug for each seat; those that share a name bear their number too, behind a mark that no name has."""
    plain = {seat.id: slug_of(seat.province, seat.name) for seat in seats}
    shared = Counter(plain.values())
    return {
        id_: slug if shared[slug] == 1 and "-" in slug else f"{slug}--{id_}" for id_, slug in plain.items()
    }


def _area(seat: Place, slug: str, people: int) -> PublishedArea:
    return PublishedArea(
        slug=slug,
        name=f"{seat.name} area",
        name_fr=f"{seat.name_fr or seat.name} et environs",
        province=seat.province,
        zone=seat.zone,
        people=people,
        latitude=seat.latitude,
        longitude=seat.longitude,
    )


def _whole_province(province: str, communities: list[Place]) -> PublishedArea:
    seat = min(communities, key=lambda place: (-place.population, place.id))
    names = PROVINCES.get(province, (province, province, ""))
    return PublishedArea(
        slug=province.lower(),
        name=names[0],
        name_fr=names[1],
        province=province,
        zone=seat.zone,
        people=sum(place.population for place in communities),
        latitude=seat.latitude,
        longitude=seat.longitude,
    )
