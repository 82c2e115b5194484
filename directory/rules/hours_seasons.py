"""Hours that hold for a time: a week of the year's usual hours, and seasons in which other hours hold instead.

HSDS knows no "instead": of rows whose times lie together, any opens. So a season cuts the usual week into what
comes before and after it, and is found again where rows tell just that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from directory.rules.hours_typed import Day, rows_of
from directory.rules.opening_hours import BEFORE_ANY_SEARCH, Hours, Rule

Days = tuple[Day, ...]
"""Seven days, Monday first; one without stretches is closed."""
CLOSED: Days = ((),) * 7
ONE = timedelta(days=1)
MOST_SEASONS = 6


@dataclass(frozen=True, slots=True, order=True)
class Season:
    """Other hours from `first` on (None: from ever) to `last`, both included."""

    first: date | None
    last: date
    days: Days


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the calendar in which one week holds; None is without an end."""

    first: date | None
    last: date | None
    days: Days


def overlapping(seasons: Iterable[Season]) -> bool:
    """True if two of them share a day."""
    found = sorted(seasons, key=lambda season: season.last)
    return any(later.first is None or later.first <= sooner.last for sooner, later in pairwise(found))


def parts_of(usual: Days, seasons: Iterable[Season]) -> list[Part]:
    """The calendar, cut: the usual week around seasons that do not overlap."""
    found: list[Part] = []
    begins: date | None = None
    is_begun = False
    for season in sorted(seasons, key=lambda season: season.last):
        before = season.first - ONE if season.first else None
        if before and (not is_begun or (begins and begins <= before)):
            found.append(Part(begins, before, usual))
        found.append(Part(season.first, season.last, season.days))
        begins, is_begun = season.last + ONE, True
    return [*found, Part(begins, None, usual)]


def columns_of_seasons(usual: Days, seasons: Iterable[Season]) -> list[dict[str, str]]:
    """These hours as columns of schedule rows; a closed stretch of the calendar has none."""
    return [
        {
            "byday": byday,
            "opens_at": opens,
            "closes_at": closes,
            "freq": "WEEKLY",
            "valid_from": part.first.isoformat() if part.first else "",
            "valid_to": part.last.isoformat() if part.last else "",
        }
        for part in parts_of(usual, seasons)
        for byday, opens, closes in rows_of(part.days)
    ]


def seasons_of(hours: Hours) -> tuple[Days, list[Season]] | None:
    """The usual week and the seasons that these rules tell; None where they tell anything else.

    The usual week is the one that stays in the end. Seasons that were over before anybody could search are left out.
    """
    if not hours.stated or not all(rule.is_weekly for rule in hours.rules):
        return None
    parts = _joined(_parts(hours.rules))
    usual, seasons = parts[-1].days, _seasons(parts)
    if len(seasons) > MOST_SEASONS or any(map(_overlaps, (usual, *(season.days for season in seasons)))):
        return None
    return usual, seasons


def settled(usual: Days, seasons: Iterable[Season]) -> list[Season]:
    """These seasons as `seasons_of` finds them again: in their order, without those that change nothing."""
    return _seasons(_joined(parts_of(usual, seasons)))


def _seasons(parts: Sequence[Part]) -> list[Season]:
    usual = parts[-1].days
    told = [part for part in parts if part.days != usual]
    return [
        Season(part.first, part.last, part.days)
        for part in told
        if part.last and part.last >= BEFORE_ANY_SEARCH
    ]


def _overlaps(days: Days) -> bool:
    return any(later[0] < sooner[1] for day in days for sooner, later in pairwise(day))


def _parts(rules: Sequence[Rule]) -> list[Part]:
    """The calendar cut wherever any rule begins or ends, with all that holds in between."""
    starts = {rule.first for rule in rules if rule.first}
    starts |= {rule.last + ONE for rule in rules if rule.last and rule.last < date.max}
    begins: list[date | None] = [None, *sorted(starts)]
    ends = [*(day - ONE for day in begins[1:] if day), None]
    return [Part(first, last, _week(rules, first, last)) for first, last in zip(begins, ends, strict=True)]


def _week(rules: Sequence[Rule], first: date | None, last: date | None) -> Days:
    held = [rule for rule in rules if _covers(rule, first, last)]
    spans = sorted({span for rule in held for span in rule.spans})
    return tuple(tuple((s.opens, s.closes) for s in spans if s.day == day) for day in range(7))


def _covers(rule: Rule, first: date | None, last: date | None) -> bool:
    is_begun = rule.first is None or (first is not None and rule.first <= first)
    return is_begun and (rule.last is None or (last is not None and last <= rule.last))


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Neighbours of one week are one."""
    found: list[Part] = []
    for part in parts:
        if found and found[-1].days == part.days:
            found[-1] = Part(found[-1].first, part.last, part.days)
        else:
            found.append(part)
    return found


def days_json(days: Days) -> list[list[list[int]]]:
    """Seven days as JSON has them; none where nothing opens."""
    return [[list(ends) for ends in day] for day in days] if any(days) else []


def days_from_json(stored: Sequence[Any]) -> Days:
    """What `days_json` made."""
    return tuple(tuple((opens, closes) for opens, closes in day) for day in stored) or CLOSED


def season_json(season: Season) -> dict[str, Any]:
    """A season as it is kept: `first` is empty where it began nobody knows when."""
    first = season.first.isoformat() if season.first else ""
    return {"first": first, "last": season.last.isoformat(), "days": days_json(season.days)}


def season_from_json(stored: Mapping[str, Any]) -> Season:
    """What `season_json` made."""
    first = date.fromisoformat(stored["first"]) if stored["first"] else None
    return Season(first, date.fromisoformat(stored["last"]), days_from_json(stored["days"]))
