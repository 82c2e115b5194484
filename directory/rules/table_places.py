"""Where a place of a list stands, as well as it is known, and never better (house.md: "placed by").

Coordinates are believed only near the city that the row itself states; else the city, else the postal area.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from math import asin, cos, radians, sin, sqrt
from typing import Literal, NamedTuple

from directory.rules.places import Found, Gazetteer, Place, RuralPostalCode, place_key
from directory.rules.table_locations import check_protected_text, protected
from directory.rules.table_named_towns import towns_named
from directory.rules.table_records import LocationFacts, Record, Refusal
from directory.rules.table_texts import RowError

FARTHEST_KM = 60.0
"""Coordinates farther than this from the stated city are taken for an error of the list."""
# Centroids of rural areas are themselves far off; beyond this a name and a code contradict each other.
FARTHEST_FROM_AREA_KM = 200.0
MOST_FARTHER = 2.5
"""So many times as far from a town as the nearest rural code another may be that is its own all the same."""
LARGE = 20_000
"""People of a town whose name hardly means a hamlet elsewhere in the province."""
EARTH_RADIUS_KM = 6371.0
SOUTH, NORTH, WEST, EAST = 41.0, 84.0, -142.0, -52.0
"""A box around Canada, degrees."""


@dataclass(frozen=True, slots=True)
class Placement:
    """HSDS coordinates (only with "coordinates") and the id of the community or postal area, if any.

    `doubt` is a sentence for whoever imports: what was not believed, or not known.
    """

    placed_by: Literal["coordinates", "community", "postal_area", "nothing"]
    community: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    doubt: str = field(default="", compare=False)


class Believed(NamedTuple):
    """The place that a row means, and what was not believed or not known of it."""

    place: Place | None
    doubt: str = ""


Named = Callable[[str, str], tuple[Place, ...]]
"""Town and province to the one community of that name, with others of it in its province behind it; () for none."""

Rural = Callable[[str], Iterable[Place]]
"""A province to its rural postal areas."""


def community_named(gazetteer: Gazetteer, text: str, province: str = "") -> Place | None:
    """Return the one community that `text` names as it stands (in `province`, if given), else None."""
    return next(iter(communities_named(gazetteer, text, province)), None)


def communities_named(gazetteer: Gazetteer, text: str, province: str = "") -> tuple[Place, ...]:
    """Return the one community of `community_named`, and behind it the others of its name and province."""
    found = gazetteer.resolve(f"{text}, {province}" if province else text) if text else None
    if not isinstance(found, Found) or found.corrected or found.place.kind != "community":
        return ()
    place = found.place
    if province not in ("", place.province):
        return ()
    key = place_key(place.name)
    return place, *(p for p in found.others if (place_key(p.name), p.province) == (key, place.province))


def _postal_area(gazetteer: Gazetteer, code: str) -> Place | None:
    found = gazetteer.resolve(code) if code else None
    if isinstance(found, RuralPostalCode):
        return found.place
    is_area = isinstance(found, Found) and found.place.kind == "postal_area"
    return found.place if is_area and isinstance(found, Found) else None


def believed(city: str, province: str, area: Place | None, named: Named, rural: Rural) -> Believed:
    """Return the place that a town, its province ("" if none is stated) and a postal area mean together.

    A code is believed over a name where no province is stated and its own province has no such town, and over the name
    of a small town where it is rural and can't be the town's own. Where two of one name lie in a province, it tells
    which. It never moves a town into its own province.
    """
    towns = named(city, province)
    if area is None or not city:
        return Believed(towns[0] if towns else area, "" if towns or not city else _unknown(None))
    if province and area.province != province:
        return _of_two_provinces(towns, area)
    if not province:
        towns = named(city, area.province) or (towns if _is_near(towns, area) else ())
    if not towns:
        return Believed(area, _unknown(area))
    near = [town for town in towns if _apart(town, area) <= FARTHEST_FROM_AREA_KM]
    if near:
        return Believed(near[0])
    reached = [town for town in towns if _reaches(area, town, rural(area.province))]
    if reached:
        return Believed(min(reached, key=lambda town: _apart(town, area)), _contradiction(area))
    return _of_one_province(towns[0], area)


def pointed_at(latitude: float | None, longitude: float | None, towns: Iterable[Place]) -> Place | None:
    """Return the first of these towns that a point lies at: name and point together outweigh a code far away.

    Rural codes of the North reach over a thousand kilometres, so that their middle is far from most of their towns.
    """
    if latitude is None or longitude is None:
        return None
    here = (latitude, longitude)
    return next((t for t in towns if kilometres(here, (t.latitude, t.longitude)) <= FARTHEST_KM), None)


def _reaches(area: Place, town: Place, rural: Iterable[Place]) -> bool:
    """True where a far rural code may be the town's own: where the next rural code is far from the town, too.

    Codes of the North reach over a thousand kilometres, and the point of one may be that of its one large town. Where
    codes lie close together, one that is far away belongs to another town of that name.
    """
    if not _is_rural(area):
        return False
    nearest = min((_apart(town, other) for other in rural), default=0.0)
    return _apart(town, area) <= MOST_FARTHER * nearest


def _is_rural(area: Place) -> bool:
    return area.name[1:2] == "0"


def _of_one_province(town: Place, area: Place) -> Believed:
    """A town and a code far apart in one province. A large town is meant by its name; a small one may be another of
    that name, which no gazetteer knows: then a rural code tells where, and one of a far city leaves it open."""
    if town.population >= LARGE:
        return Believed(town, _contradiction(area))
    taken = area if _is_rural(area) else None
    return Believed(taken, f"{_far(area)}, and another town may be meant: {_taken(taken)}")


def _of_two_provinces(towns: tuple[Place, ...], area: Place) -> Believed:
    """A code of another province than the stated one: at a border it may be right, but it is never the place."""
    if not towns:
        return Believed(None, f"postal code {area.name} lies in another province and {_unknown(None)}")
    return Believed(towns[0], "" if _is_near(towns[:1], area) else _contradiction(area))


def _is_near(towns: tuple[Place, ...], area: Place) -> bool:
    return any(_apart(town, area) <= FARTHEST_FROM_AREA_KM for town in towns)


def _unknown(area: Place | None) -> str:
    return f"no one place of the town's name is known: {_taken(area)}"


def _far(area: Place) -> str:
    return f"postal code {area.name} lies far from the town"


def _contradiction(area: Place) -> str:
    return f"{_far(area)}: the town is believed"


def placement(location: LocationFacts, gazetteer: Gazetteer, default: Place | None) -> Placement:
    """Return where `location` stands; `default` is the community of rows that name no place at all."""

    def named(town: str, province: str) -> tuple[Place, ...]:
        return communities_named(gazetteer, town, province)

    area = _postal_area(gazetteer, location.postal_code)
    towns = named(location.city, location.state_province) if location.city else ()
    if town := pointed_at(location.latitude, location.longitude, towns):
        known, doubt = Believed(town)
    elif location.city:
        known, doubt = believed(location.city, location.state_province, area, named, gazetteer.rural_areas)
    else:
        known, doubt = _without_city(location, area, default, named, gazetteer.rural_areas)
    if location.is_protected:
        known = known if known and known.kind == "community" else None
        return replace(_at(known), doubt=doubt)
    if known and _is_credible(location, known):
        return Placement("coordinates", known.id, location.latitude, location.longitude, doubt)
    return replace(_at(known), doubt=doubt)


def _without_city(
    location: LocationFacts, area: Place | None, default: Place | None, named: Named, rural: Rural
) -> Believed:
    """The place of a row that states no town apart: a town that its line names, else its postal area, else `default`.

    `default` holds only for lines that name it, or no town at all.
    """
    told = towns_named(location.line, lambda town: bool(named(town, location.state_province)))
    provinces = (location.state_province,) if location.state_province else told.provinces
    province = provinces[0] if len(provinces) == 1 else ""
    if default and (not provinces or default.province in provinces) and _is_named(default, told.names, area):
        return Believed(default)
    if len(told.names) == 1:
        return believed(told.names[0], province, area, named, rural)
    if told.names:
        return Believed(area, f"the place names several towns: {_taken(area)}")
    if told.is_doubtful and not location.has_no_door:
        return Believed(area, f"the place may name a town that is not known: {_taken(area)}")
    if area or not default:
        return Believed(area)
    if provinces and default.province not in provinces:
        return Believed(None, f"the place is in another province than default_community: {_taken(None)}")
    return Believed(default)


def _is_named(default: Place, names: tuple[str, ...], area: Place | None) -> bool:
    """Whether a line names the default community, and no postal code puts it elsewhere."""
    keys = {place_key(name) for name in names}
    is_named = bool(keys & {place_key(default.name), place_key(default.name_fr)})
    return is_named and (area is None or _is_near((default,), area))


def _taken(area: Place | None) -> str:
    return f"it is placed by its postal code {area.name}" if area else "no place is stated for it"


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
