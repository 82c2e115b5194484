"""What a person confirmed wins over a list; each differing offer waits for a steward, once (docs/adr/0028)."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils import timezone

from directory.models.field_source import FieldSource
from directory.models.import_conflict import ImportConflict
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


def _conflict(publisher: str, row: HsdsRecord, name: str, offered: object) -> ImportConflict:
    return ImportConflict(
        publisher_id=publisher,
        entity=row._meta.db_table,
        record_id=row.pk,
        field=name,
        offered="" if offered is None else str(offered),
        first_seen_at=timezone.now(),
    )
