"""What a change changes, in words: each part before and after, as a reader would say it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.languages import language_name
from directory.finding.stated import facts_from_json
from directory.models.proposed_change import ProposedChange
from directory.models.schedule import HoursOf
from directory.rules.eligibility_terms import DIMENSIONS, Fact
from directory.rules.hours_seasons import season_from_json
from directory.rules.interpreters import by_interpreter
from directory.rules.opening_rows import clock_of
from directory.rules.opening_week import Span, minutes_between
from directory.rules.season_typed import write_season
from directory.rules.told_source import Via
from directory.views.languages import language, starts_large
from directory.views.stated import bounds_text
from directory.views.wording import day_text
from directory.views.wording_places import PLACES, where_lines
from directory.views.wording_weeks import hours_text

LABELS = {
    "name": gettext_lazy("Name"),
    "description": gettext_lazy("What you get"),
    "eligibility_description": gettext_lazy("Who can come, in words"),
    "application_process": gettext_lazy("How to start"),
    "fees_description": gettext_lazy("Cost"),
    "alert": gettext_lazy("Notice at the top"),
    "email": gettext_lazy("E-mail address"),
    "url": gettext_lazy("Website"),
    "website": gettext_lazy("Website"),
    "interpretation_services": gettext_lazy("Interpreters"),
    "status": gettext_lazy("Open or closed"),
    "publish_to": gettext_lazy("Who may find it"),
}
PARTS = {
    "needs": gettext_lazy("What it offers"),
    "place": gettext_lazy("Where it is"),
    "where": gettext_lazy("Where it is"),
    "tier": gettext_lazy("Protected or open"),
    "area": gettext_lazy("The region that is told"),
    "phones": gettext_lazy("Telephone"),
    "organization.phones": gettext_lazy("Telephone"),
    "languages": gettext_lazy("Languages"),
    "facts": gettext_lazy("Who can come"),
    "hours": gettext_lazy("Hours"),
}
FIRST = ("service.name", "service.name_fr", "needs", "place")
"""What says what a listing is, before all else that is told of it."""
PHONE_TYPES = {
    "": gettext_lazy("to call"),
    "voice": gettext_lazy("to call"),
    "text": gettext_lazy("for texts"),
    "sms": gettext_lazy("for texts"),
    "fax": gettext_lazy("fax"),
}
HOURS_OF = {
    HoursOf.NOT_STATED: gettext_lazy("Hours"),
    HoursOf.INTAKE: gettext_lazy("Hours for newcomers"),
    HoursOf.PHONE: gettext_lazy("Hours of the telephone"),
    HoursOf.OFFICE: gettext_lazy("Hours of the office"),
    HoursOf.DROP_IN: gettext_lazy("Hours to drop in"),
    HoursOf.RESIDENT: gettext_lazy("Hours of people who stay"),
}
ON_HOLIDAYS = {
    "not_stated": gettext_lazy("not stated"),
    "open": gettext_lazy("open as usual"),
    "closed": gettext_lazy("closed"),
    "own_list": gettext_lazy("days of its own"),
}
STATUSES = {
    "active": gettext_lazy("open"),
    "temporarily closed": gettext_lazy("closed for a while"),
    "inactive": gettext_lazy("not running, not shown"),
    "defunct": gettext_lazy("over, not shown"),
}

VIA = {
    Via.TELEPHONE: gettext_lazy("on the telephone"),
    Via.WEBSITE: gettext_lazy("on their own website"),
    Via.EMAIL: gettext_lazy("by e-mail"),
    Via.LETTER: gettext_lazy("by letter"),
    Via.IN_PERSON: gettext_lazy("in person"),
    Via.LIST: gettext_lazy("in another directory or list"),
    Via.TRANSLATION: gettext_lazy("translated from the other language"),
}
"""How a steward was told what they corrected; taking back their own words needs nobody to tell it."""

Line = dict[str, str]


def source_words(change: ProposedChange) -> str:
    """Who told what a steward corrected; empty of what people of the organization, or a feed, said."""
    if not change.is_correction:
        return ""
    if change.told_via == Via.UNDOING or change.told_on is None:
        return _("A steward took back what stewards had written.")
    told = {"who": change.told_by, "how": str(VIA[Via(change.told_via)]), "day": day_text(change.told_on)}
    return _("Corrected by a steward. Told by: %(who)s, %(how)s, on %(day)s.") % told


def _line(label: Any, before: Any, after: Any) -> Line:
    nothing = _("nothing")
    return {"label": str(label), "before": str(before or nothing), "after": str(after or nothing)}


def diff_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Line]:
    """A line for each thing that differs: its label, what was and what is."""
    lines: list[Line] = []
    for key in sorted(after, key=lambda key: (FIRST.index(key) if key in FIRST else len(FIRST), key)):
        kind = key.partition("/")[0]
        if kind == "hours":
            lines += _hours_lines(key, before.get(key) or {}, after[key] or {})
        elif kind == "facts":
            lines += _fact_lines(before.get(key) or [], after[key] or [])
        elif kind in ("phones", "organization.phones"):
            lines.append(_line(label_of(key), _phones(before.get(key)), _phones(after[key])))
        elif kind == "languages":
            lines.append(_line(label_of(key), _languages(before.get(key)), _languages(after[key])))
        elif kind == "where":
            lines += [_line(*line) for line in where_lines(before.get(key) or {}, after[key] or {})]
        elif kind in PLACES:
            lines.append(_line(label_of(key), PLACES[kind](before.get(key)), PLACES[kind](after[key])))
        else:
            lines.append(_line(label_of(key), _value(key, before.get(key)), _value(key, after[key])))
    return [line for line in lines if line["before"] != line["after"]]


def label_of(key: str) -> str:
    """ "Cost (French)" of "service.fees_description_fr"."""
    if key.startswith("place/"):
        return _("Another place")
    if part := PARTS.get(key.partition("/")[0]):
        return str(part)
    name = key.partition(".")[2]
    bare = name.removesuffix("_fr")
    label = str(LABELS.get(bare, bare))
    return _("%(label)s (French)") % {"label": label} if name != bare else label


def _value(key: str, value: Any) -> str:
    return str(STATUSES.get(value, value)) if key == "service.status" else str(value or "")


def _phones(rows: Sequence[Mapping[str, str]] | None) -> str:
    return "; ".join(map(phone_text, rows or []))


def phone_text(row: Mapping[str, str]) -> str:
    """ "613-555-0142, extension 3, to call (Nurse)"."""
    number = row["number"]
    if row.get("extension"):
        number = _("%(number)s, extension %(extension)s") % row
    words = [row.get("description", ""), row.get("description_fr", "")]
    told = f"{number}, {PHONE_TYPES.get(row.get('type', ''), row.get('type', ''))}"
    noted = " / ".join(filter(None, words))
    return f"{told} ({noted})" if noted else told


def _languages(rows: Sequence[Mapping[str, str]] | None) -> str:
    names = []
    for row in rows or []:
        name = starts_large(language_name(row["code"], row.get("name", ""), language()))
        is_interpreted = by_interpreter(row.get("note", ""))
        names.append(_("%(name)s by an interpreter") % {"name": name} if is_interpreted else name)
    return ", ".join(sorted(names))


def _fact_lines(before: list[Any], after: list[Any]) -> list[Line]:
    was, now = (_by_term(facts_from_json(stored)) for stored in (before, after))
    order = list(DIMENSIONS)
    keys = sorted({*was, *now}, key=lambda key: (order.index(key[0]), key[1]))
    return [_line(_fact_label(*key), *(_said(facts.get(key)) for facts in (was, now))) for key in keys]


def _by_term(facts: list[Fact]) -> dict[tuple[str, str], Fact]:
    return {(fact.dimension, fact.term): fact for fact in facts if fact.dimension in DIMENSIONS}


def _fact_label(dimension: str, slug: str) -> str:
    known = DIMENSIONS[dimension]
    name = known.name_fr if language() == "fr" else known.name
    term = known.term(slug)
    return f"{name} – {term.name_fr if language() == 'fr' else term.name}" if term else name


def _said(fact: Fact | None) -> str:
    if fact is None:
        return _("not stated")
    answer = _("yes") if fact.stated else _("no")
    bounds = bounds_text(DIMENSIONS[fact.dimension].counted, fact.low, fact.high)
    return f"{answer}, {bounds}" if bounds else answer


def _hours_lines(key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Line]:
    """A line for each weekday that differs; for notes, holidays and own days one each."""
    label = HOURS_OF.get(HoursOf(key.rpartition("/")[2]), _("Hours"))
    lines = [_line(label, _week_state(before), _week_state(after))]
    was, now = _days(before), _days(after)
    lines += [_line(starts_large(str(WEEKDAYS[day])), was[day], now[day]) for day in range(7)]
    lines.append(_line(_("On public holidays"), _holidays(before), _holidays(after)))
    lines.append(_line(_("Words about the hours"), before.get("note"), after.get("note")))
    lines.append(_line(_("Words about the hours (French)"), before.get("note_fr"), after.get("note_fr")))
    lines.append(_line(_("Other hours for a time"), _seasons(before), _seasons(after)))
    lines.append(_line(_("Other days"), _own_days(before), _own_days(after)))
    return lines


def _holidays(hours: Mapping[str, Any]) -> str:
    return str(ON_HOLIDAYS.get(hours.get("on_holidays", "not_stated"), ""))


def _week_state(hours: Mapping[str, Any]) -> str:
    told = {
        "always": _("day and night, every day"),
        "appointment": _("by appointment"),
        "times": _("a week of hours"),
        "kept": _("hours that change with the weeks"),
    }
    return told.get(hours.get("state", ""), _("not stated"))


def _days(hours: Mapping[str, Any]) -> list[str]:
    """What each weekday says; nothing where the hours are no week."""
    if hours.get("state") != "times":
        return [""] * 7
    days = hours.get("days") or [[]] * 7
    return [hours_text([Span(number, *ends) for ends in day]) for number, day in enumerate(days)]


def _seasons(hours: Mapping[str, Any]) -> str:
    told = []
    for season in map(season_from_json, hours.get("seasons", [])):
        last = day_text(season.last)
        when = _("until %(last)s") % {"last": last}
        if season.first:
            when = _("from %(first)s to %(last)s") % {"first": day_text(season.first), "last": last}
        told.append(f"{when}: {write_season(season.days, language())}")
    return " / ".join(told)


def _own_days(hours: Mapping[str, Any]) -> str:
    told = []
    for day in hours.get("own_days", []):
        on = date.fromisoformat(day["on"])
        spans = []
        if day["opens_at"]:
            ends = minutes_between(clock_of(day["opens_at"]), clock_of(day["closes_at"]))
            spans = [Span(on.weekday(), *ends)]
        noted = " / ".join(filter(None, [day["note"], day["note_fr"]]))
        told.append(f"{day_text(on)}: {hours_text(spans)}" + (f" ({noted})" if noted else ""))
    return "; ".join(told)
