"""The records of those who said that they don't want to be on the site: no tier below the custodian's is told."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from directory.hsds.export_tables import Column, model_of, parents_of
from directory.models.disclosure import PublishTo
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.hsds_shape import ENTITIES

Ids = frozenset[UUID]
SAID_NO = Q(publish_to__isnull=False) & ~Q(publish_to__contains=[PublishTo.SITE])


def ids_of(records: QuerySet[Any], name: str = "id") -> Ids:
    """The ids that the records hold in `name`."""
    return frozenset(records.exclude(**{name: None}).values_list(name, flat=True))


def withheld_records() -> dict[str, Ids]:
    """By entity: services taken off the site, their organizations if nothing is left of them, and what hangs there."""
    refusing = ids_of(Organization.objects.filter(SAID_NO))
    of_refusing = Q(publish_to__isnull=True, organization__in=refusing)
    services = ids_of(Service.objects.filter(SAID_NO | of_refusing))
    if not services and not refusing:
        return {}
    listed = Service.objects.filter(organization__in=refusing).exclude(id__in=services)
    withheld = {
        "organization": refusing - ids_of(listed, "organization_id"),
        "service": services,
        "service_at_location": ids_of(ServiceAtLocation.objects.filter(service__in=services)),
    }
    withheld["location"] = _places_of_nobody_else(withheld)
    for entity in ENTITIES:
        if entity not in withheld:
            withheld[entity] = _held_by_nobody_else(entity, withheld)
    return withheld


def _places_of_nobody_else(withheld: Mapping[str, Ids]) -> Ids:
    sites = ServiceAtLocation.objects.filter(id__in=withheld["service_at_location"]).exclude(location=None)
    others = ServiceAtLocation.objects.exclude(service__in=withheld["service"]).exclude(location=None)
    concerned = Q(organization__in=withheld["organization"]) | Q(id__in=sites.values("location_id"))
    return ids_of(Location.objects.filter(concerned).exclude(id__in=others.values("location_id")))


def _held_by_nobody_else(entity: str, withheld: Mapping[str, Ids]) -> Ids:
    """Records of which every holder is withheld."""
    parents = parents_of(entity)
    conditions = [Q(**{f"{parent.attribute}__in": _of(parent, withheld)}) for parent in parents]
    if not conditions:
        return frozenset()
    touched = model_of(entity).objects.filter(reduce(or_, conditions))
    rows = touched.values_list("id", *(parent.attribute for parent in parents))
    return frozenset(id_ for id_, *held_by in rows if _all_withheld(parents, held_by, withheld))


def _all_withheld(
    parents: tuple[Column, ...], held_by: list[UUID | None], withheld: Mapping[str, Ids]
) -> bool:
    pairs = zip(parents, held_by, strict=True)
    return all(id_ is None or id_ in _of(parent, withheld) for parent, id_ in pairs)


def _of(parent: Column, withheld: Mapping[str, Ids]) -> Ids:
    """What is withheld of the entity that a REF may name; of all entities where it may name any."""
    if parent.field.target:
        return withheld.get(parent.field.target, frozenset())
    return frozenset().union(*withheld.values())
