"""Quarters of cities, as the localities of postal areas name them: "St. Boniface NW" of Winnipeg.

A quarter may have fifty times the people of a village of its name, and is in no list of communities.
"""

import re
from collections.abc import Callable, Iterable

from directory.rules.place_answers import Place, dominates, rank
from directory.rules.place_grid import flat_kilometres
from directory.rules.place_names import place_key
from directory.rules.place_postal import CITY, QUARTER_KM
from directory.rules.place_twins import SMALL

REACH_KM, FARTHEST_REACH_KM = 4.0, 12.0
"""How far from its middle a city of 100,000 reaches, and the largest; it grows with the root of its people."""
MOST_CITIES = 3
"""A quarter's name that more cities have is no name of one: "Downtown"."""
_SIDES = (
    "north|south|east|west|central|centre|northeast|northwest|southeast|southwest|northern|southern|eastern|western"
    "|inner|outer|upper|lower|n|s|e|w|ne|nw|se|sw|nord|sud|est|ouest"
)
_SIDE = re.compile(rf"^(?:(?:{_SIDES}) )+|(?: (?:and|et|{_SIDES}))+$")


def city_around(place: Place, cities: Iterable[Place]) -> Place | None:
    """Return the largest city that a place may be a part of, by its size and where it lies; None if there is none."""
    if place.population >= CITY:
        return None
    near = [c for c in cities if flat_kilometres(c.latitude, c.longitude, place) <= _reach(c)]
    around = [
        city
        for city in near
        if city.province == place.province and dominates(city, place) and not _bears(place, city)
    ]
    return min(around, key=rank, default=None)


def _reach(city: Place) -> float:
    return float(min(FARTHEST_REACH_KM, REACH_KM * (city.population / 100_000) ** 0.5))


def _bears(place: Place, city: Place) -> bool:
    """Say whether one's name stands in the other's: "Downtown Vancouver"."""
    one, other = f" {place_key(place.name)} ", f" {place_key(city.name)} "
    return one in other or other in one


class Quarters:
    """The cities that have a quarter of a name; built once, then only read."""

    def __init__(self, areas: Iterable[Place], town_of: Callable[[str, str], Place | None]) -> None:
        """`areas` are postal areas; `town_of` gives the town of a key in a province, if one bears it."""
        self._cities: dict[str, list[Place]] = {}
        for area in areas:
            keys = [place_key(name) for name in area.alternates]
            named = (town_of(key, area.province) for key in keys)
            city = next((town for town in named if town and town.population >= CITY), None)
            for key in {_SIDE.sub("", key) for key in keys} - {""}:
                if city is not None and key != place_key(city.name) and city not in self._cities.get(key, ()):
                    self._cities.setdefault(key, []).append(city)

    def cities(self, key: str, province: str | None) -> tuple[Place, ...]:
        """Return the cities with a quarter of that name, the largest first; none where too many have one."""
        found = [city for city in self._cities.get(key, ()) if province in (None, city.province)]
        is_said_of_many = len(self._cities.get(key, ())) > MOST_CITIES
        return () if is_said_of_many else tuple(sorted(found, key=lambda city: -city.population))

    def larger_than(self, place: Place, key: str, province: str | None) -> tuple[Place, ...]:
        """Return the cities that may be meant rather than a village of the name, far from them."""
        if place.population >= SMALL:
            return ()
        return tuple(
            city
            for city in self.cities(key, province)
            if dominates(city, place) and flat_kilometres(place.latitude, place.longitude, city) > QUARTER_KM
        )
