"""Times of day as people write them in English and French, two at a time: "9-5", "8h30 à midi", "6 p.m. to 2 a.m.".

A pair is read only where a single reading is left. The rules, for hours written without a.m., p.m. or "h":
opening at 7 to 11 and closing at a smaller number, or opening at 8 to 11 and closing at 12, is morning to
afternoon ("9-5", "8-12"); opening at 12 is noon; opening at 1 to 4 is the afternoon. All others may mean two
things ("8-8", "7-9", "6-9", "9-11") and are not read, unless the phrase says morning, afternoon or evening. One
mark serves both times where they follow each other in the same half of the day ("1-4 pm", "6-9 pm") or goes to the
nearest half ("9-5 pm", "8 pm to 2"); "7-9 pm" and "9 am to 11" may be a whole day. "h" and a leading zero are the
clock of 24 hours, where "1 h à 4 h", "9 h à 5 h" and "midi à 1 h" are not believed.
"""

import re
from dataclasses import dataclass
from typing import Literal

NOON, MIDNIGHT = 720, 1440
Mark = Literal["", "am", "pm", "24", "word"]
Part = Literal["", "morning", "afternoon", "evening"]

MORNING_WORDS = r"(?:du|le) matin|in the morning"
LATER_WORDS = r"de l'apres-midi|du soir|le soir|in the (?:afternoon|evening)|at night"
CLOCK = re.compile(
    r"(?:12(?:[:.]00)? ?)?(?P<word>noon|midday|midi|midnight|minuit)(?![^\W_])"
    r"|(?P<hour>\d{1,2})"
    r"(?: ?(?P<h>h(?:eures?|rs?)?)(?![^\W\d_])\.?(?: ?(?P<after>\d\d)(?!\d| ?[:h]))?"
    r"|[:.](?P<minute>\d\d)(?:[:.]00)?)?(?!\d)"
    r"(?:(?P<short>[ap])(?![^\W_])| ?(?P<mark>[ap]\.? ?m\b\.?)"
    rf"| (?P<early>{MORNING_WORDS})\b| (?P<later>{LATER_WORDS})\b)?(?![^\W_])"
)
"""One time of day, in the folded text of `phrase_text`."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as written: `minutes` after midnight by its number alone, and how its half of the day is marked."""

    minutes: int
    mark: Mark
    has_zero: bool = False


def read_clock(text: str) -> Clock | None:
    """Return the time that `CLOCK` matched, None for a number that no clock shows."""
    match = CLOCK.fullmatch(text)
    if match is None:
        return None
    if match["word"]:
        return Clock(MIDNIGHT if match["word"] in ("midnight", "minuit") else NOON, "word")
    hour, minute = int(match["hour"]), int(match["minute"] or match["after"] or 0)
    mark = _mark(match)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if mark in ("am", "pm") and not (1 <= hour <= 12 or (match["h"] and hour <= 23)):
        return None
    return Clock(hour * 60 + minute, mark, match["hour"].startswith("0") and bool(match["minute"]))


def _mark(match: re.Match[str]) -> Mark:
    short = match["short"] or (match["mark"] or "")[:1]
    if short == "a" or match["early"]:
        return "am"
    if short == "p" or match["later"]:
        return "pm"
    return "24" if match["h"] else ""


def read_pair(opens: Clock, closes: Clock, part: Part = "") -> tuple[int, int] | None:
    """Return minutes of opening and closing after the day's midnight, None where two readings are left.

    The closing is over 1440 past midnight. Full days ("00:00-23:59", "0 h à 24 h") give (0, 1440).
    Past midnight, only what opens at noon or later and closes by the next noon is believed.
    """
    found = _read(_of_one_kind(opens, closes), _of_one_kind(closes, opens), part)
    if found is None:
        return None
    start, end = found[0] % MIDNIGHT, found[1]
    if start == 0 and end in (MIDNIGHT - 1, MIDNIGHT):
        return 0, MIDNIGHT
    if end == MIDNIGHT - 1:
        end = MIDNIGHT
    if end > start:
        return start, end
    return (start, end + MIDNIGHT) if start >= NOON and end <= NOON and end < start else None


def _of_one_kind(clock: Clock, other: Clock) -> Clock:
    """ "6 h à 9 h du soir": beside a marked half of the day, "6 h" says no more than a bare number."""
    is_bare = clock.mark == "24" and other.mark in ("am", "pm") and 60 <= clock.minutes < NOON + 60
    return Clock(clock.minutes, "") if is_bare else clock


def _read(opens: Clock, closes: Clock, part: Part) -> tuple[int, int] | None:
    if by_24_hours(opens, closes):
        return _full_clock(opens, closes, part)
    start, end = _settled(opens), _settled(closes)
    start = None if start is None else start % MIDNIGHT
    if start is not None and end is not None:
        # "12 am" is often written for noon: beside a time by day it may mean either.
        is_doubtful = (_is_twelve_am(opens) and end > 240) or (_is_twelve_am(closes) and start < NOON)
        return None if is_doubtful or not _agrees(part, start, end) else (start, end or MIDNIGHT)
    if start is not None:
        return _closing_after(start, closes, part)
    if end is not None:
        return _opening_before(opens, end or MIDNIGHT, part)
    return _bare(opens.minutes, closes.minutes, part)


def by_24_hours(*pair: Clock) -> bool:
    """Say whether one of the times can only be of the clock of 24 hours, and none says its half of the day."""
    if any(clock.mark in ("am", "pm") for clock in pair):
        return False
    return any(
        clock.mark == "24" or clock.has_zero or (clock.mark == "" and _is_over_12(clock)) for clock in pair
    )


def _is_over_12(clock: Clock) -> bool:
    return clock.minutes >= NOON + 60 or clock.minutes < 60


def _full_clock(opens: Clock, closes: Clock, part: Part) -> tuple[int, int] | None:
    """Both times of the 24-hour clock. Early hours without a later one beside them may be the afternoon's."""
    start, end = opens.minutes, closes.minutes
    is_zero_led = opens.has_zero or closes.has_zero
    is_afternoon_too = 0 < start < 480 and end <= NOON and not (is_zero_led or part == "morning")
    is_noon_to_one = NOON <= start < 960 and 0 < end < start and not closes.has_zero
    if is_afternoon_too or is_noon_to_one or not _agrees(part, start % MIDNIGHT, end):
        return None
    return start, end


def _agrees(part: Part, start: int, end: int) -> bool:
    if part == "morning":
        return 240 <= start < NOON and start < end <= NOON + 60
    if part == "afternoon":
        return NOON <= start < 1080 and (end > start)
    return part == "" or start >= 960


def _is_twelve_am(clock: Clock) -> bool:
    return clock.mark == "am" and NOON <= clock.minutes < NOON + 60


def _settled(clock: Clock) -> int | None:
    """Minutes of a time that says its half of the day itself, None for a bare number."""
    if clock.mark in ("word", "24"):
        return clock.minutes
    if clock.mark == "":
        return clock.minutes if _is_over_12(clock) else None
    if clock.minutes >= NOON + 60:
        return clock.minutes if clock.mark == "pm" else None
    return clock.minutes % NOON + (NOON if clock.mark == "pm" else 0)


def _closing_after(start: int, closes: Clock, part: Part) -> tuple[int, int] | None:
    """ "9 am to 5", "1 pm to 5", "8 pm to 2": the next time that the number shows, if it lies in the other half
    of the day or the opening is past noon."""
    if closes.mark == "24":
        return None
    number = closes.minutes % NOON
    if number == start % NOON:
        return None
    if start < NOON:
        if number > start:
            return (start, number) if part == "morning" else None
        end = number + NOON
    else:
        end = number + NOON if number + NOON > start else number + MIDNIGHT
    return (start, end) if _agrees(part, start, end) else None


def _opening_before(opens: Clock, end: int, part: Part) -> tuple[int, int] | None:
    """ "9-5 pm", "1-4 pm", "9-11 am", "9 to noon"; "7-9 pm" may be a whole day or an evening: not read."""
    number = opens.minutes % NOON
    readings = {start for start in (number, number + NOON) if start < end and _agrees(part, start, end)}
    # Nobody opens a door between midnight and five without saying so.
    likely = {start for start in readings if start >= 300}
    if end <= NOON:
        return (min(likely), end) if likely and number >= 300 else None
    is_evening = 300 <= number < 420 and end - NOON - number <= 240
    if number < 300 or is_evening:
        return (number + NOON, end) if number + NOON in readings else None
    return (min(likely), end) if len(likely) == 1 else None


def _bare(opens: int, closes: int, part: Part) -> tuple[int, int] | None:
    """Both times without any mark, by the rules at the top of this module."""
    start, end = opens % NOON, closes % NOON
    if part:
        return _bare_in_part(start, end, part)
    if start == end:
        return None
    if start < 300:
        is_day = start < end or end == 0
        return (start + NOON, end + NOON) if is_day and 0 < end < 660 else None
    is_office = start >= 480 or (start >= 420 and end >= 60)
    return (start, end + NOON) if is_office and end < start else None


def _bare_in_part(start: int, end: int, part: Part) -> tuple[int, int] | None:
    readings = [
        (first, last)
        for first in (start, start + NOON)
        for last in (end, end + NOON, end + MIDNIGHT)
        if first < last <= first + NOON and last <= MIDNIGHT and _agrees(part, first, last)
    ]
    return readings[0] if len(readings) == 1 else None
