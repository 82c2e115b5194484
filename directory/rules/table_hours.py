"""Hours of a list as HSDS schedule facts: structured weekly ones, and free text kept as it was written."""

import re
from collections.abc import Iterable, Mapping

from directory.rules.opening import WEEKDAYS
from directory.rules.table_cells import CellError, as_text
from directory.rules.table_records import ScheduleFacts
from directory.rules.text import fold

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")


def read_weekly(value: object) -> tuple[ScheduleFacts, ...]:
    """Return schedules of {"monday": {"open": "09:00", "close": "17:00"}}: one for days with equal hours.

    Times are kept as written (00:00 to 23:59 too: rules/opening.py knows what it means). Days without both
    times state nothing. Raises CellError for times that are none.
    """
    if value is None or value == "":
        return ()
    if not isinstance(value, Mapping):
        raise CellError("holds no hours by weekday")
    days: dict[tuple[str, str], list[str]] = {}
    for name, code in zip(_DAYS, WEEKDAYS, strict=True):
        if hours := _hours(value.get(name)):
            days.setdefault(hours, []).append(code)
    return tuple(
        ScheduleFacts(freq="WEEKLY", byday=",".join(codes), opens_at=opens, closes_at=closes)
        for (opens, closes), codes in days.items()
    )


def _hours(day: object) -> tuple[str, str] | None:
    if not isinstance(day, Mapping):
        return None
    opens, closes = as_text(day.get("open")), as_text(day.get("close"))
    if not opens and not closes:
        return None
    return _clock(opens), "00:00" if closes == "24:00" else _clock(closes)


def _clock(text: str) -> str:
    match = _CLOCK.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise CellError(f"{text[:20]!r} is not a time such as 09:00")
    return f"{int(match[1]):02}:{match[2]}"


def read_notes(texts: Iterable[str]) -> tuple[ScheduleFacts, ...]:
    """Return a schedule of words alone for each text that says something new."""
    said: dict[str, str] = {}
    for text in texts:
        folded = fold(text)
        if folded and not any(folded in other for other in said):
            said[folded] = text
    return tuple(ScheduleFacts(description=text) for text in said.values())
