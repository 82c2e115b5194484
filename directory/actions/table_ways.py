"""The same for a list as for a feed (`import_hsds_ways`): of what a person confirmed it tells no new way by itself."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from directory.actions.feed_numbers import Said, Waiting, sort_out
from directory.actions.import_hsds_ways_texts import TELLING
from directory.actions.table_differences import Difference
from directory.models.field_source import FieldSource
from directory.models.import_conflict import ImportConflict
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.record import HsdsRecord
from directory.models.service import Service
from directory.rules.feed_numbers import Number
from directory.rules.holding import redirects


def keep_table_ways(publisher: str, found: Difference) -> Waiting:
    """Take out of what is to be written what would newly tell where to turn to; numbers are asked about afterwards."""
    services = _confirmed(Service, [row.pk for row in found.write[Service]] + _services_of(found))
    of = dict(
        Service.objects.filter(pk__in=services | _assured(found), organization__isnull=False).values_list(
            "pk", "organization_id"
        )
    )
    _keep_owners(of, found)
    _keep_texts(publisher, Service, set(of), found)
    organizations = _confirmed(Organization, [row.pk for row in found.write[Organization]])
    _keep_texts(publisher, Organization, organizations | set(of.values()), found)
    return _keep_numbers(of, found)


def _keep_owners(of: dict[UUID, UUID], found: Difference) -> None:
    """They stay with their organization, else they would show the name and the numbers of somebody else."""
    for row in found.write[Service]:
        if isinstance(row, Service) and row.pk in of:
            row.organization_id = of[row.pk]
    found.left_organizations -= set(of.values())


def _services_of(found: Difference) -> list[UUID]:
    return [row.service_id for row in found.write[Phone] if isinstance(row, Phone) and row.service_id]


def _confirmed(model: type[HsdsRecord], ids: Collection[UUID]) -> set[UUID]:
    """Of these records, those of which a person confirmed anything."""
    rows = FieldSource.objects.filter(
        entity=model._meta.db_table, record_id__in=[*ids], confirmed_on__isnull=False
    )
    return set(rows.values_list("record_id", flat=True))


def _assured(found: Difference) -> set[UUID]:
    """Services that somebody checked."""
    ids = {row.pk for row in found.write[Service]} | set(_services_of(found))
    return set(Service.objects.filter(pk__in=ids, assured_date__isnull=False).values_list("pk", flat=True))


def _keep_texts(publisher: str, model: type[HsdsRecord], known: set[UUID], found: Difference) -> None:
    entity = model._meta.db_table
    rows = [row for row in found.write[model] if row.pk in known]
    stored = model._default_manager.in_bulk([row.pk for row in rows])
    for row in rows:
        if row.pk in stored:
            found.conflicts += _kept(publisher, entity, row, stored[row.pk])


def _kept(publisher: str, entity: str, row: HsdsRecord, stored: HsdsRecord) -> list[ImportConflict]:
    """What stands stays in `row` where it would lead elsewhere; a steward sees what the list says."""
    offers = []
    for name in TELLING[entity]:
        ours, theirs = getattr(stored, name), getattr(row, name)
        if ours != theirs and redirects(entity, name, ours, theirs):
            offers.append(
                ImportConflict(
                    publisher_id=publisher,
                    entity=entity,
                    record_id=row.pk,
                    field=name,
                    offered=theirs,
                    first_seen_at=timezone.now(),
                )
            )
            setattr(row, name, ours)
    return offers


def _keep_numbers(of: dict[UUID, UUID], found: Difference) -> Waiting:
    rows = [row for row in found.write[Phone] if isinstance(row, Phone) and row.service_id in of]
    stood = Phone.objects.in_bulk([row.pk for row in rows])
    waiting = sort_out(
        ((of[row.service_id], row.service_id), _said(row, stood.get(row.pk)))
        for row in rows
        if row.service_id
    )
    found.write[Phone] = [row for row in found.write[Phone] if row.pk not in waiting.rows]
    # While a new number waits, the old ones stay.
    asked = {service for _owner, service in waiting.asked}
    stay = Phone.objects.filter(pk__in=found.remove[Phone], service_id__in=asked)
    kept = set(stay.values_list("pk", flat=True))
    found.remove[Phone] = [pk for pk in found.remove[Phone] if pk not in kept]
    return waiting


def _said(row: Phone, stood: Phone | None) -> Said:
    was = Number(stood.number, stood.extension, stood.description) if stood else None
    return Said(row.pk, Number(row.number, row.extension, row.description), row.type, was)
