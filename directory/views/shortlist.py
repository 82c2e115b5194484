"""The list of picked services: it lives in the sealed address alone, and prints as one sheet."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory.finding.answer import Result
from directory.finding.facts import Facts
from directory.finding.hours import open_state
from directory.finding.moved import listings_now
from directory.models.listing import ListingPage
from directory.views.cards import listing_page
from directory.views.kept import MOST, Ids, carried, text_apart, text_with
from directory.views.languages import language
from directory.views.sealed import (
    ROOM,
    find_address,
    listing_address,
    now,
    open_find,
    open_listing,
)
from safety.db import public_database
from safety.seal import MOST_BYTES, Broken, seal, unseal

SHORTLIST = "shortlist"
_PLACE = re.compile(r"[a-z]{1,9}-[0-9]{1,3}")

Came = tuple[str, str, int, str]
"""From where: "find", "listing", "list" or nothing, the listing's id, the page of the search, and the search."""


def shortlist_address(text: str, page: int = 1) -> str:
    """The sealed address of the list that travels with the search `text`, and leads back to page `page` of it."""
    token = seal(f"{page} {text}", SHORTLIST, now(), most=MOST_BYTES + ROOM + 4)
    return reverse("shortlist", kwargs={"token": token})


def open_shortlist(token: str) -> tuple[int, str, Ids]:
    """Page, search and list of a sealed address. Raises safety.seal.Broken, or ValueError."""
    page, text = unseal(token, SHORTLIST, now()).split(" ", 1)
    return int(page), *text_apart(text)


def shortlist_context(ids: Sequence[UUID], text: str, page: int, token: str) -> dict[str, Any]:
    """What a page of results or a listing shows of the list: how long it is, where it is, what is on it."""
    told = ngettext("%(count)s service on your list", "%(count)s services on your list", len(ids))
    return {
        "ids": [str(id_) for id_ in ids],
        "line": told % {"count": len(ids)} if ids else "",
        "url": shortlist_address(text_with(text, ids), page) if ids else "",
        "is_full": len(ids) >= MOST,
        "token": token,
        "page": page,
    }


def with_shortlist(
    context: dict[str, Any], ids: Sequence[UUID], text: str, page: int, token: str
) -> dict[str, Any]:
    """The context of a page that shows services, with the list that travels along and the buttons to add to it."""
    return carried(context, ids) | {"shortlist": shortlist_context(ids, text, page, token)}


def _came_from(sent: QueryDict) -> tuple[Came, Ids]:
    """Where the button was, by the sealed address of its page. Raises Broken or ValueError."""
    token, page = sent.get("from", ""), _page(sent.get("page", ""))
    match sent.get("at", ""):
        case "find":
            text, ids = text_apart(open_find(token))
            return ("find", "", page, text), ids
        case "listing":
            listing_id, page, sealed = open_listing(token)
            text, ids = text_apart(sealed)
            return ("listing", listing_id, page, text), ids
        case "list":
            page, text, ids = open_shortlist(token)
            return ("list", "", page, text), ids
    return ("", "", 1, ""), ()


def _page(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and 0 < len(value) < 3 else 1


def _changed(sent: QueryDict, ids: Ids) -> Ids:
    """The list with what was added, or without what was taken away. Raises ValueError for what is no id."""
    if "clear" in sent:
        return ()
    if "remove" in sent:
        gone = UUID(sent["remove"].partition(" ")[0])
        return tuple(id_ for id_ in ids if id_ != gone)
    added = UUID(sent.get("add", "").partition(" ")[0])
    return tuple(dict.fromkeys((*ids, added)))[:MOST]


def _anchor(sent: QueryDict) -> str:
    """The card whose button was pressed: the page comes back to where it was. It names a position, no service."""
    place = (sent.get("add") or sent.get("remove") or "").partition(" ")[2]
    return f"#{place}" if _PLACE.fullmatch(place) else ""


def _next_address(came: Came, ids: Ids, anchor: str) -> str:
    """Back to the page of the button; a permanent address can't carry a list, so that one leads to the list."""
    at, listing_id, page, text = came
    whole = text_with(text, ids)
    if at == "find":
        return find_address(whole, page, most=MOST_BYTES + ROOM) + anchor
    if at == "listing":
        return listing_address(listing_id, whole, page) + anchor
    return shortlist_address(whole, page)


# Nothing is written: the list is in the address of the answer. Public pages carry no cookie to check.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Add a service to the list, or take one away: 303 to the address that holds the list afterwards."""
    if request.method != "POST":
        return _empty(request, "", 200)
    try:
        came, ids = _came_from(request.POST)
        address = _next_address(came, _changed(request.POST, ids), _anchor(request.POST))
    except (Broken, ValueError):
        return _empty(request, expired_text(), 410)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def expired_text() -> str:
    """Why a list is gone."""
    return _("This list has expired. It was kept in its address for an hour, and nowhere else.")


def _empty(request: HttpRequest, notice: str, status: int) -> HttpResponse:
    context = {"notice": notice, "items": [], "gone_line": "", "back_url": reverse("find")}
    return render(request, "directory/shortlist.html", context, status=status)


def _items(ids: Ids, moment: datetime, links: dict[UUID, str]) -> list[dict[str, Any]]:
    """What is public today of each service, in the order in which they were picked."""
    facts = _facts(ids)
    if missing := [id_ for id_ in ids if id_ not in facts]:
        moved = listings_now(missing)
        instead = _facts([kept for kept in moved.values() if kept not in ids])
        facts |= {id_: instead[kept] for id_, kept in moved.items() if kept in instead}
    results = [(id_, Result(facts[id_], open_state(facts[id_], moment))) for id_ in ids if id_ in facts]
    return [listing_page(result, moment, "") | {"id": str(id_), "url": links[id_]} for id_, result in results]


def _facts(ids: Sequence[UUID]) -> dict[UUID, Facts]:
    rows = ListingPage.objects.using(public_database()).filter(pk__in=ids).order_by("id")
    return dict(rows.values_list("id", language()))


def _gone_line(count: int) -> str:
    told = ngettext(
        "%(count)s service of your list is no longer listed here.",
        "%(count)s services of your list are no longer listed here.",
        count,
    )
    return told % {"count": count} if count else ""


# Whoever posts here is told that one can't, before a cookie is asked for.
@csrf_exempt
@require_safe
def shortlist(request: HttpRequest, token: str) -> HttpResponse:
    """The picked services one after another, as a page and as a sheet of paper; or that the list's time is over."""
    try:
        page, text, ids = open_shortlist(token)
    except (Broken, ValueError):
        return _empty(request, expired_text(), 410)
    whole = text_with(text, ids)
    items = _items(ids, now(), {id_: listing_address(str(id_), whole, page) for id_ in ids})
    context = {
        "notice": "",
        "items": items,
        "gone_line": _gone_line(len(ids) - len(items)),
        "back_url": find_address(whole, page, most=MOST_BYTES + ROOM),
        "token": token,
    }
    return render(request, "directory/shortlist.html", context)
