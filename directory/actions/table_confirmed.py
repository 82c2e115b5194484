"""What a person confirmed wins over a list; each differing offer waits for a steward, once (docs/adr/0028)."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils import timezone

from directory.models.field_source import FieldSource
from directory.models.import_conflict import Decision, ImportConflict
from directory.models.record import HsdsRecord

Rows = Mapping[uuid.UUID, HsdsRecord]


def confirmed_fields(model: type[HsdsRecord], ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """The fields of these records that a person confirmed, by id."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    rows = FieldSource.objects.filter(
        entity=model._meta.db_table, record_id__in=[*ids], confirmed_on__isnull=False
    )
    for id_, name in rows.order_by("pk").values_list("record_id", "field"):
        found[id_].add(name)
    return dict(found)


def keep_confirmed(
    publisher: str, wanted: Rows, stored: Rows, confirmed: Mapping[uuid.UUID, set[str]]
) -> list[ImportConflict]:
    """Put confirmed values in place of the list's; returns what a steward has to decide."""
    found = []
    for pk, names in confirmed.items():
        for field in stored[pk]._meta.concrete_fields if pk in wanted else ():
            ours, theirs = getattr(stored[pk], field.attname), getattr(wanted[pk], field.attname)
            if field.name in names and ours != theirs:
                found.append(_conflict(publisher, wanted[pk], field.name, theirs))
                setattr(wanted[pk], field.attname, ours)
    return found


def to_ask(conflicts: Iterable[ImportConflict]) -> list[ImportConflict]:
    """Those that nobody has answered by keeping what was confirmed, since it was last confirmed."""
    offers = list(conflicts)
    ids = {offer.record_id for offer in offers}
    kept = ImportConflict.objects.filter(record_id__in=ids, decision=Decision.KEEP, decided_at__isnull=False)
    answered = {_key(row): timezone.localdate(row.decided_at) for row in kept.order_by("decided_at")}
    sources = FieldSource.objects.filter(record_id__in=ids, confirmed_on__isnull=False).order_by("pk")
    confirmed = {(row.entity, row.record_id, row.field): row.confirmed_on for row in sources}
    return [
        offer
        for offer in offers
        if not (on := answered.get(_key(offer)))
        or on < confirmed.get((offer.entity, offer.record_id, offer.field), on)
    ]


def _key(conflict: ImportConflict) -> tuple[object, ...]:
    return (
        conflict.publisher_id,
        conflict.entity,
        conflict.record_id,
        conflict.field,
        conflict.offered,
    )


def _conflict(publisher: str, row: HsdsRecord, name: str, offered: object) -> ImportConflict:
    return ImportConflict(
        publisher_id=publisher,
        entity=row._meta.db_table,
        record_id=row.pk,
        field=name,
        offered="" if offered is None else str(offered),
        first_seen_at=timezone.now(),
    )
