"""The stewards' board of what listings miss: in all, by publisher, by organization, and as a table to take away."""

import csv
import io
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.finding.facts import text_in
from directory.finding.quality import MISSING, TONGUES, Counted, Lacks, counted
from directory.models.publisher import Publisher
from directory.policies import refuse_unless_steward
from directory.views import wording
from directory.views.calls import ways
from directory.views.languages import language
from directory.views.profile import viewer_of
from directory.views.translating import doors_of

MOST, MOST_IN_TABLE = 40, 100_000
A_PAGE = 30
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet would work out, and not show."""
WORDS = {
    "french": gettext_lazy("French"),
    "english": gettext_lazy("English"),
    "hours": gettext_lazy("hours"),
    "languages": gettext_lazy("languages"),
    "eligibility": gettext_lazy("who can come"),
    "phone": gettext_lazy("telephone"),
    "placement": gettext_lazy("a place on the map"),
    "checked": gettext_lazy("a first check"),
    "fresh": gettext_lazy("a new check"),
}


def _name(told: Counted, publishers: dict[str, str]) -> str:
    if told.is_organization:
        return str(text_in(told.name, told.name_fr, language())[0])
    return publishers.get(told.key, told.key) if told.key else _("All that is shown")


def _group(told: Counted, publishers: dict[str, str]) -> dict[str, Any]:
    scope = {("organization" if told.is_organization else "publisher"): told.key} if told.key else {}
    return {
        "name": _name(told, publishers),
        "total": told.total,
        "oldest": wording.day_text(told.oldest) if told.oldest else "",
        "missing": [
            {"words": WORDS[what], "count": count, "query": urlencode(scope | {"missing": what})}
            for what, count in told.missing.items()
            if count
        ],
    }


def _publishers() -> dict[str, str]:
    rows = Publisher.objects.order_by("slug")
    return {row.slug: text_in(row.name, row.name_fr, language())[0] for row in rows}


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The sums; with `missing`, `publisher` or `organization` in the address, the listings behind one of them."""
    refuse_unless_steward(viewer_of(request))
    if request.GET.keys() & {"missing", "publisher", "organization"}:
        return _listed(request)
    names, told = _publishers(), counted(timezone.localdate(), MOST)
    groups = [(one, _group(one, names)) for one in told]
    context = {
        "all": next((group for one, group in groups if not one.key), None),
        "publishers": [group for one, group in groups if one.key and not one.is_organization],
        "organizations": [group for one, group in groups if one.is_organization and group["missing"]],
    }
    return render(request, "directory/review_quality.html", context)


def _listed(request: HttpRequest) -> HttpResponse:
    what = request.GET.get("missing", "")
    what = what if what in MISSING else ""
    publisher = request.GET.get("publisher", "").replace("\x00", "")
    organization = _uuid(request.GET.get("organization", ""))
    found = Lacks(timezone.localdate(), what=what, publisher=publisher, organization=organization)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    doors = doors_of(list(page)) if what in TONGUES else {}
    rows = [
        {
            "name": text_in(one.name, one.name_fr, language())[0],
            "organization": text_in(one.owner, one.owner_fr, language())[0],
            "listing": one.listing,
            "checked": wording.day_text(one.checked_on) if one.checked_on else "",
            "missing": ", ".join(str(WORDS[name]) for name in one.missing),
            "service": one.service,
            "doors": doors.get(one.service),
        }
        for one in page
    ]
    asked = {"missing": what, "publisher": publisher, "organization": request.GET.get("organization", "")}
    to = urlencode({name: value for name, value in asked.items() if value})
    context = {"rows": rows, "what": WORDS.get(what, ""), **ways(page, reverse("review_quality"), to)}
    return render(request, "directory/review_quality_listed.html", context)


def _uuid(text: str) -> UUID | None:
    """The id; one that nothing has for what is none, so that a mistyped address doesn't show everything."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return UUID(int=0)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The sums of every publisher and organization as CSV."""
    refuse_unless_steward(viewer_of(request))
    names, text = _publishers(), io.StringIO()
    writer = csv.writer(text)
    head = [_("publisher"), _("organization"), _("listings"), _("oldest check")]
    writer.writerow([*head, *(str(WORDS[what]) for what in MISSING)])
    for told in counted(timezone.localdate(), MOST_IN_TABLE):
        name = _cell(_name(told, names))
        who = ["", name] if told.is_organization else [name, ""]
        writer.writerow([*who, told.total, told.oldest or "", *(told.missing[what] for what in MISSING)])
    headers = {"Content-Disposition": 'attachment; filename="quality.csv"'}
    # Spreadsheets take a file without this mark for one in an old code.
    return HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8", headers=headers)


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULAS) else text
