"""All organizations, for stewards: by where they stand and by name, each with the way to its own page."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.finding.standings import CONTROL, SLUGS, Stands, standings
from directory.models.organization import Organization
from directory.models.vetting_labels import OUTCOMES
from directory.policies import refuse_unless_steward
from directory.rules.standing import Standing, last_day
from directory.views.fresh_proof import proved_anew
from directory.views.profile import name_of, viewer_of

A_PAGE = 50
LONGEST_NAME = 200
NAMES = {str(one): label for one, label in OUTCOMES.items()} | {CONTROL: _("Others took control")}


def _found(asked: str, typed: str, stands: dict[UUID, Stands]) -> QuerySet[Organization]:
    found = Organization.objects.order_by("name", "pk")
    if typed:
        found = found.filter(Q(name__unaccent__icontains=typed) | Q(name_fr__unaccent__icontains=typed))
    if asked == Standing.UNVETTED:
        return found.exclude(pk__in=[key for key, one in stands.items() if one.slug != asked])
    if asked:
        return found.filter(pk__in=[key for key, one in stands.items() if one.slug == asked])
    return found


def _rows(page: Page[Organization], stands: dict[UUID, Stands]) -> list[dict[str, Any]]:
    nothing = Stands(str(Standing.UNVETTED))
    rows = [(one, stands.get(one.pk, nothing)) for one in page]
    return [
        {
            "key": one.pk,
            "name": name_of(one),
            "standing": NAMES[at.slug],
            "until": at.until,
            "off": one.taken_off_on,
        }
        for one, at in rows
    ]


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """`standing`: one of SLUGS, or all; `name`: a part of it; `page`. 403 for everybody but stewards."""
    refuse_unless_steward(viewer_of(request))
    stands = standings(last_day(timezone.now()))
    asked, typed = request.GET.get("standing", ""), request.GET.get("name", "").replace("\x00", "")
    asked, typed = asked if asked in SLUGS else "", " ".join(typed.split())[:LONGEST_NAME]
    page = Paginator(_found(asked, typed, stands), A_PAGE).get_page(request.GET.get("page"))

    def address(number: int) -> str:
        return "?" + urlencode({"standing": asked, "name": typed, "page": number})

    context = {
        "standings": [("", _("All")), *NAMES.items()],
        "asked": asked,
        "typed": typed,
        "rows": _rows(page, stands),
        "count": page.paginator.count,
        "is_proved": proved_anew(request),
        "page": page,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }
    return render(request, "directory/review_organizations.html", context)
