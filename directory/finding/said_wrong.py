"""What visitors said lately is wrong with listings, as far as no steward has seen to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.finding.bound import fetched
from directory.rules.said_wrong import told_since

# What came in after an answer waits anew: an answer says how many there were by then.
OPEN_SQL = """
WITH answered AS (
    SELECT listing_id, "on", what, max(times) AS times FROM wrong_answer WHERE "on" >= %(since)s::date
     GROUP BY listing_id, "on", what
)
SELECT l.service_id, c.listing_id, c."on", c.what, c.times::int, (c.times - coalesce(a.times, 0))::int
  FROM wrong_count c JOIN listing l ON l.id = c.listing_id
  LEFT JOIN answered a ON (a.listing_id, a."on", a.what) = (c.listing_id, c."on", c.what)
 WHERE c."on" >= %(since)s::date AND c.times > coalesce(a.times, 0)
   AND (%(services)s::uuid[] IS NULL OR l.service_id = ANY(%(services)s::uuid[]))
 ORDER BY c."on", c.listing_id, c.what
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """Reports of one day about a listing of a service: `times` in all, `open` of them not seen to."""

    service: UUID
    listing: UUID
    on: date
    what: str
    times: int
    open: int


def open_sums(day: date, services: Iterable[UUID] | None = None) -> list[Sum]:
    """What waits on `day`, the oldest first; of all services where None is given."""
    values = {"since": told_since(day), "services": None if services is None else list(services)}
    return [Sum(*row) for row in fetched(OPEN_SQL, values)]


def by_service(sums: Iterable[Sum]) -> dict[UUID, list[Sum]]:
    """By service, the most often named first."""
    found: dict[UUID, list[Sum]] = {}
    for one in sums:
        found.setdefault(one.service, []).append(one)
    return dict(sorted(found.items(), key=lambda pair: (-reports_in(pair[1]), pair[0])))


def reports_in(sums: Iterable[Sum]) -> int:
    """How many reports wait in these sums."""
    return sum(one.open for one in sums)
