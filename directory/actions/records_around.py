"""Gathers the records that may tell of protected places: of whoever runs them, and of whoever else knows them."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from directory.actions.akin import (
    organizations_akin,
    owners_of_services,
    programs_of,
    services_akin,
    services_of,
)
from directory.actions.scrub_places import Around, these
from directory.models.location import Location
from directory.models.record import HsdsRecord
from directory.models.service_at_location import ServiceAtLocation

OWNERS = ("organization_id", "service_id", "service_at_location_id", "location_id", "contact_id", "phone_id")
DESCRIBED = ("link_id", "resource_id")


class Run(NamedTuple):
    """Ids of organizations and of services."""

    owners: set[UUID]
    services: set[UUID]


def records_around(found: Around) -> list[HsdsRecord]:
    """The organizations of these places and services, all their services and other places, and what hangs on any.

    These places themselves are not among them: they are emptied, not cut.
    """
    return _without(found, _hanging(_ids_of(_run(found), found)))


def records_telling(found: Around) -> list[HsdsRecord]:
    """Those around, and those of others who may tell of the places: of `akin` services and organizations, programs."""
    run = _run(found)
    akin = akin_to(run)
    programs = programs_of(run.services | akin.services)
    return _without(found, _hanging(_ids_of(run, found) | _ids_of(akin) | programs))


def organizations_telling(found: Around) -> set[UUID]:
    """Those that run these places and services, and those who may tell of them as well."""
    run = _run(found)
    return run.owners | akin_to(run).owners


def akin_to(run: Run) -> Run:
    """The services that are or may be the same, whoever offers them, and parents and children, with all they offer."""
    same = services_akin(run.services)
    owners = (owners_of_services(same) | organizations_akin(run.owners)) - run.owners
    return Run(owners, same | services_of(owners))


def _run(found: Around) -> Run:
    """The organizations that run these places and services, and all their services."""
    places = Location.objects.filter(pk__in=these(found.places), organization_id__isnull=False)
    owned = {id_ for id_ in places.values_list("organization_id", flat=True) if id_}
    owners = owned | owners_of_services(found.services)
    return Run(owners, {*found.services, *services_of(owners)})


def _ids_of(run: Run, found: Around | None = None) -> set[UUID]:
    """Ids of the organizations, the services, their places and those of these services, and the pairs."""
    places, sites = (found.places, found.sites) if found else ([], [])
    pairs = ServiceAtLocation.objects.filter(service_id__in=these([*run.services]))
    met = pairs.filter(location_id__isnull=False).values_list("location_id", flat=True)
    own = Location.objects.filter(organization_id__in=these([*run.owners]))
    here = {*places, *(id_ for id_ in met if id_), *_keys(own)}
    at_them = ServiceAtLocation.objects.filter(location_id__in=these([*here]))
    return {*run.owners, *run.services, *here, *sites, *_keys(pairs), *_keys(at_them)}


def _keys(rows: QuerySet[Any]) -> Iterable[UUID]:
    return rows.values_list("pk", flat=True)


def _hanging(ids: set[UUID]) -> dict[UUID, HsdsRecord]:
    """The records of these ids, and what hangs on any."""
    rows: dict[UUID, HsdsRecord] = {}
    # Three steps: a contact, its phone, a language on that phone. Each asks only for what hangs on the last one's.
    for names, steps in ((OWNERS, 3), (DESCRIBED, 2)):
        asked = ids | rows.keys()
        for _ in range(steps):
            held = {row.pk: row for row in _held(names, asked)} if asked else {}
            asked = held.keys() - rows.keys() - ids
            rows |= held
    return rows


def _held(names: tuple[str, ...], ids: set[UUID]) -> Iterator[HsdsRecord]:
    given = these([*ids])
    for model in apps.get_app_config("directory").get_models():
        if not issubclass(model, HsdsRecord):
            continue
        columns = [f.attname for f in model._meta.concrete_fields if f.attname in names]
        wanted = Q(pk__in=given) if names is OWNERS else Q()
        for column in columns:
            wanted |= Q(**{f"{column}__in": given})
        if wanted:
            yield from model._default_manager.filter(wanted).order_by("pk")


def _without(found: Around, rows: dict[UUID, HsdsRecord]) -> list[HsdsRecord]:
    for place in found.places:
        rows.pop(place, None)
    return list(rows.values())
