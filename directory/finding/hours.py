"""The week of a listing, between HSDS schedule rows, the read model's JSON, and the pure rules."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from directory.finding.gathered import ScheduleRow
from directory.rules.opening import OnHolidays, OpenState, Span, Week, state_at, week_from
from directory.rules.phrase_hours import read_hours

NOT_STATED = Week(stated=False)


def _clock(written: str) -> time | None:
    try:
        return time.fromisoformat(written.strip().removesuffix("Z")[:5])
    except ValueError:
        return None


def _plain_row(row: ScheduleRow) -> tuple[str, time, time] | None:
    """The row as weekday, opening, closing; None if it is not a plain weekly one, or can't be right."""
    opens, closes = _clock(row.opens_at), _clock(row.closes_at)
    if opens is None or closes is None or not row.byday or row.is_flagged:
        return None
    is_narrowed = row.until or row.count or row.byweekno or row.bymonthday or row.byyearday
    is_plain = row.freq in ("", "WEEKLY") and row.interval in ("", "1") and not is_narrowed
    return (row.byday, opens, closes) if is_plain else None


BY_PHONE, AT_THE_DOOR = (("phone",),), (("intake",), ("", "drop_in", "office"))


def rows_that_count(rows: Sequence[ScheduleRow], *, has_place: bool) -> list[ScheduleRow]:
    """The hours that "open" is judged by: of taking people in, else of the door; of the phone where there is no place.

    What nobody said the hours of are the door's. Those of people who stay say nothing to whoever comes.
    """
    order = (*AT_THE_DOOR, *BY_PHONE) if has_place else (*BY_PHONE, *AT_THE_DOOR)
    for kinds in order:
        if found := [row for row in rows if row.hours_of in kinds]:
            return found
    return []


def answers_always(rows: Sequence[ScheduleRow], *, has_place: bool) -> bool:
    """True if the phone is answered day and night though "open" is judged by other hours."""
    phone = [row for row in rows if row.hours_of == "phone"]
    return phone != rows_that_count(rows, has_place=has_place) and week_of(phone).always


def week_of(rows: Iterable[ScheduleRow]) -> Week:
    """The plain week of these rows. Seasons and exceptions make it "not stated": never a false "open"."""
    nothing = {"owner": "", "description": "", "description_fr": "", "on_holidays": "", "zone": ""}
    return _week_of(tuple(row._replace(**nothing) for row in rows))


@lru_cache(maxsize=4096)
def _week_of(rows: tuple[ScheduleRow, ...]) -> Week:
    """Many services keep the same hours."""
    timed = [r for r in rows if r.opens_at or r.closes_at or r.byday]
    plain = [_plain_row(r) for r in timed if not (r.valid_from or r.valid_to)]
    known = [row for row in plain if row is not None]
    if len(known) < len(timed):
        return NOT_STATED
    try:
        return week_from(known)
    except ValueError:
        return NOT_STATED


def on_holidays(rows: Iterable[ScheduleRow]) -> OnHolidays:
    """What public holidays do to these hours, where all of them say the same."""
    told = {row.on_holidays for row in rows if row.opens_at or row.closes_at or row.byday}
    if told == {"open"}:
        return "open"
    return "closed" if told == {"closed"} else "not_stated"


def zone_of_hours(rows: Iterable[ScheduleRow]) -> str:
    """The IANA zone in which these hours are told, "" where they name none, several, or one that is none."""
    named = {row.zone for row in rows if row.opens_at or row.closes_at or row.byday}
    zone = named.pop() if len(named) == 1 else ""
    return zone if zone and _is_zone(zone) else ""


@lru_cache(maxsize=256)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


_APPOINTMENT = re.compile(r"appointment|rendez|rdv", re.IGNORECASE)


def by_appointment(rows: Iterable[ScheduleRow]) -> bool:
    """True if the words of these hours can mean nothing but: by appointment."""
    texts = (text for row in rows for text in (row.description, row.description_fr))
    return any(_APPOINTMENT.search(text) and read_hours(text).by_appointment for text in texts)


def week_json(week: Week) -> dict[str, Any]:
    """The week as the read model stores it."""
    spans = [[s.day, s.opens, s.closes] for s in week.spans]
    return {"always": week.always, "stated": week.stated, "spans": spans}


def week_from_json(stored: dict[str, Any]) -> Week:
    """What `week_json` stored."""
    spans = tuple(Span(*numbers) for numbers in stored["spans"])
    return Week(spans, stored["always"], stated=stored["stated"])


@lru_cache(maxsize=64)
def _holidays(province: str, year: int) -> frozenset[date]:
    subdivision = province if province in holidays.country_holidays("CA").subdivisions else None
    return frozenset(holidays.country_holidays("CA", subdiv=subdivision, years=year))


def is_zoneless(facts: dict[str, Any]) -> bool:
    """True where hours are told and nobody knows by which clock; day and night needs none."""
    return not facts.get("zone_known", True) and bool(facts["week"]["spans"])


def open_state(facts: dict[str, Any], now: datetime) -> OpenState:
    """Open or not at `now`, from the facts of a listing page; holidays of its province are asked."""
    week = week_from_json(facts["week"])
    if is_zoneless(facts) and facts["status"] != "temporarily closed":
        return OpenState("by_appointment" if facts.get("by_appointment", False) else "unknown")
    province = facts["province"]
    return state_at(
        week,
        now,
        facts["zone"],
        lambda day: day in _holidays(province, day.year),
        facts.get("on_holidays", "not_stated"),
        by_appointment=facts.get("by_appointment", False),
        temporarily_closed=facts["status"] == "temporarily closed",
    )
