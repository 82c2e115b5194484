"""Rows of a list that look like a protected place of another record: protected, as those of a feed are (ADR 0042)."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_alike import IS_ANY_PROTECTED
from directory.actions.import_hsds_doors import CONFIRMED
from directory.actions.import_hsds_tables import ask
from directory.actions.look_alikes import Alike, Candidate, LookAlikes, known_at, numbers_of
from directory.actions.table_rows_stored import Built
from directory.models.address import Address
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.place import Place
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation

STORED = (
    "SELECT l.id, l.is_protected OR EXISTS (SELECT FROM opened_place o WHERE o.location_id = l.id),"
    " l.latitude, l.longitude,"
    " ARRAY(SELECT concat_ws('|', a.address_1, a.city) FROM address a WHERE a.location_id = l.id)"
    " FROM location l WHERE l.id = ANY(%s)"
)
DOUBT = (
    "the place looks like a protected place of another publisher: it is protected until a steward opens it,"
    " and a steward is asked whether the two services are one"
)
"""What the report says of such a row; whose place it is stays untold."""


def alike_in_list(built: Built) -> Alike:
    """Places of the list that look like protected ones that are here, but for what a person opened or confirmed.

    As of a feed, only those of which the list tells something new.
    """
    with connection.cursor() as cursor:
        if not ask(cursor, IS_ANY_PROTECTED)[0][0]:
            return Alike()
        candidates = list(_new(cursor, built))
        phones = numbers_of(
            candidates,
            [
                (row.pk, row.service_id, None, None, row.number)
                for row in built.models[Phone].values()
                if isinstance(row, Phone)
            ],
        )
        found = LookAlikes(known_at(cursor)).find(cursor, candidates, phones, lambda ids: _stand(built, ids))
        found.places -= {id_ for (id_,) in ask(cursor, CONFIRMED, {"ids": sorted(found.places)})}
    return found


def _new(cursor: CursorWrapper, built: Built) -> Iterator[Candidate]:
    """Services at places that aren't stored as the list tells them now."""
    streets = _streets(built)
    stored = {id_: facts for id_, *facts in ask(cursor, STORED, [list(built.models[Location])])}
    for site in built.models[ServiceAtLocation].values():
        if not isinstance(site, ServiceAtLocation) or site.location_id is None:
            continue
        place, service = built.models[Location][site.location_id], built.models[Service][site.service_id]
        if isinstance(place, Location) and isinstance(service, Service):
            street = streets.get(place.pk, [])
            settled, *before = stored.get(place.pk, (False, None))
            told = [place.latitude, place.longitude, [f"{line}|{city}" for line, city in street]]
            if not settled and before != told:
                yield _candidate(built, site, place, service, [line for line, _ in street])


def _streets(built: Built) -> dict[UUID, list[tuple[str, str]]]:
    """Street and city of each place; a list tells one of a place at most."""
    return {
        row.location_id: [(row.address_1, row.city)]
        for row in built.models[Address].values()
        if isinstance(row, Address) and row.location_id
    }


def _candidate(
    built: Built, site: ServiceAtLocation, place: Location, service: Service, lines: Sequence[str]
) -> Candidate:
    owner = built.models[Organization][service.organization_id]
    return Candidate(
        place=place.pk,
        site=site.pk,
        service=service.pk,
        name=service.name,
        owner=owner.name if isinstance(owner, Organization) else "",
        organization=owner.pk,
        latitude=place.latitude,
        longitude=place.longitude,
        lines=lines,
        publisher=built.publisher,
    )


def _stand(built: Built, places: Sequence[UUID]) -> dict[UUID, tuple[str | None, str | None]]:
    """Published area and province of each place, by its community."""
    towns = {
        place: row.community_id
        for place in places
        if isinstance(row := built.models[Location][place], Location)
    }
    known = Place.objects.filter(pk__in=set(filter(None, towns.values())))
    stands = {pk: (area, province) for pk, area, province in known.values_list("pk", "area_id", "province")}
    return {place: stands.get(town, (None, None)) for place, town in towns.items() if town}
