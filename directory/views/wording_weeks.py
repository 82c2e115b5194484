"""Hours as tables: a plain week, or one for each season and recurrence; and the days that keep hours of their own."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from directory.finding.hours import facts_hours
from directory.rules.opening import Span, Week, week_lines
from directory.rules.opening_hours import (
    LAST_OF_MONTH,
    MONTH_END,
    Rule,
    marks_of,
    week_of_rules,
)
from directory.views.wording import clock, season_day

Row = dict[str, Any]
DAY = 24 * 60
NTH = {
    1: gettext_lazy("first %(weekday)s of the month"),
    2: gettext_lazy("second %(weekday)s of the month"),
    4: gettext_lazy("third %(weekday)s of the month"),
    8: gettext_lazy("fourth %(weekday)s of the month"),
    16: gettext_lazy("fifth %(weekday)s of the month"),
    LAST_OF_MONTH: gettext_lazy("last %(weekday)s of the month"),
}
"""The bits of `Rule.nths` in words."""


def week_tables(told: dict[str, Any], today: date) -> list[Row]:
    """Tables with `when` they hold ("" for always) and their rows; empty where hours aren't stated.

    `told` are facts of hours; seasons that are over are left out.
    """
    hours = facts_hours(told)
    lasting = [rule for rule in hours.rules if not _is_over(rule, today)]
    parts: dict[tuple[object, ...], list[Rule]] = {}
    for rule in lasting:
        parts.setdefault(_recurrence(rule, today), []).append(rule)
    tables = [{"when": _when(rules[0], today), "rows": _rows(rules, today)} for rules in parts.values()]
    is_own = any(own.on == today for own in hours.own_days)
    spills = any(span.closes > DAY for rule in lasting for span in rule.spans)
    for table in tables:
        # Closed by one rule is not closed: another may open, and last night's hours may still run.
        table["rows"] = [row for row in table["rows"] if row["is_open"] or len(tables) == 1]
        for row in table["rows"]:
            row["is_today"] &= not is_own and (row["is_open"] or not spills)
    return [table for table in tables if table["rows"]]


def _is_over(rule: Rule, today: date) -> bool:
    """On the day after its last one, too, its last night may still run."""
    runs_on = any(span.closes > DAY for span in rule.spans)
    return rule.last is not None and rule.last + timedelta(days=int(runs_on)) < today


def own_days(told: dict[str, Any], today: date) -> dict[date, str]:
    """The hours of dates that keep their own and are not over, in their order."""
    days = sorted((own for own in facts_hours(told).own_days if own.on >= today), key=lambda own: own.on)
    return {
        on: _hours([span for own in same for span in own.spans])
        for on, same in groupby(days, key=lambda own: own.on)
    }


def _recurrence(rule: Rule, today: date) -> tuple[object, ...]:
    return (_begins(rule, today), rule.last, rule.nths, rule.weeks, rule.phase, rule.monthdays)


def _begins(rule: Rule, today: date) -> date | None:
    """None where it has begun: nobody needs to know since when."""
    return rule.first if rule.first and rule.first > today else None


def _rows(rules: Sequence[Rule], today: date) -> list[Row]:
    """Of rules that share their season and recurrence."""
    rule, week = rules[0], week_of_rules(rules)
    weekday = today.weekday() if rule.falls_on(today) else None
    if rule.nths and rule.monthdays:
        return []  # "The first Monday, if it is the first day": the line above says when that is.
    if rule.nths:
        return [row for bit in NTH if rule.nths & bit for row in _nth_rows(bit, week, today)]
    if rule.monthdays:
        return [row for bit in _bits(rule.monthdays) for row in _monthday_rows(bit, week, today)]
    rows = _week_rows(week, weekday)
    # Closed every other week says nothing of the week between.
    return rows if rule.is_weekly else [row for row in rows if row["is_open"]]


def _week_rows(week: Week, today: int | None) -> list[Row]:
    """Runs of equal days with their hours."""
    if week.always:
        return [_row(_("Every day"), _("Day and night"), is_today=today is not None)]
    return [_row(_run(days), _hours(spans), is_today=today in days) for days, spans in _lines(week)]


def _nth_rows(bit: int, week: Week, today: date) -> Iterator[Row]:
    for days, spans in _lines(week):
        for day in days if spans else ():
            name = str(NTH[bit]) % {"weekday": WEEKDAYS[day]}
            is_today = today.weekday() == day and bool(marks_of(today).nths & bit)
            yield _row(name, _hours(spans), is_today=is_today)


def _monthday_rows(bit: int, week: Week, today: date) -> Iterator[Row]:
    day = (
        _("last day of the month") if bit == MONTH_END else _("day %(day)s of the month") % {"day": _nth(bit)}
    )
    for days, spans in _lines(week):
        if spans:
            name = (
                day
                if len(days) == len(WEEKDAYS)
                else _("%(days)s, if it is %(day)s") % {"days": _run(days), "day": day}
            )
            is_today = today.weekday() in days and bool(marks_of(today).monthdays & bit)
            yield _row(name, _hours(spans), is_today=is_today)


def _nth(bit: int) -> str:
    number = bit.bit_length()
    return "1er" if number == 1 and get_language() == "fr" else str(number)


def _lines(week: Week) -> list[tuple[tuple[int, ...], tuple[Span, ...]]]:
    return [(tuple(range(7)), (Span(0, 0, DAY),))] if week.always else week_lines(week)


def _bits(marks: int) -> list[int]:
    return [1 << place for place in range(32) if marks & 1 << place]


def _row(name: str, hours: str, *, is_today: bool) -> Row:
    is_open = hours != _("Closed")
    return {"days": name[:1].upper() + name[1:], "hours": hours, "is_today": is_today, "is_open": is_open}


def _run(days: Sequence[int]) -> str:
    ends = {"first": WEEKDAYS[days[0]], "last": WEEKDAYS[days[-1]]}
    if len(days) > len(ends):
        return _("%(first)s to %(last)s") % ends
    return _("%(first)s and %(last)s") % ends if len(days) == len(ends) else str(ends["first"])


def _hours(spans: Sequence[Span]) -> str:
    def ends(minutes: int) -> str:
        return clock(*divmod(minutes % DAY, 60))

    told = [
        _("Day and night")
        if (span.opens, span.closes) == (0, DAY)
        else _("%(opens)s to %(closes)s") % {"opens": ends(span.opens), "closes": ends(span.closes)}
        for span in sorted(spans)
    ]
    return ", ".join(told) or _("Closed")


def _when(rule: Rule, today: date) -> str:
    return ". ".join(filter(None, [_season(rule, today), _every(rule, today)]))


def _season(rule: Rule, today: date) -> str:
    """Both days belong to it."""
    days = {"first": _begins(rule, today), "last": rule.last}
    ends = {name: season_day(day, today) for name, day in days.items() if day is not None}
    if rule.first == rule.last and rule.first:
        return season_day(rule.first, today)
    if len(ends) == len(("first", "last")):
        return _("From %(first)s to %(last)s") % ends
    if "last" in ends:
        return _("Until %(last)s") % ends
    return _("From %(first)s on") % ends if ends else ""


def _every(rule: Rule, today: date) -> str:
    if rule.weeks == 1:
        return ""
    told = ngettext("Every %(weeks)s week", "Every %(weeks)s weeks", rule.weeks) % {"weeks": rule.weeks}
    if _begins(rule, today):
        return told
    if marks_of(today).week % rule.weeks == rule.phase:
        return _("%(every)s, this week too") % {"every": told}
    return _("%(every)s, not this week") % {"every": told}
