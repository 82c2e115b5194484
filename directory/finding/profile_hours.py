"""The hours of one kind as a keeper changes them: a week, seasons, own days; or rows that are kept as they are."""

from collections.abc import Iterable, Sequence
from typing import Any

from directory.finding.gathered import ScheduleRow
from directory.finding.hours import by_appointment, hours_of, is_timed
from directory.models.schedule import Schedule
from directory.rules.canadian_zones import ODD_ZONE
from directory.rules.hours_seasons import days_json, season_json, seasons_of
from directory.rules.opening_hours import Hours, endless_week

COLUMNS = tuple(name for name in ScheduleRow._fields if name not in ("owner", "is_flagged", "own_days"))
WORDS = frozenset({"description", "description_fr", "hours_of", "on_holidays"})
TIMES = tuple(name for name in COLUMNS if name not in WORDS)
"""What makes the times of a row, by which clock they are included."""


def _schedule_row(row: Schedule) -> ScheduleRow:
    flagged = bool({*row.flags} - {ODD_ZONE})
    told = {name: getattr(row, name) for name in COLUMNS}
    return ScheduleRow(owner="", is_flagged=flagged, own_days=None, **told)


def rows_as_told(rows: Iterable[Schedule]) -> list[ScheduleRow]:
    """Schedule rows as the rules of hours take them, without their own days."""
    return [_schedule_row(row) for row in rows]


def hours_value(rows: Sequence[Schedule]) -> dict[str, Any]:
    """Hours of one kind as JSON. `is_plain`: False where they are more than a week.

    Then they have `seasons` (first, last, days), or the state "kept" and `rows`: times that no form here can tell.
    """
    told = rows_as_told(rows)
    own = [day for row in rows for day in row.own_days.all()]
    return _times(told) | {
        "on_holidays": next((row.on_holidays for row in rows), "not_stated"),
        "note": _joined(row.description for row in rows),
        "note_fr": _joined(row.description_fr for row in rows),
        "own_days": [
            {
                "on": day.on.isoformat(),
                "opens_at": day.opens_at,
                "closes_at": day.closes_at,
                "note": day.note,
                "note_fr": day.note_fr,
            }
            for day in sorted(own, key=lambda day: (day.on, day.opens_at))
        ],
    }


def _times(told: Sequence[ScheduleRow]) -> dict[str, Any]:
    hours, timed = hours_of(told), [row for row in told if is_timed(row)]
    if not timed:
        state = "appointment" if by_appointment(told) else "not_stated"
        return {"state": state, "days": [], "is_plain": True}
    if hours.stated and (week := endless_week(hours)).stated:
        state = "always" if week.always else "times"
        return {"state": state, "days": [] if week.always else _days(week.spans), "is_plain": True}
    return _more_than_a_week(hours, timed)


def _more_than_a_week(hours: Hours, timed: Sequence[ScheduleRow]) -> dict[str, Any]:
    if found := seasons_of(hours):
        usual, seasons = found
        told = list(map(season_json, seasons))
        return {"state": "times", "days": days_json(usual), "seasons": told, "is_plain": False}
    rows = [{name: getattr(row, name) for name in TIMES if getattr(row, name)} for row in timed]
    return {"state": "kept", "days": [], "rows": rows, "is_plain": False}


def _days(spans: Iterable[Any]) -> list[list[list[int]]]:
    days: list[list[list[int]]] = [[] for _ in range(7)]
    for span in spans:
        days[span.day].append([span.opens, span.closes])
    return days if any(days) else []


def _joined(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(text for text in texts if text))
