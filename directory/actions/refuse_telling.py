"""Refuses what somebody types in where it tells a protected door, found by what was kept of it.

Whoever keeps a listing is told so of the organization's own places alone. Of anybody else's they are answered as if
there were none, or they could ask address by address where the safe houses stand: what tells one waits, as what tells
none does, and a steward is told why it can't be published (docs/adr/0062).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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
from directory.rules.kept_traces import doors_beside, doors_of, point_door

_OWN_ALONE: ContextVar[bool] = ContextVar("own places alone", default=False)

WORDS = frozenset({"taxonomy", "taxonomy_term", "unit", "meta_table_description"})
"""Records of nobody in particular: a word is nobody's door."""


class TellsAnother(Refused):
    """It tells a protected place that somebody else runs. Never said to whoever typed it."""


@contextmanager
def of_own_places_alone() -> Iterator[None]:
    """Inside, only what tells the writer's own protected places is refused, and nobody else's are looked at at all.

    For what is tried or shown on behalf of somebody who may not learn where others' places stand. Nothing that is
    written inside may become public as it is.
    """
    token = _OWN_ALONE.set(True)
    try:
        yield
    finally:
        _OWN_ALONE.reset(token)


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


def is_akin(organization: UUID, service: UUID | None) -> bool:
    """True if what is written of these is searched for doors of protected places that they don't run themselves."""
    if not is_any_kept():
        return False
    services = [service] if service else []
    return not set(protected_akin([organization], services)) <= set(
        protected_around([organization], services)
    )


def own_traces_of(organizations: Iterable[UUID], services: Iterable[UUID]) -> Traces:
    """The same of the places alone that they run themselves."""
    places = protected_around(organizations, services)
    return with_names(kept_of(places), names_by_owner(places))


def refuse_if_told(
    is_told: Callable[[Traces], bool], organizations: Iterable[UUID], services: Iterable[UUID]
) -> None:
    """`is_told` says whether something tells these traces. Raises Refused for their own places, and TellsAnother."""
    owners, given = list(organizations), list(services)

    def tells_any(traces: Traces) -> bool:
        return bool(traces) and is_told(traces.in_own_texts(open_streets_of(owners)))

    if not _OWN_ALONE.get() and not tells_any(traces_around(owners, given)):
        return
    if tells_any(own_traces_of(owners, given)):
        raise Refused(_("This tells where a protected place is."))
    if not _OWN_ALONE.get():
        raise TellsAnother(_("This tells where a protected place is."))


def _owners(record: HsdsRecord, services: set[UUID]) -> set[UUID]:
    found = {record.pk} if isinstance(record, Organization) else set()
    found.add(getattr(record, "organization_id", None))
    place = getattr(record, "location", None)
    found.add(getattr(place, "organization_id", None))
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

    def is_told(traces: Traces) -> bool:
        """True if any text tells; a name may tell the street without its number, and its town."""
        return any(tells(text, asked_of(entity, name, traces)) for name, text in texts)

    refuse_if_told(is_told, owners, services)
    if doors := _doors(record):
        refuse_doors(doors, owners, services)


def refuse_doors(doors: frozenset[str], organizations: Iterable[UUID], services: Iterable[UUID]) -> None:
    """Raises Refused where one of these is the door of their own protected place, TellsAnother of anybody's."""
    own = KnownDoors(protected_around(organizations, services))
    if own.has(doors):
        raise Refused(_("This is the door of a protected place."))
    if not _OWN_ALONE.get() and KnownDoors().has(doors):
        raise TellsAnother(_("This is the door of a protected place."))


def open_streets_of(owners: Iterable[UUID]) -> list[str]:
    """The streets of open places of these organizations: their texts may tell them."""
    given = list(owners)
    here = Q(location__organization_id__in=given) | Q(location__services__service__organization_id__in=given)
    found = Address.objects.filter(here, location__is_protected=False).order_by("pk")
    return sorted(set(found.values_list("address_1", flat=True)))


def _doors(record: HsdsRecord) -> frozenset[str]:
    if isinstance(record, Address):
        return doors_at(record.address_1, record.city, record.postal_code, record.address_2, record.attention)
    if isinstance(record, Location):
        return point_door(record.latitude, record.longitude)
    return frozenset()


def doors_at(street: str, city: str, code: str, *beside: str) -> frozenset[str]:
    """The doors that an address tells, in its street or in the lines beside it."""
    return doors_of(street, city, code).union(*(doors_beside(line, city, code) for line in beside))
