"""Facts into words: open or not, where, how sure. One plain line each, in the language of the page."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from directory.finding.answer import Result
from directory.rules.opening import OpenState
from directory.rules.text import fold

OPEN_CLASSES = {"open": "open", "by_appointment": "open", "closed": "shut", "temporarily_closed": "shut"}
SIGNED = re.compile(r"[#*][\d#*\s-]*\d")
"""A number that is dialled with a sign before it."""
SHORT_NUMBER = 14
"""Letters of a number without anything beside it, which fits the narrowest column of a sheet."""
MONTHS_SURE = 300
"""Days within which the name of a month means one day only."""


def number(value: int) -> str:
    """ "1,360" in English; in French "1 360", with a space that does not break."""
    return number_format(value, force_grouping=True)


def elided(told: str, place: str) -> str:
    """The sentence, where French writes "d’Ottawa" and not "de Ottawa". A Y before a consonant is a vowel."""
    key = fold(place)
    if get_language() != "fr" or not re.match("[aeiou]|y[^aeiou]", key):
        return told
    return re.sub(rf"\b([Dd])e {re.escape(place)}", lambda found: f"{found[1]}\u2019{place}", told)


def clock(hour: int, minute: int) -> str:
    """ "9:05" in English, "9 h 05" in French."""
    if get_language() == "fr":
        return f"{hour}\u00a0h\u00a0{minute:02d}" if minute else f"{hour}\u00a0h"
    return f"{hour}:{minute:02d}"


def day_text(day: date) -> str:
    """ "10 November 2026" in both languages' way."""
    return _first(date_format(day, "j F Y"), day)


def _first(told: str, day: date) -> str:
    """In French the first of a month is "1er"."""
    return f"1er{told[1:]}" if get_language() == "fr" and day.day == 1 else told


def joined_by_and(names: Sequence[str]) -> str:
    """ "Ontario", "Ontario and Quebec", "Manitoba, Ontario and Quebec"."""
    *others, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(others), "last": last} if others else last


def _days_until(when: datetime, now: datetime, zone: str) -> int:
    there = ZoneInfo(zone)
    return (when.astimezone(there).date() - now.astimezone(there).date()).days


def is_far(when: datetime, now: datetime, zone: str) -> bool:
    """True where a weekday would be taken for one of this week."""
    return _days_until(when, now, zone) >= len(WEEKDAYS)


def is_today(when: datetime, now: datetime, zone: str) -> bool:
    """True where the hour alone is told."""
    return _days_until(when, now, zone) == 0


def season_day(day: date, today: date) -> str:
    """ "1 December" and "1er décembre"; with the year where it may be another one."""
    told = date_format(day, "j F" if (day - today).days < MONTHS_SURE else "j F Y")
    return _first(told, day)


def moment(when: datetime, now: datetime, zone: str) -> str:
    """The hour alone today, "tomorrow" with it, else the weekday; the day alone from a week on."""
    local = when.astimezone(ZoneInfo(zone))
    days = _days_until(when, now, zone)
    if is_far(when, now, zone):
        return season_day(local.date(), now.astimezone(ZoneInfo(zone)).date())
    hour = clock(local.hour, local.minute)
    if days == 0:
        return hour
    if days == 1:
        return _("tomorrow %(hour)s") % {"hour": hour}
    return _("%(weekday)s %(hour)s") % {"weekday": WEEKDAYS[local.weekday()], "hour": hour}


def city_of(zone: str) -> str:
    """The city after which a zone is named: readers know it, and not "EST"."""
    return zone.rpartition("/")[2].replace("_", " ").replace("St Johns", "St. John's")


def open_line(
    state: OpenState,
    now: datetime,
    zone: str,
    *,
    in_words: bool = False,
    is_afar: bool = False,
    is_zoneless: bool = False,
    has_phone: bool = True,
) -> str:
    """Whether the door or the phone answers now, and until when.

    `in_words`: the hours are in words that only people can read. `is_afar`: the reader may be in another
    zone than the service, so an hour names its city. `is_zoneless`: nobody said by which clock the hours are.
    `has_phone`: there is a number, so that one can be told to call.
    """
    if not has_phone and state.state in ("call_first", "unknown"):
        return _to_be_asked(state, in_words=in_words, is_zoneless=is_zoneless)
    if is_zoneless and state.state == "unknown":
        return _("Hours of an unknown time zone: call first")
    line = _open_line(state, now, zone, in_words=in_words)
    return with_city(line, state, zone) if is_afar else line


def with_city(line: str, state: OpenState, zone: str) -> str:
    """The line with the city whose clock it is told by; without an hour in it there is nothing to add."""
    if not (state.until or state.next):
        return line
    return by_clock_of(line, zone)


def by_clock_of(line: str, zone: str) -> str:
    """ "Open at 18:00 (Toronto time)"."""
    told = {"line": line, "city": city_of(zone)}
    # French writes "heure d'Edmonton" and "heure de Toronto".
    if told["city"][0] in "AEIOU":
        return pgettext("city that begins with a vowel", "%(line)s (%(city)s time)") % told
    return _("%(line)s (%(city)s time)") % told


def _open_line(state: OpenState, now: datetime, zone: str, *, in_words: bool) -> str:
    match state.state:
        case "open" if state.until is None:
            return _("Open now, day and night")
        case "open":
            return _("Open now, until %(moment)s") % {"moment": moment(state.until, now, zone)}
        case "closed":
            return _closed_line(state.next, now, zone)
        case "temporarily_closed":
            return _("Closed for a while")
        case "by_appointment":
            return _("By appointment")
        case "call_first":
            return _("Public holiday: call first")
    return _("Hours in words: see the details, or call") if in_words else _("Hours not stated: call first")


def _to_be_asked(state: OpenState, *, in_words: bool, is_zoneless: bool) -> str:
    """What is not known, where nobody can call."""
    if state.state == "call_first":
        return _("Public holiday: ask first")
    if is_zoneless:
        return _("Hours of an unknown time zone: ask first")
    return _("Hours in words: see the details") if in_words else _("Hours not stated: ask first")


def _closed_line(opens: datetime | None, now: datetime, zone: str) -> str:
    if opens is None:
        return _("Closed now")
    if is_far(opens, now, zone):
        return _("Closed now. Opens again on %(day)s") % {"day": moment(opens, now, zone)}
    return _("Closed now. Opens %(moment)s") % {"moment": moment(opens, now, zone)}


def open_class(state: OpenState) -> str:
    """The class that colours the line; the words say it too."""
    return OPEN_CLASSES.get(state.state, "unknown")


def band_text(band: str) -> str:
    """A band of distance in words; the community itself needs none."""
    return {
        "here": "",
        "near": _("less than 25 km away"),
        "within_50": _("25 to 50 km away"),
        "within_100": _("50 to 100 km away"),
        "within_250": _("100 to 250 km away"),
        "far": _("over 250 km away"),
    }.get(band, "")


def _reach_text(facts: dict[str, Any]) -> str:
    if facts["reach"] == "country":
        return _("Anywhere in Canada")
    told = [facts["place"]["province_name"], *facts["place"].get("beside", ())]
    provinces = [name for name in told if name]
    if not provinces:
        return _("Place not stated")
    joined = joined_by_and(provinces)
    return _("Anywhere in %(province)s") % {"province": joined} if facts["reach"] == "province" else joined


def where(result: Result, way: str = "") -> str:
    """Where it is: kilometres to a known door, else the community and how far that is, roughly.

    `way` is told beside a distance: how one must travel where there is no road.
    """
    place = result.facts["place"]
    if not place["name"]:
        return _reach_text(result.facts)
    name = f"{place['name']}, {place['province_name']}"
    far = band_text(result.band)
    if result.km is not None:
        far = _("less than 1 km away") if result.km < 1 else _("%(km)s km away") % {"km": number(result.km)}
    return ", ".join(filter(None, [name, far, way])) if far else _("In %(place)s") % {"place": name}


def checked_line(facts: dict[str, Any], today: date) -> str:
    """When a person last asked the service, or that nobody has."""
    if not facts["checked_on"]:
        return ""
    days = (today - date.fromisoformat(facts["checked_on"])).days
    if days <= 0:
        return _("Checked today.")
    return ngettext("Checked %(days)s day ago.", "Checked %(days)s days ago.", days) % {"days": days}


def checked_date(facts: dict[str, Any]) -> str:
    """The same with its date, for paper, which is read later; empty where nobody asked."""
    if not facts["checked_on"]:
        return ""
    return _("Checked on %(day)s.") % {"day": day_text(date.fromisoformat(facts["checked_on"]))}


def source_line(facts: dict[str, Any], today: date) -> str:
    """How sure it is: checked, or copied from somewhere and by whom."""
    source = facts["source"]
    if checked := checked_line(facts, today):
        return checked
    if source["copied_on"]:
        day = day_text(date.fromisoformat(source["copied_on"]))
        told = _("Copied from %(source)s on %(day)s, not checked.")
        return told % {"source": source["publisher"], "day": day}
    return _("From %(source)s, not checked.") % {"source": source["publisher"]}


def _dialled(number: str) -> str:
    """What a link to a number dials; "" where there is no digit.

    Without their sign "#7233" and "*16" reach somebody else; behind a number a "#" leads to an extension.
    """
    signed = SIGNED.search(number)
    before = number[: signed.start()] if signed else number
    if signed and not any(c.isdigit() for c in before):
        return re.sub(r"[\s-]", "", signed[0]).replace("#", "%23")
    digits = "".join(c for c in before if c.isdigit() or c == "+")
    return digits if digits.strip("+") else ""


def call_link(shown: str) -> dict[str, str]:
    """A number as stewards call it ("613-555-0142 +5"), with its link; without one where nothing can be dialled."""
    dialled = _dialled(shown.partition(" +")[0])
    return {"number": shown, "href": f"tel:{dialled}" if dialled else ""}


def phone_links(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Numbers with their link: `sms:` for those that take texts alone, none for a fax, which stands last.

    `is_short`: it fits a line, and must not be broken.
    """
    links = []
    for phone in sorted(facts["phones"], key=lambda phone: phone["type"] == "fax"):
        if dialled := _dialled(phone["number"]):
            is_text, is_fax = phone["type"] in ("text", "sms"), phone["type"] == "fax"
            shown = phone["number"]
            if phone["extension"]:
                shown = _("%(number)s, extension %(extension)s") % phone
            label = _("Text") if is_text else _("Fax") if is_fax else _("Call")
            if phone["label"] and phone["label"].casefold() != label.casefold():
                shown = f"{shown} ({phone['label']})"
            href = "" if is_fax else f"{'sms' if is_text else 'tel'}:{dialled}"
            is_short = len(shown) <= SHORT_NUMBER
            links.append({"number": shown, "href": href, "label": label, "is_short": is_short})
    return links
