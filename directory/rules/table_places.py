"""Where a place of a list stands, as well as it is known, and never better (house.md: "placed by").

Coordinates are believed only near the city that the row itself states; else the city, else the postal area.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from directory.rules.places import Found, Gazetteer, Place, RuralPostalCode
from directory.rules.table_locations import check_protected_text, protected
from directory.rules.table_records import LocationFacts, Record, Refusal
from directory.rules.table_texts import RowError

FARTHEST_KM = 60.0
# Centroids of rural areas are themselves far off; beyond this a name and a code contradict each other.
FARTHEST_FROM_AREA_KM = 200.0
"""Coordinates farther than this from the stated city are taken for an error of the list."""
EARTH_RADIUS_KM = 6371.0
SOUTH, NORTH, WEST, EAST = 41.0, 84.0, -142.0, -52.0
"""A box around Canada, degrees."""


@dataclass(frozen=True, slots=True)
class Placement:
    """HSDS coordinates (only with "coordinates") and the id of the community or postal area, if any."""

    placed_by: Literal["coordinates", "community", "postal_area", "nothing"]
    community: int | None = None
    latitude: float | None = None
    longitude: float | None = None


def community_named(gazetteer: Gazetteer, text: str, province: str = "") -> Place | None:
    """Return the one community that `text` names as it stands (in `province`, if given), else None."""
    found = gazetteer.resolve(f"{text}, {province}" if province else text) if text else None
    if not isinstance(found, Found) or found.corrected or found.place.kind != "community":
        return None
    return found.place if province in ("", found.place.province) else None


def _postal_area(gazetteer: Gazetteer, code: str) -> Place | None:
    found = gazetteer.resolve(code) if code else None
    if isinstance(found, RuralPostalCode):
        return found.place
    is_area = isinstance(found, Found) and found.place.kind == "postal_area"
    return found.place if is_area and isinstance(found, Found) else None


def placement(location: LocationFacts, gazetteer: Gazetteer, default: Place | None) -> Placement:
    """Return where `location` stands; `default` is the community of rows that name no place at all."""
    says_nothing = not (location.city or location.postal_code)
    community = community_named(gazetteer, location.city, location.state_province)
    community = community or (default if says_nothing else None)
    area = _postal_area(gazetteer, location.postal_code)
    if community and area and _apart(community, area) > FARTHEST_FROM_AREA_KM:
        # Another place of that name: the postal code knows better where this one is.
        community = None
    if location.is_protected:
        return _at(community)
    known = community or area
    if known and _is_credible(location, known):
        return Placement("coordinates", known.id, location.latitude, location.longitude)
    return _at(known)


def _apart(one: Place, other: Place) -> float:
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))


def _at(place: Place | None) -> Placement:
    if place is None:
        return Placement("nothing")
    return Placement("postal_area" if place.kind == "postal_area" else "community", place.id)


def _is_credible(location: LocationFacts, known: Place) -> bool:
    latitude, longitude = location.latitude, location.longitude
    if latitude is None or longitude is None:
        return False
    is_in_canada = SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST
    away = kilometres((latitude, longitude), (known.latitude, known.longitude))
    return is_in_canada and away <= FARTHEST_KM


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two (latitude, longitude) in degrees, by the haversine formula."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def protect_shared(read: Iterable[tuple[int, Record]]) -> list[Record | Refusal]:
    """Return the records, with all rows of a protected door protected: one must not tell on the other."""
    rows = list(read)
    places = [record.location for _, record in rows if record.location and record.location.is_protected]
    doors = frozenset(door for place in places for door in place.doors)
    return [protect(record, number) if _is_at(record, doors) else record for number, record in rows]


def _is_at(record: Record, doors: frozenset[tuple[str, str, str]]) -> bool:
    place = record.location
    return bool(place and not place.is_protected and place.doors & doors)


def protect(record: Record, number: int) -> Record | Refusal:
    """Return `record` at a protected place, or its refusal where its texts tell the street."""
    if record.location is None or record.location.is_protected:
        return record
    try:
        check_protected_text(record, record.location)
    except RowError as refused:
        return Refusal(number, record.key, str(refused))
    return replace(record, location=protected(record.location))
