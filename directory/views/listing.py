"""One listing: at its permanent address, or reached from a search and with the way back to it."""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from directory.finding.answer import Result
from directory.finding.hours import open_state
from directory.finding.moved import listings_now
from directory.models.listing import ListingPage
from directory.views.cards import listing_page
from directory.views.help_counts import helped_context
from directory.views.kept import text_apart
from directory.views.languages import language
from directory.views.sealed import ROOM, find_address, listing_address, now, open_listing
from directory.views.search_form import form_context
from directory.views.shortlist import shortlist_context
from directory.views.wrong_counts import wrong_choices
from safety.db import public_database
from safety.seal import MOST_BYTES, Broken


def _result(id_: uuid.UUID, moment: datetime) -> Result:
    """The listing's facts in the page's language. Raises Http404 for what isn't public or isn't there alike."""
    rows = ListingPage.objects.using(public_database()).filter(pk=id_).values_list(language(), flat=True)
    facts = rows.first()
    if facts is None:
        raise Http404
    return Result(facts, open_state(facts, moment))


def _page(request: HttpRequest, id_: uuid.UUID, back_url: str, beside: dict[str, Any]) -> HttpResponse:
    moment = now()
    page = listing_page(_result(id_, moment), moment, back_url)
    return render(request, "directory/listing.html", {"page": page} | beside)


def _beside(id_: str, token: str = "", page: int = 1, query_text: str = "") -> dict[str, Any]:
    """What stands beside the facts: the list that travels along, and the question whether this helped."""
    text, picked = text_apart(query_text)
    shortlist = shortlist_context(picked, text, page, token)
    helped = helped_context(id_, token)
    return {"shortlist": shortlist, "helped": helped, "wrong_choices": wrong_choices()}


# Whoever posts here is told that one can't, before a cookie is asked for.
@csrf_exempt
@require_safe
def listing(request: HttpRequest, id: uuid.UUID) -> HttpResponse:  # noqa: A002  # the address's own word
    """The permanent address; of what rests behind another listing, 301 to that one."""
    try:
        return _page(request, id, "", _beside(str(id)))
    except Http404:
        return HttpResponsePermanentRedirect(reverse("listing", kwargs={"id": _shown_instead(id)}))


def _shown_instead(id_: uuid.UUID) -> uuid.UUID:
    """The listing that shows in place of this one. Raises Http404 where there is none."""
    found = listings_now([id_]).get(id_)
    if found is None:
        raise Http404
    return found


@csrf_exempt
@require_safe
def listing_sealed(request: HttpRequest, token: str) -> HttpResponse:
    """Reached from a search: the address tells nothing, and leads back."""
    try:
        listing_id, page, query_text = open_listing(token)
    except (Broken, ValueError):
        notice = _("This page has expired. It was kept for an hour so that nobody can look it up later.")
        context = form_context() | {"notice": notice}
        return render(request, "directory/find.html", context, status=410)
    back_url = find_address(query_text, page, most=MOST_BYTES + ROOM)
    beside = _beside(listing_id, token, page, query_text)
    try:
        return _page(request, uuid.UUID(listing_id), back_url, beside)
    except Http404:
        kept = _shown_instead(uuid.UUID(listing_id))
        return redirect(listing_address(str(kept), query_text, page))
