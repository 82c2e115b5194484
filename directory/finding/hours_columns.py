"""Hours as columns of a listing, which a statement compares with what clocks show."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import orjson

from directory.rules.opening_codes import HoursCode, Ranges, RuleCode, hours_code
from directory.rules.opening_hours import Hours, OnHolidays

NOTHING, ALWAYS = "{}", "{[0,20160)}"
"""Of a multirange: no minute, every minute of the code."""


BEFORE_ANY_SEARCH = date(2026, 11, 1)
"""Nobody asks for a moment before this site was: what began by then has always been."""


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
    is_endless = hours.is_plain and any(rule.week.always for rule in hours.rules)
    shut = "closed" if on_holidays == "closed" and not is_endless else "ask"
    if len(code.rules) == 1 and not code.own_days and _is_plain(code.rules[0]):
        rule = code.rules[0]
        week = ALWAYS if is_endless else _multirange(rule.ranges)
        return HoursColumns(week, on_holidays="open" if rule.opens_on_holidays else shut)
    return HoursColumns(odd_hours=_odd(code, hours))


def _is_plain(rule: RuleCode) -> bool:
    is_begun = rule.valid_from is None or rule.valid_from <= BEFORE_ANY_SEARCH
    return is_begun and rule.valid_to is None and (rule.nths, rule.weeks, rule.monthdays) == (0, 1, 0)


def _multirange(ranges: Ranges) -> str:
    return "{" + ",".join(f"[{start},{end})" for start, end in ranges) + "}"


def _odd(code: HoursCode, hours: Hours) -> str:
    """`ends` is the last day of which anything is stated, "" if only own days are."""
    rules = [
        {
            "from": rule.valid_from.isoformat() if rule.valid_from else "",
            "to": rule.valid_to.isoformat() if rule.valid_to else "9999",
            "nths": rule.nths,
            "weeks": rule.weeks,
            "phase": rule.phase,
            "monthdays": rule.monthdays,
            "holidays": rule.opens_on_holidays,
            "ranges": rule.ranges,
        }
        for rule in code.rules
    ]
    days = {day.isoformat(): ranges for day, ranges in code.own_days}
    ends = (hours.ends.isoformat() if hours.ends else "9999") if hours.stated else ""
    return orjson.dumps({"rules": rules, "days": days, "ends": ends}).decode()
