"""Listings whose people stewards call: never checked, or long without an answer. Which, in what order, since when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload
from uuid import UUID

from directory.finding.bound import fetched
from directory.finding.gathered import NEEDS
from directory.rules.asking_again import CALLED_AGAIN, LATE

# Nobody ever checked what feeds bring: it waits from the day on which it was copied. Beyond twice the time that its
# check held, a listing is there as the only help, as a crisis line or unwarned: it is pressing. A number that a
# steward called in vain rests a while; what somebody else says of it moves nothing.
CALLS_SQL = """
WITH tried AS (
    SELECT mark.service_id, max(mark."on") AS "on" FROM phone_mark mark
      JOIN accounts_user person ON person.id = mark.marked_by_id AND person.is_staff
      JOIN service s ON s.id = mark.service_id
     WHERE mark.cleared_at IS NULL AND mark."on" > coalesce(s.assured_date, '-infinity'::date)
     GROUP BY mark.service_id
), shown AS (
    SELECT service_id, fresh_until, checked_on FROM listing
     UNION ALL SELECT service_id, fresh_until, checked_on FROM vetted_listing
), silent AS (
    SELECT service_id, min(fresh_until) + %(late)s::int AS since, FALSE AS is_gone, FALSE AS is_never,
           bool_or(fresh_until + (fresh_until - checked_on) < %(day)s::date) AS is_pressing
      FROM shown WHERE fresh_until + %(late)s::int < %(day)s::date GROUP BY service_id
     UNION ALL
    SELECT shown.service_id, coalesce(min(s.copied_on), %(day)s::date), FALSE, TRUE, FALSE
      FROM shown JOIN service s ON s.id = shown.service_id
     WHERE shown.fresh_until IS NULL GROUP BY shown.service_id
     UNION ALL
    SELECT id, unlisted_on, TRUE, FALSE, FALSE FROM service
     WHERE unlisted_on IS NOT NULL AND status IN ('active', 'temporarily closed')
), to_call AS (
    SELECT silent.*, tried."on" AS called_on, coalesce(tried."on" > %(rests)s::date, FALSE) AS rests
      FROM silent LEFT JOIN tried USING (service_id)
     WHERE %(only)s::text = '' OR is_never = (%(only)s::text = 'never')
)
"""
# "The only help" is guessed here by province and kind: the true question is one query a listing (rules/silence.py).
ROWS_SQL = f"""{CALLS_SQL}, kinds AS (
    SELECT DISTINCT a.link_id AS service_id, t.code FROM attribute a JOIN taxonomy_term t ON t.id = a.taxonomy_term_id
     WHERE t.taxonomy = '{NEEDS}'
), told AS (
    SELECT DISTINCT kinds.code, e.province, e.service_id FROM kinds JOIN listing e USING (service_id)
), alone AS (
    SELECT DISTINCT (array_agg(service_id))[1] AS service_id FROM told GROUP BY code, province HAVING count(*) = 1
)
SELECT service_id, called_on, rests FROM to_call
 ORDER BY rests, is_gone, CASE
    WHEN (is_never OR is_pressing) AND service_id IN (SELECT service_id FROM kinds WHERE code = 'crisis_line') THEN 0
    WHEN is_pressing OR (is_never AND service_id IN (SELECT service_id FROM alone)) THEN 1
    WHEN is_never THEN 2 ELSE 3 END, since, service_id LIMIT %(most)s::int OFFSET %(first)s::int
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
    """All calls to make on `day`: crisis lines, the only help, what nobody ever checked, the rest; what rests last.

    What is not shown any more comes after what is. Only the part that is asked for is read.
    `only`: "never" checked, or checked once and "silent" since.
    """

    def __init__(self, day: date, only: str = "") -> None:
        self._values: dict[str, Any] = _values(day) | {"only": only}

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
    return [since for (since,) in fetched(SINCE_SQL, _values(day))]


def _values(day: date) -> dict[str, Any]:
    return {"day": day, "late": LATE.days, "rests": day - CALLED_AGAIN, "only": ""}
