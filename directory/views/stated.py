"""What a service states about whom it takes and how it treats them, said on its page: yes, no and what to ask."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.finding.stated import facts_from_json
from directory.rules.eligibility_terms import DIMENSIONS, Counted, Dimension, Fact
from directory.views.languages import language
from directory.views.wording import day_text

Facts = dict[str, Any]

REFUSED: dict[str, Any] = {
    "no_id": gettext_lazy("You need identity papers"),
    "no_health_card": gettext_lazy("You need a health card"),
    "no_police_report": gettext_lazy("A police report is asked for"),
    "no_self_identification": gettext_lazy("You are asked to say what happened to you"),
    "asks_no_status": gettext_lazy("You are asked about your immigration status"),
    "no_enforcement_sharing": gettext_lazy("Police or immigration may be told"),
    "self_referral": gettext_lazy("Somebody has to ask for you"),
    "out_of_area": gettext_lazy("Only for people who live there"),
    "substance_use": gettext_lazy("Not while you use alcohol or drugs"),
    "prescribed_opioids": gettext_lazy("Prescribed opioids are not accepted"),
    "sex_work": gettext_lazy("Not while you do sex work"),
    "criminal_record": gettext_lazy("Not with a criminal record"),
    "trans_welcome": gettext_lazy("Not open to trans people"),
    "keep_phone": gettext_lazy("You hand in your phone"),
    "no_curfew": gettext_lazy("There is a curfew"),
    "no_religion": gettext_lazy("Religious duties are part of it"),
    "free": gettext_lazy("It costs something"),
}
"""A stated no on a condition that is itself a negation reads as its opposite."""

CLOSED_WAYS: dict[str, Any] = {
    "self_call": gettext_lazy("Not by calling"),
    "walk_in": gettext_lazy("Not without an appointment"),
    "pickup": gettext_lazy("Nobody picks you up"),
    "worker_call": gettext_lazy("No worker calls for you"),
}
"""Ways in that a service does not have; "you come in" with a no before it would read as "you may not come"."""

SILENT_WAYS: dict[str, Any] = {
    "chat": gettext_lazy("Not by online chat"),
    "video": gettext_lazy("Not by video call"),
}


def stated_groups(facts: Facts) -> list[dict[str, Any]]:
    """By dimension, in the order of the pages: its name, what is stated yes, and what no."""
    stated = facts_from_json(facts.get("stated", []))
    groups = []
    for dimension in DIMENSIONS.values():
        own = [fact for fact in stated if fact.dimension == dimension.slug]
        if own:
            yes = [_said(dimension, fact) for fact in own if fact.stated]
            no = [_refused(dimension, fact) for fact in own if not fact.stated]
            day = facts.get("signed", {}).get(dimension.slug)
            signed = day_text(date.fromisoformat(day)) if day else ""
            groups.append({"name": _name(dimension), "yes": yes, "no": no, "signed": signed})
    return groups


def _name(dimension: Dimension) -> str:
    return dimension.name_fr if language() == "fr" else dimension.name


def _said(dimension: Dimension, fact: Fact) -> str:
    """A term, its bounds, or both: "Boys, up to 12 years"."""
    term = dimension.term(fact.term)
    name = (term.name_fr if language() == "fr" else term.name) if term else ""
    bounds = bounds_text(dimension.counted, fact.low, fact.high)
    if name and bounds:
        return _("%(who)s, %(bounds)s") % {"who": name, "bounds": bounds}
    return name or (bounds[:1].upper() + bounds[1:])


def _refused(dimension: Dimension, fact: Fact) -> str:
    if dimension.slug == "accept":
        return str(REFUSED[fact.term])
    if dimension.slug == "intake":
        return str(CLOSED_WAYS[fact.term])
    if dimension.slug == "way":
        return str(SILENT_WAYS[fact.term])
    return _("No: %(what)s") % {"what": _said(dimension, fact)}


def bounds_text(counted: Counted, low: Decimal | None, high: Decimal | None) -> str:
    """ "16 to 24 years old", "up to 30 days"; "" without bounds."""
    if low is None and high is None:
        return ""
    return _days(low, high) if counted is Counted.DAYS else _years(low, high)


def _days(low: Decimal | None, high: Decimal | None) -> str:
    """One bound at least is there; so for years."""
    told, last = _told(low, high)
    if low is None:
        return ngettext("up to %(high)s day", "up to %(high)s days", last) % told
    if high is None:
        return ngettext("at least %(low)s day", "at least %(low)s days", last) % told
    if low == high:
        return ngettext("%(days)s day", "%(days)s days", last) % {"days": told["low"]}
    return _("%(low)s to %(high)s days") % told


def _years(low: Decimal | None, high: Decimal | None) -> str:
    told, last = _told(low, high)
    if low is None:
        return ngettext("up to %(high)s year old", "up to %(high)s years old", last) % told
    if high is None:
        return ngettext("%(low)s and over", "%(low)s and over", last) % told
    if low == high:
        return ngettext("%(age)s year old", "%(age)s years old", last) % {"age": told["low"]}
    return _("%(low)s to %(high)s years old") % told


def _told(low: Decimal | None, high: Decimal | None) -> tuple[dict[str, str], int]:
    """Both as they are written, and the number that decides between "day" and "days"."""
    return {"low": _number(low), "high": _number(high)}, int(high if high is not None else low or 0)


def _number(bound: Decimal | None) -> str:
    if bound is None:
        return ""
    plain = f"{bound:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain.replace(".", ",") if language() == "fr" else plain
