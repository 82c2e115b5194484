"""Organizations that stewards look into after a suspension: their listings stay, with a warning, and push nobody."""

from collections import defaultdict
from collections.abc import Iterable

from directory.finding.arrays import array
from directory.finding.bound import fetched
from directory.rules.standing import Decision, Kind, Standing, is_looked_into

# Few were ever suspended: of all others no decision is read.
DECISIONS_SQL = """
SELECT d.organization_id::text, d.outcome, d.kind,
       CASE WHEN d.outcome IN ('approved', 'conditional') THEN d.agreed_at ELSE d.decided_at END, d.until
  FROM vetting_decision d
 WHERE d.organization_id = ANY(%(organizations)s::uuid[]) AND EXISTS (SELECT FROM vetting_decision s
       WHERE s.organization_id = d.organization_id AND s.outcome = 'suspended')
"""


def looked_into(organizations: Iterable[str]) -> frozenset[str]:
    """Ids of those of these organizations that are looked into."""
    told = defaultdict[str, list[Decision]](list)
    for key, outcome, kind, at, until in fetched(DECISIONS_SQL, {"organizations": array(organizations)}):
        told[key].append(Decision(Standing(outcome), Kind(kind), at, until))
    return frozenset(key for key, decisions in told.items() if is_looked_into(decisions))
