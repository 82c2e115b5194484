"""Own days as an organization states them: dates on which other hours hold, or none."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from directory.rules.opening_hours import OwnDay
from directory.rules.opening_rows import Unreadable, clock_of
from directory.rules.opening_week import minutes_between

MOST_DAYS = 366
LONGEST_NOTE = 200


class StatedDay(NamedTuple):
    """Hours on one date, in times of the place's clock ("09:00"); both empty: closed. A date may have several."""

    on: date
    opens_at: str = ""
    closes_at: str = ""
    note: str = ""
    note_fr: str = ""


def own_day(stated: StatedDay) -> OwnDay:
    """Return the day for judging. Raises Unreadable, a ValueError, for times that are none, or only one of two."""
    if not stated.opens_at and not stated.closes_at:
        return OwnDay(stated.on)
    return OwnDay(stated.on, (minutes_between(clock_of(stated.opens_at), clock_of(stated.closes_at)),))


def check_days(days: Sequence[StatedDay]) -> list[str]:
    """Return what is wrong with a list of own days, one sentence each; none where it may be stored."""
    problems = [f"More than {MOST_DAYS} lines of own days."] if len(days) > MOST_DAYS else []
    for on in sorted({day.on for day in days}):
        problems += [f"{on.isoformat()}: {problem}" for problem in _problems([d for d in days if d.on == on])]
    return problems


def _problems(days: list[StatedDay]) -> list[str]:
    """What is wrong with the lines of one date."""
    found = []
    hours: list[tuple[int, int]] = []
    for day in days:
        try:
            hours += own_day(day).hours
        except Unreadable as fault:
            found.append(f"{fault}.")
        if max(len(day.note), len(day.note_fr)) > LONGEST_NOTE:
            found.append(f"a note is longer than {LONGEST_NOTE} characters.")
    if len(days) > 1 and any(not (day.opens_at or day.closes_at) for day in days):
        found.append("closed, and something else beside it.")
    hours.sort()
    if any(later[0] < earlier[1] for earlier, later in pairwise(hours)):
        found.append("hours that overlap.")
    return found
