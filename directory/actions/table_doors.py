"""Protected doors and a list: what it tells of them is kept as digests and cut, what is one of them is protected."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from directory.actions.akin import organizations_akin, owners_of_services, services_akin, services_of
from directory.actions.cut_traces import cut_unsaved
from directory.actions.import_hsds_set_aside import pass_one_by_one, set_aside
from directory.actions.keep_names import larger_towns
from directory.actions.keep_traces import (
    KnownDoors,
    is_any_kept,
    keep_traces,
    kept_of,
    of_place,
    traces_key,
)
from directory.actions.refuse_telling import protected_akin, protected_around
from directory.actions.shut_places import addresses_of, keep_place
from directory.actions.table_names import cut_built_names, keep_towns
from directory.actions.table_rows_stored import Built
from directory.models.address import Address
from directory.models.location import Location
from directory.models.service import Service
from directory.rules.door_traces import Traces, traces_of
from directory.rules.kept_traces import doors_of
from directory.rules.table_addresses import is_of_another_place
from directory.rules.table_ids import record_id
from directory.rules.table_records import Record

Point = tuple[float | None, float | None]
NO_POINT: Point = (None, None)


def hidden_keys(places: Mapping[UUID, str], records: Iterable[tuple[int, Record]]) -> set[str]:
    """Keys of the records whose places are protected here, or are the door of one. `places`: id -> key."""
    stored = dict(Location.objects.filter(pk__in=list(places)).values_list("pk", "is_protected"))
    hidden = {places[pk] for pk, is_protected in stored.items() if is_protected}
    known = KnownDoors() if is_any_kept() else None
    ids = {key: pk for pk, key in places.items()}
    for _, record in records:
        street = _street(record)
        if street and record.key in hidden:
            _keep(ids[record.key], street)
        elif street and known and ids[record.key] not in stored and known.has(doors_of(*street)):
            hidden.add(record.key)
    return hidden


def _street(record: Record) -> tuple[str, str, str] | None:
    place = record.location
    if place and place.address:
        return place.address.address_1, place.address.city, place.address.postal_code
    if place and place.doors and not place.is_protected:
        # No address that could be read, but a number with a name: nothing of it is stored, all of it leads there.
        return place.cells[0], place.city, place.postal_code
    return None


def keep_doors(built: Built, records: Iterable[tuple[int, Record]], places: set[UUID]) -> set[str]:
    """Keep what the list tells of places that are to be protected, streets and points; the keys of their records."""
    by_key = {record_id(built.publisher, "location", record.key): record for _, record in records}
    found = {place: by_key[place] for place in places}
    for place, record in sorted(found.items()):
        row, street = built.models[Location][place], _street(record)
        point = (row.latitude, row.longitude) if isinstance(row, Location) else NO_POINT
        _keep(place, street, point)
    return {record.key for record in found.values()}


def keep_told(publisher: str, records: Iterable[tuple[int, Record]]) -> None:
    """Keep what the list tells of the places that it protects itself: a feed may tell the same doors, open."""
    told = [(record_id(publisher, "location", r.key), r.location) for _, r in records if r.location]
    hidden = [(place, facts) for place, facts in told if facts.is_protected]
    doors = {
        place: [(cell, facts.city, "") for cell in facts.cells if not is_of_another_place(cell)]
        for place, facts in hidden
    }
    key = traces_key() if hidden else b""
    keep_traces(
        trace
        for place, facts in hidden
        for trace in of_place(place, Traces(), doors[place], facts.hidden_point, key=key)
    )


def _keep(place: UUID, street: tuple[str, str, str] | None, point: Point = NO_POINT) -> None:
    streets = [street] if street else []
    traces = traces_of(
        streets=[one for one, _, _ in streets],
        postal_codes=[code for _, _, code in streets],
        coordinates=[value for value in point if value is not None],
    )
    keep_traces(of_place(place, traces, streets, point, key=traces_key()))


def keep_before(built: Built) -> list[UUID]:
    """Keep what is stored of places that the list now protects, before any of it is removed; which these are."""
    wanted = [
        pk for pk, row in built.models[Location].items() if isinstance(row, Location) and row.is_protected
    ]
    places = list(Location.objects.filter(pk__in=wanted, is_protected=False).order_by("pk"))
    streets = addresses_of([place.pk for place in places])
    larger = larger_towns()
    for place in places:
        keep_place(place, streets[place.pk], larger)
    return [place.pk for place in places]


def cut_built(built: Built) -> None:
    """Cut what tells protected places out of all that the list says of their organizations."""
    keep_towns(built)
    if not is_any_kept():
        return
    owners = {row.organization_id for row in built.models[Service].values() if isinstance(row, Service)}
    run_by = {owner for owner in owners if owner}
    cut_built_names(built, protected_around(run_by))
    places = protected_akin(run_by)
    traces = kept_of(places)
    if not traces:
        return
    hidden = _owners_of(places)
    hidden |= organizations_akin(hidden) | owners_of_services(services_akin(services_of(hidden)))
    around = {
        pk
        for pk, row in built.models[Service].items()
        if isinstance(row, Service) and row.organization_id in hidden
    }
    told = built.models.get(Address, {}).values()
    traces = traces.in_own_texts(row.address_1 for row in told if isinstance(row, Address))
    for rows in built.models.values():
        for pk, row in rows.items():
            if built.services_of[pk] & around:
                cut_unsaved(row, traces)


def _owners_of(places: list[UUID]) -> set[UUID]:
    found = Location.objects.filter(pk__in=places).values_list(
        "organization_id", "services__service__organization_id"
    )
    return {owner for pair in found for owner in pair if owner}


def take_ids(built: Built) -> int:
    """Nobody's dangling links lead to the records that come: how many were set aside. Waits for imports under way."""
    with connection.cursor() as cursor:
        pass_one_by_one(cursor)
        added = {}
        for model, rows in built.models.items():
            stored = model._default_manager.filter(pk__in=list(rows)).values_list("pk", flat=True)
            added[model._meta.db_table] = set(rows) - set(stored)
        return set_aside(cursor, built.publisher, added)
