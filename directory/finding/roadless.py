"""Communities without an all-season road, in memory: fixtures/places/no_road.toml as far as the gazetteer agrees."""

import tomllib
from typing import Any

from django.conf import settings

from directory.finding.places import gazetteer
from directory.rules.places import Choice, Found, Gazetteer, Place
from directory.rules.remote import By, Roadless, Spot, spot

NOTHING = Roadless()
_kept: list[tuple[Gazetteer, Roadless]] = []


def read_regions() -> list[dict[str, Any]]:
    """The regions as the file writes them; none where there is no file."""
    path = settings.FIXTURES / "places" / "no_road.toml"
    if not path.exists():
        return []
    regions: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["region"]
    return regions


def roadless() -> Roadless:
    """What is known of places without a road; nothing as long as there is no gazetteer."""
    known = gazetteer()
    if not known:
        return NOTHING
    if not _kept or _kept[0][0] is not known:
        _kept[:] = [(known, matched(read_regions(), known))]
    return _kept[0][1]


def matched(regions: list[dict[str, Any]], known: Gazetteer) -> Roadless:
    """The places of the file that the gazetteer has in their province, and has nowhere else in it."""
    groups: dict[Spot, int] = {}
    by: dict[int, By] = {}
    for region in regions:
        for names in region.get("places", ()):
            number = len(by)
            by[number] = region["by"]
            for name in names:
                groups |= dict.fromkeys(_spots(name, region, known), number)
    return Roadless(groups, by, frozenset(r["province"] for r in regions if r.get("whole")))


def _spots(name: str, region: dict[str, Any], known: Gazetteer) -> set[Spot]:
    """The place under each of its names; none if it is not known, or if its name is another's in the south as well."""
    asked = spot(name, region["province"])
    places = [p for p in _named(f"{name}, {region['province']}", known) if asked in spots_of(p)]
    if not places or min(p.latitude for p in places) < region["north_of"]:
        return set()
    return {spot_ for place in places for spot_ in spots_of(place)}


def _named(words: str, known: Gazetteer) -> tuple[Place, ...]:
    match known.resolve(words):
        case Found(place, others):
            return (place, *others)
        case Choice(places):
            return places
    return ()


def spots_of(place: Place) -> set[Spot]:
    """A place under each of its two names."""
    return {spot(name, place.province) for name in (place.name, place.name_fr) if name}


def spot_at(place: Place) -> Spot:
    """Where somebody is: the place, or the community nearest to a position."""
    if place.kind == "community":
        return spot(place.name, place.province)
    nearest = gazetteer().nearest(place.latitude, place.longitude) if place.kind == "position" else None
    return spot(nearest.name, nearest.province) if nearest else spot("", place.province)
