"""Why a result may fit, in one plain line: "Accepts 16 and over. Pets: ask." Only of what was asked.

An immigration status is never named: who looks over the reader's shoulder need not see it.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from directory.rules.eligibility import Reason
from directory.rules.person import Child
from directory.views.languages import starts_large

SAID: dict[str, tuple[Any, Any]] = {
    "gender:woman": (_("Accepts women."), _("women")),
    "gender:man": (_("Accepts men."), _("men")),
    "gender:non_binary": (_("Accepts non-binary people."), _("non-binary people")),
    "gender:two_spirit": (_("Accepts Two-Spirit people."), _("Two-Spirit people")),
    "with:children": (_("Your children can come."), _("your children")),
    "with:companion": (_("Someone can come with you."), _("someone with you")),
    "with:partner": (_("A partner can come."), _("a partner")),
    "with:adult_dependant": (_("An adult who depends on you can come."), _("an adult who depends on you")),
    "with:pet": (_("Pets can come."), _("pets")),
    "indigenous:first_nations": (_("Accepts First Nations people."), _("First Nations people")),
    "indigenous:inuit": (_("Accepts Inuit."), _("Inuit")),
    "indigenous:metis": (_("Accepts Métis people."), _("Métis people")),
    "indigenous:non_status_or_unsure": (
        _("Accepts Indigenous people without status, or not sure."),
        _("Indigenous people without status"),
    ),
    "accept:no_id": (_("No ID needed."), _("without ID")),
    "accept:no_health_card": (_("No health card needed."), _("without a health card")),
    "accept:no_police_report": (_("No police report needed."), _("without a police report")),
    "accept:no_self_identification": (
        _("You don't have to say what happened."),
        _("without saying what happened"),
    ),
    "accept:asks_no_status": (
        _("They don't ask about immigration status."),
        _("without questions about immigration status"),
    ),
    "accept:no_enforcement_sharing": (
        _("They tell police and immigration nothing."),
        _("nothing told to police or immigration"),
    ),
    "accept:self_referral": (_("You can ask for yourself."), _("asking for yourself")),
    "accept:out_of_area": (_("You can come from elsewhere."), _("coming from elsewhere")),
    "accept:substance_use": (_("You can come if you use alcohol or drugs."), _("alcohol or drug use")),
    "accept:prescribed_opioids": (_("Accepts prescribed opioids."), _("prescribed opioids")),
    "accept:sex_work": (_("You can come if you do sex work."), _("sex work")),
    "accept:criminal_record": (_("You can come with a criminal record."), _("a criminal record")),
    "accept:trans_welcome": (_("Trans people are welcome."), _("trans people")),
    "accept:keep_phone": (_("You keep your phone."), _("keeping your phone")),
    "accept:no_curfew": (_("No curfew."), _("without a curfew")),
    "accept:no_religion": (_("No religious duties."), _("without religious duties")),
    "accept:free": (_("Free."), _("free of charge")),
    "access:wheelchair": (_("Wheelchair access."), _("wheelchair access")),
    "access:deaf": (_("Access for Deaf people."), _("access for Deaf people")),
    "access:blind": (
        _("Access for people who don't see well."),
        _("access for people who don't see well"),
    ),
    "access:cognitive": (_("Simple words and more time."), _("simple words and more time")),
    "access:personal_care": (_("Help with personal care."), _("help with personal care")),
    "access:service_animal": (_("Service animals come in, which is a right."), _("service animals")),
    "intake:self_call": (_("You can call yourself."), _("calling yourself")),
    "intake:walk_in": (_("You can just come in."), _("just coming in")),
    "intake:pickup": (_("They can pick you up."), _("being picked up")),
    "intake:worker_call": (_("A worker can call for you."), _("a call from a worker")),
}
"""For each term: the sentence of a yes, and the words before "ask" or "no"."""

AGE, STATUS = _("your age"), _("your immigration status")
BABY = _("a baby")
STATUS_ACCEPTED = _("Accepts your immigration status.")
CHILDREN = {"any": _("Children"), "female": _("Girls"), "male": _("Boys")}


def reasons_line(reasons: Iterable[Reason], language: str) -> str:
    """The line in "en" or "fr": what is accepted first, then what to ask about, then what is not; empty for nothing."""
    with override(language):
        by_verdict: dict[str, list[Reason]] = {"yes": [], "ask": [], "no": []}
        for reason in reasons:
            by_verdict[reason.verdict].append(reason)
        told = [str(_accepted(reason)) for reason in by_verdict["yes"]]
        told.append(_listed(_("%(names)s: ask."), by_verdict["ask"]))
        told.append(_listed(_("%(names)s: no."), by_verdict["no"]))
        return " ".join(dict.fromkeys(filter(None, told)))


def _listed(sentence: Any, reasons: list[Reason]) -> str:
    tells_child = any(reason.dimension == "child" for reason in reasons)
    # "Your children, a child of 4" are the same child twice.
    told = [r for r in reasons if not (tells_child and (r.dimension, r.term) == ("with", "children"))]
    names = dict.fromkeys(str(_name(reason)) for reason in told)
    return str(sentence % {"names": starts_large(", ".join(names))}) if names else ""


def _accepted(reason: Reason) -> Any:
    match reason.dimension:
        case "age":
            return _age_accepted(reason.low, reason.high)
        case "child" if reason.child is not None:
            if not reason.term:  # taken as a girl and as a boy, each by bounds of its own
                return _("%(name)s can come.") % {"name": starts_large(str(_child_name(reason.child)))}
            who = CHILDREN[reason.term]
            return _("%(who)s: %(ages)s.") % {"who": who, "ages": _ages(reason.low, reason.high)}
        case "status":
            return STATUS_ACCEPTED
    return SAID[f"{reason.dimension}:{reason.term}"][0]


def _name(reason: Reason) -> Any:
    match reason.dimension:
        case "age":
            return AGE
        case "child" if reason.child is not None:
            return _child_name(reason.child)
        case "status":
            return STATUS
    return SAID[f"{reason.dimension}:{reason.term}"][1]


def _written(bound: Decimal) -> str:
    """A bound as one writes it: "16", "16.5" or "16,5"."""
    return number_format(bound.normalize() if bound % 1 else int(bound))


def _bounds(low: Decimal | None, high: Decimal | None) -> dict[str, str]:
    return {name: _written(bound) for name, bound in (("low", low), ("high", high)) if bound is not None}


def _age_accepted(low: Decimal | None, high: Decimal | None) -> Any:
    """The bounds as a sentence. French needs the number to tell one year from several."""
    bounds = _bounds(low, high)
    if high is None:
        if not low:
            return _("Accepts all ages.")
        return ngettext("Accepts %(low)s and over.", "Accepts %(low)s and over.", int(low)) % bounds
    if not low:
        return (
            ngettext("Accepts people up to %(high)s.", "Accepts people up to %(high)s.", int(high)) % bounds
        )
    if low == high:
        told = ngettext("Accepts people aged %(age)s.", "Accepts people aged %(age)s.", int(high))
        return told % {"age": bounds["low"]}
    return _("Accepts %(low)s to %(high)s.") % bounds


def _ages(low: Decimal | None, high: Decimal | None) -> Any:
    """ "up to 12", "5 and over", "5 to 12"."""
    bounds = _bounds(low, high)
    if high is None:
        return ngettext("%(low)s and over", "%(low)s and over", int(low)) % bounds if low else _("all ages")
    if not low:
        return ngettext("up to %(high)s", "up to %(high)s", int(high)) % bounds
    if low == high:
        return bounds["low"]
    return _("%(low)s to %(high)s") % bounds


def _child_name(child: Child) -> Any:
    if not child.age:
        return BABY
    age = {"age": child.age}
    match child.sex:
        case "male":
            return ngettext("a boy of %(age)s", "a boy of %(age)s", child.age) % age
        case "female":
            return ngettext("a girl of %(age)s", "a girl of %(age)s", child.age) % age
    return ngettext("a child of %(age)s", "a child of %(age)s", child.age) % age
