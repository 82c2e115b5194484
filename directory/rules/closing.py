"""Whether a change of hours closes a service: by its usual week, or by days and seasons that shut it for long."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

LONG = 31
"""Days that a service may be shut for, one by one or by the season, before somebody reads it."""

Hours = Mapping[str, Any]


def opens_ever(hours: Hours | None) -> bool:
    """True if hours have any stretch, are day and night, or are kept as a feed told them."""
    told = hours or {}
    is_open = told.get("state") in ("always", "kept")
    return (
        is_open or any(told.get("days", [])) or any(any(season["days"]) for season in told.get("seasons", []))
    )


def is_shut(hours: Hours | None) -> bool:
    """True of a stated week in which nothing opens, whatever its seasons say."""
    told = hours or {}
    return told.get("state") == "times" and not any(told.get("days", []))


def closes(before: Hours | None, after: Hours | None) -> bool:
    """True if a service that opened would open no more, or would be shut for more days than before, and for long."""
    if not opens_ever(before):
        return False
    if is_shut(after):
        return not (is_shut(before) and _seasons(before) == _seasons(after))
    days = shut_days(after)
    return days > LONG and days > shut_days(before)


def _seasons(hours: Hours | None) -> Any:
    return (hours or {}).get("seasons", [])


def shut_days(hours: Hours | None) -> int:
    """How many days are said to be shut: dates of their own, and seasons without any hours."""
    told = hours or {}
    own = {day["on"] for day in told.get("own_days", []) if not day.get("opens_at")}
    return len(own) + sum(_length(season) for season in _shut(told.get("seasons", [])))


def _shut(seasons: Iterable[Hours]) -> list[Hours]:
    return [season for season in seasons if not any(season["days"])]


def _length(season: Hours) -> int:
    """What began nobody knows when counts as long."""
    if not season["first"]:
        return LONG + 1
    return (date.fromisoformat(season["last"]) - date.fromisoformat(season["first"])).days + 1
