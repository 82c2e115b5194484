"""Hours as tables: which a reader needs today, what each row of them holds, and which row is today's.

No table is better than a wrong one: what has none is told by the line that says when it opens next.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from directory.rules.opening_hours import Hours, Rule, marks_of, week_of_rules
from directory.rules.opening_turns import Turn, turns_apart
from directory.rules.opening_week import DAY, Span, week_lines

EVERY_DAY = tuple(range(7))
Line = tuple[tuple[int, ...], tuple[Span, ...]]
"""Weekdays with equal hours, and those."""


@dataclass(frozen=True, slots=True)
class Row:
    """Hours of some days; no spans is closed. `days` are weekdays, Monday 0.

    They may be narrowed to an nth such weekday of the month or to a day of the month (one bit of `Marks` each), or come
    every `turn` days from `next_day` on, whatever weekday that is.
    """

    spans: tuple[Span, ...]
    days: tuple[int, ...] = EVERY_DAY
    nth: int = 0
    monthday: int = 0
    turn: int = 0
    next_day: date | None = None
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that hold in the same season, in each of `weeks` weeks.

    `first` is None where it has begun: nobody needs to know since when. `is_one_day`: it holds on `last` alone.
    `is_this_week` is None where that is not asked: of every week, and before it begins.
    """

    rows: tuple[Row, ...]
    first: date | None = None
    last: date | None = None
    is_one_day: bool = False
    weeks: int = 1
    is_this_week: bool | None = None


def tables_of(hours: Hours, today: date) -> list[Table]:
    """Return the tables of hours that are not over; none where nothing is stated."""
    lasting = [rule for rule in hours.rules if not _is_over(rule, today)]
    turns, rules = turns_apart(lasting)
    tables = [_table(alike, today) for alike in _alike(rules, today)]
    tables += [_turn_table(turn, today) for turn in turns]
    is_only = len(tables) == 1
    is_own = any(own.on == today for own in hours.own_days)
    spills = any(span.closes > DAY for rule in lasting for span in rule.spans)
    told = [replace(table, rows=_told(table, is_only=is_only)) for table in tables]
    return [_marked(table, is_own=is_own, spills=spills) for table in told if table.rows]


def own_days_ahead(hours: Hours, today: date) -> dict[date, tuple[Span, ...]]:
    """Return the dates with hours of their own that are not over, in their order; no spans is closed."""
    found: dict[date, tuple[Span, ...]] = {}
    for own in sorted(hours.own_days):
        if own.on >= today:
            found[own.on] = (*found.get(own.on, ()), *own.spans)
    return found


def _is_over(rule: Rule, today: date) -> bool:
    """On the day after its last one, too, its last night may still run."""
    runs_on = any(span.closes > DAY for span in rule.spans)
    return rule.last is not None and rule.last + timedelta(days=int(runs_on)) < today


def _told(table: Table, *, is_only: bool) -> tuple[Row, ...]:
    """Closed by one rule is not closed: another may open. And every other week says nothing of the week between."""
    tells_closed = is_only and table.weeks == 1
    return tuple(row for row in table.rows if row.spans or tells_closed)


def _marked(table: Table, *, is_own: bool, spills: bool) -> Table:
    """An own day is none of the week; and where last night's hours may still run, today is not closed."""
    rows = (
        replace(r, is_today=r.is_today and not is_own and bool(r.spans or not spills)) for r in table.rows
    )
    return replace(table, rows=tuple(rows))


def _begins(rule: Rule, today: date) -> date | None:
    return rule.first if rule.first and rule.first > today else None


def _is_one_day(rule: Rule) -> bool:
    return rule.first is not None and rule.first == rule.last


def _alike(rules: Iterable[Rule], today: date) -> Iterable[list[Rule]]:
    """Rules that share their season, as far as it is told, and their recurrence."""
    parts: dict[tuple[object, ...], list[Rule]] = {}
    for rule in rules:
        season = (_begins(rule, today), rule.last, _is_one_day(rule))
        recurrence = () if _is_one_day(rule) else (rule.nths, rule.weeks, rule.phase, rule.monthdays)
        parts.setdefault((*season, *recurrence), []).append(rule)
    return parts.values()


def _table(rules: Sequence[Rule], today: date) -> Table:
    rule = rules[0]
    if _is_one_day(rule):
        return Table(_rows_of_one_day(rules, today), rule.first, rule.last, is_one_day=True)
    first = _begins(rule, today)
    is_asked = rule.weeks > 1 and first is None
    is_this_week = marks_of(today).week % rule.weeks == rule.phase
    return Table(
        tuple(_rows(rules, today)),
        first,
        rule.last,
        weeks=rule.weeks,
        is_this_week=is_this_week if is_asked else None,
    )


def _rows_of_one_day(rules: Sequence[Rule], today: date) -> tuple[Row, ...]:
    """Of a season of one day: its weekday, whatever others the rules name."""
    day = rules[0].first
    spans = tuple(sorted({span for rule in rules for span in rule.spans_on(day)})) if day else ()
    return (Row(spans, (day.weekday(),), is_today=day == today),) if day and spans else ()


def _turn_table(turn: Turn, today: date) -> Table:
    """Its row says from when on; a season that has an end says until when."""
    day = turn.next_day(today)
    spans = tuple(Span(0, *clock) for clock in turn.clocks)
    rows = (Row(spans, turn=turn.days, next_day=day, is_today=day == today),) if day else ()
    return Table(rows, last=None if turn.last == date.max else turn.last)


def _rows(rules: Sequence[Rule], today: date) -> Iterator[Row]:
    """Of rules that share their season and recurrence; none where a recurrence is narrowed twice.

    "The first Monday, if it is the first day of the month" is no row of a table.
    """
    rule = rules[0]
    if sum(map(bool, (rule.nths, rule.monthdays, rule.weeks > 1))) > 1:
        return
    week = week_of_rules(rules)
    lines: list[Line] = [(EVERY_DAY, (Span(0, 0, DAY),))] if week.always else week_lines(week)
    lasting = rule.falls_on(today)
    for row in _narrowed(rule, lines):
        yield replace(row, is_today=lasting and _is_of(row, today))


def _narrowed(rule: Rule, lines: list[Line]) -> Iterator[Row]:
    """A row for each line of a week; of days of the month one for each, and none that is closed."""
    if not (rule.nths or rule.monthdays):
        yield from (Row(spans, days) for days, spans in lines)
    opening = [(days, spans) for days, spans in lines if spans]
    for nth in _bits(rule.nths):
        yield from (Row(spans, (day,), nth=nth) for days, spans in opening for day in days)
    for monthday in _bits(rule.monthdays):
        yield from (Row(spans, days, monthday=monthday) for days, spans in opening)


def _is_of(row: Row, day: date) -> bool:
    """Say whether a row of a week or of a month is of this day."""
    marks = marks_of(day)
    is_nth = not row.nth or bool(row.nth & marks.nths)
    is_monthday = not row.monthday or bool(row.monthday & marks.monthdays)
    return day.weekday() in row.days and is_nth and is_monthday


def _bits(marks: int) -> list[int]:
    return [1 << place for place in range(32) if marks & 1 << place]
