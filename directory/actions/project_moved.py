"""Writes where the addresses of services that rest behind another one lead: to the listing that is shown instead."""

from directory.finding.arrays import array
from directory.finding.bound import fetched

# Of several places of the kept service the nearest one, measured from an open door or its community. What was never on
# the public site is not told to have been there, nor where a protected place is.
MOVED_SQL = """
WITH pair AS MATERIALIZED (
    SELECT kept_id, other_id FROM same_service WHERE verdict = 'linked' AND kept_id = ANY(%(asked)s::uuid[])
     UNION
    SELECT kept_id, other_id FROM same_service WHERE verdict = 'linked' AND other_id = ANY(%(asked)s::uuid[])
), old AS (
    SELECT kept_id, other_id, other_id AS id, NULL::uuid AS location_id FROM pair
     UNION ALL
    SELECT p.kept_id, p.other_id, x.id, x.location_id FROM pair p
      JOIN service_at_location x ON x.service_id = p.other_id
), told AS MATERIALIZED (
    SELECT o.id, o.other_id AS from_id, o.kept_id AS service_id, t.id AS listing_id
      FROM old o JOIN service s ON s.id = o.other_id LEFT JOIN organization g ON g.id = s.organization_id
      LEFT JOIN location l ON l.id = o.location_id AND NOT l.is_protected
      LEFT JOIN place c ON c.id = l.community_id
     CROSS JOIN LATERAL (
        SELECT CASE WHEN abs(l.longitude) <= 180 AND abs(l.latitude) <= 90 THEN ST_MakePoint(l.longitude, l.latitude)
                    ELSE ST_MakePoint(c.longitude, c.latitude) END AS point) here
     CROSS JOIN LATERAL (
        SELECT k.id FROM listing k WHERE k.service_id = o.kept_id
         ORDER BY ST_Distance(k.point, ST_SetSRID(here.point, 4326)::geography) NULLS LAST, k.tie, k.id LIMIT 1) t
     WHERE 'site' = ANY(coalesce(s.publish_to, g.publish_to, ARRAY['site']))
), gone AS (
    DELETE FROM moved_listing m
     WHERE (m.service_id = ANY(%(asked)s::uuid[]) OR m.from_id = ANY(%(asked)s::uuid[]))
       AND NOT EXISTS (SELECT FROM told t WHERE t.id = m.id)
)
INSERT INTO moved_listing AS m (id, from_id, service_id, listing_id)
SELECT id, from_id, service_id, listing_id FROM told ORDER BY id
ON CONFLICT (id) DO UPDATE SET (from_id, service_id, listing_id)
    = (excluded.from_id, excluded.service_id, excluded.listing_id)
 WHERE (m.from_id, m.service_id, m.listing_id)
    IS DISTINCT FROM (excluded.from_id, excluded.service_id, excluded.listing_id)
"""
STRAY_SQL = """
DELETE FROM moved_listing m WHERE NOT EXISTS (SELECT FROM same_service x
 WHERE x.kept_id = m.service_id AND x.other_id = m.from_id AND x.verdict = 'linked')
"""


def write_moved(asked: list[str]) -> None:
    """Bring up to date where the ids of these services, and of what rests behind them, lead. One statement."""
    fetched(MOVED_SQL, {"asked": array(asked)})


def remove_stray_moved() -> None:
    """Take away what no link says any more."""
    fetched(STRAY_SQL, {})
