"""What hours say at a given moment: open or not, until when, and when next, to the minute.

All is judged by the reading of the place's own clock (`opening_clock`), which never goes back: a span begins and
ends at the first moment when the clock shows its time or a later one. That settles skipped and repeated hours.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from directory.rules.opening_clock import Reading, clock_reading, first_moment
from directory.rules.opening_hours import (
    Hours,
    IsHoliday,
    Occurrence,
    OnHolidays,
    OwnDay,
    Rule,
    hours_of_week,
    occurrences,
)
from directory.rules.opening_week import DAY, WEEKDAYS, Span, Week, spans_from, week_from, week_lines

__all__ = (
    "DAY",
    "HORIZON",
    "SEASON_HORIZON",
    "WEEKDAYS",
    "Hours",
    "OnHolidays",
    "OpenState",
    "OwnDay",
    "Reading",
    "Rule",
    "Span",
    "State",
    "Week",
    "clock_reading",
    "hours_of_week",
    "spans_from",
    "state_at",
    "week_from",
    "week_lines",
)

State = Literal["open", "call_first", "by_appointment", "closed", "temporarily_closed", "unknown"]

HORIZON = timedelta(days=8)
"""How far ahead an end is looked for, and the next opening of a plain week: a week, and a day for a holiday."""
SEASON_HORIZON = timedelta(days=400)
"""How far ahead the next opening is looked for where hours have seasons, rare days or own days."""


@dataclass(frozen=True, slots=True)
class OpenState:
    """What the hours say now. `until` ends this state, `next` opens; both in the place's zone.

    `until` is told of "open", "by_appointment" and "call_first", unless it lies more than eight days ahead. `next` is
    None while open, and when no sure opening lies within the horizon.
    """

    state: State
    until: datetime | None = None
    next: datetime | None = None


class _Days(dict[int, tuple[Occurrence, ...]]):
    """What begins on each day, by its ordinal, found when it is asked for."""

    def __init__(self, hours: Hours, is_holiday: IsHoliday, on_holidays: OnHolidays) -> None:
        super().__init__()
        self._asked = (hours, is_holiday, on_holidays)

    def __missing__(self, day: int) -> tuple[Occurrence, ...]:
        hours, is_holiday, on_holidays = self._asked
        self[day] = occurrences(hours, date.fromordinal(day), is_holiday, on_holidays)
        return self[day]


class _Judge:
    """The hours of one place, asked about positions of its clock and the instants when it shows them."""

    def __init__(self, hours: Hours, zone: ZoneInfo, is_holiday: IsHoliday, on_holidays: OnHolidays) -> None:
        self._hours, self._zone = hours, zone
        self._days = _Days(hours, is_holiday, on_holidays)

    def _near(self, position: int) -> tuple[Occurrence, ...]:
        """What may cover a position: what begins on its day or on the day before."""
        day = position // DAY
        return self._days[day - 1] + self._days[day]

    def state(self, position: int) -> State:
        """Return what the hours say; a sure occurrence outweighs an unsure one."""
        covering = [found.sure for found in self._near(position) if found.start <= position < found.end]
        if covering:
            return "open" if any(covering) else "call_first"
        unsaid = self._hours.says_nothing_of(date.fromordinal(position // DAY))
        return "unknown" if unsaid else "closed"

    def _shown_at(self, instant: datetime) -> int:
        return clock_reading(instant, self._zone).position

    def end(self, position: int, state: State, latest: datetime) -> datetime | None:
        """Return the first instant with another state, None if it lies after `latest`."""
        while True:
            bounds = {bound for found in self._near(position) for bound in (found.start, found.end)}
            midnight = (position // DAY + 1) * DAY
            instant = first_moment(min({b for b in bounds if b > position} | {midnight}), self._zone)
            if instant > latest:
                return None
            position = self._shown_at(instant)
            if self.state(position) != state:
                return instant

    def opening(self, position: int, latest: datetime) -> datetime | None:
        """Return the first instant after `position` when something surely begins, None if it lies after `latest`."""
        last_day = clock_reading(latest, self._zone).day.toordinal()
        for day in range(position // DAY, last_day + 1):
            for start, end, sure in sorted(self._days[day]):
                if not sure or start <= position:
                    continue
                instant = first_moment(start, self._zone)
                if self._shown_at(instant) < end:  # else the clock skips all of it
                    return instant if instant <= latest else None
        return None


def state_at(
    hours: Hours | Week,
    now: datetime,
    zone: str,
    is_holiday: IsHoliday,
    on_holidays: OnHolidays,
    *,
    by_appointment: bool = False,
    temporarily_closed: bool = False,
) -> OpenState:
    """Return what `hours` say at `now`, to the minute, in the place's own `zone` (IANA name).

    `is_holiday` tells the public holidays of the place, by its own date. On a holiday, hours whose
    behaviour is not stated give `call_first`. `by_appointment` turns "open" into
    "by_appointment"; `temporarily_closed` outweighs all hours.
    Raises ValueError if `now` has no zone, ZoneInfoNotFoundError if `zone` does not exist.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware of its zone")
    if temporarily_closed:
        return OpenState("temporarily_closed")
    if isinstance(hours, Week):
        hours = hours_of_week(hours)
    answer = _answer(hours, now.astimezone(UTC), ZoneInfo(zone), is_holiday, on_holidays)
    if by_appointment and answer.state in ("open", "unknown"):
        return OpenState("by_appointment", until=answer.until)
    return answer


def _answer(
    hours: Hours, now: datetime, zone: ZoneInfo, is_holiday: IsHoliday, on_holidays: OnHolidays
) -> OpenState:
    """Return what the hours alone say, with the moments in the place's zone."""
    if not hours.rules and not hours.own_days:
        return OpenState("closed" if hours.stated else "unknown")
    judge, position = _Judge(hours, zone, is_holiday, on_holidays), clock_reading(now, zone).position
    state = judge.state(position)
    ends = judge.end(position, state, now + HORIZON) if state in ("open", "call_first") else None
    horizon = HORIZON if hours.is_plain else SEASON_HORIZON
    opens = None if state == "open" else judge.opening(position, now + horizon)
    return OpenState(
        state,
        until=ends.astimezone(zone) if ends else None,
        next=opens.astimezone(zone) if opens else None,
    )
