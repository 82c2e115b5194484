"""One listing at the desk: what everybody may know, and apart from it what only vetted workers may."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.finding.answer import Result
from directory.finding.hours import open_state
from directory.finding.moved import listings_now
from directory.finding.search import facts_of, fetch
from directory.finding.windows import Window
from directory.views.answers import tellable
from directory.views.cards import listing_page
from directory.views.dead import callable_numbers
from directory.views.desk_rows import row
from directory.views.desk_sealed import find_address, open_listing
from directory.views.desk_tier import is_vetted, viewer, why_public, window
from directory.views.languages import language
from directory.views.sealed import ROOM, now
from directory.views.slots import guides
from safety.seal import MOST_BYTES, Broken

PAGE_SQL = {
    name: f"SELECT p.{name} FROM listing_page p WHERE p.id = %(id)s AND p.{name} IS NOT NULL"  # noqa: S608
    for name in ("en", "fr")
}


def _result(id_: uuid.UUID, through: Window) -> Result:
    """The listing as seen through a window. Raises Http404 for what is closed to it and what isn't there alike."""
    found = fetch(PAGE_SQL[language()], {"id": id_}, through)
    if not found:
        raise Http404
    facts = facts_of(found[0][0])
    return Result(facts, open_state(facts, now()))


def _page(request: HttpRequest, id_: uuid.UUID, back_url: str) -> HttpResponse:
    result = _result(id_, window(request))
    page = row(result, listing_page(result, now(), back_url), now())
    page |= {"service": result.facts["service"]}
    told = tellable(result.facts) if is_vetted(request) else []
    context = {"page": page, "why_public": why_public(request), "tellable": told}
    context["guides"] = guides(result.facts["needs"], "", viewer(request))
    context["callable"] = callable_numbers(request, uuid.UUID(page["service"]), result.facts)
    return render(request, "directory/desk_listing.html", context)


@require_safe
def listing(request: HttpRequest, id: uuid.UUID) -> HttpResponse:  # noqa: A002  # the address's own word
    """The permanent address; of what rests behind another listing, 301 to that one."""
    try:
        return _page(request, id, "")
    except Http404:
        kept = listings_now([id]).get(id)
        if kept is None:
            raise
        return HttpResponsePermanentRedirect(reverse("desk_listing", kwargs={"id": kept}))


@require_safe
def listing_sealed(request: HttpRequest, token: str) -> HttpResponse:
    """Reached from a search: the address tells nothing, and leads back."""
    try:
        listing_id, page, query_text = open_listing(token)
    except (Broken, ValueError):
        context = {"page": None, "why_public": "", "back_url": reverse("desk_find")}
        return render(request, "directory/desk_listing.html", context, status=410)
    return _page(request, uuid.UUID(listing_id), find_address(query_text, page, most=MOST_BYTES + ROOM))
