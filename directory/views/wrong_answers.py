"""What visitors say is wrong, for stewards: whom to call, and that it was seen to."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.actions.answer_wrong import answer_wrong
from directory.finding.said_wrong import by_service, open_sums, reports_in
from directory.models.listing import Listing
from directory.models.service import Service
from directory.models.wrong_answer import LONGEST_REASON, WrongAnswer
from directory.views.calls import A_PAGE, back_to, listings_of, moments, told_of, ways
from directory.views.for_stewards import decided, for_stewards
from directory.views.profile import name_of, viewer_of
from directory.views.wrong_counts import said_in

BACK = "review_wrong"
LATELY = 10
"""Answers shown again, so that a second steward knows what the first found."""


def waiting(now: datetime) -> list[datetime]:
    """Since when each listing of which visitors say something waits for a steward."""
    found = by_service(open_sums(timezone.localtime(now).date()))
    return moments(sums[0].on for sums in found.values())


@require_safe
@for_stewards(BACK)
def queue(request: HttpRequest) -> HttpResponse:
    """Listings that visitors say are wrong, the most often named first. Nothing is taken off for it alone. `page`."""
    found = by_service(open_sums(timezone.localdate()))
    page = Paginator(list(found), A_PAGE).get_page(request.GET.get("page"))
    services = Service.objects.select_related("organization").in_bulk(list(page))
    listings = listings_of(services)
    rows = [
        told_of(services[key], listings) | {"said": said_in(found[key]), "seen": reports_in(found[key])}
        for key in page
        if key in services
    ]
    context = {
        "rows": rows,
        "lately": _lately(),
        "longest": LONGEST_REASON,
        **ways(page, reverse(BACK)),
    }
    return render(request, "directory/review_wrong.html", context)


def _lately() -> list[dict[str, Any]]:
    """The latest answers, each once however many sums it was about."""
    rows = list(WrongAnswer.objects.select_related("answered_by").order_by("-answered_at", "-id")[:100])
    shown = Listing.objects.filter(pk__in={row.listing_id for row in rows})
    owners = dict(shown.values_list("id", "service_id"))
    services = Service.objects.in_bulk(list(owners.values()))
    once: dict[tuple[datetime, Any], dict[str, Any]] = {}
    for row in rows:
        service = services.get(owners.get(row.listing_id, UUID(int=0)))
        told = {"answer": row, "name": name_of(service) if service else ""}
        once.setdefault((row.answered_at, row.answered_by_id), told)
    return list(once.values())[:LATELY]


@require_POST
@for_stewards(BACK)
def answered(request: HttpRequest, service: UUID) -> HttpResponse:
    """It was corrected, or nothing has to change and why."""
    back, seen = back_to(BACK, request), request.POST.get("seen", "")
    reason = request.POST.get("reason", "").replace("\x00", "").strip()
    decision = request.POST.get("decision", "")
    if decision not in ("corrected", "right") or not seen.isdecimal():
        return redirect(back)
    if decision == "right" and not reason:
        messages.error(request, _("Say in a few words why nothing has to change."))
        return redirect(back)
    named = {"service": service, "seen": int(seen[:9]), "viewer": viewer_of(request), "now": timezone.now()}
    act = partial(answer_wrong, reason=reason if decision == "right" else "", **named)
    return decided(
        request, act, _("It is off this list. What visitors say from now on comes back here."), back
    )
