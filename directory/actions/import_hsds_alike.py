"""Places that come in and look like a protected place of another record: they are protected, and a steward is asked.

A second publisher may know the house by another id, without a street, its point some metres off.
"""

from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_tables import ask
from directory.actions.look_alikes import Alike, Candidate, LookAlikes, Where, known_at, numbers_of

IS_ANY_PROTECTED = "SELECT EXISTS (SELECT FROM location WHERE is_protected)"
# Open places of which the package tells something new, with each service that is tied to them.
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
    "   AND NOT EXISTS (SELECT FROM staged_service n WHERE n.id = m.id))"
    " SELECT t.location_id, t.id, c.id, c.name, COALESCE(n.name, o.name, ''), c.organization_id,"
    " COALESCE(s.latitude, m.latitude), COALESCE(s.longitude, m.longitude),"
    " EXISTS (SELECT FROM staged_address a WHERE a.location_id = t.location_id AND a.address_1 <> '')"
    "  OR EXISTS (SELECT FROM address a WHERE a.location_id = t.location_id AND a.address_1 <> '')"
    " FROM tied t JOIN called c ON c.id = t.service_id LEFT JOIN staged_organization n ON n.id = c.organization_id"
    " LEFT JOIN organization o ON o.id = c.organization_id LEFT JOIN staged_location s ON s.id = t.location_id"
    " LEFT JOIN location m ON m.id = t.location_id ORDER BY 1, 3"
)
NUMBERS = (
    "SELECT id, service_id, service_at_location_id, location_id, number FROM staged_phone WHERE organization_id IS NULL"
    " OR service_id IS NOT NULL UNION SELECT id, service_id, service_at_location_id, location_id, number FROM phone"
    " WHERE service_id = ANY(%s) OR service_at_location_id = ANY(%s) OR location_id = ANY(%s)"
)


def alike_in_package(cursor: CursorWrapper, publisher: str, left: set[UUID], where: Where) -> Alike:
    """Places of the package that look like protected ones that are here. `left` are decided about already."""
    if not ask(cursor, IS_ANY_PROTECTED)[0][0]:
        return Alike()
    rows = [row for row in ask(cursor, NEW) if row[0] not in left]
    candidates = [Candidate(*row, publisher) for row in rows]  # type: ignore[arg-type]
    if not candidates:
        return Alike()
    ids = [[*{getattr(one, name) for one in candidates}] for name in ("service", "site", "place")]
    phones = numbers_of(candidates, ask(cursor, NUMBERS, ids))
    return LookAlikes(known_at(cursor)).find(cursor, candidates, phones, where)
