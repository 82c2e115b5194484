"""The hours of a listing, between HSDS schedule rows, the read model's JSON, and the pure rules."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from directory.finding.gathered import ScheduleRow
from directory.models.schedule import HoursOf
from directory.rules.canadian_zones import canadian_zone
from directory.rules.opening import OnHolidays, OpenState, OwnDay, Rule, Span, Week, state_at
from directory.rules.opening_hours import Hours, endless_week, hours_of_week
from directory.rules.opening_own import StatedDay, own_day
from directory.rules.opening_rows import WrittenRow, hours_from
from directory.rules.phrase_hours import read_hours
from directory.rules.publishing import PROTECTED_KINDS

HOUSING = PROTECTED_KINDS | {
    "housing",
    "overnight_dropin",
    "long_term_housing",
    "withdrawal_management",
    "indigenous_treatment",
}
"""Kinds of services where people stay: what counts is when newcomers are taken in."""
LINES = frozenset({"crisis_line"})
"""Kinds that are reached by phone, wherever their office stands."""

# Plain texts: an enumeration is asked a million times for a large directory.
KINDS = tuple(kind.value for kind in HoursOf)
PHONE, RESIDENT = HoursOf.PHONE.value, HoursOf.RESIDENT.value

BY_PHONE, TAKING_IN, AT_THE_DOOR = ("phone",), ("intake",), ("", "drop_in", "office")


class Judged(NamedTuple):
    """What decides by which hours a listing is judged: whether it has a place, and the slugs of its needs."""

    has_place: bool
    needs: tuple[str, ...] = ()


def _order(rows: Sequence[ScheduleRow], of: Judged) -> tuple[tuple[str, ...], ...]:
    """Kinds of hours, those that count first; the main need says what a listing is."""
    main = of.needs[:1]
    # A number that is answered takes nobody in: of the phone's hours alone nobody knows whether the house does.
    if not HOUSING.isdisjoint(main):
        return TAKING_IN, AT_THE_DOOR
    if not of.has_place or not LINES.isdisjoint(main):
        return BY_PHONE, TAKING_IN, AT_THE_DOOR
    if any(row.hours_of == RESIDENT for row in rows):
        return TAKING_IN, AT_THE_DOOR
    return AT_THE_DOOR, TAKING_IN, BY_PHONE


def rows_that_count(rows: Sequence[ScheduleRow], of: Judged) -> list[ScheduleRow]:
    """The hours that "open" is judged by: of taking in where people stay, of the phone for lines, else of the door.

    Where people stay the phone's hours count for nothing. What nobody said the hours of are the door's. Those of people
    who stay say nothing to whoever comes.
    """
    for kinds in _order(rows, of):
        if found := [row for row in rows if row.hours_of in kinds]:
            return found
    return []


def rows_beside(rows: Sequence[ScheduleRow], counting: Sequence[ScheduleRow]) -> dict[str, list[ScheduleRow]]:
    """The other hours, by what they are the hours of; only what has times."""
    counted = {row.hours_of for row in counting}
    kinds = [kind for kind in KINDS if kind not in counted]
    told = {kind: [row for row in rows if row.hours_of == kind and is_timed(row)] for kind in kinds}
    return {kind: found for kind, found in told.items() if found}


def answers_always(rows: Sequence[ScheduleRow], counting: Sequence[ScheduleRow]) -> bool:
    """True if the phone is answered day and night though "open" is judged by other hours."""
    phone = [row for row in rows if row.hours_of == PHONE]
    return bool(phone) and phone != counting and endless_week(hours_of(phone)).always


def is_timed(row: ScheduleRow) -> bool:
    """True of hours, False of a note in words."""
    return bool(row.opens_at or row.closes_at or row.byday)


NO_WORDS = dict.fromkeys(("owner", "description", "description_fr", "hours_of", "on_holidays", "zone"), "")
TIMES = tuple(name for name in ScheduleRow._fields if name not in NO_WORDS)
"""The columns of a row that make its hours."""
_times = attrgetter(*TIMES)


def hours_of(rows: Iterable[ScheduleRow]) -> Hours:
    """The hours of these rows. What can't be read makes them "not stated": never a false "open"."""
    return _hours_of(tuple(map(_times, rows)))


@lru_cache(maxsize=4096)
def _hours_of(told: tuple[tuple[Any, ...], ...]) -> Hours:
    """Many services keep the same hours; `told` are the times of rows."""
    rows = [ScheduleRow(**NO_WORDS, **dict(zip(TIMES, one, strict=True))) for one in told]
    days = [own_day(day) for row in rows for day in stated_days(row)]
    timed = [row for row in rows if is_timed(row)]
    readable = [] if any(row.is_flagged for row in timed) else timed
    return hours_from([_written(row) for row in readable], days)


def _written(row: ScheduleRow) -> WrittenRow:
    return WrittenRow(
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        byday=row.byday,
        freq=row.freq,
        interval=row.interval,
        dtstart=row.dtstart,
        until=row.until,
        count=row.count,
        wkst=row.wkst,
        bymonthday=row.bymonthday,
        byweekno=row.byweekno,
        byyearday=row.byyearday,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def stated_days(row: ScheduleRow) -> list[StatedDay]:
    """The own days of a row."""
    fields = ("opens_at", "closes_at", "note", "note_fr")
    stored = json.loads(row.own_days) if row.own_days else []
    return [StatedDay(date.fromisoformat(day["on"]), *(day[name] for name in fields)) for day in stored]


def on_holidays(rows: Iterable[ScheduleRow]) -> OnHolidays:
    """What public holidays do to these hours, where all of them say the same."""
    told = {row.on_holidays for row in rows if is_timed(row)}
    said = told.pop() if len(told) == 1 else ""
    return said if said in ("open", "closed", "own_list") else "not_stated"


def zone_of_hours(rows: Iterable[ScheduleRow]) -> str:
    """The IANA zone in which these hours are told, "" where they name none, several, or one that is none."""
    named = {canadian_zone(row.zone) or row.zone for row in rows if is_timed(row)}
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


def _rule_json(rule: Rule) -> dict[str, Any]:
    numbers = {"nths": rule.nths, "weeks": rule.weeks, "phase": rule.phase, "monthdays": rule.monthdays}
    days = {"from": rule.first, "to": rule.last}
    told = {name: day.isoformat() for name, day in days.items() if day}
    return week_json(rule.week) | told | {name: value for name, value in numbers.items() if value}


def _rule_from_json(stored: dict[str, Any]) -> Rule:
    first, last = (date.fromisoformat(stored[name]) if name in stored else None for name in ("from", "to"))
    nths, monthdays = stored.get("nths", 0), stored.get("monthdays", 0)
    return Rule(
        week_from_json(stored), first, last, nths, stored.get("weeks", 1), stored.get("phase", 0), monthdays
    )


def hours_json(hours: Hours) -> dict[str, Any] | None:
    """Hours as the read model stores them, None where the week says it all."""
    if hours == hours_of_week(endless_week(hours)):
        return None
    return {
        "stated": hours.stated,
        "rules": [_rule_json(rule) for rule in hours.rules],
        "own_days": [[own.on.isoformat(), [list(ends) for ends in own.hours]] for own in hours.own_days],
    }


def hours_from_json(stored: dict[str, Any] | None, week: dict[str, Any]) -> Hours:
    """What `hours_json` stored, else the hours of `week`."""
    if stored is None:
        return hours_of_week(week_from_json(week))
    days = stored["own_days"]
    return Hours(
        tuple(_rule_from_json(rule) for rule in stored["rules"]),
        tuple(OwnDay(date.fromisoformat(on), tuple((a, b) for a, b in ends)) for on, ends in days),
        stated=stored["stated"],
    )


def hours_facts(rows: Sequence[ScheduleRow], zone: str) -> dict[str, Any]:
    """What is told of hours of one kind; `zone` is an IANA name, "" if nobody knows by which clock they are."""
    return _told(hours_of(rows)) | {
        "on_holidays": on_holidays(rows),
        "by_appointment": by_appointment(rows),
        "zone": zone,
    }


@lru_cache(maxsize=4096)
def _told(hours: Hours) -> dict[str, Any]:
    """Many services keep the same hours. Nobody may change what is returned."""
    return {"week": week_json(endless_week(hours)), "hours": hours_json(hours)}


@lru_cache(maxsize=64)
def _holidays(province: str, year: int) -> frozenset[date]:
    subdivision = province if province in holidays.country_holidays("CA").subdivisions else None
    return frozenset(holidays.country_holidays("CA", subdiv=subdivision, years=year))


def is_holiday(province: str, day: date) -> bool:
    """True on a public holiday of a province (two letters), or of all Canada where it is ""."""
    return day in _holidays(province, day.year)


def facts_hours(facts: dict[str, Any]) -> Hours:
    """The hours that a listing is judged by; a page that was made before rules were told has a week alone."""
    return hours_from_json(facts.get("hours"), facts["week"])


def is_zoneless(facts: dict[str, Any]) -> bool:
    """True where hours are told and nobody knows by which clock; day and night needs none."""
    return not facts.get("zone_known", True) and _needs_clock(facts)


def _needs_clock(told: dict[str, Any]) -> bool:
    """False of day and night, and of what is not stated."""
    hours = facts_hours(told)
    return bool(hours.own_days) or any(
        not rule.week.always or rule.first or rule.last for rule in hours.rules
    )


def open_state(facts: dict[str, Any], now: datetime) -> OpenState:
    """Open or not at `now`, from the facts of a listing page; holidays of its province are asked.

    Of what stewards look into nothing is said: nobody is sent there.
    """
    if facts.get("looked_into"):
        return OpenState("unknown")
    if is_zoneless(facts) and facts["status"] != "temporarily closed":
        return OpenState("by_appointment" if facts.get("by_appointment", False) else "unknown")
    return _state(facts, facts, now)


def states_beside(facts: dict[str, Any], now: datetime) -> list[tuple[str, OpenState]]:
    """What the other hours of a listing say, each with what it is the hours of; a zoneless one says nothing."""
    if facts.get("looked_into"):
        return []
    beside = [told for told in facts.get("hours_beside", []) if told["zone"] or not _needs_clock(told)]
    return [(told["of"], _state(told, facts, now)) for told in beside]


def _state(told: dict[str, Any], facts: dict[str, Any], now: datetime) -> OpenState:
    province = facts["province"]
    return state_at(
        facts_hours(told),
        now,
        told["zone"] or "UTC",
        lambda day: is_holiday(province, day),
        told.get("on_holidays", "not_stated"),
        by_appointment=told.get("by_appointment", False),
        temporarily_closed=facts["status"] == "temporarily closed",
    )
