"""What the search form shows: the values of a search, and what is wrong with them beside their fields."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from directory.filters import fault_texts
from directory.finding.answer import Answer
from directory.finding.places import place_label, place_words
from directory.finding.vocabulary import vocabulary
from directory.models.need import Need
from directory.rules.places import Place
from directory.rules.query import Fault, Query
from directory.rules.radius import CHOICES
from directory.views.form_parts import FOLDS, parts_context
from directory.views.languages import choice_lists, language
from directory.views.wording import number

FIELDS = {"near", "need", "q", *(name for names in FOLDS.values() for name in names)}
"""Names whose field stands in the form: a fault leads to it."""


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
    return [
        {"km": km, "name": _("%(km)s km") % {"km": number(km)}, "is_chosen": km == within} for km in offered
    ]


def form_context(
    query: Query | None = None,
    errors: dict[str, list[str]] | None = None,
    sent: Iterable[tuple[str, str]] = (),
) -> dict[str, Any]:
    """What the form shows: groups of needs, the values typed, the faults beside their fields.

    `sent` is what was sent of faulty fields, so that nobody has to type it again.
    """
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
        "beside": {name: told.get(name, []) for name in FIELDS},
        "notice": "",
        "choices": [],
        "opens_kinds": bool(kinds),
        "has_field": FIELDS,
        **parts_context(asked, words, told, _faulty(sent, told)),
    }


def _faulty(sent: Iterable[tuple[str, str]], errors: dict[str, list[str]]) -> dict[str, list[str]]:
    typed: dict[str, list[str]] = {}
    for name, value in sent:
        if name in errors:
            typed.setdefault(name, []).append(value)
    return typed


def place_choices(places: tuple[Place, ...], query: Query) -> list[dict[str, Any]]:
    """A button for each place of one name; it carries the rest of the search."""
    rest = [(n, v) for n, v in query.pairs() if n != "near"]
    return [
        {"label": place_label(p, language()), "fields": [("near", place_words(p)), *rest]} for p in places
    ]


def _texts(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """The sentences; in the form's rows of children an age was forgotten, nothing was written wrong."""
    forgotten = [fault for fault in faults if fault.name == "child" and fault.value in ("f", "m")]
    told = fault_texts(fault for fault in faults if fault not in forgotten)
    if forgotten:
        told.setdefault("child", []).append(_("Choose the age of each child."))
    return told


def faults_context(found: Answer, sent: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """The form again, with what is wrong beside each field, and a choice where there is one."""
    shown = form_context(found.query, _texts(found.faults), sent)
    for fault in found.faults:
        if fault.name in shown["values"] and not shown["values"][fault.name]:
            shown["values"][fault.name] = fault.value
    if found.choices:
        # A choice between places is no mistake of the reader's.
        shown["notice"] = " ".join(shown["errors"].pop("near", []))
    return shown | {"choices": place_choices(found.choices, found.query)}
