"""What the templates of search show: the form, chips, cards and pages, ready made."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.filters import fault_texts
from directory.finding.answer import Answer, Result
from directory.finding.places import place_label
from directory.finding.vocabulary import Vocabulary, vocabulary
from directory.models.need import Need
from directory.rules.places import Place
from directory.rules.query import Query
from directory.views import wording
from directory.views.sealed import listing_address, page_address

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


def form_context(query: Query | None = None, errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """What the form shows: groups of needs, the values typed, the faults beside their fields."""
    asked, words = query or Query(), vocabulary()
    groups = [
        _choice(g, asked.needs, [_choice(k, asked.needs) for k in words.kinds_of(g.slug)])
        for g in words.groups
    ]
    kinds = [slug for slug in asked.needs if words.needs[slug].parent]
    return {
        "groups": groups,
        "values": {"near": asked.near, "q": asked.q},
        "errors": errors or {},
        "notice": "",
        "choices": [],
        "opens_kinds": bool(kinds),
    }


def _without(pairs: Fields, gone: tuple[str, str]) -> Fields:
    return [pair for pair in pairs if pair != gone]


def chips(query: Query, words: Vocabulary) -> list[dict[str, Any]]:
    """Each part of the search, with the fields of the search without it."""
    pairs = query.pairs()
    labels = {"near": _("Near %(value)s"), "q": _("Words: %(value)s")}
    return [
        {
            "label": words.name(value, language()) if name == "need" else labels[name] % {"value": value},
            "fields": _without(pairs, (name, value)),
        }
        for name, value in pairs
    ]


def place_choices(places: tuple[Place, ...], query: Query) -> list[dict[str, Any]]:
    """A button for each place of one name; it carries the rest of the search."""
    rest = [(n, v) for n, v in query.pairs() if n != "near"]
    return [
        {"label": place_label(p, language()), "fields": [("near", f"{p.name}, {p.province}"), *rest]}
        for p in places
    ]


def address_note(facts: dict[str, Any]) -> str:
    """Why a protected place shows no street; only what has a number can tell it by phone."""
    if not facts["is_protected"]:
        return ""
    return _("The address is given when you call.") if facts["phones"] else _("The address is not published.")


def answers_note(facts: dict[str, Any]) -> str:
    """That one may call at any hour, where the door or the intake keeps other hours."""
    is_told = facts.get("answers_always") and facts["phones"]
    return _("The phone is answered day and night.") if is_told else ""


def card(result: Result, now: datetime, url: str) -> dict[str, Any]:
    """One result, in the order of a decision."""
    facts = result.facts
    notes = [note for note in (answers_note(facts), address_note(facts)) if note]
    return {
        "kind": ", ".join(facts["kinds"][:2]),
        "name": facts["name"],
        "name_lang": "",
        "organization": facts["organization"] if facts["organization"] != facts["name"] else "",
        "url": url,
        "open_class": wording.open_class(result.open),
        "open_line": wording.open_line(
            result.open,
            now,
            facts["zone"],
            in_words=bool(facts["hours_notes"]),
            is_afar=not facts["place"]["name"],
        ),
        "where": wording.where(result),
        "languages": ", ".join(row["name"] for row in facts["languages"][:4]),
        "notes": [{"text": note, "class": "yes"} for note in notes],
        "source_line": wording.source_line(facts, now.date()),
        "is_demo": facts["source"]["is_demo"],
        "phones": wording.phone_links(facts),
    }


def _count_line(found: Answer) -> str:
    if not found.total:
        return ""
    if found.is_capped:
        return _("More than %(total)s services, nearest first.") % {"total": found.total}
    told = ngettext("%(total)s service, nearest first.", "%(total)s services, nearest first.", found.total)
    if found.place is None:
        told = ngettext("%(total)s service.", "%(total)s services.", found.total)
    return told % {"total": found.total}


def _elsewhere_line(found: Answer) -> str:
    """Says it where not all are shown: nothing is cut off in silence."""
    more = found.elsewhere_total - len(found.elsewhere)
    if more <= 0:
        return ""
    told = ngettext(
        "%(more)s more can be reached from anywhere. Choose what would help to see it.",
        "%(more)s more can be reached from anywhere. Choose what would help to see them.",
        more,
    )
    return told % {"more": more}


def _heading(found: Answer) -> str:
    if found.place is None:
        return _("Services")
    return _("Services near %(place)s") % {"place": place_label(found.place, language())}


def _notice(found: Answer) -> str:
    if found.is_corrected and found.place:
        return _("Nothing is called exactly “%(typed)s”. We took %(place)s.") % {
            "typed": found.query.near,
            "place": place_label(found.place, language()),
        }
    return ""


def results_context(found: Answer, token: str, now: datetime) -> dict[str, Any]:
    """Everything that a page of results shows."""
    query, text = found.query, found.query.text()

    def link(result: Result) -> str:
        return listing_address(result.facts["id"], text, query.page)

    page = query.page
    return form_context(query) | {
        "heading": _heading(found),
        "count_line": _count_line(found),
        "notice": _notice(found),
        "not_this_one": place_choices(found.others, query),
        "chips": chips(query, vocabulary()),
        "cards": [card(r, now, link(r)) for r in found.results],
        "elsewhere": [card(r, now, link(r)) for r in found.elsewhere],
        "elsewhere_line": _elsewhere_line(found),
        "pages": {
            "page": page,
            "of": found.pages,
            "previous_url": page_address(token, page - 1) if page > 1 else "",
            "next_url": page_address(token, page + 1) if page < found.pages else "",
        },
    }


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


def listing_page(result: Result, now: datetime, back_url: str) -> dict[str, Any]:
    """Everything that the page of one listing shows."""
    facts = result.facts
    texts = ("description", "eligibility", "how", "fees", "alert")
    local = now.astimezone(wording.ZoneInfo(facts["zone"]))
    told = {name: facts[name] for text in texts for name in (text, f"{text}_lang")}
    return card(result, now, "") | {
        "description": told["description"],
        "description_lang": told["description_lang"],
        "eligibility": told["eligibility"],
        "eligibility_lang": told["eligibility_lang"],
        "how_to_apply": told["how"],
        "how_lang": told["how_lang"],
        "fees": told["fees"],
        "fees_lang": told["fees_lang"],
        "alert": told["alert"],
        "kind": ", ".join(facts["kinds"]),
        "address_lines": facts["address"],
        "address_note": address_note(facts),
        "email": facts["email"],
        "website": facts["website"],
        "week": wording.week_table(facts, local.weekday()),
        "hours_note": " ".join(facts["hours_notes"]),
        "hours_note_lang": facts.get("hours_notes_lang", ""),
        "answers_note": answers_note(facts),
        "languages": ", ".join(row["name"] for row in facts["languages"]),
        "checked_line": wording.checked_line(facts, now.date()),
        "source_line": "" if facts["checked_on"] else wording.source_line(facts, now.date()),
        "source_url": facts["source"]["url"],
        "back_url": back_url,
    }
