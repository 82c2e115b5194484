"""Addresses that hang on no place here, and the history of places and addresses that are gone.

What of them tells a protected door goes: nobody could say whose an address is, and exports would tell both.
"""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_staging import copy_rows
from directory.actions.import_hsds_tables import ask
from directory.actions.keep_traces import KnownDoors, is_any_kept
from directory.actions.refuse_telling import doors_at
from directory.models.address import Address
from directory.models.metadata import Metadata
from directory.rules.door_traces import Traces, tells

LOOSE = (
    "SELECT a.id, a.address_1, a.city, a.postal_code, a.address_2, a.attention FROM address a"
    " WHERE a.location_id IS NULL OR NOT EXISTS (SELECT FROM location l WHERE l.id = a.location_id)"
)

STAGED = (
    "SELECT a.id, a._file, a._line, a.address_1, a.city, a.postal_code, a.address_2, a.attention"
    " FROM staged_address a WHERE a.location_id IS NULL"
    " OR (NOT EXISTS (SELECT FROM staged_location s WHERE s.id = a.location_id)"
    "  AND NOT EXISTS (SELECT FROM location l WHERE l.id = a.location_id))"
)

PLACES_GONE = (
    " WHERE lower(m.resource_type) IN ('address', 'addresses', 'location', 'locations') AND m.resource_id IS NOT NULL"
    " AND NOT EXISTS (SELECT FROM address a WHERE a.id = m.resource_id)"
    " AND NOT EXISTS (SELECT FROM location l WHERE l.id = m.resource_id)"
)
HISTORY = (
    f"SELECT m.id, m.previous_value, m.replacement_value FROM metadata m{PLACES_GONE}"  # noqa: S608
    " AND m.publisher_id = ANY(%s)"
)
STAGED_HISTORY = (
    f"SELECT m.id, m._file, m._line, m.previous_value, m.replacement_value FROM staged_metadata m{PLACES_GONE}"  # noqa: S608
    " AND NOT EXISTS (SELECT FROM staged_address a WHERE a.id = m.resource_id)"
    " AND NOT EXISTS (SELECT FROM staged_location l WHERE l.id = m.resource_id)"
)


def forget_history(publishers: Collection[str], traces: Traces) -> int:
    """Delete what these publishers tell of places and addresses that are gone, where it tells a door; how much."""
    if not traces:
        return 0
    with connection.cursor() as cursor:
        rows = ask(cursor, HISTORY, [sorted(publishers)])
    found = [id_ for id_, *values in rows if _tell(values, traces)]
    return Metadata.objects.filter(pk__in=found).delete()[0]


def withhold_history(cursor: CursorWrapper, traces: Traces, report: ImportReport) -> None:
    """Leave that out of what a package tells."""
    rows = ask(cursor, STAGED_HISTORY) if traces else []
    found = [("metadata", *row[:3]) for row in rows if _tell(row[3:], traces)]
    if not found:
        return
    ids = [row[1] for row in found]
    ask(cursor, "DELETE FROM staged_metadata WHERE id = ANY(%s) RETURNING id", [ids])
    copy_rows(cursor, "import_refused", ("entity", "id", "file", "line"), found)
    report.withheld["metadata"] += len(ids)


def _tell(values: Iterable[str | None], traces: Traces) -> bool:
    return any(tells(value, traces) for value in values if value)


def forget_loose() -> list[UUID]:
    """Delete them, with their history; their ids. Knows the doors of the places that are protected by now."""
    with connection.cursor() as cursor:
        rows = ask(cursor, LOOSE)
    known = KnownDoors() if rows else None
    found = [id_ for id_, *lines in rows if known and _is_known(known, lines)]
    if found:
        Metadata.objects.filter(resource_id__in=found).delete()
        Address.objects.filter(pk__in=found).delete()
    return found


def withhold_loose(cursor: CursorWrapper, report: ImportReport) -> None:
    """Leave those out that a package tells."""
    if not is_any_kept():
        return
    rows = ask(cursor, STAGED)
    known = KnownDoors() if rows else None
    found = [row for row in rows if known and _is_known(known, row[3:])]
    if not found:
        return
    ids = [row[0] for row in found]
    ask(cursor, "DELETE FROM staged_address WHERE id = ANY(%s) RETURNING id", [ids])
    ask(cursor, "DELETE FROM staged_metadata WHERE resource_id = ANY(%s) RETURNING id", [ids])
    copy_rows(
        cursor, "import_refused", ("entity", "id", "file", "line"), [("address", *row[:3]) for row in found]
    )
    report.withheld["address"] += len(ids)


def _is_known(known: KnownDoors, lines: Sequence[str | None]) -> bool:
    street, city, code, *beside = (line or "" for line in lines)
    return known.has(doors_at(street, city, code, *beside))
