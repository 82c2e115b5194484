"""Days as lists write them: ISO 8601, named months of both languages, a sheet's numbers, and slashes with care."""

import re
from datetime import date, datetime, timedelta

from directory.rules.phrase_hours_words import MONTHS
from directory.rules.text import fold

_DAY_ONE = date(1899, 12, 30)
"""Spreadsheets count days from here, as they have since one of them took 1900 for a leap year."""
_SERIALS = range(20_000, 80_000)
"""1954 to 2119: no other number of a date column is near."""
_YEARS = range(1900, 2200)

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_SLASHES = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})")
_MONTH_DAY = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})")


def read_date(text: str, *, is_day_first: bool | None = None) -> date | None:
    """Return the one day that `text` can mean, else None: "03/04/2026" is two unless `is_day_first` says which.

    "2026-01-03", "2026-01-03T16:57:50Z", "January 3, 2026", "3 janvier 2026", "31/01/2026", "46025" (a spreadsheet's
    number of days).
    """
    text = text.strip()
    if match := _SERIAL.fullmatch(text):
        days = int(match[1])
        return _DAY_ONE + timedelta(days=days) if days in _SERIALS else None
    if match := _ISO.fullmatch(text):
        return _iso(text) or _day(match[1], match[2], match[3])
    if match := _SLASHES.fullmatch(text):
        return _slashes(match, is_day_first)
    return _named(fold(text))


def _iso(text: str) -> date | None:
    """The day of a moment, as the moment's own offset tells it."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if int(year) in _YEARS else None
    except ValueError:
        return None


def _slashes(match: re.Match[str], is_day_first: bool | None) -> date | None:  # noqa: FBT001
    first, second, year = match.groups()
    readings = {_day(year, second, first), _day(year, first, second)} - {None}
    if is_day_first is not None:
        return _day(year, second, first) if is_day_first else _day(year, first, second)
    return readings.pop() if len(readings) == 1 else None


def _named(folded: str) -> date | None:
    if match := _DAY_MONTH.fullmatch(folded):
        day, month, year = match.groups()
    elif match := _MONTH_DAY.fullmatch(folded):
        month, day, year = match.groups()
    else:
        return None
    return _day(year, MONTHS[month], day) if month in MONTHS else None
