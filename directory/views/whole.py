"""All that a yes confirms of a listing, in words; and what was changed between a page and its yes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.keep_hours import told_of
from directory.actions.refuse_unseen import Unseen
from directory.actions.refused import Refused
from directory.finding.facts import text_in
from directory.finding.hours import hours_facts
from directory.finding.whole import AGES, AT_PLACES, CONTACTS, PAGE, PAPERS, WAIT, Whole, marks_of, whole_of
from directory.models.listing import Listing
from directory.models.organization import Organization
from directory.models.schedule import HoursOf
from directory.models.service import Service
from directory.models.vetted_listing import VettedFacts
from directory.views import wording
from directory.views.languages import language
from directory.views.wording_changes import HOURS_OF, diff_of, label_of, phone_text
from directory.views.wording_weeks import week_tables

Line = dict[str, str]
FIELD = "seen-"
"""Begins the names of the fields that carry marks; the id of the listing follows."""


def _name(record: Organization | Service) -> str:
    return text_in(record.name, record.name_fr, language())[0]


def whole_told(service: Service) -> dict[str, Any]:
    """A listing as somebody reads it who is asked whether it is true: lines of label and words, and its marks."""
    whole = whole_of(service)
    parts = {key: value for key, value in whole.items() if not _is_beside(key)}
    own = {key: value for key, value in parts.items() if not key.startswith(("organization.", "place/"))}
    return {
        "service": service,
        "name": _name(service),
        "organization": _name(service.organization) if service.organization else "",
        "lines": [*_lines(own), *_more(whole)],
        "of_organization": _lines({key: parts[key] for key in parts if key.startswith("organization.")}),
        "contacts": [_contact(told) for told in whole[CONTACTS]],
        "checked": _checked(service.assured_date),
        "field": f"{FIELD}{service.pk}",
        "marks": marks_of(whole),
    }


def _is_beside(key: str) -> bool:
    return key in (CONTACTS, PAPERS, WAIT, AGES, AT_PLACES, PAGE)


def _checked(day: date | None) -> str:
    facts = {"checked_on": day.isoformat() if day else None}
    return wording.checked_line(facts, timezone.localdate()) or _("Nobody has checked this yet.")


def _lines(parts: Mapping[str, Any]) -> list[Line]:
    """Each part that says anything; hours that change with the weeks as the public page tells them."""
    told: list[Line] = []
    for key in sorted(parts):
        lines = diff_of({}, {key: parts[key]})
        told += [{"label": one["label"], "words": one["after"]} for one in lines]
        if key.startswith("hours/") and parts[key]["state"] == "kept":
            told += _weeks(key, parts[key])
    return told


def _weeks(key: str, hours: Mapping[str, Any]) -> list[Line]:
    name = str(HOURS_OF[HoursOf(key.rpartition("/")[2])])
    return [
        {"label": " ".join(filter(None, [name, table["when"], row["days"]])), "words": row["hours"]}
        for table in week_tables(hours_facts(told_of(hours), ""), timezone.localdate())
        for row in table["rows"]
    ]


def _more(whole: Whole) -> list[Line]:
    papers = [text_in(english, french, language())[0] for english, french in whole[PAPERS]]
    lowest, highest = whole[AGES]
    told = [
        (_("Telephone at its places"), "; ".join(phone_text(row) for row in whole[AT_PLACES])),
        (_("What to bring"), "; ".join(papers)),
        (_("How long one waits"), whole[WAIT]),
        (_("Youngest age"), lowest),
        (_("Oldest age"), highest),
    ]
    return [{"label": label, "words": words} for label, words in told if words]


def _contact(told: Mapping[str, Any]) -> str:
    said = [told[name] for name in ("name", "title", "department", "email")]
    return ", ".join(filter(None, [*said, *told["phones"]]))


def is_for_everybody(services: Iterable[Service]) -> set[UUID]:
    """Those of which everybody sees all that is confirmed: a letter's link shows no others, and confirms none."""
    keys = [service.pk for service in services]
    shown = set(Listing.objects.filter(service_id__in=keys).order_by().values_list("service_id", flat=True))
    more = VettedFacts.objects.filter(service_id__in=keys).order_by().values_list("service_id", flat=True)
    return shown - set(more)


def seen_in(request: HttpRequest) -> dict[UUID, str]:
    """By service, the marks that a page sent back."""
    found = {}
    for name, value in request.POST.items():
        if name.startswith(FIELD):
            try:
                found[UUID(name.removeprefix(FIELD))] = str(value)
            except ValueError:
                continue
    return found


def changed_words(unseen: Unseen) -> list[str]:
    """ "Clinic: Hours, Telephone" for each listing that was changed between a page and its yes."""
    names = Service.objects.in_bulk(list(unseen.changed))
    return [
        f"{_name(names[key])}: {', '.join(dict.fromkeys(map(_label, parts)))}"
        for key, parts in unseen.changed.items()
        if key in names
    ]


def _label(key: str) -> str:
    if _is_beside(key):
        return {
            CONTACTS: _("whom to turn to"),
            PAPERS: _("What to bring"),
            WAIT: _("How long one waits"),
        }.get(key, _("Something else"))
    return label_of(key)


def tell_refused(request: HttpRequest, fault: Refused) -> None:
    """Why nothing was confirmed; where something was changed meanwhile, what."""
    messages.error(request, str(fault))
    for line in changed_words(fault) if isinstance(fault, Unseen) else ():
        messages.info(request, line)
