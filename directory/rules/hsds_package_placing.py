"""Where a location of an HSDS package stands, as well as it is known: coordinates, else community, else postal area."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, floor, radians

from directory.rules.hsds_package_provinces import is_in_canada, is_no_province, province_named
from directory.rules.places import Found, Gazetteer, Place, RuralPostalCode
from directory.rules.table_places import (
    EAST,
    FARTHEST_FROM_AREA_KM,
    FARTHEST_KM,
    NORTH,
    SOUTH,
    WEST,
    believed,
    communities_named,
    kilometres,
    pointed_at,
)

CELL = 0.5
"""Degrees of one side of a cell in which communities are looked up."""


@dataclass(frozen=True, slots=True)
class Placed:
    """How a place is known, and the id of its community or postal area."""

    placed_by: str
    community: int | None = None


class Placer:
    """Places locations; what several say of theirs is looked up once."""

    def __init__(self, gazetteer: Gazetteer, communities: Iterable[Place]) -> None:
        self._gazetteer = gazetteer
        self._named: dict[tuple[str, str], tuple[Place, ...]] = {}
        self._coded: dict[str, Place | None] = {}
        self._said: dict[tuple[str, str, str, str], Place | None] = {}
        self._cells: dict[tuple[int, int], list[Place]] = {}
        self._all: list[Place] = []
        for place in communities:
            if place.kind == "community":
                self._cells.setdefault(_cell(place.latitude, place.longitude), []).append(place)
                self._all.append(place)

    def place(
        self,
        latitude: float | None,
        longitude: float | None,
        city: str,
        province: str,
        postal_code: str,
        country: str = "",
    ) -> Placed:
        """Return how well a place is known. Coordinates that contradict the stated city are not believed."""
        said = (city, province, postal_code.strip()[:3].upper(), country)
        if said not in self._said:
            self._said[said] = self._stated(*said)
        known = self._said[said]
        if known and known.kind != "community" and city and not is_no_province(province, country):
            towns = self._towns(city[:100], province_named(province))
            known = pointed_at(latitude, longitude, towns) or known
        if latitude is not None and longitude is not None and _is_in_canada(latitude, longitude):
            if known is None:
                near = self.nearest(latitude, longitude)
                return Placed("coordinates", near.id if near else None)
            limit = FARTHEST_KM if known.kind == "community" else FARTHEST_FROM_AREA_KM
            if kilometres((latitude, longitude), (known.latitude, known.longitude)) <= limit:
                if known.kind != "community":
                    known = self.nearest(latitude, longitude) or known
                return Placed("coordinates", known.id)
        if known is None:
            return Placed("nothing")
        return Placed("community" if known.kind == "community" else "postal_area", known.id)

    def _stated(self, city: str, province: str, area_code: str, country: str) -> Place | None:
        if not is_in_canada(country):
            return None
        area = self._area(area_code)
        if is_no_province(province, country):
            return area
        rural = self._gazetteer.rural_areas
        return believed(city[:100], province_named(province), area, self._towns, rural).place

    def _towns(self, city: str, letters: str) -> tuple[Place, ...]:
        key = (city, letters)
        if key not in self._named:
            self._named[key] = communities_named(self._gazetteer, city, letters)
        return self._named[key]

    def _area(self, code: str) -> Place | None:
        if code not in self._coded:
            found = self._gazetteer.resolve(code) if len(code) == 3 else None
            place = found.place if isinstance(found, Found | RuralPostalCode) else None
            self._coded[code] = place if place and place.kind == "postal_area" else None
        return self._coded[code]

    def nearest(self, latitude: float, longitude: float) -> Place | None:
        """The nearest community; the cells around first, all of them where these are empty."""
        row, column = _cell(latitude, longitude)
        around = [
            place
            for r in (row - 1, row, row + 1)
            for c in (column - 1, column, column + 1)
            for place in self._cells.get((r, c), ())
        ]
        narrowing = cos(radians(latitude)) ** 2

        def apart(place: Place) -> float:
            return (place.latitude - latitude) ** 2 + narrowing * (place.longitude - longitude) ** 2

        return min(around or self._all, key=apart, default=None)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return floor(latitude / CELL), floor(longitude / CELL)


def _is_in_canada(latitude: float, longitude: float) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST
