"""The list of protocols as its template shows it: each with its standing, and the choices with their numbers."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.finding.editions import counts, found_by_words, listed
from cms.models.edition import Edition
from cms.views.asked import CHOICES
from cms.views.doors import Door
from cms.words import KINDS, language, name, names

LABELS = {
    "kind": _("Kind of page"),
    "sector": _("Sector"),
    "situations": _("Situation"),
    "forms": _("Form of trafficking"),
    "jurisdictions": _("Law of"),
}


def card(edition: Edition, door: Door) -> dict[str, Any]:
    """One line of a list."""
    return {
        "title": edition.title,
        "summary": edition.facts["summary"],
        "kind": KINDS[edition.kind],
        "sectors": ", ".join(names("sector", edition.sector)),
        "url": door.address("protocol", slug=edition.slug),
        "standing": edition.standing(timezone.localdate()).value,
        "is_vetted": edition.tier == "vetted",
    }


def _word(of: str, slug: str) -> str:
    return str(KINDS[slug]) if of == "kind" else name(of, slug)


def _options(of: str, numbers: Mapping[str, int], chosen: str) -> list[dict[str, Any]]:
    """What is there to choose, by name; what was chosen stays there even where nothing bears it."""
    told = {slug: numbers.get(slug, 0) for slug in (*numbers, *([chosen] if chosen else []))}
    made = [{"slug": s, "name": _word(of, s), "count": n, "is_chosen": s == chosen} for s, n in told.items()]
    return sorted(made, key=lambda option: str(option["name"]))


def list_context(door: Door, asked: Mapping[str, str]) -> dict[str, Any]:
    """All that the list shows for what was asked."""
    q = asked.get("q", "")
    chosen = {of: slug for of, slug in asked.items() if of != "q"}
    found = found_by_words(q, language(), door.using) if q else None
    rows = listed(door.readable(), chosen, found)
    numbers = counts(rows)
    facets = [
        {"name": of, "label": LABELS[of], "options": _options(of, numbers[of], chosen.get(of, ""))}
        for of in CHOICES
    ]
    return {
        "cards": [card(edition, door) for edition in rows],
        "facets": [facet for facet in facets if facet["options"]],
        "q": q,
        "is_narrowed": bool(asked),
        "pack_url": door.address("protocol_pack", sector=asked["sector"]) if "sector" in asked else "",
        "list_url": door.address("protocols"),
        "base": door.base,
    }
