"""What can't be right in a schedule's fields: times, days, weekdays, counts, offsets and zones that there are not."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache, partial
from zoneinfo import available_timezones

from directory.rules.opening_rows import BYDAY, Unreadable, clock_of
from directory.rules.opening_week import WEEKDAYS

TIMES = ("opens_at", "closes_at")
DAYS = ("valid_from", "valid_to", "dtstart", "until")
COUNTS = ("interval", "count")
PLACES = {"bymonthday": 31, "byweekno": 53, "byyearday": 366}
"""How many days a month has, weeks and days a year: these count from its beginning, or with a minus from its end."""
LEAST_OFFSET, MOST_OFFSET = -12, 14
"""Hours from UTC, of any zone on earth."""
FLAGGED = (*TIMES, *DAYS, "byday", *COUNTS, *PLACES, "wkst", "timezone")
"""Fields of the standard that are looked at here; `zone` is ours."""

_PLACE = re.compile(r"[+-]?0*([1-9][0-9]{0,2})")
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


def _are_places(text: str, most: int) -> bool:
    found = [_PLACE.fullmatch(part.strip()) for part in text.split(",")]
    return all(place is not None and int(place[1]) <= most for place in found)


def _is_offset(text: str) -> bool:
    """What is no number at all is flagged as that already."""
    try:
        return LEAST_OFFSET <= Decimal(text) <= MOST_OFFSET
    except InvalidOperation:
        return True


def _are_weekdays(text: str) -> bool:
    days = [day.strip() for day in text.split(",") if day.strip()]
    return bool(days) and all(BYDAY.fullmatch(day) for day in days)


_CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    **dict.fromkeys(TIMES, (_is_clock, "not_a_time")),
    **dict.fromkeys(DAYS, (_is_day, "not_a_day")),
    "byday": (_are_weekdays, "not_weekdays"),
    **dict.fromkeys(COUNTS, (_COUNT.fullmatch, "not_a_count")),
    **{name: (partial(_are_places, most=most), "out_of_range") for name, most in PLACES.items()},
    "wkst": (WEEKDAYS.__contains__, "not_a_weekday"),
    "timezone": (_is_offset, "out_of_range"),
    "zone": (lambda text: text in _zones(), "not_a_zone"),
}
"""What a value must be, and the flag of one that isn't."""


@lru_cache(10_000)
def fault_in(name: str, written: str) -> str:
    """What is wrong with a value, as flags have it behind the field's name; "" if nothing."""
    text = written.strip()
    if not text or name not in _CHECKS:
        return ""
    is_sound, flag = _CHECKS[name]
    return "" if is_sound(text) else flag


def flags_of_hours(values: Mapping[str, object]) -> list[str]:
    """The flags of a schedule with these values, as written."""
    found = ((name, fault_in(name, str(values.get(name) or ""))) for name in FLAGGED)
    return [f"{name}:{fault}" for name, fault in found if fault]
