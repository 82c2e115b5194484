"""Listings whose people stewards call, because letters were not answered: which, in what order, and since when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload
from uuid import UUID

from directory.finding.bound import fetched
from directory.rules.asking_again import CALLED_AGAIN, LATE

# Beyond twice the time that its check held, a listing is there as the only help, as a crisis line or unwarned: it is
# pressing. A number that a steward called in vain rests a while; what somebody else says of it moves nothing.
CALLS_SQL = """
WITH tried AS (
    SELECT mark.service_id, max(mark."on") AS "on" FROM phone_mark mark
      JOIN accounts_user person ON person.id = mark.marked_by_id AND person.is_staff
      JOIN service s ON s.id = mark.service_id
     WHERE mark.cleared_at IS NULL AND mark."on" > coalesce(s.assured_date, '-infinity'::date)
     GROUP BY mark.service_id
), silent AS (
    SELECT service_id, min(fresh_until) + %(late)s::int AS since, FALSE AS is_gone,
           bool_or(fresh_until + (fresh_until - checked_on) < %(day)s::date) AS is_pressing
      FROM listing WHERE fresh_until + %(late)s::int < %(day)s::date GROUP BY service_id
     UNION ALL
    SELECT id, unlisted_on, TRUE, FALSE FROM service
     WHERE unlisted_on IS NOT NULL AND status IN ('active', 'temporarily closed')
), to_call AS (
    SELECT silent.*, tried."on" AS called_on, coalesce(tried."on" > %(rests)s::date, FALSE) AS rests
      FROM silent LEFT JOIN tried USING (service_id)
)
"""
ROWS_SQL = f"""{CALLS_SQL}
SELECT service_id, called_on, rests FROM to_call
 ORDER BY rests, is_gone, NOT is_pressing, since, service_id LIMIT %(most)s::int OFFSET %(first)s::int
"""  # noqa: S608
COUNT_SQL = f"{CALLS_SQL} SELECT count(*) FROM to_call"  # noqa: S608
SINCE_SQL = f"{CALLS_SQL} SELECT since FROM to_call WHERE NOT rests"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Call:
    """A service to call about. `called_on`: the last day on which a steward got no answer; `rests`: lately."""

    service: UUID
    called_on: date | None
    rests: bool


class Calls(Sequence[Call]):
    """All calls to make on `day`: those shown only because nobody else may help first, what rests last.

    What is not shown any more comes after what is. Only the part that is asked for is read.
    """

    def __init__(self, day: date) -> None:
        self._values: dict[str, Any] = {"day": day, "late": LATE.days, "rests": day - CALLED_AGAIN}

    def __len__(self) -> int:
        """How many, those that rest among them."""
        return int(fetched(COUNT_SQL, self._values)[0][0])

    @overload
    def __getitem__(self, part: int) -> Call: ...
    @overload
    def __getitem__(self, part: slice) -> list[Call]: ...
    def __getitem__(self, part: int | slice) -> Call | list[Call]:
        """One of them or, as a page of a list asks for them, those from `start` to `stop`."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        first = part.start or 0
        most = None if part.stop is None else max(part.stop - first, 0)
        return [Call(*row) for row in fetched(ROWS_SQL, self._values | {"first": first, "most": most})]

    def __iter__(self) -> Iterator[Call]:
        """All of them, in one statement."""
        return iter(self[:])


def calls_due(day: date) -> list[date]:
    """Since when each listing that is to be called now waits for it."""
    values = {"day": day, "late": LATE.days, "rests": day - CALLED_AGAIN}
    return [since for (since,) in fetched(SINCE_SQL, values)]
