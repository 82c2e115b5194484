"""Websites that listings name: which are to be looked at, and which lead nowhere."""

from datetime import date
from uuid import UUID

from directory.finding.bound import fetched
from directory.rules.websites import FAILURES, SOON, WEEK

NAMED_SQL = """
WITH shown AS MATERIALIZED (SELECT DISTINCT service_id, organization_id FROM listing WHERE NOT is_demo),
named AS (
    SELECT s.url, s.id AS service_id FROM service s JOIN shown ON shown.service_id = s.id WHERE s.url <> ''
     UNION ALL
    SELECT o.website, shown.service_id FROM organization o JOIN shown ON shown.organization_id = o.id
     WHERE o.website <> ''
     UNION ALL
    SELECT u.url, u.service_id FROM url u JOIN shown ON shown.service_id = u.service_id WHERE u.url <> ''
)
"""
DUE_SQL = f"""{NAMED_SQL}
SELECT url, min(c.failures), min(c.since), min(c.failed_on) FROM (SELECT DISTINCT url FROM named) n
  LEFT JOIN website_check c USING (url)
 WHERE c.url IS NULL OR c.checked_on <= CASE WHEN c.failures > 0 THEN %(soon)s::date ELSE %(week)s::date END
 GROUP BY url, c.checked_on ORDER BY c.checked_on NULLS FIRST, url LIMIT %(most)s::int
"""  # noqa: S608
DEAD_SQL = f"""{NAMED_SQL}
SELECT DISTINCT n.url, n.service_id, c.since, c.failed_on FROM named n JOIN website_check c USING (url)
 WHERE c.failures >= %(failures)s::int
   AND (%(services)s::uuid[] IS NULL OR n.service_id = ANY(%(services)s::uuid[]))
 ORDER BY c.failed_on DESC, n.url, n.service_id LIMIT %(most)s::int
"""  # noqa: S608

Due = tuple[str, int | None, date | None, date | None]


def due_websites(day: date, most: int) -> list[Due]:
    """Addresses that nobody looked at for a week, or that failed two days ago, and what is kept of each."""
    return fetched(DUE_SQL, {"soon": day - SOON, "week": day - WEEK, "most": most})  # type: ignore[return-value]


def dead_websites(services: list[UUID] | None = None, most: int = 500) -> list[tuple[str, UUID, date, date]]:
    """Address, service that names it, and the first and last day on which it failed. Of all where None is given."""
    values = {"services": services, "failures": FAILURES, "most": most}
    return fetched(DEAD_SQL, values)  # type: ignore[return-value]
