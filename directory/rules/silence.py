"""When a listing that nobody confirms is taken off the list, and when it stays because nobody else would help.

Twice the time that a check holds, and a letter that said so a fortnight before. A crisis line is never taken off, and
nothing is that leaves anybody without a yes or an "ask" for its kind of help (issue 6: "Still true?").
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from directory.rules.eligibility import judge
from directory.rules.eligibility_terms import Fact
from directory.rules.freshness import fresh_until
from directory.rules.narrowing import everybody

NOTICE = timedelta(days=14)
"""So long before it is taken off, its people were told by letter that it would be."""
NEVER = frozenset({"crisis_line"})
WITHIN_M = 200_000
"""Metres within which another listing counts as help for the same person."""


def last_listed_day(checked_on: date | None, kinds: Collection[str]) -> date | None:
    """The day up to which it is shown although nobody confirms it; None: for ever (never checked, or a crisis line)."""
    until = fresh_until(checked_on, kinds)
    if checked_on is None or until is None or not NEVER.isdisjoint(kinds):
        return None
    return until + (until - checked_on)


def is_warning_due(day: date, checked_on: date | None, kinds: Collection[str]) -> bool:
    """True from a fortnight before the last day on: letters say then that it will not be shown for long."""
    last = last_listed_day(checked_on, kinds)
    return last is not None and day > last - NOTICE


def may_be_unlisted(
    day: date, checked_on: date | None, kinds: Collection[str], asked: Iterable[date]
) -> bool:
    """True if its time is over, and one of the letters warned of it a fortnight ago.

    `asked`: the days on which letters went out; one that did not arrive is none.
    """
    last = last_listed_day(checked_on, kinds)
    if last is None or day <= last:
        return False
    return any(is_warning_due(letter, checked_on, kinds) and letter <= day - NOTICE for letter in asked)


def is_only_help(mine: Sequence[Fact], others: Iterable[Sequence[Fact]]) -> bool:
    """True unless one of `others` alone answers yes or ask to everybody whom `mine` answers so.

    One alone: of two, the first may refuse a woman's dog and the second the woman.
    """
    return all(_leaves_out(mine, other) for other in others)


def _leaves_out(mine: Sequence[Fact], other: Sequence[Fact]) -> bool:
    return any(
        judge(person, other).match == "no" and judge(person, mine).match != "no" for person in everybody()
    )
