"""Hours that are more than a week: rules with seasons and recurrences, and own days that outweigh them.

A span belongs to the day on which it begins, past midnight too: whether a rule falls on a day, a holiday or an own
day is judged by that day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from directory.rules.opening_week import DAY, Span, Week, covers_whole_week

OnHolidays = Literal["open", "closed", "not_stated", "own_list"]
IsHoliday = Callable[[date], bool]

LAST_OF_MONTH = 1 << 5
"""The bit of the last such weekday of a month, beside bits 0 to 4 for the first to the fifth."""
MONTH_END = 1 << 31
"""The bit of a month's last day, beside bits 0 to 30 for the days 1 to 31."""
FIRST_MONDAY = date(1970, 1, 5)
"""The Monday from which weeks are counted."""
BEFORE_ANY_SEARCH = date(2026, 11, 1)
"""Nobody asks for a moment before this site was: what began by then has always been."""
WHOLE_WEEK = tuple(Span(day, 0, DAY) for day in range(7))


class Marks(NamedTuple):
    """What rules ask of a day: which such weekday of its month (bits), its week's number, day of the month (bits)."""

    nths: int
    week: int
    monthdays: int


def marks_of(day: date) -> Marks:
    """Return a day's marks. The week's number counts from Monday 1970-01-05."""
    is_last_such = (day + timedelta(days=7)).month != day.month
    is_month_end = (day + timedelta(days=1)).day == 1
    return Marks(
        nths=1 << (day.day - 1) // 7 | (LAST_OF_MONTH if is_last_such else 0),
        week=(day - FIRST_MONDAY).days // 7,
        monthdays=1 << day.day - 1 | (MONTH_END if is_month_end else 0),
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A week of hours, on the days on which it falls.

    `first` and `last` are a season's days, both included. `nths` and `monthdays` are bits as in `Marks`, 0 for any;
    the rule falls in each of `weeks` weeks, those whose number gives the rest `phase`.
    """

    week: Week
    first: date | None = None
    last: date | None = None
    nths: int = 0
    weeks: int = 1
    phase: int = 0
    monthdays: int = 0

    @property
    def lasts(self) -> bool:
        """True if it has begun before anybody could search, and has no end."""
        return self.last is None and (self.first is None or self.first <= BEFORE_ANY_SEARCH)

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"a season does not end before it begins: {self.first} to {self.last}")
        if not (self.weeks >= 1 and 0 <= self.phase < self.weeks):
            raise ValueError(f"not every {self.weeks} weeks with the rest {self.phase}")

    @property
    def is_weekly(self) -> bool:
        """True if it falls on every day of its season."""
        return self.weeks == 1 and not (self.nths or self.monthdays)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its spans; of day and night, those of seven whole days."""
        return WHOLE_WEEK if self.week.always else self.week.spans

    def falls_on(self, day: date) -> bool:
        """Say whether `day` is one of its days, whatever weekday it is."""
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        if self.is_weekly:
            return True
        nths, week, monthdays = marks_of(day)
        is_nth = not self.nths or self.nths & nths
        is_monthday = not self.monthdays or self.monthdays & monthdays
        return bool(is_nth and is_monthday) and week % self.weeks == self.phase

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Return the spans that begin on `day`."""
        spans = tuple(span for span in self.spans if span.day == day.weekday())
        return spans if spans and self.falls_on(day) else ()


@dataclass(frozen=True, slots=True, order=True)
class OwnDay:
    """One date with hours of its own, whatever rules and holidays say: (opens, closes) in minutes; none is closed."""

    on: date
    hours: tuple[tuple[int, int], ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its hours as spans of its weekday."""
        return tuple(Span(self.on.weekday(), opens, closes) for opens, closes in self.hours)


@dataclass(frozen=True, slots=True)
class Hours:
    """All hours of one kind: rules, of which any may open, and own days, one a date.

    `stated` is False where nobody said, or what was said can't be read. Past the last day of the last rule nothing is
    stated any more either.
    """

    rules: tuple[Rule, ...] = ()
    own_days: tuple[OwnDay, ...] = ()
    stated: bool = True

    @property
    def ends(self) -> date | None:
        """The last day of which the rules say anything; None if there is no such day."""
        lasts = [rule.last for rule in self.rules]
        return None if None in lasts else max((day for day in lasts if day), default=None)

    @property
    def is_plain(self) -> bool:
        """True if every week is like every other."""
        bounded = any(rule.first or rule.last or not rule.is_weekly for rule in self.rules)
        return not bounded and not self.own_days

    def says_nothing_of(self, day: date) -> bool:
        """True if nobody stated whether these hours open on `day`."""
        if any(own.on == day for own in self.own_days):
            return False
        ends = self.ends
        return not self.stated or (ends is not None and day > ends)


class Occurrence(NamedTuple):
    """Hours that begin on one date, as positions of the clock (`Reading.position`).

    `sure` is False on a holiday of which it is not stated what it does.
    """

    start: int
    end: int
    sure: bool


def hours_of_week(week: Week) -> Hours:
    """Return a plain week as hours."""
    return Hours((Rule(week),)) if week.stated else Hours(stated=False)


def week_of_rules(rules: Iterable[Rule]) -> Week:
    """Return the spans of weekly rules together, in whatever season."""
    spans = tuple(sorted({span for rule in rules for span in rule.spans}))
    return Week(always=True, stated=True) if covers_whole_week(spans) else Week(spans, stated=True)


def endless_week(hours: Hours) -> Week:
    """Return the week to which these hours come and in which they stay; "not stated" if they are more than a week."""
    is_week = hours.stated and all(rule.is_weekly and rule.last is None for rule in hours.rules)
    return week_of_rules(hours.rules) if is_week and hours.rules else Week(stated=False)


def on_holiday(rule: Rule, on_holidays: OnHolidays) -> Literal["open", "ask", "closed"]:
    """Day and night is a fact, which only a stated closing contradicts: then ask."""
    if on_holidays == "open":
        return "open"
    if rule.week.always:
        return "ask" if on_holidays == "closed" else "open"
    return "closed" if on_holidays == "closed" else "ask"


def keeps_holidays(rule: Rule, on_holidays: OnHolidays) -> bool:
    """Say whether these hours surely open on a public holiday that is no own day."""
    return on_holiday(rule, on_holidays) == "open"


def occurrences(
    hours: Hours, day: date, is_holiday: IsHoliday, on_holidays: OnHolidays
) -> tuple[Occurrence, ...]:
    """Return what begins on `day`. With "own_list" a public holiday that is no own day asks to call."""
    midnight = day.toordinal() * DAY

    def at(span: Span, *, sure: bool = True) -> Occurrence:
        return Occurrence(midnight + span.opens, midnight + span.closes, sure)

    if own := [own for own in hours.own_days if own.on == day]:
        return tuple(at(span) for one in own for span in one.spans)
    found = []
    for rule in hours.rules:
        if not (spans := rule.spans_on(day)):
            continue
        does = on_holiday(rule, on_holidays) if on_holidays != "open" and is_holiday(day) else "open"
        if does != "closed":
            found += [at(span, sure=does == "open") for span in spans]
    return tuple(found)
