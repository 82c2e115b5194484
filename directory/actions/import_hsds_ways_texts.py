"""Texts of and around a listing that a person confirmed: where a feed newly tells a way, the old stays (promise 26)."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from psycopg import sql

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.actions.table_confirmed import to_ask
from directory.finding.profile import organization_phones, phones_of
from directory.models.import_conflict import Decision, ImportConflict
from directory.models.organization import Organization
from directory.models.service import Service
from directory.rules.holding import REDIRECTING, WAYS, redirects

TELLING = {
    "organization": ("name", "alternate_name", "description", "email", "website"),
    "service": (
        *("name", "alternate_name", "description", "email", "url", "interpretation_services"),
        *("application_process", "fees_description", "eligibility_description", "alert"),
    ),
    "location": ("name", "alternate_name", "description", "transportation", "url"),
    "service_at_location": ("description",),
    "schedule": ("description", "notes", "schedule_link"),
    "language": ("name", "note"),
    "required_document": ("document", "uri"),
    "cost_option": ("option", "amount_description"),
    "accessibility": ("description", "details", "url"),
    "url": ("url", "label"),
}
"""By entity, texts that everybody reads and that tell, or could tell, where to turn to."""
KNOWN = """known AS MATERIALIZED (
    SELECT s.id, s.organization_id FROM service s JOIN organization o ON o.id = s.organization_id
     WHERE s.assured_date IS NOT NULL OR EXISTS (SELECT FROM field_source f WHERE f.entity = 'service'
           AND f.record_id = s.id AND f.confirmed_on IS NOT NULL)
), owners AS MATERIALIZED (
    SELECT organization_id AS id FROM known
     UNION SELECT o.id FROM organization o JOIN field_source f ON f.record_id = o.id AND f.entity = 'organization'
       AND f.confirmed_on IS NOT NULL
)"""
# Else it would show the numbers of somebody else.
STAYS_WITH = f"""
WITH {KNOWN}
UPDATE staged_service s SET organization_id = m.organization_id FROM service m
 WHERE m.id = s.id AND m.id IN (SELECT id FROM known) AND s.organization_id IS DISTINCT FROM m.organization_id
   AND NOT (s._nested AND s.organization_id IS NULL)
"""  # noqa: S608
# Rows that are new, or whose texts differ, each with the service or organization that it tells of.
TEXTS = f"""
WITH {KNOWN}, sites AS (
    SELECT id, service_id, location_id FROM service_at_location
     UNION SELECT id, service_id, location_id FROM staged_service_at_location
), said AS (
    SELECT s.id, s._nested, m.id IS NOT NULL AS stood, {{theirs}}, {{ours}}, ({{service}})::uuid AS service,
           ({{organization}})::uuid AS organization
      FROM {{staged}} s LEFT JOIN {{main}} m ON m.id = s.id
     WHERE m.id IS NULL OR ({{told}}) IS DISTINCT FROM ({{stands}})
)
SELECT * FROM said WHERE service IS NOT NULL OR organization IS NOT NULL ORDER BY id
"""  # noqa: S608
OF_SERVICE = "(SELECT k.id FROM known k WHERE k.id = coalesce(s.service_id, m.service_id))"
OF_SITE = (
    "(SELECT min(k.id::text)::uuid FROM known k JOIN sites x ON x.service_id = k.id"
    " WHERE x.id = coalesce(s.service_at_location_id, m.service_at_location_id))"
)
OF_PLACE = (
    "(SELECT min(k.id::text)::uuid FROM known k JOIN sites x ON x.service_id = k.id"
    " WHERE x.location_id = coalesce(s.location_id, m.location_id))"
)
OF_ORGANIZATION = "(SELECT o.id FROM owners o WHERE o.id = coalesce(s.organization_id, m.organization_id))"
ITSELF = {
    "service": ("(SELECT k.id FROM known k WHERE k.id = m.id)", "NULL"),
    "organization": ("NULL", "(SELECT o.id FROM owners o WHERE o.id = m.id)"),
    "location": (
        "(SELECT min(k.id::text)::uuid FROM known k JOIN sites x ON x.service_id = k.id WHERE x.location_id = m.id)",
        "NULL",
    ),
}
"""How a record itself, and not what it hangs on, is known."""
KEEP_TEXT = """
UPDATE {staged} s SET {field} = m.{field}, written = (s.written - %(field)s)
       || CASE WHEN m.written ? %(field)s THEN jsonb_build_object(%(field)s::text, m.written -> %(field)s)
               ELSE '{{}}' END,
       flags = ARRAY(SELECT x FROM unnest(s.flags) x WHERE split_part(x, ':', 1) <> %(field)s
                     UNION ALL SELECT x FROM unnest(m.flags) x WHERE split_part(x, ':', 1) = %(field)s)
  FROM {main} m WHERE m.id = s.id AND s.id = ANY(%(ids)s)
"""
WITHOUT = """
UPDATE {staged} s SET {field} = '', written = s.written - %(field)s,
       flags = ARRAY(SELECT x FROM unnest(s.flags) x WHERE split_part(x, ':', 1) <> %(field)s)
 WHERE s.id = ANY(%(ids)s) AND NOT EXISTS (SELECT FROM {main} m WHERE m.id = s.id)
"""
NO_ROW = (
    "DELETE FROM {staged} s WHERE s.id = ANY(%(ids)s) AND NOT EXISTS (SELECT FROM {main} m WHERE m.id = s.id)"
)


def keep_texts(
    cursor: CursorWrapper, publisher: str, entity: str, absent: Collection[str], report: ImportReport
) -> None:
    """A text that newly tells a way stays as it was, or empty; a steward sees what the feed says."""
    fields = [name for name in TELLING[entity] if name not in absent]
    if not fields:
        return
    named = {"staged": f"staged_{entity}", "main": entity}
    rows, known = _rows(cursor, entity, fields), _Ways()
    offers = []
    for place, field in enumerate(fields, 3):
        kept = []
        for row in rows:
            theirs, ours = row[place] or "", row[place + len(fields)] or ""
            is_said = theirs != ours and (theirs or not row[1])
            if is_said and _leads_elsewhere(entity, field, ours, theirs, known.of(*row[-2:])):
                kept.append(row[0])
                offers.append(_offer(publisher, entity, row[0], field, theirs))
        if kept:
            run(cursor, KEEP_TEXT, {"field": field, "ids": kept}, **named, field=field)
            # What is nothing but a way lands nowhere.
            run(
                cursor,
                NO_ROW if entity in WAYS else WITHOUT,
                {"field": field, "ids": kept},
                **named,
                field=field,
            )
    report.conflicts += _ask(publisher, offers)


def _rows(cursor: CursorWrapper, entity: str, fields: Sequence[str]) -> list[Any]:
    service, organization = ITSELF.get(entity) or _owners(entity)
    return ask(
        cursor,
        TEXTS,
        staged=f"staged_{entity}",
        main=entity,
        theirs=_columns("s", fields, "said_"),
        ours=_columns("m", fields, "stood_"),
        told=_columns("s", fields),
        stands=_columns("m", fields),
        service=sql.SQL(service),  # type: ignore[arg-type]  # ours, of the constants above
        organization=sql.SQL(organization),  # type: ignore[arg-type]
    )


def _owners(entity: str) -> tuple[str, str]:
    """What tells the confirmed service, or organization, that a row hangs on."""
    links = {field.name for field in table_of(entity).refs}
    ways = {"service_id": OF_SERVICE, "service_at_location_id": OF_SITE, "location_id": OF_PLACE}
    if entity == "service_at_location":
        ways = {"service_id": OF_SERVICE}
    told = [way for link, way in ways.items() if link in links]
    return f"coalesce({', '.join(told)})", OF_ORGANIZATION if "organization_id" in links else "NULL"


def _leads_elsewhere(entity: str, field: str, ours: str, theirs: str, known: str) -> bool:
    """What is shown already, as a number of its own, leads nobody elsewhere where a text tells it."""
    is_way = entity in WAYS or f"{entity}.{field}" in REDIRECTING
    return redirects(entity, field, ours if is_way else f"{ours}\n{known}", theirs)


class _Ways:
    """The ways to reach somebody that are shown of a service or organization, looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID | None, UUID | None], str] = {}

    def of(self, service: UUID | None, organization: UUID | None) -> str:
        """All of them, one a line."""
        key = (service, organization)
        if key not in self._known:
            self._known[key] = "\n".join(_ways_of(service, organization))
        return self._known[key]


def _ways_of(service: UUID | None, organization: UUID | None) -> list[str]:
    found = Service.objects.filter(pk=service).first() if service else None
    told = [row.number for row in phones_of(service)] if service else []
    told += [found.email, found.url] if found else []
    owner = Organization.objects.filter(pk=organization or (found.organization_id if found else None)).first()
    if owner:
        told += [owner.email, owner.website, *(row.number for row in organization_phones(owner.pk))]
    return [way for way in told if way]


def _columns(alias: str, fields: Sequence[str], prefix: str = "") -> sql.Composable:
    """Columns of a table; with a prefix, each under a name of its own."""
    named = [sql.Identifier(alias, field) for field in fields]
    if prefix:
        parts = zip(named, fields, strict=True)
        return sql.SQL(", ").join(
            sql.SQL("{}::text AS {}").format(one, sql.Identifier(prefix + field)) for one, field in parts
        )
    return sql.SQL(", ").join(named)


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
