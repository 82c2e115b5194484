"""What an organization confirmed wins over a feed, and what a feed says nothing of stays; each differing offer waits
for a steward, once."""

from collections.abc import Mapping, Sequence

from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of, that_have

# The same offer again is not asked about twice, unless somebody confirmed the field after it was decided. A key that
# a nested item lacks offers nothing.
OFFER = """
INSERT INTO import_conflict (publisher_id, entity, record_id, field, offered, first_seen_at, decision)
SELECT %(publisher)s, f.entity, s.id, f.field, COALESCE(s.written ->> f.field, s.{field}::text, ''), now(), ''
  FROM {staged} s JOIN {main} m ON m.id = s.id
  JOIN field_source f ON f.record_id = s.id AND f.entity = %(entity)s AND f.field = %(field)s
 WHERE f.confirmed_on IS NOT NULL AND s.{field} IS DISTINCT FROM m.{field}
   AND NOT (s._nested AND COALESCE(s.written ->> f.field, s.{field}::text, '') = '') AND NOT EXISTS (
       SELECT FROM import_conflict c WHERE c.record_id = s.id AND c.field = f.field AND c.entity = f.entity
          AND c.publisher_id = %(publisher)s AND c.decision = 'keep'
          AND c.offered = COALESCE(s.written ->> f.field, s.{field}::text, '')
          AND (c.decided_at AT TIME ZONE %(zone)s)::date >= f.confirmed_on)
ON CONFLICT DO NOTHING
"""
# What the feed no longer says needs no steward: taking it would write what nobody says.
CLOSE = """
UPDATE import_conflict c SET decided_at = now(),
       decision = CASE WHEN s.{field} IS NOT DISTINCT FROM m.{field} THEN 'same' ELSE 'past' END
  FROM {staged} s JOIN {main} m ON m.id = s.id
 WHERE c.decision = '' AND c.entity = %(entity)s AND c.field = %(field)s AND c.publisher_id = %(publisher)s
   AND c.record_id = s.id AND (s.{field} IS NOT DISTINCT FROM m.{field}
                               OR c.offered <> COALESCE(s.written ->> %(field)s, s.{field}::text, ''))
"""
KEEP = """
UPDATE {staged} s SET {field} = m.{field}, written = (s.written - %(field)s)
       || CASE WHEN m.written ? %(field)s THEN jsonb_build_object(%(field)s::text, m.written -> %(field)s)
               ELSE '{{}}' END,
       flags = ARRAY(SELECT x FROM unnest(s.flags) x WHERE split_part(x, ':', 1) <> %(field)s
                     UNION ALL SELECT x FROM unnest(m.flags) x WHERE split_part(x, ':', 1) = %(field)s)
  FROM {main} m, field_source f
 WHERE m.id = s.id AND f.record_id = s.id AND f.entity = %(entity)s AND f.field = %(field)s
   AND f.confirmed_on IS NOT NULL
"""
# The columns themselves are left alone by the merge.
UNSAID = """
UPDATE {staged} s SET
       written = (s.written - %(absent)s::text[]) || COALESCE((SELECT jsonb_object_agg(key, value)
                 FROM jsonb_each(m.written) WHERE key = ANY (%(absent)s)), '{{}}'),
       flags = ARRAY(SELECT x FROM unnest(s.flags) x WHERE split_part(x, ':', 1) <> ALL (%(absent)s)
                     UNION ALL SELECT x FROM unnest(m.flags) x WHERE split_part(x, ':', 1) = ANY (%(absent)s))
  FROM {main} m WHERE m.id = s.id
   AND (s.flags <> m.flags OR s.written <> m.written)
"""

Absent = Mapping[str, frozenset[str]]
"""By entity, the columns of which a package's files say nothing."""


def keep_unsaid(cursor: CursorWrapper, entities: Sequence[str], absent: Absent) -> None:
    """Of columns that a file doesn't have, what was written and flagged before stands on."""
    unsaid = [entity for entity in entities if absent.get(entity)]
    for entity in that_have(cursor, "SELECT FROM {staged} JOIN {main} USING (id)", unsaid):
        names = sorted(absent[entity])
        run(cursor, UNSAID, {"absent": names}, staged=f"staged_{entity}", main=entity)


def keep_confirmed(
    cursor: CursorWrapper, publisher: str, entities: Sequence[str], absent: Absent, report: ImportReport
) -> None:
    """Put confirmed values in place of the feed's; each differing offer waits for a steward, once."""
    confirmed = ask(
        cursor,
        "SELECT entity, field FROM field_source WHERE entity = ANY(%(entities)s) AND confirmed_on IS NOT NULL"
        " UNION SELECT entity, field FROM import_conflict WHERE entity = ANY(%(entities)s) AND decision = ''"
        " ORDER BY 1, 2",
        {"entities": list(entities)},
    )
    for entity, field in confirmed:
        if field in table_of(entity).columns and field not in absent.get(entity, ()):
            _keep(cursor, publisher, entity, field, report)


def _keep(cursor: CursorWrapper, publisher: str, entity: str, field: str, report: ImportReport) -> None:
    named = {"staged": f"staged_{entity}", "main": entity, "field": field}
    facts = {
        "publisher": publisher,
        "entity": entity,
        "field": field,
        "zone": timezone.get_current_timezone_name(),
    }
    run(cursor, CLOSE, facts, **named)
    report.conflicts += run(cursor, OFFER, facts, **named)
    run(cursor, KEEP, facts, **named)
