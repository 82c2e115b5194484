"""What the pages of the worker's search show: the public page's context, with rows and words of the desk."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.finding.answer import Answer, Result
from directory.finding.side_by_side import SideBySide, can_stand_beside
from directory.finding.vocabulary import vocabulary
from directory.views.cards import card, listing_page
from directory.views.chips import chips
from directory.views.desk_rows import rows
from directory.views.desk_sealed import listing_address, page_address
from directory.views.desk_tier import is_vetted, why_public
from directory.views.languages import language
from directory.views.results import Addresses, results_context
from directory.views.search_form import form_context
from directory.views.terms import term_label

Context = dict[str, Any]
DESK = Addresses(listing_address, page_address, find="desk_find", row="row-near-")


def desk_form(request: HttpRequest, context: Context) -> Context:
    """The form of the desk: for vetted workers with a partner and the beds of tonight; for others with the reason."""
    about, asked = context["about"], context.get("query")
    if is_vetted(request):
        company = [option for option in about["company"] if option["value"] != "partner"]
        is_chosen = any(option["value"] == "partner" and option["is_chosen"] for option in about["company"])
        partner = {"value": "partner", "name": term_label("with", "partner"), "is_chosen": is_chosen}
        about = about | {"company": [*company, partner]}
    return context | {
        "about": about,
        "has_field": {*context["has_field"], "beds"},
        "is_vetted": is_vetted(request),
        "why_public": why_public(request),
        "asks_beds": bool(asked and asked.beds),
    }


def rows_context(found: Answer, token: str, now: datetime) -> Context:
    """Everything that a page of rows shows."""
    context = results_context(found, token, now, to=DESK)
    return context | {
        "query": found.query,
        "token": token,
        "rows": rows(found.results, context["cards"], now),
        "afar": rows(found.elsewhere, context["elsewhere"], now),
        "first": (context["pages"]["page"] - 1) * 20 + 1,
        "can_stand_beside": can_stand_beside(found.query),
    }


def _rows(results: list[Result], found: SideBySide, now: datetime) -> list[Context]:
    query, text = found.query, found.query.text()
    cards = [
        card(result, now, listing_address(result.facts["id"], text, 1), query.languages, found.place)
        for result in results
    ]
    return rows(results, cards, now)


def _how_many(total: int, *, is_capped: bool) -> str:
    if is_capped:
        return _("More than %(total)s services") % {"total": total}
    return ngettext("%(total)s service", "%(total)s services", total) % {"total": total}


def beside_context(found: SideBySide, token: str, now: datetime) -> Context:
    """Everything that the page of needs side by side shows."""
    words = vocabulary()
    columns = [
        {
            "need": column.need,
            "name": words.name(column.need, language()),
            "line": _how_many(column.total, is_capped=column.is_capped),
            "rows": _rows(column.results, found, now),
        }
        for column in found.columns
    ]
    return form_context(found.query) | {
        "query": found.query,
        "token": token,
        "columns": columns,
        "afar": _rows(found.elsewhere, found, now),
        "chips": chips(found.query, words),
    }


def sheet_items(found: Answer, picked: Collection[str], now: datetime) -> tuple[list[Context], str]:
    """The services for a sheet of paper, and a line on how many are left off it because only workers may know them."""
    told = [*found.results, *found.elsewhere]
    asked = [result for result in told if not picked or result.facts["id"] in picked]
    shown = [result for result in asked if not result.facts.get("for_vetted")]
    left = len(asked) - len(shown)
    line = ngettext(
        "%(count)s service is for workers only and is not on this sheet.",
        "%(count)s services are for workers only and are not on this sheet.",
        left,
    )
    return [listing_page(result, now, "") for result in shown], line % {"count": left} if left else ""
