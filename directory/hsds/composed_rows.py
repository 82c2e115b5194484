"""Reading the open data: rows of `hsds_document`, by page, by id and by what they hang on, as relais_public."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import DateTimeField, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from directory.models.hsds_document import HsdsDocument, HsdsTotal
from safety.db import public_database

MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
MOMENT_SQL = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
COLUMNS = (
    "entity id document organization_id program_id service_id location_id taxonomy_id parent_id modified_at"
)


class Row(NamedTuple):
    """One public record: its own facts, and the records that it names."""

    entity: str
    id: UUID
    document: dict[str, Any]
    organization_id: UUID | None
    program_id: UUID | None
    service_id: UUID | None
    location_id: UUID | None
    taxonomy_id: UUID | None
    parent_id: UUID | None
    modified_at: datetime

    def names(self, column: str) -> UUID | None:
        """The id in one of the columns that name another record."""
        found: UUID | None = getattr(self, column)
        return found


class Wanted(NamedTuple):
    """Records of `entity` whose column `by` ("id" or one that names another record) holds one of `ids`."""

    entity: str
    by: str
    ids: Collection[UUID]


def documents(entity: str) -> QuerySet[HsdsDocument]:
    """All public records of an entity, in the order of pages."""
    return HsdsDocument.objects.using(public_database()).filter(entity=entity).order_by("id")


def total_of(entity: str) -> int:
    """How many there are, by one look; counted only where nobody wrote it down."""
    totals = HsdsTotal.objects.using(public_database()).filter(entity=entity)
    told = totals.order_by("entity").values_list("total", flat=True).first()
    return documents(entity).count() if told is None else told


def _rows(queryset: Any) -> list[Row]:
    return [Row(*values) for values in queryset.values_list(*COLUMNS.split())]


def page_ids(queryset: QuerySet[HsdsDocument], total: int, start: int, size: int) -> list[UUID]:
    """Ids `start` to `start + size` of the `total` that match, read from the nearer end.

    An index-only walk; what is changed between counting and walking moves a page by as much, as it does between
    two pages anyway.
    """
    count = min(size, total - start)
    if count <= 0:
        return []
    if start <= total // 2:
        return list(queryset.order_by("id").values_list("id", flat=True)[start : start + count])
    end = total - start - count
    return list(queryset.order_by("-id").values_list("id", flat=True)[end : end + count])[::-1]


def rows_of(entity: str, ids: Sequence[UUID]) -> list[Row]:
    """These records, in the order of ids; what is no longer there is left out."""
    return _rows(documents(entity).filter(id__in=ids)) if ids else []


def fetch(wanted: Sequence[Wanted]) -> list[Row]:
    """All that is wanted, by one statement; each arm of it goes through an index of its own."""
    arms = [documents(w.entity).order_by().filter(**{f"{w.by}__in": list(w.ids)}) for w in wanted if w.ids]
    if not arms:
        return []
    first, *others = (arm.values_list(*COLUMNS.split()) for arm in arms)
    return sorted((Row(*v) for v in first.union(*others, all=True)), key=lambda row: (row.entity, row.id))


def chunks(queryset: QuerySet[HsdsDocument], size: int) -> Iterator[list[Row]]:
    """All that match, `size` at a time, each by one short statement that begins where the last one ended."""
    rows = _rows(queryset.order_by("id")[:size])
    while rows:
        yield rows
        rows = _rows(queryset.filter(id__gt=rows[-1].id).order_by("id")[:size]) if len(rows) == size else []


def moment(at: datetime) -> str:
    """A moment as open data tells it: UTC, to the microsecond."""
    return at.astimezone(UTC).strftime(MOMENT)


def minimal_text(queryset: QuerySet[HsdsDocument], delimiter: str) -> str:
    """`{"id", "last_modified"}` of all that match, put together by the database: 90 bytes each and no objects."""
    utc = Func(Value("UTC"), F("modified_at"), function="timezone", output_field=DateTimeField())
    at = Func(utc, Value(MOMENT_SQL), function="to_char", output_field=TextField())
    line = Concat(
        Value('{"id":"'),
        Cast("id", TextField()),
        Value('","last_modified":"'),
        at,
        Value('"}'),
        output_field=TextField(),
    )
    joined = StringAgg(line, delimiter=delimiter, order_by="id")
    return str(queryset.order_by().aggregate(text=joined)["text"] or "")
