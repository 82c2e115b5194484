"""The link of a letter: the listings that should be looked at again, on one screen, and a yes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory.actions.ask_still_true import answer_question, due_listings, open_question
from directory.actions.refused import Refused
from directory.finding.answer import Result
from directory.finding.hours import open_state
from directory.models.listing import Listing, ListingPage
from directory.models.service import Service
from directory.models.truth_asked import TruthAsked
from directory.views.cards import listing_page
from directory.views.languages import language
from safety.limits import held_back

MAY = ["GET", "HEAD", "POST"]
MOST_SHOWN = 100
"""Listings on one screen: the others stand there once these were answered."""


@never_cache
@require_http_methods(MAY)
def still_true(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing: those who read mail for others open every link. A button says yes."""
    now = timezone.now()
    asked = open_question(token, now)
    if asked is None:
        held = held_back(request, "still_true", now)
        return held or render(request, "directory/still_true_over.html", status=410)
    if request.method == "POST":
        return _answered(request, asked)
    due = due_listings(asked.organization_id, timezone.localtime(now).date())
    told = [{"service": service, "page": _page(service, now)} for service in due[:MOST_SHOWN]]
    return render(request, "directory/still_true.html", {"asked": asked, "listings": told})


def _page(service: Service, now: Any) -> dict[str, Any] | None:
    """What the public page shows; None of what is not on the site."""
    listing = Listing.objects.filter(service_id=service.pk).order_by("id").first()
    facts = (
        ListingPage.objects.filter(pk=listing.pk).values_list(language(), flat=True).first()
        if listing
        else None
    )
    return listing_page(Result(facts, open_state(facts, now)), now, "") if facts else None


def _answered(request: HttpRequest, asked: TruthAsked) -> HttpResponse:
    services = []
    for written in request.POST.getlist("service"):
        try:
            services.append(UUID(written))
        except ValueError:
            continue
    try:
        count = answer_question(asked=asked.pk, services=services, now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        told = ngettext("%(count)s listing is checked.", "%(count)s listings are checked.", count)
        messages.success(request, _("Thank you.") + " " + told % {"count": count})
    return redirect(request.path)
