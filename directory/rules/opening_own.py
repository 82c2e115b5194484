"""Own days as an organization states them: dates on which other hours hold, or none."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from directory.rules.opening_hours import OwnDay
from directory.rules.opening_rows import clock_of
from directory.rules.opening_week import minutes_between

MOST_DAYS = 366
LONGEST_NOTE = 200
HOURS_AND_MINUTES = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
NUL = "\0"
"""No text of a database can hold it."""


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


class DayFault(NamedTuple):
    """What is wrong with a list of own days: a code, the value that shows it, and the date, if it is of one date.

    Codes: `too_many` (value: how many may be), `not_a_time` (what was written where HH:MM is meant), `no_time` (one of
    two), `unreadable` (a character that nothing can store), `too_long` (how long a note may be), `closed_and_open`,
    `overlap`.
    """

    code: str
    value: str = ""
    on: date | None = None


def check_days(days: Sequence[StatedDay]) -> list[DayFault]:
    """Return what is wrong with a list of own days; nothing where it may be stored."""
    faults = [DayFault("too_many", str(MOST_DAYS))] if len(days) > MOST_DAYS else []
    for on in sorted({day.on for day in days}):
        faults += [fault._replace(on=on) for fault in _faults([day for day in days if day.on == on])]
    return faults


def _faults(days: list[StatedDay]) -> Iterator[DayFault]:
    """What is wrong with the lines of one date."""
    hours: list[tuple[int, int]] = []
    for day in days:
        if fault := _fault_of_times(day):
            yield fault
        else:
            hours += own_day(day).hours
        if NUL in day.note + day.note_fr:
            yield DayFault("unreadable")
        if max(len(day.note), len(day.note_fr)) > LONGEST_NOTE:
            yield DayFault("too_long", str(LONGEST_NOTE))
    if len(days) > 1 and any(not (day.opens_at or day.closes_at) for day in days):
        yield DayFault("closed_and_open")
    hours.sort()
    if any(later[0] < earlier[1] for earlier, later in pairwise(hours)):
        yield DayFault("overlap")


def _fault_of_times(day: StatedDay) -> DayFault | None:
    """Two times or none, each as a person reads it on a clock: what a feed may write is more than is stored here."""
    written = (day.opens_at, day.closes_at)
    if NUL in "".join(written):
        return DayFault("unreadable")
    if any(written) and not all(written):
        return DayFault("no_time")
    wrong = [time for time in written if time and not HOURS_AND_MINUTES.fullmatch(time)]
    return DayFault("not_a_time", wrong[0]) if wrong else None
