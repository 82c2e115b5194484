"""Numbers and websites that led nowhere: a call is said beside a listing; stewards and the keeper see them."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.actions.decide_change import numbers_to_call
from directory.actions.mark_phone import clear_phone, mark_phone
from directory.actions.refused import Refused
from directory.finding.numbers_shown import numbers_in
from directory.finding.websites import dead_websites
from directory.models.phone_mark import PhoneMark
from directory.models.service import Service
from directory.policies import is_steward
from directory.rules.dead_phones import Heard
from directory.views import wording
from directory.views.calls import back_to, listings_of, ways
from directory.views.dead_numbers import dead_line, dead_of, website_line
from directory.views.desk_tier import is_vetted, viewer
from directory.views.for_stewards import decided, for_stewards
from directory.views.profile import name_of

BACK = "review_dead"
A_PAGE = 30
MOST = 5_000
"""Websites and their listings that are read at once, to be shown page by page."""


def _marked() -> dict[UUID, Service]:
    keys = (
        PhoneMark.objects.filter(cleared_at=None).order_by("service_id").values_list("service_id").distinct()
    )
    return Service.objects.listable().filter(pk__in=keys).select_related("organization").in_bulk()


def waiting(now: datetime) -> list[datetime]:
    """Since when each number and website that leads nowhere waits for a steward."""
    dead = dead_of(list(_marked().values()))
    days = [one.last for numbers in dead.values() for one in numbers.values()]
    days += {url: since for url, _key, since, _last in dead_websites()}.values()
    return [timezone.make_aware(datetime.combine(day, datetime.min.time())) for day in days]


def _websites() -> list[dict[str, Any]]:
    """Each website that does not answer, once, with the services that name it."""
    found: dict[str, dict[str, Any]] = {}
    dead = dead_websites(most=MOST)
    services = Service.objects.in_bulk([key for _url, key, _since, _last in dead])
    for url, key, since, _last in dead:
        is_web = url.startswith(("https://", "http://"))
        row = found.setdefault(
            url, {"line": website_line(url, since), "url": url if is_web else "", "services": []}
        )
        row["services"].append(services[key])
    return list(found.values())


def _with_ways(service: Service, listings: dict[UUID, UUID]) -> dict[str, Any]:
    """A service with its name and the page where it is looked at."""
    return {"service": service, "name": name_of(service), "listing": listings.get(service.pk)}


def callable_numbers(request: HttpRequest, service: UUID, facts: dict[str, Any]) -> list[str]:
    """The numbers of a listing about which this person may say that nobody answers; none for who is not let in.

    A worker is offered those that these facts tell: who is blocked reads fewer of them.
    """
    knows_all = is_steward(viewer(request))
    if not (knows_all or is_vetted(request)):
        return []
    owner = Service.objects.filter(pk=service).values_list("organization_id", flat=True).first()
    known = numbers_to_call(owner, service) if owner else []
    return known if knows_all else [number for number in known if number in numbers_in(facts)]


@require_safe
@for_stewards(BACK)
def queue(request: HttpRequest) -> HttpResponse:
    """Every number that leads nowhere, the one that was called last first; and every such website. `page`, `sites`."""
    page = Paginator(_numbers(), A_PAGE).get_page(request.GET.get("page"))
    sites = Paginator(_websites(), A_PAGE).get_page(request.GET.get("sites"))
    named = [row["service"].pk for row in page]
    named += [service.pk for row in sites for service in row["services"]]
    listings = listings_of(named)
    for row in page:
        row |= _with_ways(row["service"], listings)
    for row in sites:
        row["services"] = [_with_ways(service, listings) for service in row["services"]]
    address = reverse(BACK)
    context = {
        "numbers": ways(page, address, f"sites={sites.number}" if sites.number > 1 else ""),
        "websites": ways(sites, address, f"page={page.number}" if page.number > 1 else "", "sites"),
        "looks_at_websites": settings.CHECK_WEBSITES,
    }
    return render(request, "directory/review_dead.html", context)


def _numbers() -> list[dict[str, Any]]:
    services = _marked()
    rows: list[dict[str, Any]] = [
        {
            "service": services[key],
            "name": name_of(services[key]),
            "organization": name_of(services[key].organization) if services[key].organization else "",
            "number": number,
            "call": wording.call_link(number),
            "line": dead_line(number, dead),
            "last": dead.last,
        }
        for key, numbers in dead_of(list(services.values())).items()
        for number, dead in numbers.items()
    ]
    return sorted(rows, key=lambda row: (row["last"], row["name"], row["number"]), reverse=True)


@require_POST
@for_stewards(BACK)
def clear(request: HttpRequest, service: UUID) -> HttpResponse:
    """A steward got through."""
    number = request.POST.get("number", "").replace("\x00", "")
    act = partial(clear_phone, service=service, number=number, viewer=viewer(request), now=timezone.now())
    return decided(request, act, _("Thank you. The mark is gone."), back_to(BACK, request))


@require_POST
def mark(request: HttpRequest, service: UUID) -> HttpResponse:
    """Say that a number led nowhere; then back to the listing."""
    heard = request.POST.get("heard", "")
    number = request.POST.get("number", "").replace("\x00", "")
    if heard in set(Heard):
        _mark(request, service, number, Heard(heard))
    try:
        return redirect("desk_listing", id=UUID(request.POST.get("listing", "")))
    except ValueError:
        return redirect("desk_find")


def _mark(request: HttpRequest, service: UUID, number: str, heard: Heard) -> None:
    named = {"service": service, "number": number, "heard": heard}
    try:
        mark_phone(**named, viewer=viewer(request), now=timezone.now())  # type: ignore[arg-type]
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Thank you. Stewards and its keeper see it. The listing stays as it is."))
