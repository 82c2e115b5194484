"""Which services' listings may read otherwise after an import: their own rows, or rows about them, are touched."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import SHARED, ask, run, table_of
from directory.actions.services_concerned import concerned_sql
from directory.finding.arrays import array

NAMED_BY_OTHERS = SHARED | {"program"}
"""Records that another publisher's may name: all else is told of the publisher's own services alone."""


def gather_services(
    cursor: CursorWrapper, publisher: str, entities: Sequence[str], report: ImportReport
) -> None:
    """Add to `import_service`; called before the merge (whose a row was) and after it (whose it is)."""
    touched = {e for e in entities if report.added[e] + report.changed[e] + report.reordered[e]}
    others_than = ""
    if touched and _is_all(cursor, publisher):
        # Nothing that is the publisher's own can add a service: who else tells its words?
        cursor.execute("INSERT INTO import_service SELECT id FROM touched_service")
        others_than = publisher
        touched &= NAMED_BY_OTHERS if _has_others(cursor, publisher) else frozenset()
    text = "SELECT id FROM {}"
    seeds = {e: sql.SQL(text).format(sql.Identifier(table_of(e).touched)) for e in touched}
    _gather(cursor, seeds, others_than)


def gather_of_gone(cursor: CursorWrapper, entities: Iterable[str]) -> None:
    """Add the services that tell something of the records in `import_gone`, and doubles that come to light."""
    text = "SELECT id FROM import_gone WHERE entity = {}"
    _gather(cursor, {entity: sql.SQL(text).format(sql.Literal(entity)) for entity in entities})
    cursor.execute(
        "INSERT INTO import_service SELECT other_id FROM same_service WHERE kept_id IN"
        " (SELECT id FROM import_gone WHERE entity = 'service')"
    )


def _gather(cursor: CursorWrapper, seeds: dict[str, sql.Composed], others_than: str = "") -> None:
    found = concerned_sql(seeds, others_than)
    if found is not None:
        run(cursor, "INSERT INTO import_service {found}", found=found)


def _is_all(cursor: CursorWrapper, publisher: str) -> bool:
    """True if every service of the publisher that is here is touched itself.

    Said so that it takes no time whatever the planner believes of tables that were filled a moment ago.
    """
    left = "SELECT id FROM service WHERE publisher_id = %s EXCEPT ALL SELECT id FROM touched_service LIMIT 1"
    return not ask(cursor, left, [publisher])


def _has_others(cursor: CursorWrapper, publisher: str) -> bool:
    return bool(
        ask(cursor, "SELECT EXISTS (SELECT FROM service WHERE publisher_id <> %s)", [publisher])[0][0]
    )


def gathered(cursor: CursorWrapper, more: Iterable[UUID]) -> list[str]:
    """The ids of all services that were gathered, and of `more`, as texts in a fixed order: there may be many."""
    asked = "SELECT id::text FROM (SELECT id FROM import_service UNION SELECT unnest(%s::uuid[])) every ORDER BY id"
    return [id_ for (id_,) in ask(cursor, asked, [array(more)])]
