"""A small country of houses that hide and doors that don't, and what a feed tells of them: the truth, all of it.

Only whoever writes the feed knows where a house stands. Two tellings of one country differ in nothing but that.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from directory.actions.own_terms import term_id
from directory.rules.places import Place
from tests.attacker.earth import Point, kilometres, moved
from tests.attacker.posterior import Atlas, point_of
from tests.directory.hsds_packages import Files, Row

SEATS = (
    "on-kenora", "on-kingston", "on-thunder-bay", "mb-winnipeg", "bc-prince-george", "qc-rimouski", "nu-iqaluit",
)  # fmt: skip
"""Published areas in which houses stand: wide ones with villages, a city, and one of several clocks."""
FAR = 8.0
"""Kilometres that a house stands away from its area's public point at least."""
STREETS = (
    "Alder",
    "Birchwood",
    "Cedarvale",
    "Dogwoodside",
    "Elmhurst",
    "Ferndell",
    "Gorsefield",
    "Hazelbrook",
)
DAYS = ("MO", "TU", "WE", "TH", "FR")


@dataclass(frozen=True, slots=True)
class House:
    """A shelter: `number` and `area` are the same in every telling, `town` and `door` are where it really stands."""

    number: int
    area: str
    town: Place
    door: Point

    @property
    def name(self) -> str:
        """What it is called in public: a word that nothing else bears."""
        return f"{word(self.number)} wing"

    @property
    def street(self) -> str:
        """Its true street: another for each door."""
        number = round(abs(self.door[1]) * 10_000) % 900 + 21
        return f"{number} {STREETS[self.town.id % len(STREETS)]} Road"

    def id_of(self, entity: str) -> str:
        """The id of its record of that kind; the listing's is that of its `site`."""
        return id_of(entity, self.name)


@dataclass(frozen=True, slots=True)
class Door:
    """A clinic that everybody may see, and measure from."""

    number: int
    town: Place
    at: Point


@dataclass(frozen=True, slots=True)
class Country:
    """Houses and doors."""

    houses: tuple[House, ...]
    doors: tuple[Door, ...]

    def house(self, listing: str) -> House:
        """By the id of its listing."""
        return next(house for house in self.houses if house.id_of("site") == listing)


SYLLABLES = ("za", "bo", "ru", "ke", "mi", "do", "va", "ne", "lu", "fo", "ti", "ga")


def word(number: int) -> str:
    """A word of four syllables; another for each of twenty thousand numbers."""
    return "".join(SYLLABLES[number // 12**turn % 12] for turn in (3, 2, 1, 0)).capitalize()


def id_of(entity: str, name: str) -> str:
    """A UUID that tells nothing but by this function."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{entity}.{name}.example"))


def drawn(atlas: Atlas, telling: int = 0, seats: Sequence[str] = SEATS, each: int = 2) -> Country:
    """The country; another `telling` moves each house inside its area, and nothing else."""
    houses = [
        _house(atlas, number * each + more, slug, telling)
        for number, slug in enumerate(seats)
        for more in range(each)
    ]
    doors = [
        _door(atlas, number, slug) for number, slug in enumerate(slug for slug in seats for _ in range(3))
    ]
    return Country(tuple(houses), tuple(doors))


def _house(atlas: Atlas, number: int, slug: str, telling: int) -> House:
    """In another town by each telling, and by another clock where the area has several."""
    by_clock: dict[str, list[tuple[Place, Point]]] = {}
    for town, door in _apart(atlas, slug, Random(f"{number}/{telling}")):
        by_clock.setdefault(town.zone, []).append((town, door))
    spots = by_clock[sorted(by_clock)[(number + telling) % len(by_clock)]]
    return House(number, slug, *spots[(number + telling * (1 + len(spots) // 2)) % len(spots)])


def _apart(atlas: Atlas, slug: str, chance: Random) -> Iterator[tuple[Place, Point]]:
    """Towns of an area with a door in each, all of them far from the area's public point."""
    public = point_of(atlas.area(slug))
    for town in sorted(atlas.members[slug], key=lambda place: place.id):
        reach = 10.0 if town.population > 100_000 else 1.0
        door = moved(
            (town.latitude, town.longitude), chance.uniform(reach * 0.8, reach), chance.uniform(-reach, reach)
        )
        if kilometres(public, door) >= FAR:
            yield town, (round(door[0], 5), round(door[1], 5))


def _door(atlas: Atlas, number: int, slug: str) -> Door:
    chance = Random(f"door {number}")
    town = max(atlas.members[slug], key=lambda place: (place.population, -place.id))
    spread = 25.0 * (number % 3)
    at = moved(
        (town.latitude, town.longitude), chance.uniform(-spread, spread), chance.uniform(-spread, spread)
    )
    return Door(number, town, (round(at[0], 5), round(at[1], 5)))


def package(country: Country) -> Files:
    """What the feed tells: everything that HSDS has a field for, and as much of it as leads to a door."""
    files: Files = {}
    for house in country.houses:
        for file, row in _rows_of_house(house):
            files.setdefault(file, []).append(row)
    for door in country.doors:
        for file, row in _rows_of_door(door):
            files.setdefault(file, []).append(row)
    return files


def _shared(
    name: str, at: Point, town: Place, street: str, need: str, line: str
) -> Iterator[tuple[str, Row]]:
    org, service, place, site = (id_of(entity, name) for entity in ("org", "service", "place", "site"))
    yield "organizations.csv", {"id": org, "name": f"{name} society", "description": "People of the valley."}
    where = {"latitude": f"{at[0]}", "longitude": f"{at[1]}", "name": f"{name} at {town.name}"}
    yield (
        "locations.csv",
        {"id": place, "organization_id": org, "location_type": "physical", **where}
        | {"transportation": f"Bus 4 to {street}, then two minutes on foot past the mill"},
    )
    yield "service_at_location.csv", {"id": site, "service_id": service, "location_id": place}
    yield (
        "addresses.csv",
        {
            "id": id_of("address", name), "location_id": place, "address_1": street, "city": town.name,
            "state_province": town.province, "postal_code": "", "country": "CA", "address_type": "physical",
        },
    )  # fmt: skip
    tie = {"link_id": service, "link_entity": "service", "taxonomy_term_id": str(term_id(need))}
    yield "attributes.csv", {"id": id_of("tie", name), **tie}
    yield "phones.csv", {"id": id_of("phone", name), "service_id": service, "number": line}


def _line(number: int, prefix: int) -> str:
    """A toll-free number of the kind that is kept for fiction."""
    return f"1-{prefix}-555-01{number % 100:02d}"


def _rows_of_house(house: House) -> Iterator[tuple[str, Row]]:
    name, town, service, place = house.name, house.town, house.id_of("service"), house.id_of("place")
    telling = f"Come to {house.street} in {town.name}. "
    yield (
        "services.csv",
        {
            "id": service, "organization_id": house.id_of("org"), "name": name, "status": "active",
            "description": f"Beds for women and their children. {telling}",
        },
    )  # fmt: skip
    yield from _shared(name, house.door, town, house.street, "emergency_shelter", _line(house.number, 888))
    yield from _hours(house, service, place)
    yield (
        "accessibility.csv",
        {"id": house.id_of("ramp"), "location_id": place, "description": "A ramp on the river's side"},
    )
    yield "attributes.csv", _tie_of_place(house, place)
    yield (
        "service_areas.csv",
        {"id": house.id_of("covers"), "service_at_location_id": house.id_of("site"), "name": town.name}
        | {"extent": _outline(house.door), "extent_type": "geojson"},
    )
    yield (
        "metadata.csv",
        {
            "id": house.id_of("before"), "resource_id": place, "resource_type": "location",
            "last_action_date": "2026-01-01", "last_action_type": "update", "field_name": "transportation",
            "previous_value": f"Behind {house.street}", "replacement_value": "", "updated_by": "desk",
        },
    )  # fmt: skip


def _hours(house: House, service: str, place: str) -> Iterator[tuple[str, Row]]:
    """Hours of the house by its own clock, told as HSDS tells clocks: an offset, a zone, an offset in each time."""
    offset = _offset(house.town.zone)
    clock, name = [("", f"{offset:g}"), ("", house.town.zone), (_written(offset), "")][house.number % 3]
    owner = {"location_id": place} if house.number % 2 else {"service_id": service}
    yield (
        "schedules.csv",
        {
            "id": house.id_of("hours"), **owner, "freq": "WEEKLY", "byday": ",".join(DAYS), "timezone": name,
            "opens_at": f"09:00{clock}", "closes_at": f"17:00{clock}",
        },
    )  # fmt: skip


def _offset(zone: str) -> float:
    """Hours from UTC in winter."""
    told = datetime(2026, 1, 15, tzinfo=ZoneInfo(zone)).utcoffset()
    assert told is not None
    return told.total_seconds() / 3600


def _written(hours: float) -> str:
    minutes = int(abs(hours) * 60)
    return f"{'-' if hours < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def _tie_of_place(house: House, place: str) -> Row:
    """A publisher's own term for the part of the country in which the place lies."""
    term = term_id("legal_advice" if house.town.id % 2 else "food")
    return {
        "id": house.id_of("ward"), "link_id": place, "link_entity": "location", "taxonomy_term_id": str(term),
        "value": house.town.name, "label": "Ward",
    }  # fmt: skip


def _outline(middle: Point) -> str:
    corners = [moved(middle, north, east) for north, east in ((2, 2), (2, -2), (-2, -2), (-2, 2), (2, 2))]
    ring = [[round(longitude, 4), round(latitude, 4)] for latitude, longitude in corners]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def _rows_of_door(door: Door) -> Iterator[tuple[str, Row]]:
    name = f"Open desk {door.number}"
    yield (
        "services.csv",
        {
            "id": id_of("service", name),
            "organization_id": id_of("org", name),
            "name": name,
            "status": "active",
        }
        | {"description": "Advice by a lawyer."},
    )
    street, line = f"{door.number + 11} Open Street", _line(door.number, 866)
    yield from _shared(name, door.at, door.town, street, "legal_advice", line)


def listings(houses: Iterable[House]) -> dict[str, House]:
    """Houses by the ids of their listings."""
    return {house.id_of("site"): house for house in houses}
