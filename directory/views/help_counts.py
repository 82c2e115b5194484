""" "Did this help?" at the foot of a listing: one tap, of which a sum of the day is kept and nothing else."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from directory.actions.count_help import count_help
from directory.models.listing import ListingPage
from directory.views.sealed import ROOM, listing_address, now, open_listing
from safety.db import public_database
from safety.pages import error_page
from safety.seal import MOST_BYTES, Broken, seal, unseal

HELPED = "helped"
ANSWERS = {"yes": True, "no": False}
_SIGNER = signing.Signer(salt="directory.help_counts")


def form_token(listing_id: str, moment: datetime) -> str:
    """What the form of a listing carries: the same for everyone who reads it on that day, good for that and the next.

    It shows that the form was read here. A random or personal one would make the page another for each reader.
    """
    return _SIGNER.signature(f"{listing_id} {moment:%Y%m%d}")


def _is_ours(token: str, listing_id: str, moment: datetime) -> bool:
    days = (moment, moment - timedelta(days=1))
    return any(constant_time_compare(token, form_token(listing_id, day)) for day in days)


def helped_context(listing_id: str, token: str) -> dict[str, Any]:
    """What the form at the foot of a listing needs. `token`: its sealed address; empty at the permanent one."""
    return {"id": listing_id, "token": form_token(listing_id, now()), "from": token}


def way_back(listing_id: str, token: str) -> str:
    """The listing, with the page and the search that led to it, as one line; without, where it had none any more."""
    try:
        came_id, page, text = open_listing(token)
    except (Broken, ValueError):
        return listing_id
    return f"{came_id} {page} {text}" if came_id == listing_id else listing_id


def _is_listed(listing_id: UUID) -> bool:
    return ListingPage.objects.using(public_database()).filter(pk=listing_id).exists()


def checked_listing(request: HttpRequest, moment: datetime) -> UUID | HttpResponse:
    """The listing that a form of its page is about, or the answer to one that was not read here. Raises Http404."""
    try:
        listing_id = UUID(request.POST.get("listing", ""))
    except ValueError:
        return error_page(request, 400)
    is_sent_from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if not (is_sent_from_here and _is_ours(request.POST.get("token", ""), str(listing_id), moment)):
        return error_page(request, 403)
    if not _is_listed(listing_id):
        raise Http404
    return listing_id


# Public pages carry no cookie to check: a signed token of the day and the browser's own word stand for it.
@csrf_exempt
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Count the answer, then 303 to a page of thanks. 403 for a form that was not read here, 404 for no listing."""
    answer, moment = request.POST.get("answer", ""), now()
    listing_id = checked_listing(request, moment)
    if not isinstance(listing_id, UUID):
        return listing_id
    if answer not in ANSWERS:
        return error_page(request, 400)
    count_help(listing_id=listing_id, helped=ANSWERS[answer], on=moment.date())
    back = way_back(str(listing_id), request.POST.get("from", ""))
    token = seal(f"{answer} {back}", HELPED, moment, most=MOST_BYTES + ROOM + 48)
    response = HttpResponseRedirect(reverse("helped", kwargs={"token": token}))
    response.status_code = 303
    return response


def back_url(back: str) -> str:
    """The address of what `way_back` told."""
    listing_id, _space, came = back.partition(" ")
    if not came:
        return reverse("listing", kwargs={"id": UUID(listing_id)})
    page, _space, text = came.partition(" ")
    return listing_address(listing_id, text, int(page))


@require_safe
def helped(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, the way back to the listing, and after a no where else to turn."""
    try:
        answer, back = unseal(token, HELPED, now()).split(" ", 1)
        address = back_url(back)
    except (Broken, ValueError):
        context = {"notice": _("This page has expired."), "did_help": True, "back_url": ""}
        return render(request, "directory/helped.html", context, status=410)
    context = {"notice": "", "did_help": ANSWERS[answer], "back_url": address}
    return render(request, "directory/helped.html", context)
