"""Several kinds of hours in words: "Takes newcomers: closed, opens 9:00. Phone: day and night." """

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from directory.finding.hours import states_beside
from directory.rules.opening import OpenState
from directory.views import wording


def hours_name(of: str) -> str:
    """What hours are the hours of."""
    return {
        "intake": _("Takes newcomers"),
        "phone": _("Phone"),
        "office": _("Office"),
        "drop_in": _("Drop-in"),
        "resident": _("For those who stay there"),
    }.get(of, _("Door"))


def main_hours_name(facts: dict[str, Any]) -> str:
    """What the hours that count are the hours of, where one would take them for those of the door; else empty."""
    kinds: Sequence[str] = facts.get("hours_of", ())
    if len(kinds) != 1 or kinds[0] not in ("intake", "phone"):
        return ""
    is_line = kinds[0] == "phone" and not facts["place"]["name"]
    return "" if is_line else hours_name(kinds[0])


def short_state(state: OpenState, now: datetime, zone: str, *, has_phone: bool = True) -> str:
    """A state within a sentence: "open until 21:00"; empty where nothing is known. Nobody calls without a number."""
    match state.state:
        case "open" if state.until is None:
            return _("day and night")
        case "open":
            return _("open until %(moment)s") % {"moment": wording.moment(state.until, now, zone)}
        case "closed":
            return _closed(state.next, now, zone)
        case "by_appointment":
            return _("by appointment")
        case "call_first":
            return _("public holiday, call first") if has_phone else _("public holiday, ask first")
    return ""


def _closed(opens: datetime | None, now: datetime, zone: str) -> str:
    if opens is None:
        return _("closed")
    if wording.is_far(opens, now, zone):
        return _("closed, opens again on %(day)s") % {"day": wording.moment(opens, now, zone)}
    if wording.is_today(opens, now, zone):
        return _("closed, opens %(hour)s") % {"hour": wording.moment(opens, now, zone)}
    return _("closed, opens %(moment)s") % {"moment": wording.moment(opens, now, zone)}


def _zone(state: OpenState, fallback: str) -> str:
    """The clock by which a state tells its moments."""
    moment = state.until or state.next
    return moment.tzinfo.key if moment and isinstance(moment.tzinfo, ZoneInfo) else fallback


def _told(facts: dict[str, Any], state: OpenState, now: datetime, fallback: str) -> str:
    """The short state, with the city where the reader may be in another zone."""
    zone = _zone(state, fallback)
    told = short_state(state, now, zone, has_phone=bool(facts["phones"]))
    return told if facts["place"]["name"] or not told else wording.with_city(told, state, zone)


def main_line(facts: dict[str, Any], state: OpenState, now: datetime) -> str:
    """The hours that count with what they are of, without a full stop; empty where the plain line says enough."""
    name, told = main_hours_name(facts), _told(facts, state, now, facts["zone"])
    return _("%(name)s: %(state)s") % {"name": name, "state": told} if name and told else ""


def beside_line(facts: dict[str, Any], now: datetime) -> str:
    """What the other hours say at this moment, in one line. A phone that always answers is told elsewhere.

    Nobody who looks for a door is told the hours of those who live behind it.
    """
    if facts["status"] == "temporarily closed":
        return ""
    hidden = {"resident", *(("phone",) if facts.get("answers_always") and facts["phones"] else ())}
    told = [
        _("%(name)s: %(state)s.") % {"name": hours_name(of), "state": words}
        for of, state in states_beside(facts, now)
        if of not in hidden and (words := _told(facts, state, now, facts["zone"]))
    ]
    return " ".join(told)
