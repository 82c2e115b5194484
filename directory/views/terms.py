"""What can be told about the person of a search, in the reader's own words: for the form and for the chips.

Where the words of `eligibility_terms` fit a single reader they are taken; the others stand here.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.rules.eligibility_terms import DIMENSIONS
from directory.rules.person import Child
from directory.views.languages import language
from directory.views.wording import by_clock_of, clock, day_text

OWN: dict[str, Any] = {
    "gender:woman": gettext_lazy("Woman"),
    "gender:man": gettext_lazy("Man"),
    "gender:non_binary": gettext_lazy("Non-binary"),
    "gender:two_spirit": gettext_lazy("Two-Spirit"),
    "with:children": gettext_lazy("With children"),
    "with:companion": gettext_lazy("With someone who comes along"),
    "with:partner": gettext_lazy("With a partner"),
    "with:adult_dependant": gettext_lazy("With an adult who depends on you"),
    "with:pet": gettext_lazy("With a pet"),
    "indigenous:first_nations": gettext_lazy("First Nations"),
    "indigenous:metis": gettext_lazy("Métis"),
    "indigenous:non_status_or_unsure": gettext_lazy("Indigenous, without status or not sure"),
    "status:citizen": gettext_lazy("Canadian citizen"),
    "status:permanent_resident": gettext_lazy("Permanent resident"),
    "status:protected_person": gettext_lazy("Protected person"),
    "status:refugee_claimant": gettext_lazy("You asked for refugee protection"),
    "status:visitor": gettext_lazy("Visitor"),
    "accept:free": gettext_lazy("Free of charge"),
    "access:wheelchair": gettext_lazy("With a wheelchair"),
    "access:deaf": gettext_lazy("Access for Deaf people"),
    "access:blind": gettext_lazy("Access if you don't see well"),
    "access:cognitive": gettext_lazy("Simple words and time"),
    "access:personal_care": gettext_lazy("Help with personal care"),
    "access:service_animal": gettext_lazy("With a service animal"),
    "way:in_person": gettext_lazy("In person"),
    "way:phone": gettext_lazy("By phone"),
    "way:text": gettext_lazy("By text message"),
    "way:chat": gettext_lazy("By online chat"),
    "way:video": gettext_lazy("By video"),
    "way:mobile": gettext_lazy("They come to you"),
    "open:now": gettext_lazy("Open now"),
    "open:evening": gettext_lazy("Open in the evening"),
    "open:weekend": gettext_lazy("Open on the weekend"),
    "open:night": gettext_lazy("Open at night"),
    "beds:tonight": gettext_lazy("With a bed reported"),
    "sort:best": gettext_lazy("What fits best first"),
    "sort:distance": gettext_lazy("Nearest first"),
    "sort:checked": gettext_lazy("Last checked first"),
}
"""By "name:value" of a search."""


def term_label(name: str, value: str) -> str:
    """The label of one value of `name`, in the language of the page."""
    if (own := OWN.get(f"{name}:{value}")) is not None:
        return str(own)
    known = DIMENSIONS[name].term(value) if name in DIMENSIONS else None
    if known is None:
        return value
    return known.name_fr if language() == "fr" else known.name


def age_label(age: int) -> str:
    """ "16 years old"; a baby has no years yet."""
    if not age:
        return _("Under 1 year old")
    return ngettext("%(age)s year old", "%(age)s years old", age) % {"age": age}


def child_label(child: Child) -> str:
    """ "Child: 14, boy"."""
    age = _("under 1") if not child.age else str(child.age)
    if not child.sex:
        return _("Child: %(age)s") % {"age": age}
    return _("Child: %(age)s, %(sex)s") % {
        "age": age,
        "sex": _("girl") if child.sex == "female" else _("boy"),
    }


def instant_label(instant: datetime, zone: str = "") -> str:
    """A moment that was asked for, with whose clock it is: of a zone, else the one by which it was asked."""
    local = instant.astimezone(ZoneInfo(zone)) if zone else instant
    told = {"day": day_text(local.date()), "hour": clock(local.hour, local.minute)}
    line = _("Open on %(day)s at %(hour)s") % told
    return by_clock_of(line, zone) if zone else f"{line} ({_offset(instant)})"


def _offset(instant: datetime) -> str:
    """ "UTC−5", "UTC−3:30"."""
    minutes = round((instant.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "\u2212" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
