"""The plain week: spans of hours on weekdays, from rows of HSDS and into lines of a table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from itertools import groupby

DAY = 1440
"""Minutes in a day as clocks count them."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""Weekday codes of RFC 5545 (section 3.3.10), Monday first: the index is the day's number."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Hours that begin on one weekday.

    `day` is 0 for Monday to 6; `opens` and `closes` are minutes after that day's midnight.
    `closes` is over 1440 when the span crosses midnight, at most 24 hours after `opens`.
    """

    day: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.day <= 6 and 0 <= self.opens < DAY):
            raise ValueError(f"not a moment of the week: day {self.day}, minute {self.opens}")
        if not self.opens < self.closes <= self.opens + DAY:
            raise ValueError(f"a span lasts 1 to {DAY} minutes: {self.opens} to {self.closes}")


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of a week. `always` is day and night; `stated` is False where nobody said."""

    spans: tuple[Span, ...] = ()
    always: bool = False
    stated: bool = field(kw_only=True)


def minutes_between(opens_at: time, closes_at: time) -> tuple[int, int]:
    """Return when hours begin and end, in minutes after the midnight before they begin.

    A closing at 23:59 means midnight; one that is not after the opening lies on the next day.
    """
    opens = opens_at.hour * 60 + opens_at.minute
    closes = closes_at.hour * 60 + closes_at.minute
    if closes == DAY - 1:
        closes = DAY
    return opens, closes if closes > opens else closes + DAY


def spans_from(byday: str, opens_at: time, closes_at: time) -> tuple[Span, ...]:
    """Return the spans of one HSDS `schedule` row, such as ("MO,TU", 09:00, 17:00).

    A closing at 23:59 means midnight; one that is not after the opening lies on the next day.
    Raises ValueError for no weekday, an unknown one, or one that a plain week can't hold
    ("1MO", the first Monday of a month: RFC 5545, section 3.3.10).
    """
    days = [code.strip().upper() for code in byday.split(",")]
    unknown = [code for code in days if code not in WEEKDAYS]
    if unknown:
        raise ValueError(f"not plain weekdays: {byday!r}")
    opens, closes = minutes_between(opens_at, closes_at)
    return tuple(sorted({Span(WEEKDAYS.index(code), opens, closes) for code in days}))


def covers_whole_week(spans: Iterable[Span]) -> bool:
    """Say whether no minute of the week is left out."""
    starts = [(span.day * DAY + span.opens, span.closes - span.opens) for span in spans]
    turns = sorted((start + turn, length) for start, length in starts for turn in (-7 * DAY, 0))
    reached = 0
    for start, length in turns:
        if start > reached:
            return False
        reached = max(reached, start + length)
    return reached >= 7 * DAY


def week_from(rows: Iterable[tuple[str, time, time]]) -> Week:
    """Return the week of HSDS `schedule` rows (byday, opens_at, closes_at).

    Rows that leave out no minute of the week mean `always`; no rows at all, not stated.
    Raises ValueError as `spans_from` does.
    """
    spans = tuple(sorted({span for row in rows for span in spans_from(*row)}))
    if covers_whole_week(spans):
        return Week(always=True, stated=True)
    return Week(spans, stated=bool(spans))


def week_lines(week: Week) -> list[tuple[tuple[int, ...], tuple[Span, ...]]]:
    """Return runs of days with equal hours, Monday first: (days, spans of the first of them).

    A run of closed days has no spans. Empty for `always` and for what is not stated.
    """
    if week.always or not week.stated:
        return []
    by_day = [tuple(sorted({s for s in week.spans if s.day == day})) for day in range(7)]

    def hours(day: int) -> tuple[tuple[int, int], ...]:
        return tuple((span.opens, span.closes) for span in by_day[day])

    runs = [tuple(days) for _, days in groupby(range(7), key=hours)]
    return [(run, by_day[run[0]]) for run in runs]
