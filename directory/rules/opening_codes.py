"""Hours as plain numbers, so that a database can judge an instant by comparing them.

A *place in the code* of a minute of a weekday d (Monday 0) is d * 2880 + minute; of what began the day before,
that day's d * 2880 + 1440 + minute. Ranges are half-open: (a, b) holds a and not b.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from directory.rules.opening_clock import Reading
from directory.rules.opening_hours import Hours, IsHoliday, OnHolidays, keeps_holidays, marks_of
from directory.rules.opening_week import DAY, Span

Ranges = tuple[tuple[int, int], ...]
WIDTH = 2 * DAY
"""Numbers that a weekday takes in the code: its own minutes and those after midnight."""


class RuleCode(NamedTuple):
    """A rule in numbers; `nths` and `monthdays` are bits (0: any), compared with those of `marks_of(day)`.

    `opens_on_holidays`: False where a public holiday closes it or makes one ask.
    """

    valid_from: date | None
    valid_to: date | None
    nths: int
    weeks: int
    phase: int
    monthdays: int
    ranges: Ranges
    opens_on_holidays: bool


class HoursCode(NamedTuple):
    """All rules, and each own day with its ranges (none: closed), which outweighs rules and holidays."""

    rules: tuple[RuleCode, ...]
    own_days: tuple[tuple[date, Ranges], ...]


def _ranges(spans: Iterable[Span]) -> Ranges:
    """Return the ranges of spans, those that touch or overlap put together."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((s.day * WIDTH + s.opens, s.day * WIDTH + s.closes) for s in spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def places_in_code(reading: Reading) -> tuple[tuple[date, int], tuple[date, int]]:
    """Return (date of beginning, place in the code) to look for: of what began today, and of what began yesterday."""
    eve = reading.day - timedelta(days=1)
    today = reading.day.weekday() * WIDTH + reading.minute
    return (reading.day, today), (eve, eve.weekday() * WIDTH + DAY + reading.minute)


def hours_code(hours: Hours, on_holidays: OnHolidays) -> HoursCode:
    """Return hours as numbers. What is not stated opens on its own days alone."""
    rules = tuple(
        RuleCode(
            rule.first,
            rule.last,
            rule.nths,
            rule.weeks,
            rule.phase,
            rule.monthdays,
            _ranges(rule.spans),
            keeps_holidays(rule, on_holidays),
        )
        for rule in hours.rules
    )
    return HoursCode(rules, tuple((own.on, _ranges(own.spans)) for own in hours.own_days))


def _holds(ranges: Ranges, place: int) -> bool:
    return any(start <= place < end for start, end in ranges)


def _falls_on(code: RuleCode, day: date) -> bool:
    marks = marks_of(day)
    return (
        (code.valid_from is None or code.valid_from <= day)
        and (code.valid_to is None or day <= code.valid_to)
        and (code.nths == 0 or code.nths & marks.nths != 0)
        and marks.week % code.weeks == code.phase
        and (code.monthdays == 0 or code.monthdays & marks.monthdays != 0)
    )


def code_is_open(code: HoursCode, reading: Reading, is_holiday: IsHoliday) -> bool:
    """Judge a reading of the place's clock: True where `state_at` says "open" of these hours."""
    own_days = dict(code.own_days)
    for day, place in places_in_code(reading):
        if day in own_days:
            if _holds(own_days[day], place):
                return True
            continue
        begun = (rule for rule in code.rules if _holds(rule.ranges, place) and _falls_on(rule, day))
        if any(rule.opens_on_holidays or not is_holiday(day) for rule in begun):
            return True
    return False
