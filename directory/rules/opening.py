"""Weekly hours and what they say at a given moment.

A span belongs to the day on which it begins, past midnight too; a public holiday is judged by that
day. Clock arithmetic is zoneinfo's: a span begins and ends at the first moment when the place's own
clock shows its time or a later one, which settles the hours that a clock change skips or repeats.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

State = Literal["open", "call_first", "by_appointment", "closed", "temporarily_closed", "unknown"]
OnHolidays = Literal["open", "closed", "not_stated"]

DAY = 1440
"""Minutes in a day as clocks count them."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""Weekday codes of RFC 5545 (section 3.3.10), Monday first: the index is the day's number."""
HORIZON = timedelta(days=8)
"""How far ahead the next opening is looked for: a week, and a day for a holiday."""


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


@dataclass(frozen=True, slots=True)
class OpenState:
    """What the hours say now. `until` ends this state, `next` opens; both in the place's zone.

    `next` is None while open, and when no sure opening lies within the horizon.
    """

    state: State
    until: datetime | None = None
    next: datetime | None = None


class _Stretch(NamedTuple):
    """One occurrence of a span; `sure` is False on a holiday whose hours are not stated."""

    start: datetime
    end: datetime
    sure: bool


def _first_moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return the first instant (UTC) when the clock shows `minutes` after midnight, or later."""
    wanted = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    after = wanted.replace(tzinfo=zone).astimezone(UTC)
    if after.astimezone(zone).replace(tzinfo=None) == wanted:
        return after
    # The clock skips this time: the change lies between the two readings that zoneinfo offers.
    before = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while (gap := (after - before) // timedelta(minutes=1)) > 1:
        middle = before + timedelta(minutes=gap // 2)
        if middle.astimezone(zone).replace(tzinfo=None) >= wanted:
            after = middle
        else:
            before = middle
    return after


def _stretches(
    week: Week,
    today: date,
    zone: ZoneInfo,
    is_holiday: Callable[[date], bool],
    on_holidays: OnHolidays,
) -> list[_Stretch]:
    """Return each occurrence that touches today or begins within the horizon."""
    found = []
    for ahead in range(-1, HORIZON.days + 1):
        day = today + timedelta(days=ahead)
        spans = [span for span in week.spans if span.day == day.weekday()]
        holiday = bool(spans) and on_holidays != "open" and is_holiday(day)
        if holiday and on_holidays == "closed":
            continue
        for span in spans:
            start = _first_moment(day, span.opens, zone)
            found.append(_Stretch(start, _first_moment(day, span.closes, zone), not holiday))
    return found


def _state_in(stretches: list[_Stretch], at: datetime) -> State:
    """Return what the occurrences say at one instant; a sure one outweighs an unsure one."""
    covering = [stretch.sure for stretch in stretches if stretch.start <= at < stretch.end]
    if not covering:
        return "closed"
    return "open" if any(covering) else "call_first"


def _end_of_state(stretches: list[_Stretch], now: datetime, state: State) -> datetime | None:
    """Return the first instant after `now` with another state, None beyond the horizon."""
    bounds = sorted({bound for s in stretches for bound in (s.start, s.end) if bound > now})
    ends = (bound for bound in bounds if _state_in(stretches, bound) != state)
    return next((end for end in ends if end <= now + HORIZON), None)


def _state_of_always(
    now: datetime, zone: ZoneInfo, is_holiday: Callable[[date], bool], on_holidays: OnHolidays
) -> OpenState:
    """Day and night is a fact; only a stated closing on holidays contradicts it: then ask."""
    if on_holidays == "closed" and is_holiday(now.astimezone(zone).date()):
        return OpenState("call_first")
    return OpenState("open")


def _state_of_spans(
    week: Week,
    now: datetime,
    zone: ZoneInfo,
    is_holiday: Callable[[date], bool],
    on_holidays: OnHolidays,
) -> OpenState:
    """Return the state that the spans give, with the moments in the place's zone."""
    today = now.astimezone(zone).date()
    stretches = _stretches(week, today, zone, is_holiday, on_holidays)
    state = _state_in(stretches, now)
    until = None if state == "closed" else _end_of_state(stretches, now, state)
    sure = (s.start for s in stretches if s.sure and now < s.start < s.end)
    opens = None if state == "open" else min(sure, default=None)
    if opens is not None and opens > now + HORIZON:
        opens = None
    return OpenState(
        state,
        until=until.astimezone(zone) if until else None,
        next=opens.astimezone(zone) if opens else None,
    )


def state_at(
    week: Week,
    now: datetime,
    zone: str,
    is_holiday: Callable[[date], bool],
    on_holidays: OnHolidays,
    *,
    by_appointment: bool = False,
    temporarily_closed: bool = False,
) -> OpenState:
    """Return what `week` says at `now`, to the minute, in the place's own `zone` (IANA name).

    `is_holiday` tells the public holidays of the place, by its own date. On a holiday, hours whose
    behaviour is not stated give `call_first`. `by_appointment` turns "open" into
    "by_appointment"; `temporarily_closed` outweighs all hours.
    Raises ValueError if `now` has no zone, ZoneInfoNotFoundError if `zone` does not exist.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware of its zone")
    if temporarily_closed:
        return OpenState("temporarily_closed")
    if not week.stated:
        return OpenState("by_appointment" if by_appointment else "unknown")
    local, now = ZoneInfo(zone), now.astimezone(UTC)
    if week.always:
        answer = _state_of_always(now, local, is_holiday, on_holidays)
    else:
        answer = _state_of_spans(week, now, local, is_holiday, on_holidays)
    if by_appointment and answer.state == "open":
        return OpenState("by_appointment", until=answer.until)
    return answer


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
    opens = opens_at.hour * 60 + opens_at.minute
    closes = closes_at.hour * 60 + closes_at.minute
    if closes == DAY - 1:
        closes = DAY
    if closes <= opens:
        closes += DAY
    return tuple(sorted({Span(WEEKDAYS.index(code), opens, closes) for code in days}))


def _covers_whole_week(spans: Iterable[Span]) -> bool:
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
    if _covers_whole_week(spans):
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
