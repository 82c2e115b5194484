"""What is stored of the door of a place that is to be protected: its traces, its area, who else stands there."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from directory.models.address import Address
from directory.models.location import Location
from directory.models.metadata import Metadata
from directory.models.place import Place
from directory.rules.door_traces import FEWEST_WORDS, Traces, traces_of
from directory.rules.look_alikes import ROW
from directory.rules.table_addresses import province_code
from directory.rules.table_places import kilometres
from directory.rules.text import fold
from directory.rules.written_doors import numbered

NEARBY = 3.0
"""Degrees around a point in which its nearest community is looked for."""


def traces_at(location: Location, addresses: Sequence[Address]) -> Traces:
    """What would lead to this door, wherever it is told, now or in the history of the place."""
    before = _history([location.pk, *(address.pk for address in addresses)])
    directions = [location.transportation or "", *before.get("transportation", [])]
    texts = [*directions, location.description or ""]
    coordinates = [value for value in (location.latitude, location.longitude) if value is not None]
    return traces_of(
        streets=[*(address.address_1 or "" for address in addresses), *before.get("address_1", [])],
        beside=[
            *(line for address in addresses for line in (address.address_2 or "", address.attention or "")),
            *before.get("address_2", []),
            *before.get("attention", []),
        ],
        postal_codes=[*(address.postal_code or "" for address in addresses), *before.get("postal_code", [])],
        others=[
            location.external_identifier or "",
            *before.get("external_identifier", []),
            *(text for text in texts if len(fold(text).split()) >= FEWEST_WORDS),
        ],
        directions=directions,
        coordinates=[*coordinates, *_numbers(before)],
    )


class Called(NamedTuple):
    """What a place is called, and its cities, now or in its history."""

    names: list[str]
    cities: list[str]


def called_at(location: Location, addresses: Sequence[Address]) -> Called:
    """All that is stored of the names of this place."""
    before = _history([location.pk, *(address.pk for address in addresses)])
    own = [
        location.name or "",
        location.alternate_name or "",
        *(address.attention or "" for address in addresses),
    ]
    past = [name for field in ("name", "alternate_name", "attention") for name in before.get(field, [])]
    return Called([*own, *past], [*(address.city or "" for address in addresses), *before.get("city", [])])


def _history(ids: Sequence[UUID]) -> dict[str, list[str]]:
    """Values that fields of these records had, by the field's name."""
    found: dict[str, list[str]] = {}
    rows = Metadata.objects.filter(resource_id__in=ids).order_by("pk")
    for name, *values in rows.values_list("field_name", "previous_value", "replacement_value"):
        found.setdefault(name, []).extend(value for value in values if value)
    return found


def _numbers(before: dict[str, list[str]]) -> list[float]:
    found = []
    for text in (*before.get("latitude", []), *before.get("longitude", [])):
        try:
            found.append(float(text))
        except ValueError:
            continue
    return found


def town_of(location: Location, addresses: Sequence[Address]) -> Place | None:
    """The community of the place: as it is stored, else the nearest to its point, else the city of its address."""
    return location.community or _nearest(location) or _city(addresses)


def _nearest(location: Location) -> Place | None:
    if location.latitude is None or location.longitude is None:
        return None
    here = (location.latitude, location.longitude)
    near = Place.objects.filter(
        kind="community",
        latitude__range=(here[0] - NEARBY, here[0] + NEARBY),
        longitude__range=(here[1] - NEARBY, here[1] + NEARBY),
    ).select_related("area")
    return min(near.order_by("pk"), key=lambda p: kilometres(here, (p.latitude, p.longitude)), default=None)


def _city(addresses: Sequence[Address]) -> Place | None:
    for address in addresses:
        province = province_code(address.state_province)
        named = Place.objects.filter(kind="community", province=province, name__iexact=address.city.strip())
        if found := named.select_related("area").order_by("-population", "pk").first():
            return found
    return None


def places_at_the_same_door(addresses: Sequence[Address], place: UUID) -> list[UUID]:
    """Other open places with this street in this city: a shared house, or the same one from another publisher."""
    doors = {door for address in addresses for door in _doors(address)}
    found: set[UUID] = set()
    for begins in {words[0] for words, _ in doors if words}:
        word = rf"\m{begins}"
        told = Q(address_1__iregex=word) | Q(address_2__iregex=word) | Q(attention__iregex=word)
        others = Address.objects.filter(told, location_id__isnull=False).exclude(location_id=place)
        found |= {row.location_id for row in others.order_by("pk") if not doors.isdisjoint(_doors(row))}
    return sorted(found)


AT_ONE_POINT = 0.1
"""Kilometres within which a place of the same publisher that tells no street stands at one point with this one."""


def places_at_the_same_point(location: Location) -> list[UUID]:
    """Other open places of its publisher that tell this point, or one a few steps off, and no street.

    They would go on telling where it stands. Those that somebody opened on purpose are left out.
    """
    if location.latitude is None or location.longitude is None:
        return []
    here = (location.latitude, location.longitude)
    near = Location.objects.filter(
        publisher=location.publisher_id,
        is_protected=False,
        opened__isnull=True,
        latitude__range=(here[0] - ROW, here[0] + ROW),
        longitude__range=(here[1] - NEARBY, here[1] + NEARBY),
    ).exclude(pk=location.pk)
    streets = Address.objects.filter(location_id__in=near.values("pk")).exclude(address_1="")
    bare = near.exclude(pk__in=streets.values("location_id")).order_by("pk")
    points = bare.values_list("pk", "latitude", "longitude")
    return [pk for pk, *point in points if kilometres(here, (point[0], point[1])) <= AT_ONE_POINT]


def _doors(address: Address) -> set[tuple[tuple[str, ...], str]]:
    """Number, first word of the street and city: what two spellings of one door share."""
    city = fold(address.city)
    lines = (address.address_2 or "", address.attention or "")
    told = {
        *numbered(address.address_1, is_street=True),
        *(each for line in lines for each in numbered(line, is_street=False)),
    }
    return {(each, city) for each in told or [tuple(fold(address.address_1).split()[:2])]}
