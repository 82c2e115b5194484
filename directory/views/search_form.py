"""What the search form shows, and the chips: each part of a search as a button that takes it away."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.filters import fault_texts
from directory.finding.answer import Answer
from directory.finding.places import place_label, place_words
from directory.finding.vocabulary import Vocabulary, vocabulary
from directory.models.need import Need
from directory.rules.places import Place
from directory.rules.query import Query
from directory.rules.radius import CHOICES
from directory.views.languages import choice_lists, name_of, starts_large

Fields = list[tuple[str, str]]


def language() -> str:
    """The language of the page: "en" or "fr"."""
    return "fr" if get_language() == "fr" else "en"


def _choice(need: Need, chosen: tuple[str, ...], kinds: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    french = language() == "fr"
    return {
        "slug": need.slug,
        "name": need.name_fr if french else need.name,
        "hint": need.hint_fr if french else need.hint,
        "is_chosen": need.slug in chosen,
        "kinds": kinds or [],
    }


def _radii(within: int | None) -> list[dict[str, Any]]:
    """The distances to choose from; one that came from elsewhere stands among them."""
    offered = sorted({*CHOICES, within} if within else CHOICES)
    return [{"km": km, "name": _("%(km)s km") % {"km": km}, "is_chosen": km == within} for km in offered]


def form_context(query: Query | None = None, errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """What the form shows: groups of needs, the values typed, the faults beside their fields."""
    told = errors or {}
    asked, words = query or Query(), vocabulary()
    groups = [
        _choice(g, asked.needs, [_choice(k, asked.needs) for k in words.kinds_of(g.slug)])
        for g in words.groups
    ]
    kinds = [slug for slug in asked.needs if words.needs[slug].parent]
    return {
        "groups": groups,
        "values": {"near": asked.near, "q": asked.q},
        "radii": _radii(asked.within),
        "languages": choice_lists(asked.languages),
        "errors": told,
        "notice": "",
        "choices": [],
        "opens_kinds": bool(kinds),
        "opens_more": bool(asked.within or asked.languages or "within" in told or "language" in told),
    }


def _without(pairs: Fields, gone: tuple[str, str]) -> Fields:
    """Without a place there is no distance from it either."""
    names = ("near", "within") if gone[0] == "near" else ()
    return [pair for pair in pairs if pair != gone and pair[0] not in names]


def _chip_label(name: str, value: str, words: Vocabulary) -> str:
    match name:
        case "need":
            return words.name(value, language())
        case "language":
            return starts_large(name_of(value))
        case "within":
            return _("Within %(km)s km") % {"km": value}
        case "near":
            return _("Near %(value)s") % {"value": value}
    return _("Words: %(value)s") % {"value": value}


def chips(query: Query, words: Vocabulary) -> list[dict[str, Any]]:
    """Each part of the search, with the fields of the search without it."""
    pairs = query.pairs()
    return [
        {"label": _chip_label(name, value, words), "fields": _without(pairs, (name, value))}
        for name, value in pairs
    ]


def place_choices(places: tuple[Place, ...], query: Query) -> list[dict[str, Any]]:
    """A button for each place of one name; it carries the rest of the search."""
    rest = [(n, v) for n, v in query.pairs() if n != "near"]
    return [
        {"label": place_label(p, language()), "fields": [("near", place_words(p)), *rest]} for p in places
    ]


def faults_context(found: Answer) -> dict[str, Any]:
    """The form again, with what is wrong beside each field, and a choice where there is one."""
    shown = form_context(found.query, fault_texts(found.faults))
    for fault in found.faults:
        if fault.name in shown["values"] and not shown["values"][fault.name]:
            shown["values"][fault.name] = fault.value
    if found.choices:
        # A choice between places is no mistake of the reader's.
        shown["notice"] = " ".join(shown["errors"].pop("near", []))
    return shown | {"choices": place_choices(found.choices, found.query)}
