"""Hours from HSDS `schedule` rows, which write recurrences in words of RFC 5545 (section 3.3.10).

What can't be read for sure is refused, and hours of which any row is refused are not stated: never a false "open",
never a false "closed". Refused are weeks and days of the year, every nth month, FREQ=YEARLY, and a COUNT from nowhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property, reduce
from itertools import groupby
from math import gcd

from directory.rules.opening_hours import (
    FIRST_MONDAY,
    LAST_OF_MONTH,
    MONTH_END,
    Hours,
    OwnDay,
    Rule,
    week_of_rules,
)
from directory.rules.opening_week import WEEKDAYS, Span, Week, minutes_between

MOST_DAYS = 31
"""The longest "every n days" that is read: each makes up to n rules."""
MOST_WEEKS = 53
LONGEST_COUNT = timedelta(days=3660)
"""How far a COUNT is followed."""
DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00)?Z?)?")
CLOCK = re.compile(r"(\d\d:?\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
BYDAY = re.compile(rf"([+-]?\d)?({'|'.join(WEEKDAYS)})")
EVERY_DAY = ",".join(WEEKDAYS)


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """The fields of a schedule row that make its hours, as written. Meanings are RFC 5545's."""

    opens_at: str
    closes_at: str
    byday: str = ""
    freq: str = ""
    interval: str = ""
    dtstart: str = ""
    until: str = ""
    count: str = ""
    wkst: str = ""
    bymonthday: str = ""
    byweekno: str = ""
    byyearday: str = ""
    valid_from: str = ""
    valid_to: str = ""


class Unreadable(ValueError):
    """A row whose days or times can't be known from what it says."""


def _date(written: str) -> date | None:
    if not written:
        return None
    match = DATE.fullmatch(written.strip())
    try:
        return date.fromisoformat(match[1] if match else "")
    except ValueError:
        raise Unreadable(f"not a day: {written!r}") from None


def _number(written: str, *, most: int) -> int:
    """Return a number from 1 to `most`; "2.0" is one as well. Raises Unreadable."""
    match = re.fullmatch(r"(\d{1,4})(?:\.0+)?", written.strip())
    if not match or not 1 <= int(match[1]) <= most:
        raise Unreadable(f"not a number from 1 to {most}: {written!r}")
    return int(match[1])


def clock_of(written: str) -> time:
    """Return a time of day such as "09:00" or "17:30:00Z", by the place's own clock. Raises Unreadable."""
    match = CLOCK.fullmatch(written.strip())
    try:
        return time.fromisoformat(match[1] if match else "")
    except ValueError:
        raise Unreadable(f"not a time of day: {written!r}") from None


def _week_number(day: date) -> int:
    return (day - FIRST_MONDAY).days // 7


def _together(bits: Iterable[int]) -> int:
    return reduce(int.__or__, bits, 0)


class _Reader:
    """One row, read piece by piece; every piece raises Unreadable."""

    def __init__(self, row: WrittenRow) -> None:
        self._row = row
        if row.byweekno or row.byyearday:
            raise Unreadable("weeks or days of the year")
        self._opens, self._closes = minutes_between(clock_of(row.opens_at), clock_of(row.closes_at))
        self._freq = row.freq.strip().upper()
        self._start = _date(row.dtstart)
        self._interval = _number(row.interval or "1", most=MOST_WEEKS)

    @cached_property
    def _season(self) -> tuple[date | None, date | None]:
        """First and last day: the narrower of validity, and of start and UNTIL."""
        firsts = [day for day in (_date(self._row.valid_from), self._start) if day]
        lasts = [day for day in (_date(self._row.valid_to), _date(self._row.until)) if day]
        first, last = max(firsts, default=None), min(lasts, default=None)
        if first and last and last < first:
            raise Unreadable("its last day comes before its first")
        return first, last

    @cached_property
    def _byday(self) -> list[tuple[int, int]]:
        """Weekdays, each with its ordinal in the month or 0."""
        found = []
        for code in filter(None, (code.strip().upper() for code in self._row.byday.split(","))):
            match = BYDAY.fullmatch(code)
            if not match:
                raise Unreadable(f"not a weekday: {code!r}")
            found.append((WEEKDAYS.index(match[2]), int(match[1] or 0)))
        return found

    def _weekdays(self, written: list[tuple[int, int]]) -> tuple[int, ...]:
        if any(nth for _, nth in written):
            raise Unreadable("an ordinal weekday without FREQ=MONTHLY")
        return tuple(sorted({day for day, _ in written}))

    @cached_property
    def _monthdays(self) -> int:
        def bit(written: str) -> int:
            if written.strip() == "-1":
                return MONTH_END
            return 1 << _number(written, most=31) - 1

        written = self._row.bymonthday
        return _together(bit(part) for part in written.split(",")) if written.strip() else 0

    def _rule(
        self, days: Iterable[int], *, nths: int = 0, weeks: int = 1, phase: int = 0, monthdays: int = 0
    ) -> Rule:
        week = Week(tuple(Span(day, self._opens, self._closes) for day in days), stated=True)
        return Rule(week, *self._season, nths, weeks, phase % weeks, monthdays)

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules of the row, narrowed to its COUNT."""
        if not self._freq and not self._byday:
            return (self._dated(),)
        by_freq = {"": self._weekly, "WEEKLY": self._weekly, "DAILY": self._daily, "MONTHLY": self._monthly}
        if self._freq not in by_freq:
            raise Unreadable(f"FREQ={self._freq}")
        rules = tuple(rule for rule in by_freq[self._freq]() if rule.week.spans)
        if not rules:
            raise Unreadable("it never happens")
        return self._counted(rules) if self._row.count.strip() else rules

    def _dated(self) -> Rule:
        """A single occurrence."""
        is_repeated = self._interval > 1 or self._row.bymonthday or self._row.until
        if self._start is None or is_repeated or self._row.count.strip() not in ("", "1", "1.0"):
            raise Unreadable("no weekday, and no single date")
        first, last = self._season
        if first != self._start or (last and last < self._start):
            raise Unreadable("a single date out of its own season")
        week = Week((Span(self._start.weekday(), self._opens, self._closes),), stated=True)
        return Rule(week, self._start, self._start)

    def _weekly(self) -> Iterable[Rule]:
        if self._monthdays:
            raise Unreadable("days of the month in a week")
        days = self._weekdays(self._byday)
        if not days:
            days = (self._anchor().weekday(),)
        if self._interval == 1:
            return [self._rule(days)]
        # A week that begins on another day than Monday reaches into the next of Monday's.
        begins = self._first_weekday()
        phase = _week_number(self._anchor() - timedelta(days=begins))
        early, late = [d for d in days if d < begins], [d for d in days if d >= begins]
        every = self._interval
        return [
            self._rule(late, weeks=every, phase=phase),
            self._rule(early, weeks=every, phase=phase + 1),
        ]

    def _first_weekday(self) -> int:
        """Return the number of the weekday on which this row's weeks begin: Monday, unless WKST says otherwise."""
        written = self._row.wkst.strip().upper() or "MO"
        if written not in WEEKDAYS:
            raise Unreadable(f"not a weekday: {written!r}")
        return WEEKDAYS.index(written)

    def _anchor(self) -> date:
        if self._start is None:
            raise Unreadable("a recurrence that begins nowhere")
        return self._start

    def _daily(self) -> Iterable[Rule]:
        days = self._weekdays(self._byday) or tuple(range(7))
        if self._interval == 1:
            return [self._rule(days, monthdays=self._monthdays)]
        if self._interval > MOST_DAYS:
            raise Unreadable(f"every {self._interval} days")
        anchor, weeks = self._anchor(), self._interval // gcd(self._interval, 7)
        monday = anchor - timedelta(days=anchor.weekday())
        turns = [[d for d in days if self._is_turn(monday, turn * 7 + d)] for turn in range(weeks)]
        phase = _week_number(anchor)
        return [
            self._rule(turn, weeks=weeks, phase=phase + ahead, monthdays=self._monthdays)
            for ahead, turn in enumerate(turns)
        ]

    def _is_turn(self, monday: date, ahead: int) -> bool:
        return (monday + timedelta(days=ahead) - self._anchor()).days % self._interval == 0

    def _monthly(self) -> Iterable[Rule]:
        if self._interval > 1:
            raise Unreadable("every few months")
        if not self._byday:
            monthdays = self._monthdays or 1 << self._anchor().day - 1
            return [self._rule(range(7), monthdays=monthdays)]
        plain = {day for day, nth in self._byday if not nth}
        bits = {
            day: 0 if day in plain else _together(_nth_bit(nth) for of, nth in self._byday if of == day)
            for day in sorted({day for day, _ in self._byday})
        }
        return [
            self._rule([day for day in bits if bits[day] == nths], nths=nths, monthdays=self._monthdays)
            for nths in sorted(set(bits.values()))
        ]

    def _counted(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """End with the last occurrence that is counted; the first must be the start itself."""
        start, wanted = self._anchor(), _number(self._row.count, most=9999)
        if self._row.until.strip():
            raise Unreadable("COUNT and UNTIL")
        unbound = [replace(rule, first=start, last=None) for rule in rules]
        day, seen = start, 0
        while True:
            seen += any(rule.spans_on(day) for rule in unbound)
            if not seen or day - start > LONGEST_COUNT:
                raise Unreadable("a COUNT that does not begin at its start, or never ends")
            if seen == wanted:
                break
            day += timedelta(days=1)
        first, last = self._season
        last = min(day, last or day)
        if first and last < first:
            raise Unreadable("all is over before it is valid")
        return tuple(replace(rule, first=first, last=last) for rule in rules)


def _nth_bit(nth: int) -> int:
    if nth == -1:
        return LAST_OF_MONTH
    if not 1 <= nth <= 5:
        raise Unreadable(f"the weekday number {nth} of a month")
    return 1 << nth - 1


def rules_of(row: WrittenRow) -> tuple[Rule, ...]:
    """Return the rules of one row. Raises Unreadable, a ValueError, for what can't be known."""
    return _Reader(row).rules()


Recurrence = tuple[date, date, int, int, int, int]


def _recurrence(rule: Rule) -> Recurrence:
    """What tells apart rules that don't share a week; sorts."""
    first, last = rule.first or date.min, rule.last or date.max
    return first, last, rule.nths, rule.weeks, rule.phase, rule.monthdays


def _merged(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """One rule for all spans with one recurrence; weeks that leave out no minute are day and night."""
    found = []
    for _, same in groupby(sorted(rules, key=_recurrence), key=_recurrence):
        alike = list(same)
        of = alike[0]
        week = week_of_rules(alike)
        if week.always and not of.is_weekly:
            week = Week(tuple(sorted({span for rule in alike for span in rule.spans})), stated=True)
        found.append(replace(of, week=week))
    return tuple(found)


def _always(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Rows that together leave out no minute of any week mean day and night, though each begins on its own day.

    From then on nothing else of theirs counts. What they open before is kept, unless they all begin within a week.
    """
    endless = [rule for rule in rules if rule.is_weekly and rule.last is None]
    if len(endless) < 2 or not week_of_rules(endless).always:
        return rules
    whole = [rule.first or date.min for rule in endless if rule.week.always]
    begins = [rule.first or date.min for rule in endless]
    begun = min(whole) if whole else max(begins)
    always = Rule(Week(always=True, stated=True), None if begun == date.min else begun)
    before: list[Rule] = []
    if begun - min(begins) >= timedelta(days=7):
        earlier = [rule for rule in endless if (rule.first or date.min) < begun]
        before = [replace(rule, last=begun - timedelta(days=1)) for rule in earlier]
    return (*(rule for rule in rules if rule not in endless), *before, always)


def hours_from(rows: Iterable[WrittenRow], own_days: Iterable[OwnDay] = ()) -> Hours:
    """Return the hours of schedule rows; no row, or any that can't be read, is "not stated".

    Own days outweigh them on their dates; those of one date are put together.
    """
    days: dict[date, set[tuple[int, int]]] = {}
    for own in own_days:
        days.setdefault(own.on, set()).update(own.hours)
    own_list = tuple(OwnDay(on, tuple(sorted(days[on]))) for on in sorted(days))
    try:
        rules = _always(_merged(rule for row in rows for rule in rules_of(row)))
    except Unreadable:
        rules = ()
    return Hours(rules, own_list, stated=bool(rules))
