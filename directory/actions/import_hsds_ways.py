"""Of a listing that a person confirmed no feed newly tells where to turn to: a number or a text waits (promise 26).

Confirmed is what people of the organization, or a steward who spoke to them, said is true. What they confirmed field by
field is kept before (`import_hsds_confirmed`); here is what a feed adds beside it, moves there, or writes into a text.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from psycopg import sql

from directory.actions.feed_numbers import Said, Waiting, Whose, sort_out
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.actions.table_confirmed import to_ask
from directory.models.import_conflict import Decision, ImportConflict
from directory.rules.feed_numbers import Number
from directory.rules.holding import redirects

TELLING = {
    "organization": ("name", "alternate_name", "description", "email", "website"),
    "service": (
        *("name", "alternate_name", "description", "email", "url", "interpretation_services"),
        *("application_process", "fees_description", "eligibility_description", "alert"),
    ),
}
"""Texts that tell, or could tell, where to turn to."""
KNOWN = """known AS MATERIALIZED (
    SELECT s.id, s.organization_id FROM service s JOIN organization o ON o.id = s.organization_id
     WHERE s.assured_date IS NOT NULL OR EXISTS (SELECT FROM field_source f WHERE f.entity = 'service'
           AND f.record_id = s.id AND f.confirmed_on IS NOT NULL)
), owners AS MATERIALIZED (
    SELECT organization_id AS id FROM known
     UNION SELECT o.id FROM organization o JOIN field_source f ON f.record_id = o.id AND f.entity = 'organization'
       AND f.confirmed_on IS NOT NULL
)"""
# A nested item says nothing of owners that it isn't nested in. A number that is somebody's own is not shown to all.
NUMBERS = f"""
WITH {KNOWN}, sites AS (
    SELECT id, service_id, location_id FROM service_at_location
     UNION SELECT id, service_id, location_id FROM staged_service_at_location
), said AS (
    SELECT s.id, s.position, s.number, coalesce(s.extension, '') AS extension, coalesce(s.type, '') AS type,
           coalesce(s.description, '') AS description, m.number AS was, m.extension AS was_extension,
           m.description AS was_description, m.service_id AS m_service, m.service_at_location_id AS m_site,
           m.location_id AS m_location, m.organization_id AS m_organization, m.contact_id AS m_contact,
           CASE WHEN s._nested THEN coalesce(s.service_id, m.service_id) ELSE s.service_id END AS service,
           CASE WHEN s._nested THEN coalesce(s.service_at_location_id, m.service_at_location_id)
                ELSE s.service_at_location_id END AS site,
           CASE WHEN s._nested THEN coalesce(s.location_id, m.location_id) ELSE s.location_id END AS location,
           CASE WHEN s._nested THEN coalesce(s.organization_id, m.organization_id)
                ELSE s.organization_id END AS organization,
           CASE WHEN s._nested THEN coalesce(s.contact_id, m.contact_id) ELSE s.contact_id END AS contact
      FROM staged_phone s LEFT JOIN phone m ON m.id = s.id
), newly AS MATERIALIZED (
    SELECT *, was IS NULL OR m_contact IS NOT NULL OR (service, site, location, organization)
              IS DISTINCT FROM (m_service, m_site, m_location, m_organization) AS is_new
      FROM said WHERE contact IS NULL AND (was IS NULL OR m_contact IS NOT NULL
         OR (service, site, location, organization) IS DISTINCT FROM (m_service, m_site, m_location, m_organization)
         OR (number, extension, description) IS DISTINCT FROM (was, was_extension, was_description))
)
SELECT DISTINCT position, organization_id, known_id, id, number, extension, type, description, was, was_extension,
       was_description, is_new
  FROM (SELECT k.organization_id, k.id AS known_id, n.* FROM newly n JOIN known k ON k.id = n.service
        UNION ALL SELECT k.organization_id, k.id, n.* FROM newly n JOIN sites x ON x.id = n.site
                    JOIN known k ON k.id = x.service_id
        UNION ALL SELECT k.organization_id, k.id, n.* FROM newly n JOIN sites x ON x.location_id = n.location
                    JOIN known k ON k.id = x.service_id
        UNION ALL SELECT o.id, NULL::uuid, n.* FROM newly n JOIN owners o ON o.id = n.organization) found
 ORDER BY position, id, organization_id, known_id
"""  # noqa: S608
IS_ANY_KNOWN = f"WITH {KNOWN} SELECT EXISTS (SELECT FROM owners)"  # noqa: S608
STAYS = """
UPDATE staged_phone s SET (service_id, service_at_location_id, location_id, organization_id, contact_id)
       = (m.service_id, m.service_at_location_id, m.location_id, m.organization_id, m.contact_id)
  FROM phone m JOIN field_source f ON f.record_id = m.id AND f.entity = 'phone' AND f.field = 'number'
       AND f.confirmed_on IS NOT NULL
 WHERE m.id = s.id
"""
# Else it would show the numbers of somebody else.
STAYS_WITH = f"""
WITH {KNOWN}
UPDATE staged_service s SET organization_id = m.organization_id FROM service m
 WHERE m.id = s.id AND m.id IN (SELECT id FROM known) AND s.organization_id IS DISTINCT FROM m.organization_id
   AND NOT (s._nested AND s.organization_id IS NULL)
"""  # noqa: S608
# A key that a nested item lacks offers nothing.
TEXTS = f"""
WITH {KNOWN}
SELECT s.id, s._nested, {{theirs}}, {{ours}} FROM {{staged}} s JOIN {{main}} m ON m.id = s.id
 WHERE m.id IN (SELECT id FROM {{whose}}) AND ({{theirs}}) IS DISTINCT FROM ({{ours}}) ORDER BY s.id
"""  # noqa: S608
KEEP_TEXT = """
UPDATE {staged} s SET {field} = m.{field}, written = (s.written - %(field)s)
       || CASE WHEN m.written ? %(field)s THEN jsonb_build_object(%(field)s::text, m.written -> %(field)s)
               ELSE '{{}}' END,
       flags = ARRAY(SELECT x FROM unnest(s.flags) x WHERE split_part(x, ':', 1) <> %(field)s
                     UNION ALL SELECT x FROM unnest(m.flags) x WHERE split_part(x, ':', 1) = %(field)s)
  FROM {main} m WHERE m.id = s.id AND s.id = ANY(%(ids)s)
"""

Absent = Mapping[str, frozenset[str]]


def keep_ways(
    cursor: CursorWrapper, publisher: str, entities: Sequence[str], absent: Absent, report: ImportReport
) -> Waiting:
    """Take out of staging what would newly tell where to turn to. What comes back is asked about after the merge."""
    if not ask(cursor, IS_ANY_KNOWN)[0][0]:
        return Waiting()
    if count := run(cursor, STAYS_WITH) if "service" in entities else 0:
        report.notes.append(f"{count} services that a person confirmed stay with their organization")
    for entity in TELLING:
        if entity in entities:
            _keep_texts(cursor, publisher, entity, absent.get(entity, frozenset()), report)
    return _keep_numbers(cursor, report) if "phone" in entities else Waiting()


def _keep_numbers(cursor: CursorWrapper, report: ImportReport) -> Waiting:
    run(cursor, STAYS)
    found = sort_out(map(_said, ask(cursor, NUMBERS)))
    rows = sorted(found.rows)
    columns = table_of("phone").columns
    run(
        cursor,
        "UPDATE staged_phone s SET ({columns}, written, flags) = (SELECT {columns}, written, flags FROM phone m"
        " WHERE m.id = s.id) WHERE s.id = ANY(%s) AND EXISTS (SELECT FROM phone m WHERE m.id = s.id)",
        [rows],
        columns=columns,
    )
    run(
        cursor,
        "DELETE FROM staged_phone s WHERE s.id = ANY(%s) AND NOT EXISTS (SELECT FROM phone m WHERE m.id = s.id)",
        [rows],
    )
    report.waiting += len(rows)
    return found


def _said(row: tuple[object, ...]) -> tuple[Whose, Said]:
    _position, organization, service, key, number, extension, type_, description, *was, is_new = row
    stood = None if is_new or was[0] is None else Number(*was)  # type: ignore[arg-type]
    told = Said(key, Number(number, extension, description), type_, stood)  # type: ignore[arg-type]
    return (organization, service), told  # type: ignore[return-value]


def _keep_texts(
    cursor: CursorWrapper, publisher: str, entity: str, absent: Collection[str], report: ImportReport
) -> None:
    """A text that newly tells a way stays as it was, and a steward sees what the feed says."""
    fields = [name for name in TELLING[entity] if name not in absent]
    named = {"staged": f"staged_{entity}", "main": entity}
    rows = ask(
        cursor,
        TEXTS,
        **named,
        whose="known" if entity == "service" else "owners",
        theirs=_columns("s", fields),
        ours=_columns("m", fields),
    )
    offers = []
    for field in fields:
        place = 2 + fields.index(field)
        kept = []
        for row in rows:
            theirs, ours = row[place], row[place + len(fields)]
            is_said = theirs or not row[1]
            if theirs != ours and is_said and redirects(entity, field, ours, theirs):
                kept.append(row[0])
                offers.append(_offer(publisher, entity, row[0], field, theirs))
        if kept:
            run(cursor, KEEP_TEXT, {"field": field, "ids": kept}, **named, field=field)
    report.conflicts += _ask(publisher, offers)


def _columns(alias: str, fields: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(alias, field) for field in fields)


def _offer(publisher: str, entity: str, key: UUID, field: str, offered: str) -> ImportConflict:
    return ImportConflict(
        publisher_id=publisher,
        entity=entity,
        record_id=key,
        field=field,
        offered=offered,
        first_seen_at=timezone.now(),
    )


def _ask(publisher: str, offers: Sequence[ImportConflict]) -> int:
    """Let a steward see what is offered, each offer once; how many are new."""
    mine = ImportConflict.objects.filter(publisher_id=publisher, decision=Decision.OPEN)
    before = mine.count()
    ImportConflict.objects.bulk_create(to_ask(offers), ignore_conflicts=True)
    return mine.count() - before
