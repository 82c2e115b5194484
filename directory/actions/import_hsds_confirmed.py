"""What an organization confirmed wins over a feed; each differing offer waits for a steward, once."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of


def keep_confirmed(
    cursor: CursorWrapper, publisher: str, entities: Sequence[str], report: ImportReport
) -> None:
    """Put confirmed values in place of the feed's; each differing offer waits for a steward, once."""
    for entity in entities:
        fields = ask(
            cursor,
            "SELECT DISTINCT field FROM field_source WHERE entity = %s AND confirmed_on IS NOT NULL ORDER BY 1",
            [entity],
        )
        for (field,) in fields:
            if field in table_of(entity).columns:
                _keep(cursor, publisher, entity, field, report)


def _keep(cursor: CursorWrapper, publisher: str, entity: str, field: str, report: ImportReport) -> None:
    parts = {"staged": f"staged_{entity}", "main": entity, "field": field}
    report.conflicts += run(
        cursor,
        "INSERT INTO import_conflict (publisher_id, entity, record_id, field, offered, first_seen_at, decision)"
        " SELECT %s, %s, s.id, %s, COALESCE(s.written ->> %s, s.{field}::text, ''), now(), ''"
        " FROM {staged} s, {main} m, field_source f WHERE m.id = s.id AND f.record_id = s.id AND f.entity = %s"
        " AND f.field = %s AND f.confirmed_on IS NOT NULL AND s.{field} IS DISTINCT FROM m.{field}"
        " ON CONFLICT DO NOTHING",
        [publisher, entity, field, field, entity, field],
        **parts,
    )
    run(
        cursor,
        "UPDATE {staged} s SET {field} = m.{field}, written = (s.written - %s)"
        " || CASE WHEN m.written ? %s THEN jsonb_build_object(%s::text, m.written -> %s) ELSE '{{}}' END,"
        " flags = ARRAY(SELECT x FROM unnest(s.flags) x WHERE split_part(x, ':', 1) <> %s"
        " UNION ALL SELECT x FROM unnest(m.flags) x WHERE split_part(x, ':', 1) = %s)"
        " FROM {main} m, field_source f WHERE m.id = s.id AND f.record_id = s.id AND f.entity = %s"
        " AND f.field = %s AND f.confirmed_on IS NOT NULL",
        [field] * 6 + [entity, field],
        **parts,
    )
