"""What became of the latest "Still true?" to the people of organizations: sent, or it did not arrive."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from directory.finding.bound import fetched

LATEST_SQL = """
WITH latest AS (
    SELECT organization_id, max(asked_at) AS at FROM truth_asked
     WHERE organization_id = ANY(%(organizations)s::uuid[]) GROUP BY organization_id
)
SELECT asked.organization_id, asked.id,
       bool_or(letter.sent_at IS NOT NULL AND letter.set_aside_at IS NULL),
       bool_or(letter.sent_at IS NULL AND letter.failed_at IS NOT NULL)
  FROM latest JOIN truth_asked asked ON (asked.organization_id, asked.asked_at) = (latest.organization_id, latest.at)
  LEFT JOIN notice letter ON letter.subject_id = asked.id AND letter.kind = 'still_true'
 GROUP BY asked.organization_id, asked.id ORDER BY asked.organization_id, asked.id
"""


class Became(StrEnum):
    """Of the letters of one day to the people of an organization."""

    SENT = "sent"
    FAILED = "failed"
    """One at least did not arrive, or came back."""


def latest_asked(organization: UUID) -> list[UUID]:
    """The questions of the last time that its people were asked, one for each person."""
    return [key for _owner, key, *_rest in fetched(LATEST_SQL, {"organizations": [organization]})]


def became_of_letters(organizations: Collection[UUID]) -> dict[UUID, Became]:
    """By organization; none of one whose people were not asked, or whose letters still wait."""
    found: dict[UUID, Became] = {}
    for owner, _key, was_sent, has_failed in fetched(LATEST_SQL, {"organizations": list(organizations)}):
        if has_failed:
            found[owner] = Became.FAILED
        elif was_sent:
            found.setdefault(owner, Became.SENT)
    return found
