"""A result as a worker reads it: numbers first, what only workers may know apart, and a text to copy."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from directory.finding.answer import Result
from directory.finding.tagging import ways
from directory.rules.beds import NOT_REPORTED, Report, band_at
from directory.views import wording
from directory.views.terms import term_label

Facts = dict[str, Any]


def band_text(band: str) -> str:
    """A band of beds in words."""
    return {"none": _("No bed"), "few": _("1 or 2 beds"), "several": _("3 beds or more")}.get(
        band, _("Beds: not reported")
    )


def _report(facts: Facts) -> Report | None:
    told = facts.get("beds")
    return Report(told["band"], datetime.fromisoformat(told["at"])) if told else None


def beds_line(facts: Facts, now: datetime) -> str:
    """What a vetted worker reads of the beds tonight; empty where nothing was told within twelve hours."""
    report = _report(facts)
    if report is None or band_at(report, now) == NOT_REPORTED:
        return ""
    at = wording.moment(report.at, report.at, facts["zone"])
    told = {"band": band_text(report.band), "moment": at, "city": wording.city_of(facts["zone"])}
    return _("%(band)s, reported at %(moment)s (%(city)s time)") % told


def _contact(told: Facts) -> Facts:
    names = [told[name] for name in ("name", "title", "department") if told[name]]
    return {"line": ", ".join(names), "email": told["email"], "phones": wording.phone_links(told)}


def for_workers(facts: Facts) -> Facts:
    """What only vetted workers see of a listing; empty of what there is not."""
    told = facts.get("vetted", {})
    return {
        "contacts": [_contact(contact) for contact in told.get("contacts", [])],
        "email": told.get("email", ""),
        "phones": wording.phone_links({"phones": told.get("phones", [])}),
        "language_notes": told.get("language_notes", []),
        "is_alone": facts.get("for_vetted", False),
        "is_any": bool(told),
    }


def ways_line(facts: Facts) -> str:
    """How one may be helped there: "In person · By phone"."""
    found = ways(facts, has_place=bool(facts["place"]["name"]))
    order = ("in_person", "phone", "text", "chat", "video", "mobile")
    return " · ".join(term_label("way", way) for way in order if way in found)


def copy_text(result: Result, card: Facts) -> str:
    """A few lines to paste into a note or a message: what everybody may know of it.

    What is for workers alone is never in it; of a listing that only they find, the first line says so.
    """
    numbers = (f"{phone['label']} {phone['number']}" for phone in card["phones"])
    warning = _("For workers only: don’t pass on.") if result.facts.get("for_vetted") else ""
    lines = [
        warning,
        card["name"],
        card["warning"],
        card["organization"],
        *numbers,
        card["where"],
        card["open_line"],
    ]
    lines += [card["fit_line"], card["languages"], card["source_line"]]
    if card["is_demo"]:
        lines.insert(0, _("Demonstration: not a real service"))
    return "\n".join(line for line in lines if line)


def row(result: Result, card: Facts, now: datetime) -> Facts:
    """A card with what the desk adds to it."""
    return card | {
        "ways": ways_line(result.facts),
        "beds": "" if card["warning"] else beds_line(result.facts, now),
        "workers": for_workers(result.facts),
        "copy": copy_text(result, card),
    }


def rows(results: Sequence[Result], cards: Iterable[Facts], now: datetime) -> list[Facts]:
    """The same of each, in their order."""
    return [row(result, card, now) for result, card in zip(results, cards, strict=True)]
