"""Listings whose people stewards call: never checked, or long without an answer. Which, in what order, since when.

Of each part no more is read than stewards can call: its rows lie in an index in their order, however many there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, overload
from uuid import UUID

from directory.finding.bound import fetched
from directory.finding.gathered import NEEDS
from directory.rules.asking_again import CALLED_AGAIN, LATE
from directory.rules.freshness import DAYS, OFTEN_DAYS

MOST = 1_000
"""So many are listed, the most pressing; beyond them it is only said that there are more."""

# A number that a steward called in vain rests a while; what somebody else says of it moves nothing.
BEFORE_SQL = f"""
WITH crisis AS MATERIALIZED (
    SELECT a.link_id AS id FROM attribute a JOIN taxonomy_term t ON t.id = a.taxonomy_term_id
     WHERE t.taxonomy = '{NEEDS}' AND t.code = 'crisis_line'
), resting AS MATERIALIZED (
    SELECT mark.service_id AS id FROM phone_mark mark
      JOIN accounts_user person ON person.id = mark.marked_by_id AND person.is_staff
      JOIN service s ON s.id = mark.service_id
     WHERE mark.cleared_at IS NULL AND mark."on" > %(rests)s::date
       AND mark."on" > coalesce(s.assured_date, '-infinity'::date)
)
"""  # noqa: S608

# Nobody ever checked what feeds bring: it waits from the day on which it was copied. OFFSET 0: asked of each by itself,
# or PostgreSQL reads all listings first.
NEVER_SQL = """
SELECT id AS service_id, coalesce(copied_on, %(day)s::date) AS since FROM service
 WHERE assured_date IS NULL AND unlisted_on IS NULL
   AND (EXISTS (SELECT FROM listing e WHERE e.service_id = service.id OFFSET 0)
        OR EXISTS (SELECT FROM vetted_listing e WHERE e.service_id = service.id OFFSET 0)) AND {which}
 ORDER BY copied_on, id LIMIT {most}"""
SILENT_SQL = """
SELECT service_id, fresh_until + %(late)s::int AS since FROM {table}
 WHERE fresh_until < %(day)s::date - %(late)s::int AND {which}
 GROUP BY fresh_until, service_id ORDER BY fresh_until, service_id LIMIT {most}"""
GONE_SQL = """
SELECT id AS service_id, unlisted_on AS since FROM service
 WHERE unlisted_on IS NOT NULL AND status IN ('active', 'temporarily closed') AND {which}
 ORDER BY unlisted_on, id LIMIT {most}"""
# Beyond twice the time that its check held, a listing is there as the only help, as a crisis line or unwarned.
PRESSING = f"""fresh_until < %(day)s::date - {OFTEN_DAYS}
   AND fresh_until + (fresh_until - checked_on) < %(day)s::date"""
NOT_PRESSING = f"fresh_until >= %(day)s::date - {DAYS} AND ({PRESSING}) IS NOT TRUE"
LINE, NO_LINE = "{id} IN (SELECT id FROM crisis)", "{id} NOT IN (SELECT id FROM crisis)"

Part = tuple[int, str, str]
NEVER: tuple[Part, ...] = (
    (0, NEVER_SQL, LINE),
    (1, NEVER_SQL, f"is_only_help AND {NO_LINE}"),
    (2, NEVER_SQL, f"is_only_help IS NOT TRUE AND {NO_LINE}"),
)
SILENT: tuple[Part, ...] = (
    (0, SILENT_SQL, f"{PRESSING} AND {LINE}"),
    (1, SILENT_SQL, f"{PRESSING} AND {NO_LINE}"),
    (3, SILENT_SQL, NOT_PRESSING),
    (4, GONE_SQL, "TRUE"),
)
PARTS = {"": (*NEVER, *SILENT), "never": NEVER, "silent": SILENT}
"""By what is asked for: where each part stands in the list, how it is read, and which of them belong to it."""


def _one_part(part: Part, table: str, *, rests: bool) -> str:
    rank, sql, which = part
    key = "service_id" if sql is SILENT_SQL else "id"
    which = f"{which.format(id=key)} AND {key} {'' if rests else 'NOT '}IN (SELECT id FROM resting)"  # noqa: S608
    rows = sql.format(which=which, most=MOST + 1, table=table)
    return f"(SELECT service_id, since, {rank} AS rank, {rests} AS rests FROM ({rows}) found)"  # noqa: S608


def _parts(only: str, rests: Sequence[bool]) -> str:
    """SQL of all rows that may be listed, each part cut after `MOST` and one more."""
    told = [
        _one_part(part, table, rests=is_resting)
        for is_resting in rests
        for part in PARTS[only]
        for table in (("listing", "vetted_listing") if part[1] is SILENT_SQL else ("",))
    ]
    return " UNION ALL ".join(told)


def rows_sql(only: str) -> str:
    """The statement that finds a part of the list, `first` and `most` of it. What is given at both tiers is one."""
    return f"""{BEFORE_SQL} SELECT service_id, rests FROM ({_parts(only, (False, True))}) to_call
 GROUP BY rests, rank, since, service_id ORDER BY rests, rank, since, service_id
 LIMIT %(most)s::int OFFSET %(first)s::int"""  # noqa: S608


def since_sql(only: str, rests: Sequence[bool]) -> str:
    """The statement that tells since when they wait: of each part the first `MOST` and one more."""
    return f"{BEFORE_SQL} SELECT since FROM ({_parts(only, rests)}) to_call GROUP BY service_id, since"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Call:
    """A service to call about. `rests`: a steward called lately and got no answer."""

    service: UUID
    rests: bool


class Calls(Sequence[Call]):
    """The `MOST` most pressing calls on `day`: crisis lines, the only help, what nobody ever checked, the rest.

    What is not shown any more comes after what is, and what rests last. Only the part that is asked for is read.
    `only`: "never" checked, or checked once and "silent" since.
    """

    def __init__(self, day: date, only: str = "") -> None:
        self._values, self._only = _values(day), only

    @cached_property
    def counted(self) -> int:
        """How many, those that rest among them; beyond `MOST` only that there are more."""
        return len(fetched(since_sql(self._only, (False, True)), self._values))

    def __len__(self) -> int:
        """How many are listed."""
        return min(self.counted, MOST)

    @overload
    def __getitem__(self, part: int) -> Call: ...
    @overload
    def __getitem__(self, part: slice) -> list[Call]: ...
    def __getitem__(self, part: int | slice) -> Call | list[Call]:
        """One of them or, as a page of a list asks for them, those from `start` to `stop`."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        first = part.start or 0
        most = max(min(MOST if part.stop is None else part.stop, MOST) - first, 0)
        found = fetched(rows_sql(self._only), self._values | {"first": first, "most": most})
        return [Call(*row) for row in found]

    def __iter__(self) -> Iterator[Call]:
        """All of them, in one statement."""
        return iter(self[:])


def calls_due(day: date) -> list[date]:
    """Since when those that are to be called now wait for it; beyond `MOST` the earliest, and that there are more."""
    return [since for (since,) in fetched(since_sql("", (False,)), _values(day))]


def _values(day: date) -> dict[str, Any]:
    return {"day": day, "late": LATE.days, "rests": day - CALLED_AGAIN}
