"""Refuses what somebody types in where it tells a protected door, found by what was kept of it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from directory.actions.akin import organizations_akin, owners_of_services, same_as, services_akin, services_of
from directory.actions.cut_traces import asked_of
from directory.actions.keep_names import names_by_owner, with_names
from directory.actions.keep_traces import KnownDoors, is_any_kept, kept_of
from directory.actions.refused import Refused
from directory.actions.services_concerned import services_concerned
from directory.models.address import Address
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.record import HsdsRecord
from directory.models.service import Service
from directory.rules.door_traces import Traces, tells
from directory.rules.kept_traces import doors_of, point_door

WORDS = frozenset({"taxonomy", "taxonomy_term", "unit", "meta_table_description"})
"""Records of nobody in particular: a word is nobody's door."""


def protected_around(organizations: Iterable[UUID], services: Iterable[UUID] = ()) -> list[UUID]:
    """The protected places of these organizations, and of their services and these."""
    own, given = list(organizations), list(services)
    around = Q(organization_id__in=own) | Q(services__service__organization_id__in=own)
    found = Location.objects.filter(around | Q(services__service_id__in=given), is_protected=True)
    return sorted(set(found.values_list("pk", flat=True)))


def protected_akin(organizations: Iterable[UUID], services: Iterable[UUID] = ()) -> list[UUID]:
    """The protected places of these, of parents and children, and of services that are the same or may be."""
    own, given = set(organizations), set(services)
    same = services_akin(given | services_of(own))
    return protected_around(own | organizations_akin(own) | owners_of_services(same), given | same)


def traces_around(organizations: Iterable[UUID], services: Iterable[UUID]) -> Traces:
    """What to look for in texts that somebody writes of these: doors of all akin, names of their own places."""
    own, given = set(organizations), set(services)
    names = names_by_owner(protected_around(own, given | same_as(given | services_of(own))))
    return with_names(kept_of(protected_akin(own, given)), names)


def _owners(record: HsdsRecord, services: set[UUID]) -> set[UUID]:
    found = {record.pk} if isinstance(record, Organization) else set()
    found.add(getattr(record, "organization_id", None))
    found |= set(Service.objects.filter(pk__in=services).values_list("organization_id", flat=True))
    return {owner for owner in found if owner}


def places_told_by(record: HsdsRecord) -> list[UUID]:
    """Protected places of which a stored record may tell."""
    entity = record._meta.db_table
    if entity in WORDS or not is_any_kept():
        return []
    services = services_concerned(entity, [record.pk])
    return protected_akin(_owners(record, services), services)


def refuse_telling(record: HsdsRecord, names: Iterable[str]) -> None:
    """`names` are the fields of the unsaved `record` that somebody wrote. Raises Refused."""
    entity = record._meta.db_table
    if entity in WORDS or not is_any_kept():
        return
    texts = [(name, str(value)) for name in names if (value := getattr(record, name)) not in (None, "")]
    services = services_concerned(entity, [record.pk])
    owners = _owners(record, services)
    if _is_any_told(entity, texts, traces_around(owners, services), owners):
        raise Refused(_("This tells where a protected place is."))
    if KnownDoors().has(_doors(record)):
        raise Refused(_("This is the door of a protected place."))


def _is_any_told(entity: str, texts: list[tuple[str, str]], traces: Traces, owners: set[UUID]) -> bool:
    """True if any text tells; a name may tell the street without its number, and its town."""
    if not traces:
        return False
    own = traces.in_own_texts(open_streets_of(owners))
    return any(tells(text, asked_of(entity, name, own)) for name, text in texts)


def open_streets_of(owners: Iterable[UUID]) -> list[str]:
    """The streets of open places of these organizations: their texts may tell them."""
    given = list(owners)
    here = Q(location__organization_id__in=given) | Q(location__services__service__organization_id__in=given)
    found = Address.objects.filter(here, location__is_protected=False).order_by("pk")
    return sorted(set(found.values_list("address_1", flat=True)))


def _doors(record: HsdsRecord) -> frozenset[str]:
    if isinstance(record, Address):
        return doors_of(record.address_1, record.city, record.postal_code)
    if isinstance(record, Location):
        return point_door(record.latitude, record.longitude)
    return frozenset()
