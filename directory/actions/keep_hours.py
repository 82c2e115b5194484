"""The hours of one kind, stated whole: rows for the week, its notes, and days with hours of their own."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.actions.keep_rows import state_rows
from directory.actions.refused import Refused
from directory.actions.state_schedule_days import state_schedule_days
from directory.finding.gathered import ScheduleRow
from directory.finding.profile import hours_key, schedules_of
from directory.models.schedule import HoursOf, OnHolidays, Schedule
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.hours_seasons import columns_of_seasons, days_from_json, season_from_json
from directory.rules.opening_own import StatedDay
from safety.viewer import Viewer

Hours = Mapping[str, Any]
BLANK = dict.fromkeys(
    (
        "valid_from",
        "valid_to",
        "dtstart",
        "until",
        "count",
        "wkst",
        "freq",
        "interval",
        "byday",
        "byweekno",
        "bymonthday",
        "byyearday",
        "opens_at",
        "closes_at",
        "description",
        "description_fr",
    ),
    "",
)
"""A row that says nothing: what a plain week leaves of a row that said more."""
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
ALWAYS = {"byday": EVERY_DAY, "opens_at": "00:00", "closes_at": "23:59", "freq": "WEEKLY"}


def state_hours(*, service: Service, key: str, hours: Hours, viewer: Viewer) -> None:
    """From now on these are the hours under `key` ("hours/OWNER/KIND"). Raises Refused; nothing is told anew."""
    owner, kind = _owner(service, key)
    stored = [row for row in schedules_of(service.pk) if hours_key(row) == key]
    zone = next((row.zone for row in stored if row.zone), "")
    shared = {"hours_of": kind, "on_holidays": OnHolidays(hours["on_holidays"]), "zone": zone}
    wanted = [{**BLANK, **shared, **row} for row in columns_of(hours)]
    days = [_day(day) for day in hours.get("own_days", [])]
    if days and not wanted:
        wanted = [{**BLANK, **shared}]
    for place, row in enumerate(wanted):
        row["id"] = str(stored[place].pk) if place < len(stored) else ""
    kept = state_rows(
        Schedule, stored=stored, wanted=wanted, owner=owner, beside=service, viewer=viewer, blank=BLANK
    )
    for place, row in enumerate(kept):
        state_schedule_days(schedule_id=UUID(str(row.pk)), days=days if place == 0 else [], viewer=viewer)


def _owner(service: Service, key: str) -> tuple[dict[str, UUID], str]:
    """The column and id of what the hours hang on, and what they are the hours of."""
    _word, _slash, rest = key.partition("/")
    owner, _slash, kind = rest.partition("/")
    if kind not in HoursOf.values:
        raise Refused(_("Choose what these are the hours of."))
    if owner == str(service.pk):
        return {"service_id": service.pk}, kind
    site = ServiceAtLocation.objects.filter(pk=owner, service=service).first()
    if site is None:
        raise Refused(_("This is not there any more."))
    return {"service_at_location_id": UUID(owner)}, kind


def columns_of(hours: Hours) -> list[dict[str, str]]:
    """The columns of each row; the notes stand in one of their own, without times."""
    rows = _timed(hours)
    note, note_fr = hours.get("note", ""), hours.get("note_fr", "")
    if hours["state"] == "appointment" and not (note or note_fr):
        note, note_fr = appointment()
    return [*rows, {"description": note, "description_fr": note_fr}] if note or note_fr else rows


def _timed(hours: Hours) -> list[dict[str, str]]:
    if hours["state"] == "always":
        return [dict(ALWAYS)]
    if hours["state"] == "kept":
        return [dict(row) for row in hours["rows"]]
    if hours["state"] != "times":
        return []
    return columns_of_seasons(days_from_json(hours["days"]), map(season_from_json, hours.get("seasons", [])))


def told_of(hours: Hours) -> list[ScheduleRow]:
    """These hours as the rules take them, before anybody stored them."""
    nothing = dict.fromkeys(ScheduleRow._fields, "") | {"is_flagged": False, "own_days": None}
    rows = columns_of(hours)
    own = hours.get("own_days", [])
    if own and not rows:
        rows = [{}]
    holidays = {"on_holidays": hours["on_holidays"]}
    days = [{"own_days": json.dumps(own)} if own and place == 0 else {} for place in range(len(rows))]
    return [ScheduleRow(**nothing | holidays | row | days[place]) for place, row in enumerate(rows)]


def appointment() -> tuple[str, str]:
    """The two words for hours by appointment, which the rules read again (directory.finding.hours)."""
    told = []
    for language in ("en", "fr"):
        with override(language):
            told.append(_("By appointment"))
    return told[0], told[1]


def _day(stored: Mapping[str, str]) -> StatedDay:
    return StatedDay(
        date.fromisoformat(stored["on"]),
        stored.get("opens_at", ""),
        stored.get("closes_at", ""),
        stored.get("note", ""),
        stored.get("note_fr", ""),
    )
