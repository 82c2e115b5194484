"""What can't be right in a schedule's fields: a time, a day, a weekday, a count or a zone that there is not."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from zoneinfo import available_timezones

from directory.rules.opening_rows import BYDAY, Unreadable, clock_of

TIMES = ("opens_at", "closes_at")
DAYS = ("valid_from", "valid_to", "dtstart", "until")
COUNTS = ("interval", "count")
FLAGGED = (*TIMES, *DAYS, "byday", *COUNTS)
"""Fields of the standard that are looked at here; `zone` is ours."""

_COUNT = re.compile(r"0*[1-9][0-9]*(?:\.0+)?")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _is_clock(text: str) -> bool:
    if text.startswith("24:00"):
        return True  # the end of a day
    try:
        clock_of(text)
    except Unreadable:
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(10_000)
def fault_in(name: str, written: str) -> str:
    """What is wrong with a value, as flags have it behind the field's name; "" if nothing."""
    text = written.strip()
    if not text:
        return ""
    if name in TIMES:
        return "" if _is_clock(text) else "not_a_time"
    if name in DAYS:
        return "" if _is_day(text) else "not_a_day"
    if name == "byday":
        days = [day.strip() for day in text.split(",") if day.strip()]
        return "" if days and all(BYDAY.fullmatch(day) for day in days) else "not_weekdays"
    if name in COUNTS:
        return "" if _COUNT.fullmatch(text) else "not_a_count"
    if name == "zone":
        return "" if text in _zones() else "not_a_zone"
    return ""


def flags_of_hours(values: Mapping[str, object]) -> list[str]:
    """The flags of a schedule with these values, as written."""
    found = ((name, fault_in(name, str(values.get(name) or ""))) for name in FLAGGED)
    return [f"{name}:{fault}" for name, fault in found if fault]
