"""The hours of one day as a person types them on one line, in English or French; and back into such a line.

"9-12, 13-17:30", "9 h à 17 h", "22:00-02:00" (past midnight), "closed", "jour et nuit". What could mean two things is
asked again: "9-5" is twenty hours to a clock.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from directory.rules.opening_week import DAY, WEEKDAYS

Stretch = tuple[int, int]
"""When hours begin and end, in minutes as in `Span`."""
Day = tuple[Stretch, ...]

MOST_STRETCHES = 6
LONGEST_LINE = 120
LONG_NIGHT = 16 * 60
"""Minutes from which on a stretch past midnight is more likely a slip: "9-5"."""

CLOSED = frozenset({"", "closed", "fermé", "ferme", "x"})
ALWAYS = frozenset(
    {"24", "24h", "24 h", "24/24", "24/7", "day and night", "jour et nuit", "24 hours", "24 heures"}
)
NOON = {"noon": 720, "midi": 720, "midnight": DAY, "minuit": DAY}
AM, PM = "am", "pm"

_CLOCK = r"(?:noon|midi|midnight|minuit|\d{4}|\d{1,2}(?:\s*[:h.]\s*\d{2}|\s*h(?:eures?)?)?)(?:\s*[ap]\.?\s?m\b\.?)?"
_RANGE = re.compile(rf"(?:from |de )?({_CLOCK})\s*(?:-|à|to|until|a)\s*({_CLOCK})")
_PARTS = re.compile(r"\s*(?:,|;|\band\b|\bet\b|&|\+)\s*")
_TIME = re.compile(r"(\d{1,2}?)(?:\s*[:h.]?\s*(\d{2}))?(?:\s*h(?:eures?)?)?(?:\s*([ap])\.?\s?m\.?)?")


class Typed(NamedTuple):
    """What a line says, or the code of what is wrong with it and what shows it.

    Codes: `not_hours`, `two_meanings` (am or pm), `long_night` (value: minutes it would last), `overlap`, `too_many`.
    """

    day: Day = ()
    fault: str = ""
    value: str = ""


class _Clock(NamedTuple):
    minutes: int
    half: str = ""
    """ "am" or "pm" where it was written."""


def _plain(line: str) -> str:
    """Lower case, every dash and space the same."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", line.casefold())
    return " ".join(text.split())


def _clock(written: str) -> _Clock | None:
    """A time of day; 24:00 is the day's end."""
    if written in NOON:
        return _Clock(NOON[written])
    found = _TIME.fullmatch(written)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), {"a": AM, "p": PM, None: ""}[found[3]]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == PM else 0)
    minutes = hour * 60 + minute
    return _Clock(minutes, half) if minute < 60 and minutes <= DAY else None


def _stretch(written: str) -> tuple[_Clock, _Clock] | None:
    found = _RANGE.fullmatch(written)
    if not found:
        return None
    opens, closes = _clock(found[1]), _clock(found[2])
    return (opens, closes) if opens and closes else None


def _has_two_meanings(opens: _Clock, closes: _Clock) -> bool:
    """ "5 to 9 pm": from five in the morning, or in the afternoon?"""
    half_day = DAY // 2
    if closes.half == PM and not opens.half:
        return opens.minutes < half_day and opens.minutes + half_day < closes.minutes
    return bool(opens.half) and not closes.half and closes.minutes < half_day


def _read(written: str, known: Collection[Stretch]) -> Typed:
    """One stretch of a line."""
    ends = _stretch(written)
    if ends is None:
        return Typed(fault="not_hours", value=written)
    if _has_two_meanings(*ends):
        return Typed(fault="two_meanings", value=written)
    opens, closes = ends[0].minutes % DAY, ends[1].minutes
    if opens == closes:
        return Typed(fault="not_hours", value=written)
    # A clock shows 23:59 for a minute that nobody means to leave out.
    found = (opens, DAY if closes == DAY - 1 else closes if closes > opens else closes + DAY)
    is_long = found[1] > DAY and found[1] - found[0] >= LONG_NIGHT and found not in known
    return Typed(fault="long_night", value=written) if is_long else Typed((found,))


def read_day(line: str, known: Collection[Stretch] = ()) -> Typed:
    """The hours that a line tells. `known`: stretches that are stored already, and may be as long as they are."""
    text = _plain(line)
    if text in CLOSED:
        return Typed()
    if text in ALWAYS:
        return Typed(((0, DAY),))
    if len(text) > LONGEST_LINE:
        return Typed(fault="too_many")
    parts = [_read(part, known) for part in _PARTS.split(text)]
    if fault := next((part for part in parts if part.fault), None):
        return fault
    day = tuple(sorted(stretch for part in parts for stretch in part.day))
    if len(day) > MOST_STRETCHES:
        return Typed(fault="too_many")
    overlaps = any(later[0] < earlier[1] for earlier, later in pairwise(day))
    return Typed(fault="overlap", value=line.strip()) if overlaps else Typed(day)


def clock_text(minutes: int) -> str:
    """ "9:05"; the end of a day is "24:00"."""
    hour, minute = divmod(minutes if minutes == DAY else minutes % DAY, 60)
    return f"{hour}:{minute:02d}"


def written_day(day: Iterable[Stretch]) -> str:
    """The line that `read_day` reads as this day; empty for one that is closed."""
    return ", ".join(f"{clock_text(opens)}-{clock_text(closes)}" for opens, closes in sorted(day))


def stored_clock(minutes: int, *, is_end: bool = False) -> str:
    """As a schedule row keeps it: "09:00"; what ends with the day ends at 23:59, as other readers know it."""
    if is_end and minutes == DAY:
        return "23:59"
    hour, minute = divmod(minutes % DAY, 60)
    return f"{hour:02d}:{minute:02d}"


def rows_of(days: Sequence[Day]) -> list[tuple[str, str, str]]:
    """Seven days, Monday first, as rows of HSDS: (byday, opens_at, closes_at), one for each stretch that recurs."""
    stretches: dict[Stretch, list[str]] = {}
    for code, day in zip(WEEKDAYS, days, strict=True):
        for stretch in day:
            stretches.setdefault(stretch, []).append(code)
    return [
        (",".join(codes), stored_clock(opens), stored_clock(closes, is_end=True))
        for (opens, closes), codes in sorted(stretches.items(), key=lambda found: (found[1], found[0]))
    ]
