"""The hours of a season in one line, as they are typed: "Mon-Fri 9:00-15:00; Sat 10:00-14:00", "closed"."""

from directory.rules.hours_seasons import CLOSED, Days, days_from_json, days_json
from directory.rules.hours_typed import CLOSED as CLOSED_WORDS
from directory.rules.opening_week import DAY
from directory.rules.sheet_hours import read_hours, write_hours
from directory.rules.sheet_text import NotRead

ALWAYS: Days = (((0, DAY),),) * 7
_CLOSED = {"en": "closed", "fr": "fermé"}


def write_season(days: Days, language: str) -> str:
    """The line that `read_season` reads as these days."""
    if days == CLOSED:
        return _CLOSED[language]
    state = "always" if days == ALWAYS else "times"
    return write_hours({"state": state, "days": days_json(days)}, language)


def read_season(line: str) -> Days:
    """The days that a line tells, in English or French. Raises NotRead."""
    text = line.strip().rstrip(".").casefold()
    if text in CLOSED_WORDS:
        return CLOSED
    told = read_hours(line, None)
    if told["state"] == "always":
        return ALWAYS
    if told["state"] != "times":
        raise NotRead("no_days", line.strip())
    return days_from_json(told["days"])
