"""Hours as tables in words: a plain week, or one for each season and recurrence; and days with hours of their own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from directory.finding.hours import facts_hours
from directory.rules.opening import DAY, Span
from directory.rules.opening_hours import LAST_OF_MONTH, MONTH_END
from directory.rules.opening_tables import Row, Table, own_days_ahead, tables_of
from directory.views.wording import clock, joined_by_and, season_day

NTH = {
    1: gettext_lazy("first %(weekday)s of the month"),
    2: gettext_lazy("second %(weekday)s of the month"),
    4: gettext_lazy("third %(weekday)s of the month"),
    8: gettext_lazy("fourth %(weekday)s of the month"),
    16: gettext_lazy("fifth %(weekday)s of the month"),
    LAST_OF_MONTH: gettext_lazy("last %(weekday)s of the month"),
}
"""The bits of `Rule.nths` in words."""


def week_tables(told: dict[str, Any], today: date) -> list[dict[str, Any]]:
    """Tables with `when` they hold ("" for always) and their rows; empty where hours aren't stated.

    `told` are facts of hours; seasons that are over are left out.
    """
    return [
        {"when": _when(table, today), "rows": [_row(row, today) for row in table.rows]}
        for table in tables_of(facts_hours(told), today)
    ]


def own_days(told: dict[str, Any], today: date) -> dict[date, str]:
    """The hours of dates that keep their own and are not over, in their order."""
    return {on: hours_text(spans) for on, spans in own_days_ahead(facts_hours(told), today).items()}


def _row(row: Row, today: date) -> dict[str, Any]:
    name = _days(row, today)
    return {"days": name[:1].upper() + name[1:], "hours": hours_text(row.spans), "is_today": row.is_today}


def _days(row: Row, today: date) -> str:
    """Which days a row is of."""
    if row.next_day:
        told = {"days": row.turn, "first": season_day(row.next_day, today)}
        return _("every %(days)s days from %(first)s") % told
    if row.nth:
        return str(NTH[row.nth]) % {"weekday": WEEKDAYS[row.days[0]]}
    if row.monthday:
        day = _monthday(row.monthday)
        is_any = len(row.days) == len(WEEKDAYS)
        return day if is_any else _("%(days)s, if it is %(day)s") % {"days": _run(row.days), "day": day}
    is_always = len(row.days) == len(WEEKDAYS) and all(_is_whole(span) for span in row.spans)
    return _("Every day") if row.spans and is_always else _run(row.days)


def _monthday(bit: int) -> str:
    if bit == MONTH_END:
        return _("last day of the month")
    number = bit.bit_length()
    told = "1er" if number == 1 and get_language() == "fr" else str(number)
    return _("day %(day)s of the month") % {"day": told}


def _run(days: Sequence[int]) -> str:
    ends = {"first": WEEKDAYS[days[0]], "last": WEEKDAYS[days[-1]]}
    if len(days) > len(ends):
        return _("%(first)s to %(last)s") % ends
    return joined_by_and([str(WEEKDAYS[day]) for day in days])


def _is_whole(span: Span) -> bool:
    return (span.opens, span.closes) == (0, DAY)


def hours_text(spans: Sequence[Span]) -> str:
    def ends(minutes: int) -> str:
        return clock(*divmod(minutes % DAY, 60))

    told = [
        _("Day and night")
        if _is_whole(span)
        else _("%(opens)s to %(closes)s") % {"opens": ends(span.opens), "closes": ends(span.closes)}
        for span in _joined(spans)
    ]
    return ", ".join(told) or _("Closed")


def _joined(spans: Sequence[Span]) -> list[Span]:
    """In their order; those that touch or overlap are one: nobody is sent away in between."""
    found: list[Span] = []
    for span in sorted(spans):
        last = found[-1] if found else None
        if last and span.opens <= last.closes and span.closes - last.opens <= DAY:
            found[-1] = replace(last, closes=max(last.closes, span.closes))
        else:
            found.append(span)
    return found


def _when(table: Table, today: date) -> str:
    return ". ".join(filter(None, [_season(table, today), _every(table)]))


def _season(table: Table, today: date) -> str:
    """Both days belong to it."""
    if table.is_one_day and table.last:
        return season_day(table.last, today)
    days = {"first": table.first, "last": table.last}
    ends = {name: season_day(day, today) for name, day in days.items() if day is not None}
    if len(ends) == len(("first", "last")):
        return _("From %(first)s to %(last)s") % ends
    if "last" in ends:
        return _("Until %(last)s") % ends
    return _("From %(first)s on") % ends if ends else ""


def _every(table: Table) -> str:
    if table.weeks == 1:
        return ""
    told = ngettext("Every %(weeks)s week", "Every %(weeks)s weeks", table.weeks) % {"weeks": table.weeks}
    if table.is_this_week is None:
        return told
    if table.is_this_week:
        return _("%(every)s, this week too") % {"every": told}
    return _("%(every)s, not this week") % {"every": told}
