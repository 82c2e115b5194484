"""Hours as columns of a listing, which a statement compares with what clocks show."""

from functools import lru_cache
from typing import NamedTuple

import orjson

from directory.rules.opening_codes import HoursCode, Ranges, hours_code
from directory.rules.opening_hours import Hours, OnHolidays, Rule, on_holiday

LEVELS = {"open": 2, "ask": 1, "closed": 0}
"""What a public holiday makes of a rule, as numbers of which the largest counts."""
NOTHING, ALWAYS = "{}", "{[0,20160)}"
"""Of a multirange: no minute, every minute of the code."""


NEVER = Hours(stated=True)
"""Stated hours of what does not open."""


class HoursColumns(NamedTuple):
    """`week` is a multirange as text, or `odd_hours` JSON; both empty where nobody knows.

    `on_holidays` says what a public holiday makes of hours that begin on it: open, closed, or ask.
    """

    week: str = ""
    odd_hours: str = ""
    on_holidays: str = "ask"


@lru_cache(maxsize=4096)
def columns_of(hours: Hours, on_holidays: OnHolidays) -> HoursColumns:
    """The columns of these hours, judged by a clock that is known."""
    code = hours_code(hours, on_holidays)
    if not code.rules and not code.own_days:
        return HoursColumns(NOTHING if hours.stated else "")
    if len(code.rules) == 1 and not code.own_days and _is_plain(hours.rules[0]):
        rule = hours.rules[0]
        week = ALWAYS if rule.week.always else _multirange(code.rules[0].ranges)
        return HoursColumns(week, on_holidays=on_holiday(rule, on_holidays))
    return HoursColumns(odd_hours=_odd(code, hours, on_holidays))


def _is_plain(rule: Rule) -> bool:
    return rule.lasts and rule.is_weekly


def _multirange(ranges: Ranges) -> str:
    return "{" + ",".join(f"[{start},{end})" for start, end in ranges) + "}"


def _odd(code: HoursCode, hours: Hours, on_holidays: OnHolidays) -> str:
    """`ends` is the last day of which anything is stated, "" if only own days are."""
    rules = [
        {
            "from": rule.valid_from.isoformat() if rule.valid_from else "",
            "to": rule.valid_to.isoformat() if rule.valid_to else "9999",
            "nths": rule.nths,
            "weeks": rule.weeks,
            "phase": rule.phase,
            "monthdays": rule.monthdays,
            "holidays": LEVELS[on_holiday(written, on_holidays)],
            "ranges": rule.ranges,
        }
        for rule, written in zip(code.rules, hours.rules, strict=True)
    ]
    days = {day.isoformat(): ranges for day, ranges in code.own_days}
    ends = (hours.ends.isoformat() if hours.ends else "9999") if hours.stated else ""
    return orjson.dumps({"rules": rules, "days": days, "ends": ends}).decode()
