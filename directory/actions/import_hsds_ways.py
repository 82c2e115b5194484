"""Of a listing that a person confirmed no feed newly tells where to turn to: a number or a text waits (promise 26).

Confirmed is what people of the organization, or a steward who spoke to them, said is true. What they confirmed field by
field is kept before (`import_hsds_confirmed`); here is what a feed adds beside it, moves there, or writes into a text.
"""

from collections.abc import Mapping, Sequence

from django.db.backends.utils import CursorWrapper

from directory.actions.feed_numbers import Said, Waiting, Whose, sort_out
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.actions.import_hsds_ways_texts import KNOWN, STAYS_WITH, TELLING, keep_texts
from directory.rules.feed_numbers import Number

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
            keep_texts(cursor, publisher, entity, absent.get(entity, frozenset()), report)
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
