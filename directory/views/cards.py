"""What the templates show of one service, ready made: its card among results, its own page."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.answer import Result
from directory.finding.hours import is_zoneless
from directory.rules.freshness import fresh_until
from directory.rules.places import Place
from directory.views import wording
from directory.views.journeys import province_line, way_words
from directory.views.languages import language, other_languages, spoken_line, told_languages
from directory.views.reasons import reasons_line
from directory.views.stated import stated_groups
from directory.views.wording_beside import beside_line, hours_name, main_hours_name, main_line
from directory.views.wording_weeks import own_days, week_tables


def address_note(facts: dict[str, Any]) -> str:
    """Why a protected place shows no street; a number may tell it, but nobody visits a line."""
    if not facts["is_protected"]:
        return ""
    is_line = "crisis_line" in facts["needs"][:1]
    is_told = facts["phones"] and not is_line
    return _("The address is given when you call.") if is_told else _("The address is not published.")


def answers_note(facts: dict[str, Any]) -> str:
    """That one may call at any hour, where the door or the intake keeps other hours."""
    is_told = facts.get("answers_always") and facts["phones"]
    return _("The phone is answered day and night.") if is_told else ""


CHECKED = {
    "phones": gettext_lazy("telephone number"),
    "email": gettext_lazy("e-mail address"),
    "website": gettext_lazy("website"),
    "name": gettext_lazy("name"),
}
"""What may be being checked, in words."""


def being_checked(names: list[str]) -> str:
    """Of what the organization asked a change that a steward calls back about first; "" for nothing."""
    if not names:
        return ""
    told = wording.joined_by_and([str(CHECKED[name]) for name in CHECKED if name in names])
    return _(
        "A change is being checked: %(what)s. Until then, this page shows what was confirmed before."
    ) % {"what": told}


def looked_into_line() -> str:
    """What is said of a listing whose organization stewards look into: no blame, and nobody is sent there."""
    return _("We are looking into this organization and can’t recommend it today.")


def _without_recommending(told: dict[str, Any]) -> dict[str, Any]:
    """A card that says so first, and nothing that would send somebody there."""
    silent = dict.fromkeys(("open_line", "beside_line", "spoken_line", "fit_line", "answers_note"), "")
    return told | silent | {"warning": looked_into_line(), "notes": [], "phones": [], "open_class": ""}


def _fit(result: Result, verdict: str) -> str:
    """What a result answers to all that was asked about a person, as far as the answer is this one."""
    reasons = [reason for reason in result.reasons if reason.verdict == verdict]
    return reasons_line(reasons, language())


def _notes(result: Result, asked: tuple[str, ...], near: Place | None) -> list[dict[str, str]]:
    """What fits and what has to be asked, the language first; one after the other they read as one line."""
    facts, is_sure = result.facts, result.spoken in ("staff", "interpreter")
    told = [
        (spoken_line(result, asked), "yes" if is_sure else "ask"),
        (_fit(result, "yes"), "yes"),
        (_fit(result, "ask"), "ask"),
        (province_line(result, near), "ask"),
        (answers_note(facts), "yes"),
        (address_note(facts), "yes"),
    ]
    return [{"text": text, "class": kind} for text, kind in told if text]


def open_line(result: Result, now: datetime) -> str:
    """Whether it is open at `now`, in the words of a card; of the hours that count. Of what is looked into, that."""
    facts = result.facts
    if facts.get("looked_into"):
        return looked_into_line()
    return main_line(facts, result.open, now) or wording.open_line(
        result.open,
        now,
        facts["zone"],
        in_words=bool(facts["hours_notes"]),
        is_zoneless=is_zoneless(facts),
        is_afar=not facts["place"]["name"],
        has_phone=bool(facts["phones"]),
    )


def _source_line(result: Result, today: date) -> str:
    told = wording.source_line(result.facts, today)
    return _("%(checked)s A new check is due.") % {"checked": told} if result.is_overdue else told


def _aged_line(facts: dict[str, Any], today: date) -> str:
    """When it was checked; of a check that no longer holds, since when nobody confirmed it."""
    checked = date.fromisoformat(facts["checked_on"]) if facts["checked_on"] else None
    until = fresh_until(checked, facts["needs"])
    if checked is None or until is None or today <= until:
        return wording.checked_line(facts, today)
    month = date_format(checked, "F Y")
    return _("Not confirmed since %(month)s: call first.") % {"month": month}


def _kinds_line(facts: dict[str, Any], needs: Collection[str]) -> str:
    """Two kinds of help, those first that were asked for."""
    kinds = zip(facts["needs"], facts["kinds"], strict=True)
    told = [name for _, name in sorted(kinds, key=lambda kind: kind[0] not in needs)]
    return ", ".join(told[:2])


def card(
    result: Result,
    now: datetime,
    url: str,
    asked: tuple[str, ...] = (),
    near: Place | None = None,
    needs: Collection[str] = (),
) -> dict[str, Any]:
    """One result, in the order of a decision. `asked` are the languages of the search, `near` is its place.

    `needs` are slugs of kinds that were asked for.
    """
    facts = result.facts
    told = {
        "id": facts["id"],
        "kind": _kinds_line(facts, needs),
        "name": facts["name"],
        "name_lang": facts.get("name_lang", ""),
        "organization": facts["organization"] if facts["organization"] != facts["name"] else "",
        "url": url,
        "open_class": wording.open_class(result.open),
        "open_line": open_line(result, now),
        "beside_line": beside_line(facts, now),
        "where": wording.where(result, way_words(result, near)),
        "languages": other_languages(result, asked, 4),
        "spoken_line": spoken_line(result, asked),
        "fit_line": reasons_line(result.reasons, language()),
        "notes": _notes(result, asked, near),
        "weeks": _tables(facts, now),
        "own_days": _own_days(facts, now),
        "hours_note": " ".join(facts["hours_notes"]),
        "hours_note_lang": facts.get("hours_notes_lang", ""),
        "source_line": _source_line(result, now.date()),
        "checked_date": wording.checked_date(facts),
        "is_demo": facts["source"]["is_demo"],
        "phones": wording.phone_links(facts),
        "warning": "",
    }
    return _without_recommending(told) if facts.get("looked_into") else told


def _kinds(facts: dict[str, Any]) -> list[tuple[str, dict[str, Any], str, set[str]]]:
    """Hours of each kind, those first that "open" is judged by: name, facts, zone, and what they are the hours of."""
    beside = [told for told in facts.get("hours_beside", []) if told["of"] != "resident"]
    first, kinds = main_hours_name(facts), set(facts.get("hours_of", [""]))
    if beside and not first:
        first = hours_name(next(iter(facts.get("hours_of", [])), ""))
    others = [(hours_name(told["of"]), told, told["zone"] or facts["zone"], {told["of"]}) for told in beside]
    return [(first, facts, facts["zone"], kinds), *others]


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(wording.ZoneInfo(zone)).date()


def _tables(facts: dict[str, Any], now: datetime) -> list[dict[str, Any]]:
    """The weeks of a listing, each with what it is the hours of."""
    return [
        {"name": name, **table}
        for name, told, zone, _ in _kinds(facts)
        for table in week_tables(told, _today(now, zone))
    ]


def _own_days(facts: dict[str, Any], now: datetime) -> list[dict[str, Any]]:
    """Days that are not over with hours of their own, or with a note, each with what it is the hours of."""
    found = []
    for name, told, zone, kinds in _kinds(facts):
        today = _today(now, zone)
        hours = own_days(told, today)
        notes = {
            date.fromisoformat(note["on"]): note
            for note in facts.get("own_day_notes", [])
            if note["of"] in kinds and date.fromisoformat(note["on"]) >= today
        }
        found += [
            {
                "on": on,
                "day": wording.day_text(on),
                "is_today": on == today,
                "name": name,
                "hours": hours.get(on, ""),
                "note": notes[on]["note"] if on in notes else "",
                "lang": notes[on]["note_lang"] if on in notes else "",
            }
            for on in {*hours, *notes}
        ]
    return sorted(found, key=lambda day: day["on"])


def listing_page(result: Result, now: datetime, back_url: str) -> dict[str, Any]:
    """Everything that the page of one listing shows."""
    facts = result.facts
    texts = ("description", "eligibility", "how", "fees", "alert")
    told = {name: facts[name] for text in texts for name in (text, f"{text}_lang")}
    return card(result, now, "") | {
        "description": told["description"],
        "description_lang": told["description_lang"],
        "eligibility": told["eligibility"],
        "eligibility_lang": told["eligibility_lang"],
        "stated": stated_groups(facts),
        "how_to_apply": told["how"],
        "how_lang": told["how_lang"],
        "fees": told["fees"],
        "fees_lang": told["fees_lang"],
        "alert": told["alert"],
        "alert_lang": told["alert_lang"],
        # A page that was made before papers were told has none until it is made anew.
        "bring": facts.get("bring", []),
        "bring_lang": facts.get("bring_lang", ""),
        **{name: facts.get(name, "") for name in ("directions", "directions_lang", "wait", "wait_lang")},
        "kind": ", ".join(facts["kinds"]),
        "being_checked": being_checked(facts.get("being_checked", [])),
        "address_lines": facts["address"],
        "address_note": address_note(facts),
        "email": facts["email"],
        "website": facts["website"],
        "answers_note": "" if facts.get("looked_into") else answers_note(facts),
        "languages": told_languages(facts),
        "checked_line": _aged_line(facts, now.date()),
        "source_line": "" if facts["checked_on"] else wording.source_line(facts, now.date()),
        "source_url": facts["source"]["url"],
        "back_url": back_url,
        # Who lives there, or decides to call all the same, finds its numbers: below, and without a button.
        "numbers_below": wording.phone_links(facts) if facts.get("looked_into") else [],
    }
