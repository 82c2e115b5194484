"""Whom stewards call because letters were not answered: number, what was tried, and what became of the call."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.call_listing import nobody_answered, reached_by_telephone
from directory.actions.decide_change import numbers_to_call
from directory.actions.failed_letters import letters_came_back
from directory.actions.refuse_unseen import Unseen
from directory.actions.refused import Refused
from directory.finding.calls import MOST, Call, Calls, calls_due
from directory.finding.letters import became_of_letters
from directory.models.listing import Listing
from directory.models.service import Service
from directory.views import wording
from directory.views.dead_numbers import all_dead_lines
from directory.views.for_stewards import decided, for_stewards
from directory.views.profile import name_of, viewer_of
from directory.views.whole import seen_in, tell_refused, whole_told
from safety.viewer import Viewer

BACK = "review_calls"
ONLY = {
    "": gettext_lazy("All to call"),
    "never": gettext_lazy("Never checked"),
    "silent": gettext_lazy("Checked once, and long without an answer"),
}
"""Parts of the list, by what stands in its address."""
A_PAGE = 30


def waiting(now: datetime) -> list[datetime]:
    """Since when each listing that is to be called now waits; those that rest after a call are left out."""
    return moments(calls_due(timezone.localtime(now).date()))


def how_many(count: int) -> str:
    """A number of what waits; what is read of a list that is longer says only that it is."""
    return str(count) if count <= MOST else _("more than 1,000")


def moments(days: Iterable[Any]) -> list[datetime]:
    """The beginnings of days."""
    return [timezone.make_aware(datetime.combine(day, datetime.min.time())) for day in days]


def listings_of(services: Iterable[UUID]) -> dict[UUID, UUID]:
    """By service, a page of it that can be looked at; none of what is not shown."""
    found = Listing.objects.filter(service_id__in=list(services)).order_by("-id")
    return dict(found.values_list("service_id", "id"))


def told_of(service: Service, listings: dict[UUID, UUID]) -> dict[str, Any]:
    """Whom to call about a service, and where its listing is looked at."""
    owner = service.organization
    numbers = numbers_to_call(owner.pk, service.pk) if owner else []
    return {
        "service": service,
        "organization": name_of(owner) if owner else "",
        "name": name_of(service),
        "listing": listings.get(service.pk),
        "numbers": [wording.call_link(number) for number in numbers],
    }


def ways(page: Page[Any], address: str, asked: str = "", name: str = "page") -> dict[str, Any]:
    """The page of a list, with the addresses beside it; `asked` is what else they ask for, `name` what counts pages."""
    to = f"{address}?{asked}&{name}=" if asked else f"{address}?{name}="
    return {
        "page": page,
        "previous_url": f"{to}{page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{to}{page.next_page_number()}" if page.has_next() else "",
    }


def back_to(name: str, request: HttpRequest) -> str:
    """The page of a list from which something was sent."""
    page, only = request.POST.get("page", ""), request.POST.get("only", "")
    asked = [f"only={only}"] if only in ONLY and only else []
    asked += [f"page={page}"] if page.isdecimal() and len(page) < LONGEST_PAGE else []
    return reverse(name) + ("?" + "&".join(asked) if asked else "")


LONGEST_PAGE = 6
PLACES = {str(number) for number in range(1, A_PAGE + 1)}
"""The rows of a page, as its forms number them."""


def _place(request: HttpRequest) -> str:
    """Where somebody stood on the list: what was called leaves that row, and the next to call takes it."""
    place = request.POST.get("place", "")
    return f"#row-{place}" if place in PLACES else ""


def _rows(page: Page[Call]) -> list[dict[str, Any]]:
    calls = list(page)
    found = Service.objects.select_related("organization").in_bulk([call.service for call in calls])
    services = [found[call.service] for call in calls if call.service in found]
    listings, dead = listings_of(found), all_dead_lines(services, days=1)
    rests = {call.service for call in calls if call.rests}
    letters = became_of_letters({one.organization_id for one in services if one.organization_id})
    return [
        told_of(service, listings)
        | {
            "dead": dead.get(service.pk, []),
            "day": wording.day_text(service.assured_date) if service.assured_date else "",
            "is_gone": service.unlisted_on is not None,
            "rests": service.pk in rests,
            "is_only_help": service.is_only_help and not service.assured_date,
            "letter": letters.get(service.organization_id) if service.organization_id else None,
        }
        for service in services
    ]


@require_safe
@for_stewards(BACK)
def queue(request: HttpRequest) -> HttpResponse:
    """Those to call, the most pressing first, what was called in vain lately last. `page`, `only`."""
    only, today = request.GET.get("only", ""), timezone.localdate()
    only = only if only in ONLY else ""
    lists = {key: Calls(today, key) for key in ONLY}
    page = Paginator(lists[only], A_PAGE).get_page(request.GET.get("page"))
    parts = [
        {"key": key, "words": words, "count": how_many(lists[key].counted), "is_shown": key == only}
        for key, words in ONLY.items()
    ]
    asked = f"only={only}" if only else ""
    context = {"rows": _rows(page), "parts": parts, "only": only, **ways(page, reverse(BACK), asked)}
    return render(request, "directory/review_calls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards(BACK)
def called(request: HttpRequest, service: UUID) -> HttpResponse:
    """All that is told of a listing, to be read to its people; and what became of a call."""
    return _became(request, service) if request.method == "POST" else _to_read(request, service)


def _to_read(request: HttpRequest, service: UUID) -> HttpResponse:
    running = Service.objects.listable().select_related("organization")
    found = get_object_or_404(running, pk=service)
    context = {
        "one": told_of(found, listings_of([service])) | whole_told(found),
        "day": wording.day_text(found.assured_date) if found.assured_date else "",
        "number": request.GET.get("page", ""),
        "only": request.GET.get("only", ""),
        "place": request.GET.get("place", ""),
    }
    return render(request, "directory/review_call.html", context)


def _became(request: HttpRequest, service: UUID) -> HttpResponse:
    named = {"service": service, "viewer": viewer_of(request), "now": timezone.now()}
    back = back_to(BACK, request)
    if "nobody" in request.POST:
        number = request.POST["nobody"].replace("\x00", "")
        told = _("Noted. It stands at the end of the list for a few days, then it comes back.")
        act = partial(nobody_answered, number=number, **named)
        return decided(request, act, told, back, place=_place(request))
    if request.POST.get("decision") == "reached":
        told = _("It counts as checked today, by you.")
        seen = seen_in(request).get(service, "")
        act = partial(reached_by_telephone, **named, seen=seen)
        return _confirmed(request, act, told, back)
    if request.POST.get("decision") == "came_back":
        told = _("Noted: nobody was warned by it. It stands among the letters that did not arrive.")
        return decided(request, partial(_came_back, **named), told, back, place=_place(request))
    return redirect(back)


def _confirmed(request: HttpRequest, act: Callable[[], None], told: str, back: str) -> HttpResponse:
    """Back to the page of the listing where something was changed while it was read out."""
    try:
        act()
    except Unseen as fault:
        tell_refused(request, fault)
        return redirect(request.path)
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, told)
        back += _place(request)
    return redirect(back)


def _came_back(*, service: UUID, viewer: Viewer, now: datetime) -> None:
    owner = Service.objects.filter(pk=service).values_list("organization_id", flat=True).first()
    letters_came_back(organization=owner or UUID(int=0), viewer=viewer, now=now)
