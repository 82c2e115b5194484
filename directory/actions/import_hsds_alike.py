"""Places that come in and look like a protected place of another record: they are protected, and a steward is asked.

A second publisher may know the house by another id, without a street, its point some metres off.
"""

from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_tables import ask
from directory.actions.look_alikes import Alike, Candidate, LookAlikes, Where, ids_in, known_at, numbers_of

IS_ANY_PROTECTED = "SELECT EXISTS (SELECT FROM location WHERE is_protected)"
# Open places of which the package tells something new, with each service that is tied to them, or none.
NEW = (
    "WITH new AS (SELECT s.id FROM staged_location s LEFT JOIN location m ON m.id = s.id"
    "   WHERE m.id IS NULL OR (NOT m.is_protected"
    "    AND (m.latitude, m.longitude) IS DISTINCT FROM (s.latitude, s.longitude))"
    "  UNION SELECT a.location_id FROM staged_address a LEFT JOIN address m ON m.id = a.id"
    "   WHERE m.id IS NULL"
    "    OR (m.location_id, m.address_1, m.city) IS DISTINCT FROM (a.location_id, a.address_1, a.city)"
    "  UNION SELECT x.location_id FROM staged_service_at_location x LEFT JOIN service_at_location m ON m.id = x.id"
    "   WHERE m.id IS NULL),"
    " tied AS (SELECT id, service_id, location_id FROM staged_service_at_location"
    "   WHERE location_id IN (SELECT id FROM new)"
    "  UNION SELECT id, service_id, location_id FROM service_at_location WHERE location_id IN (SELECT id FROM new)),"
    " called AS (SELECT id, name, organization_id FROM staged_service WHERE id IN (SELECT service_id FROM tied)"
    "  UNION ALL SELECT id, name, organization_id FROM service m WHERE id IN (SELECT service_id FROM tied)"
    "   AND NOT EXISTS (SELECT FROM staged_service n WHERE n.id = m.id)),"
    " lines AS (SELECT location_id, array_agg(line) AS told FROM (SELECT location_id, address_1 FROM staged_address"
    "   UNION ALL SELECT location_id, address_2 FROM staged_address"
    "   UNION ALL SELECT location_id, address_1 FROM address WHERE location_id IN (SELECT id FROM new)"
    "   UNION ALL SELECT location_id, address_2 FROM address WHERE location_id IN (SELECT id FROM new)"
    "  ) a (location_id, line) WHERE line <> '' GROUP BY location_id)"
    " SELECT x.id, t.id, c.id, COALESCE(c.name, ''), COALESCE(n.name, o.name, ''),"
    " COALESCE(c.organization_id, s.organization_id, m.organization_id),"
    " COALESCE(s.latitude, m.latitude), COALESCE(s.longitude, m.longitude),"
    " COALESCE(l.told, ARRAY[]::text[])"
    " FROM new x LEFT JOIN staged_location s ON s.id = x.id LEFT JOIN location m ON m.id = x.id"
    " LEFT JOIN lines l ON l.location_id = x.id"
    " LEFT JOIN tied t ON t.location_id = x.id LEFT JOIN called c ON c.id = t.service_id"
    " LEFT JOIN staged_organization n ON n.id = COALESCE(c.organization_id, s.organization_id, m.organization_id)"
    " LEFT JOIN organization o ON o.id = COALESCE(c.organization_id, s.organization_id, m.organization_id)"
    " WHERE x.id IS NOT NULL ORDER BY 1, 3"
)
NUMBERS = (
    "WITH told AS (SELECT id, service_id, service_at_location_id, location_id, number FROM staged_phone"
    " UNION ALL SELECT id, service_id, service_at_location_id, location_id, number FROM phone p"
    "  WHERE NOT EXISTS (SELECT FROM staged_phone n WHERE n.id = p.id))"
    " SELECT * FROM told WHERE service_id = ANY(%s) OR service_at_location_id = ANY(%s) OR location_id = ANY(%s)"
)


def alike_in_package(cursor: CursorWrapper, publisher: str, left: set[UUID], where: Where) -> Alike:
    """Places of the package that look like protected ones that are here. `left` are decided about already."""
    if not ask(cursor, IS_ANY_PROTECTED)[0][0]:
        return Alike()
    rows = [row for row in ask(cursor, NEW) if row[0] not in left]
    candidates = [Candidate(*row, publisher) for row in rows]  # type: ignore[arg-type]
    if not candidates:
        return Alike()
    ids = ids_in(candidates)
    phones = numbers_of(candidates, ask(cursor, NUMBERS, ids))
    return LookAlikes(known_at(cursor)).find(cursor, candidates, phones, where)
