""" "Something is wrong here" beside a listing: one choice, of which a sum of the day is kept and nothing else."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from directory.actions.count_wrong import count_wrong
from directory.finding.said_wrong import Sum, by_service, open_sums
from directory.rules.said_wrong import WHAT, most_said
from directory.views.help_counts import back_url, checked_listing, way_back
from directory.views.sealed import ROOM, now
from safety.pages import error_page
from safety.seal import MOST_BYTES, Broken, seal, unseal

WRONG = "wrong"
WORDS = {
    "number": gettext_lazy("The telephone number"),
    "closed": gettext_lazy("It is closed or gone"),
    "hours": gettext_lazy("The hours"),
    "who": gettext_lazy("Who can come"),
    "address": gettext_lazy("The address"),
    "language": gettext_lazy("The languages"),
    "other": gettext_lazy("Something else"),
}


def wrong_choices() -> list[tuple[str, str]]:
    """What can be chosen, in words."""
    return [(what, str(WORDS[what])) for what in WHAT]


# Public pages carry no cookie to check: a signed token of the day and the browser's own word stand for it.
@csrf_exempt
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Count what is said, then 303 to thanks. Answers as "Did this help?" does for what it can't count."""
    what, moment = request.POST.get("what", ""), now()
    found = checked_listing(request, moment)
    if not isinstance(found, UUID):
        return found
    if what not in WHAT:
        return error_page(request, 400)
    count_wrong(listing_id=found, what=what, on=moment.date())
    back = way_back(str(found), request.POST.get("from", ""))
    token = seal(f"{what} {back}", WRONG, moment, most=MOST_BYTES + ROOM + 48)
    response = HttpResponseRedirect(reverse("wrong_told", kwargs={"token": token}))
    response.status_code = 303
    return response


@require_safe
def told(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and the way back to the listing."""
    try:
        back = back_url(unseal(token, WRONG, now()).split(" ", 1)[1])
    except (Broken, ValueError, IndexError):
        context = {"notice": _("This page has expired."), "back_url": ""}
        return render(request, "directory/wrong_told.html", context, status=410)
    return render(request, "directory/wrong_told.html", {"notice": "", "back_url": back})


def said_in(sums: list[Sum]) -> str:
    """ "The hours (3), The address (1)"."""
    return ", ".join(f"{WORDS[what]} ({times})" for what, times in most_said((s.what, s.open) for s in sums))


def said_wrong(services: list[UUID], day: Any) -> dict[UUID, str]:
    """By service, what visitors said lately and no steward has seen to."""
    return {key: said_in(sums) for key, sums in by_service(open_sums(day, services)).items()}
