"""Where a listing is, what it offers, and who may find it: in words, for what a change changes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.profile_places import STREET, first_streets
from directory.finding.vocabulary import read_vocabulary
from directory.models.area import Area
from directory.models.location import Location
from directory.rules.holding import PROTECTED
from directory.rules.provinces import province_name
from directory.views.languages import language
from directory.views.wording_finders import finders_text

FIELDS = {
    "community": gettext_lazy("Community and province"),
    "address_1": gettext_lazy("Street and number"),
    "address_2": gettext_lazy("Unit, floor or entrance"),
    "postal_code": gettext_lazy("Postal code"),
    "directions": gettext_lazy("How to get there"),
}


def where_lines(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Label, before and after of each field of an address."""
    return [(str(label), before.get(name, ""), after.get(name, "")) for name, label in FIELDS.items()]


def place_name(place: Location) -> str:
    """An open place by its street and community, a protected one by its area alone."""
    if place.is_protected:
        return area_text(place.area_id or "")
    street = first_streets([place.pk]).get(place.pk)
    town = f"{place.community.name}, {place.community.province}" if place.community else ""
    told = [street.address_1 if street else place.name, town]
    return ", ".join(filter(None, told)) or _("a place without an address")


def area_text(slug: str) -> str:
    """What is told of a protected place."""
    area = Area.objects.filter(pk=slug).first() if slug else None
    if area is None:
        return _("a protected place")
    name = area.name_fr if language() == "fr" else area.name
    return _("a protected place, told as: %(area)s") % {"area": name}


def _needs(slugs: Sequence[str] | None) -> str:
    known = read_vocabulary("default")
    return ", ".join(known.name(slug, language()) for slug in slugs or [] if slug in known.needs)


def _place(place: Mapping[str, Any] | None) -> str:
    told = place or {}
    kind = told.get("kind", "")
    if kind == "own":
        found = Location.objects.select_related("community").filter(pk=told["location"]).first()
        return place_name(found) if found else ""
    if kind == "protected":
        return area_text(told.get("area", ""))
    if kind == "new":
        return ", ".join(filter(None, [*(told.get(name, "") for name in STREET), told["community"]]))
    if kind == "province":
        province = province_name(told["province"], language())
        return _("no place: by phone, for all of %(province)s") % {"province": province}
    return _("no place: by phone, for the whole country") if kind == "country" else ""


def _tier(tier: str | None) -> str:
    if tier is None:
        return ""
    return _("protected: only its region is told") if tier == PROTECTED else _("open: its street may be told")


PLACES: Mapping[str, Callable[[Any], str]] = {
    "needs": _needs,
    "place": _place,
    "tier": _tier,
    "area": lambda slug: area_text(slug or ""),
    "service.publish_to": finders_text,
}
