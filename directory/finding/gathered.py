"""Everything that describes a batch of services, fetched in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from directory.models.address import Address
from directory.models.language import Language
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute

Owned = TypeVar("Owned", bound=Model)
ByOwner = dict[UUID, list[Any]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Services of a batch and what hangs on them, by the id of what it hangs on."""

    services: list[Service]
    sites: ByOwner
    addresses: ByOwner
    phones: ByOwner
    schedules: ByOwner
    languages: ByOwner
    needs: dict[UUID, list[str]]

    def of(self, kind: ByOwner, service: Service, site: ServiceAtLocation | None) -> list[Any]:
        """What the site itself has of this kind, else the place or the service."""
        if site is not None:
            if own := kind.get(site.pk):
                return own
            return [*kind.get(service.pk, []), *kind.get(site.location_id, [])]
        return kind.get(service.pk, [])

    def phones_of(self, service: Service, site: ServiceAtLocation | None) -> list[Phone]:
        """Numbers of the site or service; the organization's where they have none. Never a person's own line."""
        found = self.of(self.phones, service, site) or self.phones.get(service.organization_id, [])
        return [phone for phone in found if phone.contact_id is None]


def _by_owner(rows: Iterable[Owned], owners: Sequence[str]) -> ByOwner:
    found: ByOwner = defaultdict(list)
    for row in rows:
        for owner in owners:
            if key := getattr(row, f"{owner}_id"):
                found[key].append(row)
    return dict(found)


def _owned(model: type[Owned], owners: Sequence[str], keys: list[UUID]) -> ByOwner:
    rows: list[Owned] = []
    for owner in owners:
        found = model._default_manager.filter(**{f"{owner}_id__in": keys})
        rows += found.order_by("position", "id")
    return _by_owner({row.pk: row for row in rows}.values(), owners)


def _needs(keys: list[UUID]) -> dict[UUID, list[str]]:
    rows = Attribute.objects.filter(link_id__in=keys, taxonomy_term__taxonomy="relais").order_by(
        "position", "id"
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for owner, code in rows.values_list("link_id", "taxonomy_term__code"):
        found[owner].append(code)
    return dict(found)


def gather(service_ids: Iterable[UUID]) -> Gathered:
    """Fetch a batch of services that may be listed. Nine statements, whatever their number."""
    services = list(
        Service.objects.filter(pk__in=list(service_ids))
        .listable()
        # A feed may name an organization that never came: what nobody stands behind is not shown.
        .filter(organization__name__isnull=False)
        .select_related("organization", "publisher")
        .order_by("pk")
    )
    keys = [s.pk for s in services]
    sites = list(
        ServiceAtLocation.objects.filter(service_id__in=keys, location__location_type__isnull=False)
        .select_related("location__community")
        .order_by("position", "id")
    )
    places = [s.location_id for s in sites]
    everything = [*keys, *places, *(s.pk for s in sites), *(s.organization_id for s in services)]
    links = ("service", "location", "service_at_location")
    return Gathered(
        services=services,
        sites=_by_owner(sites, ["service"]),
        addresses=_owned(Address, ["location"], places),
        phones=_owned(Phone, (*links, "organization"), everything),
        schedules=_owned(Schedule, links, everything),
        languages=_owned(Language, ("service", "location"), everything),
        needs=_needs(keys),
    )
