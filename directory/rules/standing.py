"""Whether an organization is let in: what its decisions came to, on a given day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Standing(StrEnum):
    """Where an organization stands. Only the first two are let in."""

    APPROVED = "approved"
    CONDITIONAL = "conditional"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    UNVETTED = "unvetted"


GOOD = frozenset({Standing.APPROVED, Standing.CONDITIONAL})
"""What needs two stewards, and what ends on a day."""

SHUT_OUT = frozenset({Standing.SUSPENDED, Standing.DECLINED})
"""Where nobody of an organization changes what it says."""

DECIDED = (Standing.APPROVED, Standing.CONDITIONAL, Standing.DECLINED, Standing.SUSPENDED, Standing.EXPIRED)
"""What stewards can decide; nobody decides `UNVETTED`."""


class Kind(StrEnum):
    """What an organization is, for what it may see (safety.md, promise 27)."""

    COMMUNITY = "community"
    HEALTH = "health"
    LEGAL = "legal"
    GOVERNMENT = "government"
    ENFORCEMENT = "enforcement"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `at`: since when it is in force, None while a second steward has not agreed. `until`: last day."""

    outcome: Standing
    kind: Kind
    at: datetime | None
    until: date | None = None


LAST_ZONE = ZoneInfo("America/Vancouver")
"""Where in Canada a day ends last."""


def last_day(now: datetime) -> date:
    """The day that it still is somewhere in Canada: nobody is shut out before the last day is over for them."""
    return now.astimezone(LAST_ZONE).date()


def needs_two(outcome: Standing) -> bool:
    """True for what one steward alone can't decide: letting in. Shutting out can't wait for a second person."""
    return outcome in GOOD


def _later(one: Decision) -> tuple[object, ...]:
    """Sorts decisions in force: the later is more, and of one moment what lets in less."""
    days_left = -(one.until or date.min).toordinal()
    return (one.at, one.outcome not in GOOD, one.kind is Kind.ENFORCEMENT, days_left, one.outcome, one.kind)


def in_force(decisions: Iterable[Decision]) -> Decision | None:
    """The latest that is in force; of two at the same moment the one that lets in less."""
    return max((one for one in decisions if one.at is not None), key=_later, default=None)


def standing_on(day: date, decisions: Iterable[Decision]) -> Standing:
    """Where the organization stands on `day`. What lets in does so up to its last day, and never without one."""
    latest = in_force(decisions)
    if latest is None:
        return Standing.UNVETTED
    is_over = latest.until is None or latest.until < day
    return Standing.EXPIRED if latest.outcome in GOOD and is_over else latest.outcome


def is_let_in(day: date, decisions: Iterable[Decision]) -> bool:
    """True if it is let in on `day`, whatever it is."""
    return standing_on(day, decisions) in GOOD


def sees_vetted(day: date, decisions: Iterable[Decision]) -> bool:
    """True if its members see the vetted tier on `day`: let in, and not there to enforce."""
    told = list(decisions)
    latest = in_force(told)
    return is_let_in(day, told) and latest is not None and latest.kind is not Kind.ENFORCEMENT


def is_looked_into(decisions: Iterable[Decision]) -> bool:
    """True from a suspension on, until stewards let it in again or end it: nobody is sent there meanwhile.

    Not letting it in afterwards ends nothing: what was feared may have been found true.
    """
    told = [one for one in decisions if one.at is not None]
    latest = in_force(one for one in told if one.outcome is not Standing.DECLINED)
    return latest is not None and latest.outcome is Standing.SUSPENDED
