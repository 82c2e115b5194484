"""Beds today: at the desk in two taps, and by the link of a night desk, which can say nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.refused import Refused
from directory.actions.report_beds import (
    LINKERS,
    REPORTERS,
    make_night_link,
    open_link,
    report_beds,
    report_beds_by_link,
    revoke_night_link,
    token_of,
)
from directory.finding.beds import BedService, bed_services
from directory.models.bed_report import NightLink
from directory.policies import refuse_unless_works_for
from directory.rules.beds import BANDS, Report, band_at, counts_until
from directory.views.desk_rows import band_text
from directory.views.desk_tier import viewer, why_public
from directory.views.fresh_proof import proved_anew
from directory.views.languages import language
from safety.context import acting
from safety.limits import held_back
from safety.pages import error_page
from safety.viewer import VISITOR, Viewer

Row = dict[str, Any]


def _bands() -> list[tuple[str, str]]:
    return [(band, band_text(band)) for band in BANDS]


def _may(who: Viewer, roles: Any) -> bool:
    try:
        refuse_unless_works_for(who, who.organization or UUID(int=0), roles)
    except PermissionDenied:
        return False
    return True


def _row(service: BedService, links: list[NightLink], now: datetime, *, may_read: bool) -> Row:
    own = [
        {"id": link.pk, "until": link.expires_at, "url": _address(link) if may_read else ""}
        for link in links
        if link.service_id == service.id
    ]
    return {
        "id": service.id,
        "name": (service.name_fr if language() == "fr" else "") or service.name,
        "band": band_at(service.report, now),
        "text": band_text(band_at(service.report, now)),
        "at": service.report.at if service.report else None,
        "is_new": bool(service.report and now - service.report.at < timedelta(minutes=1)),
        "links": own,
    }


def _address(link: NightLink) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse('night_beds', args=[token_of(link)])}"


@require_safe
def beds(request: HttpRequest) -> HttpResponse:
    """The services of the organization that have beds, a button for each answer, and the links of night desks."""
    who, now = viewer(request), timezone.now()
    may_report, may_link = _may(who, REPORTERS), _may(who, LINKERS)
    links = list(NightLink.objects.open_at(now).filter(organization_id=who.organization)) if may_link else []
    services = bed_services(who.organization) if may_report and who.organization else []
    # A link works without an account, and for longer than a session: who finds an open desk does not leave with one.
    may_read = proved_anew(request)
    context = {
        "rows": [_row(service, links, now, may_read=may_read) for service in services],
        "is_proved": may_read,
        "bands": _bands(),
        "may_link": may_link,
        "why_public": why_public(request),
    }
    return render(request, "directory/beds.html", context)


def _done(request: HttpRequest, told: str, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, told)
    return redirect("beds")


@require_POST
def report(request: HttpRequest, service: UUID) -> HttpResponse:
    """Say it. Another organization's service is answered as one that is not there."""
    band, who, now = request.POST.get("band", ""), viewer(request), timezone.now()
    told = _("Reported: %(band)s. It counts for 12 hours.") % {"band": band_text(band)}
    return _done(request, told, lambda: report_beds(service=service, band=band, viewer=who, now=now))


@require_safe
@reauthentication_required
def prove(_request: HttpRequest) -> HttpResponse:
    """Asks who one is, and leads back."""
    return redirect("beds")


@require_POST
def make_link(request: HttpRequest, service: UUID) -> HttpResponse:
    """A link for the night desk, made by whoever proved once more, lately, who they are: a sign-in is no such proof."""
    if not proved_anew(request):
        return redirect("beds_prove")
    who, now = viewer(request), timezone.now()
    told = _("The link is made. It works for 30 days. Give it to the night desk only.")
    return _done(request, told, lambda: make_night_link(service=service, viewer=who, now=now))


@require_POST
def revoke_link(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a link back."""
    who, now = viewer(request), timezone.now()
    told = _("The link is taken back: it works no more.")
    return _done(request, told, lambda: revoke_night_link(link=key, viewer=who, now=now))


def _night_page(request: HttpRequest, token: str, said: Report | None) -> HttpResponse:
    """What was reported before is not told: whoever stole the link would learn how full the house is."""
    found = open_link(token, timezone.now())
    if found is None:
        held = held_back(request, "night_beds", timezone.now())
        return held or render(request, "directory/night_beds.html", {"name": ""}, status=410)
    service = found[1]
    context = {
        "name": (service.name_fr if language() == "fr" else "") or service.name,
        "bands": _bands(),
        "said": band_text(said.band) if said else "",
        "until": counts_until(said) if said else None,
    }
    return render(request, "directory/night_beds.html", context)


# No cookie is there to check: the signed link is what allows it, and it was not read on another site.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def night(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a night desk: the service, and a button for each answer. Reading it changes nothing."""
    with acting(VISITOR):
        if request.method != "POST":
            return _night_page(request, token, None)
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return error_page(request, 403)
        try:
            said = report_beds_by_link(token=token, band=request.POST.get("band", ""), now=timezone.now())
        except Refused:
            said = None
        return _night_page(request, token, said)
