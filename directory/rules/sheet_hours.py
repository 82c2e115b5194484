"""The hours of one kind in one cell: "Mon-Thu 9:00-17:00; Fri 9:00-12:00", in English or French; and read back."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from directory.rules.hours_typed import ALWAYS, Day, Stretch, read_day, written_day
from directory.rules.sheet_text import NotRead

_SHORT = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "fr": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
}
_NAMES = (
    "mon|monday|mondays|lun|lundi|lundis",
    "tue|tues|tuesday|tuesdays|mar|mardi|mardis",
    "wed|weds|wednesday|wednesdays|mer|mercredi|mercredis",
    "thu|thur|thurs|thursday|thursdays|jeu|jeudi|jeudis",
    "fri|friday|fridays|ven|vendredi|vendredis",
    "sat|saturday|saturdays|sam|samedi|samedis",
    "sun|sunday|sundays|dim|dimanche|dimanches",
)
_NUMBER = {name: number for number, names in enumerate(_NAMES) for name in names.split("|")}
_DAY = rf"(?:{'|'.join(sorted(_NUMBER, key=len, reverse=True))})\b\.?"
_RANGE = rf"{_DAY}(?:\s*(?:-|to|through|à|au)\s*{_DAY})?"
_DAYS = re.compile(rf"({_RANGE}(?:\s*(?:,|&|and|et)\s*{_RANGE})*)\s*:?\s*(.*)")
_EVERY = re.compile(r"(?:every day|daily|tous les jours|chaque jour)\s*:?\s*(.*)")
_ENDS = re.compile(rf"({_DAY})(?:\s*(?:-|to|through|à|au)\s*({_DAY}))?")
_ALWAYS = {"en": "day and night", "fr": "jour et nuit"}
_APPOINTMENT = {"en": "by appointment", "fr": "sur rendez-vous"}
_BY_APPOINTMENT = frozenset({"by appointment", "by appointment only", "sur rendez-vous", "sur rendez vous"})
_EMPTY = {
    "state": "not_stated",
    "days": [],
    "on_holidays": "not_stated",
    "note": "",
    "note_fr": "",
    "own_days": [],
}


def write_hours(hours: Mapping[str, Any] | None, language: str) -> str:
    """The cell of these hours; empty where none are stated."""
    state = (hours or {}).get("state", "")
    if state == "always":
        return _ALWAYS[language]
    if state == "appointment":
        return _APPOINTMENT[language]
    if not hours or state != "times":
        return ""
    days = [written_day([(a, b) for a, b in day]) for day in hours["days"] or [[]] * 7]
    return "; ".join(f"{_run(run, language)} {days[run[0]]}" for run in _runs(days))


def _runs(days: Sequence[str]) -> list[tuple[int, int]]:
    """First and last of neighbouring days that say the same; closed ones are left out."""
    found: list[tuple[int, int]] = []
    for number, line in enumerate(days):
        if found and found[-1][1] == number - 1 and days[found[-1][0]] == line:
            found[-1] = (found[-1][0], number)
        elif line:
            found.append((number, number))
    return found


def _run(run: tuple[int, int], language: str) -> str:
    first, last = (_SHORT[language][number] for number in run)
    return first if first == last else f"{first}-{last}"


def read_hours(text: str, stored: Mapping[str, Any] | None) -> dict[str, Any]:
    """The hours that a cell tells; holidays, notes and days of their own as `stored`. Raises NotRead."""
    kept = {**_EMPTY, **(stored or {}), "is_plain": True}
    line = " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", text.casefold()).replace("\n", " ; ").split())
    if not line:
        return kept | {"state": "not_stated", "days": []}
    if line.rstrip(".") in ALWAYS:
        return kept | {"state": "always", "days": []}
    if line.rstrip(".") in _BY_APPOINTMENT:
        return kept | {"state": "appointment", "days": []}
    known = {(a, b) for day in kept["days"] or [] for a, b in day}
    return kept | {"state": "times", "days": _read_week(line, known)}


def _read_week(line: str, known: Collection[Stretch]) -> list[list[list[int]]]:
    week: dict[int, Day] = {}
    for part in filter(None, (part.strip() for part in line.split(";"))):
        days, rest = _split(part)
        typed = read_day(rest, known)
        if typed.fault or not rest:
            raise NotRead(typed.fault or "not_hours", typed.value or part)
        for day in days:
            if day in week:
                raise NotRead("day_twice", part)
            week[day] = typed.day
    if not any(week.values()):
        raise NotRead("no_day", line)
    return [[list(stretch) for stretch in week.get(day, ())] for day in range(7)]


def _split(part: str) -> tuple[list[int], str]:
    """The days that a part names, and what it says of them."""
    if every := _EVERY.fullmatch(part):
        return list(range(7)), every[1]
    found = _DAYS.fullmatch(part)
    if not found:
        raise NotRead("no_days", part)
    days: list[int] = []
    for ends in _ENDS.finditer(found[1]):
        first = _NUMBER[ends[1].rstrip(".")]
        last = _NUMBER[(ends[2] or ends[1]).rstrip(".")]
        days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return days, found[2]
