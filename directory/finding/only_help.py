"""Whether somebody would be left without help if a listing were not there: asked before it goes, and of whom to call.

The rule is `directory.rules.silence.is_only_help`; here are the listings beside which it is asked.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from uuid import UUID

from directory.finding.bound import fetched
from directory.finding.profile import facts_by_service
from directory.rules.eligibility_terms import Fact
from directory.rules.silence import WITHIN_M, is_only_help
from directory.rules.tags import LOOKED_INTO

AT_A_TIME = 50
"""In a city thousands help as well, and one of the first few takes everybody."""

# Beside a place, places; beside a line, lines that reach as far. What is closed for a while, or looked into, stands in
# for nobody, and demonstration for demonstration only.
BESIDE_SQL = f"""
SELECT DISTINCT mine.id::text, need.code, other.service_id
  FROM listing mine
  JOIN attribute tie ON tie.link_id = mine.service_id
  JOIN taxonomy_term need ON need.id = tie.taxonomy_term_id AND need.taxonomy = 'relais'
  LEFT JOIN listing other ON other.service_id <> mine.service_id AND other.is_demo = mine.is_demo
       AND NOT other.stated @@ '{LOOKED_INTO}'::query_int
       AND CASE WHEN mine.point IS NOT NULL THEN ST_DWithin(other.point, mine.point, %(metres)s)
                ELSE other.point IS NULL AND (other.reach = 'country' OR mine.reach <> 'country'
                     AND other.reach = 'province' AND other.province = mine.province) END
       AND EXISTS (SELECT FROM attribute same WHERE same.link_id = other.service_id
                   AND same.taxonomy_term_id = need.id)
       AND EXISTS (SELECT FROM service running WHERE running.id = other.service_id AND running.status = 'active')
 WHERE mine.service_id = %(service)s
"""  # noqa: S608


def stands_alone(service: UUID) -> bool | None:
    """True if somewhere, for one of its kinds of help, somebody would be left with a no.

    None where nobody can tell: what not everybody may find, and what tells no kind of help.
    """
    beside: dict[tuple[str, str], set[UUID]] = {}
    for listing, need, other in fetched(BESIDE_SQL, {"service": str(service), "metres": WITHIN_M}):
        beside.setdefault((listing, need), set()).update([other] if other else [])
    if not beside:
        return None
    return any(_is_alone(service, others) for others in beside.values())


def _is_alone(service: UUID, others: Collection[UUID]) -> bool:
    mine = facts_by_service([service])[service]
    return all(is_only_help(mine, stated) for stated in _some_at_a_time(sorted(others)))


def _some_at_a_time(services: Sequence[UUID]) -> Iterator[list[list[Fact]]]:
    """What they state of whom they take; the next are not read where one of these is enough."""
    left = iter(services)
    while some := list(islice(left, AT_A_TIME)):
        yield list(facts_by_service(some).values())
