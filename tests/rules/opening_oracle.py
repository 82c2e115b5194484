"""An independent judge of hours: it walks UTC by the minute, notes what the clock showed, asks dateutil for dates.

It shares no line with directory/rules/opening*.py: a difference is a mistake in one of the two.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil import rrule

Answer = Literal["open", "call_first", "closed", "unknown"]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NEVER_BEFORE, NEVER_AFTER = date(2025, 12, 1), date(2030, 3, 1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Made:
    """Made hours: rows in HSDS words, own days with (opens, closes) texts, what holidays do, if a row is unreadable."""

    rows: tuple[Mapping[str, str], ...]
    own_days: Mapping[date, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    on_holidays: Literal["open", "closed", "not_stated", "own_list"] = "not_stated"
    is_unreadable: bool = False


def shown(now: datetime, zone: ZoneInfo) -> datetime:
    """The latest minute that the clock showed in the last two hours, up to and with `now`."""
    now = now.astimezone(UTC).replace(second=0, microsecond=0)
    return max((now - back * MINUTE).astimezone(zone).replace(tzinfo=None) for back in range(120))


def _day(row: Mapping[str, str], name: str) -> date | None:
    return date.fromisoformat(row[name]) if row.get(name) else None


def _rrule(row: Mapping[str, str], start: date) -> rrule.rrule:
    freq = {"": rrule.WEEKLY, "WEEKLY": rrule.WEEKLY, "DAILY": rrule.DAILY, "MONTHLY": rrule.MONTHLY}
    written = f"FREQ={rrule.FREQNAMES[freq[row.get('freq', '')]]};INTERVAL={row.get('interval') or 1}"
    for name in ("byday", "bymonthday", "count", "wkst"):
        if row.get(name):
            written += f";{name.upper()}={row[name]}"
    return rrule.rrulestr(written, dtstart=datetime.combine(start, time.min))


def _dates(rule: rrule.rrule, *, is_counted: bool) -> Iterator[date]:
    """Days of a recurrence: all that are counted, or those near enough to matter."""
    for moment in rule:
        if moment.date() > NEVER_AFTER and not is_counted:
            return
        yield moment.date()


class _Row:
    """One row's days, all found beforehand."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self.row, start = row, _day(row, "dtstart")
        self.is_dated = not row.get("freq") and not row.get("byday")
        if self.is_dated:
            assert start
            days = [start]
        else:
            days = list(_dates(_rrule(row, start or NEVER_BEFORE), is_counted="count" in row))
        bounds = [day for day in (_day(row, "valid_to"), _day(row, "until")) if day]
        if row.get("count") or self.is_dated:
            bounds.append(max(days))
        self.last = min(bounds, default=None)
        self.first = max((day for day in (_day(row, "valid_from"), start) if day), default=NEVER_BEFORE)
        self.days = {day for day in days if self.first <= day <= (self.last or NEVER_AFTER)}
        self.opens, self.closes = _minutes(row["opens_at"], row["closes_at"])

    @property
    def is_every_week(self) -> bool:
        """True if it narrows nothing but its season."""
        row = self.row
        narrowed = row.get("bymonthday") or row.get("interval", "1") != "1" or row.get("freq") == "MONTHLY"
        return not (self.is_dated or narrowed)

    def minutes_of_week(self) -> set[int]:
        days = self.row.get("byday") or ("" if self.row.get("freq") == "WEEKLY" else ",".join(WEEKDAYS))
        start = _day(self.row, "dtstart")
        numbers = [WEEKDAYS.index(d) for d in days.split(",")] if days else [start.weekday() if start else 0]
        return {(d * 1440 + m) % 10080 for d in numbers for m in range(self.opens, self.closes)}


def _is_whole(rows: list[_Row]) -> bool:
    return len(set().union(*(row.minutes_of_week() for row in rows))) == 10080


def _minutes(opens_at: str, closes_at: str) -> tuple[int, int]:
    def of(written: str) -> int:
        return int(written[:2]) * 60 + int(written[3:5])

    opens, closes = of(opens_at), of(closes_at)
    closes = 1440 if closes == 1439 else closes
    return opens, closes if closes > opens else closes + 1440


class Oracle:
    """Judges made hours in one zone."""

    def __init__(self, made: Made, zone: str, is_holiday: Callable[[date], bool]) -> None:
        self.made, self.zone, self.is_holiday = made, ZoneInfo(zone), is_holiday
        self.rows = [] if made.is_unreadable else [_Row(row) for row in made.rows]
        self._days: dict[date, tuple[Answer, ...]] = {}
        self._closed: dict[date, bool] = {}

    def _seasons(self) -> Iterator[tuple[tuple[date, date], list[_Row]]]:
        weekly = [row for row in self.rows if row.is_every_week]
        for season in {(row.first, row.last or NEVER_AFTER) for row in weekly}:
            yield season, [row for row in weekly if (row.first, row.last or NEVER_AFTER) == season]

    @cached_property
    def _whole_seasons(self) -> list[tuple[date, date]]:
        """Seasons whose rows leave out no minute: day and night, which only a stated closing contradicts."""
        return [season for season, rows in self._seasons() if _is_whole(rows)]

    @cached_property
    def _whole_since(self) -> date | None:
        """From when rows that never end, each beginning on its own day, leave out no minute together."""
        endless = self._endless()
        alone = [first for first, last in self._whole_seasons if last == NEVER_AFTER]
        whole = max(row.first for row in endless) if _is_whole(endless) else None
        return min(alone, default=whole)

    def _endless(self) -> list[_Row]:
        return [row for row in self.rows if row.is_every_week and row.last is None]

    def _is_within(self, row: _Row, day: date) -> bool:
        """True if a row is told by "day and night" already, or about to be within a week."""
        if not row.is_every_week:
            return False
        if (row.first, row.last or NEVER_AFTER) in self._whole_seasons:
            return True
        since, endless = self._whole_since, self._endless()
        if since is None or row not in endless:
            return False
        return since <= day or since - min(other.first for other in endless) < 7 * DAY

    def _begins(self, day: date) -> Iterator[tuple[int, int, bool]]:
        """(opens, closes, sure) of what begins on a day."""
        if day in self.made.own_days:
            yield from ((*_minutes(*times), True) for times in self.made.own_days[day])
            return
        on_holidays = self.made.on_holidays
        is_holiday = self.is_holiday(day)
        is_whole = any(first <= day <= last for first, last in self._whole_seasons)
        if is_whole or (self._whole_since and self._whole_since <= day):
            yield 0, 1440, not (is_holiday and on_holidays == "closed")
        if is_holiday and on_holidays == "closed":
            return
        for row in self.rows:
            if day in row.days and not self._is_within(row, day):
                yield row.opens, row.closes, not is_holiday or on_holidays == "open"

    def _nothing_said(self, day: date) -> bool:
        if day in self.made.own_days:
            return False
        lasts = [row.last for row in self.rows]
        return not lasts or (None not in lasts and day > max(last for last in lasts if last))

    def _day_answers(self, day: date) -> tuple[Answer, ...]:
        """What is said at each minute that the clock may show on a day."""
        if day in self._days:
            return self._days[day]
        answers: list[Answer] = ["unknown" if self._nothing_said(day) else "closed"] * 1440
        begun = [(a, b, sure) for a, b, sure in self._begins(day)]
        begun += [(a - 1440, b - 1440, sure) for a, b, sure in self._begins(day - DAY)]
        for sure, word in ((False, "call_first"), (True, "open")):
            for opens, closes, is_sure in begun:
                if is_sure is sure:
                    for minute in range(max(opens, 0), min(closes, 1440)):
                        answers[minute] = word  # type: ignore[call-overload]
        self._days[day] = tuple(answers)
        return self._days[day]

    def answer(self, now: datetime) -> Answer:
        """Judge one instant."""
        return self._at(shown(now, self.zone))

    def _at(self, clock: datetime) -> Answer:
        return self._day_answers(clock.date())[clock.hour * 60 + clock.minute]

    def _never_open(self, day: date) -> bool:
        if day not in self._closed:
            self._closed[day] = "open" not in self._day_answers(day)
        return self._closed[day]

    def walk(self, now: datetime, latest: datetime) -> Iterator[tuple[datetime, Answer]]:
        """Each minute after `now`, as UTC, with what is said then."""
        walked = now.astimezone(UTC).replace(second=0, microsecond=0)
        clock = shown(walked, self.zone)
        while (walked := walked + MINUTE) <= latest:
            clock = max(clock, walked.astimezone(self.zone).replace(tzinfo=None))
            yield walked, self._at(clock)

    def until(self, now: datetime, latest: datetime) -> datetime | None:
        """The first minute with another answer than now."""
        before = self.answer(now)
        return next((minute for minute, answer in self.walk(now, latest) if answer != before), None)

    def next_open(self, now: datetime, latest: datetime) -> datetime | None:
        """The first minute after `now` that is surely open; days on which none is are passed over hour by hour."""
        if self.answer(now) == "open":
            return None
        while now < latest:
            ahead = min(now + timedelta(hours=1), latest)
            # The clock may still read what it showed an hour before it was put back.
            moments = (now - timedelta(hours=3), ahead)
            days = {moment.astimezone(self.zone).date() for moment in moments}
            if not all(self._never_open(day) for day in days):
                found = next((m for m, answer in self.walk(now, ahead) if answer == "open"), None)
                if found:
                    return found
            now = ahead
        return None
