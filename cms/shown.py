"""A page of the CMS as its template shows it: parts in the order of a reader, each with its heading and its words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.rules.standing import standing
from cms.rules.texts import passages
from cms.words import EVIDENCE, KINDS, jurisdiction_name, names, need_name

WHO = {
    "sector": _("Sectors"),
    "role": _("Roles"),
    "situations": _("Situations"),
    "forms": _("Forms of trafficking"),
    "needs": _("Kinds of help"),
}
PARTS = {
    "title": _("Title"),
    "summary": _("Summary"),
    "when_to_use": _("When to use it"),
    "steps": _("Steps"),
    "questions": _("Questions"),
    "say": _("You can say"),
    "do_not_say": _("Better not say"),
    "risks": _("What may go wrong"),
    "law": _("What the law says"),
    "roles": _("Who does what"),
    "sections": _("Sections"),
    "attachments": _("Files"),
    "sources": _("Sources"),
    "endorsements": _("Who stands behind it"),
    "evidence": _("What it rests on"),
    "review_by": _("To be reviewed by"),
    "jurisdictions": _("Where the law holds"),
    "name_shown": _("Name"),
    **WHO,
}
"""The names of all parts, as headings and in the list of changes."""


def _row(row: Mapping[str, str]) -> dict[str, Any]:
    """A row with its long texts cut into paragraphs and lists."""
    told: dict[str, Any] = dict(row)
    return told | {name: passages(row[name]) for name in ("text", "why", "what_to_do") if name in row}


def _rows(facts: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    return [_row(row) for row in facts.get(part) or []]


def _questions(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each with the kinds of help that it leads to, by name."""
    return [
        row | {"needs": [{"slug": slug, "name": need_name(slug)} for slug in row["needs"]]}
        for row in _rows(facts, "questions")
    ]


def _who(facts: Mapping[str, Any]) -> list[tuple[Any, str]]:
    told = [(label, names(of, facts.get(of) or [])) for of, label in WHO.items()]
    return [(label, ", ".join(found)) for label, found in told if found]


def _law(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What holds in the whole country first, then by place."""
    told = [row | {"place": jurisdiction_name(row["jurisdiction"])} for row in _rows(facts, "law")]
    return sorted(told, key=lambda row: (row["jurisdiction"] != "ca", row["place"]))


def _files(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What it carries, each with its kind as people call it."""
    return [row | {"kind": row["type"].partition("/")[2].upper()} for row in facts.get("attachments") or []]


def day_of(facts: Mapping[str, Any], name: str) -> date | None:
    """A day among the facts."""
    return date.fromisoformat(facts[name]) if facts.get(name) else None


def shown(facts: Mapping[str, Any], *, reviewed_on: date | None, today: date) -> dict[str, Any]:
    """All that the template asks for, in the language of the page."""
    review_by = day_of(facts, "review_by")
    return {
        "kind": KINDS[facts["kind"]],
        "is_news": facts["kind"] == "news",
        "title": facts["title"],
        "summary": facts["summary"],
        "who": _who(facts),
        "when_to_use": passages(facts.get("when_to_use") or ""),
        **{
            part: _rows(facts, part)
            for part in ("steps", "say", "do_not_say", "risks", "sections", "sources")
        },
        "questions": _questions(facts),
        "law": _law(facts),
        "roles": [row | {"name": need_name(row["kind"])} for row in _rows(facts, "roles")],
        "attachments": _files(facts),
        "endorsements": _rows(facts, "endorsements"),
        "name_shown": facts.get("name_shown") or "",
        "evidence": EVIDENCE.get(facts.get("evidence"), ""),
        "reviewed_on": reviewed_on,
        "review_by": review_by,
        "standing": standing(reviewed_on=reviewed_on, review_by=review_by, today=today).value,
    }
