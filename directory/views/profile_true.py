""" "Still true?": a page shows all that is told of a listing, or of all of them, and one press says that it is so."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.assure_listings import assure_listings
from directory.actions.refused import Refused
from directory.models.service import Service
from directory.views.calls import back_to, ways
from directory.views.profile import Subject, for_keepers, subject_of, viewer_of
from directory.views.whole import seen_in, tell_refused, whole_told

ALL = "profile_all_true"
A_PAGE = 30
"""Listings that are read and confirmed together: more than anybody reads in one go."""


@require_POST
@for_keepers
def assure(request: HttpRequest, service: UUID) -> HttpResponse:
    """One listing."""
    _assured(request, subject_of(request, service), [service])
    return redirect("profile_listing", service)


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def assure_all(request: HttpRequest) -> HttpResponse:
    """All running listings of the organization, those that wait longest first. `page`."""
    subject = subject_of(request)
    if request.method == "POST":
        if not seen_in(request) and not subject.shut_out:
            return redirect(ALL)
        is_done = _assured(request, subject, list(seen_in(request)))
        return redirect("profile" if is_done else back_to(ALL, request))
    if subject.shut_out:
        return redirect("profile")
    running = Service.objects.listable().filter(organization=subject.organization)
    services = running.select_related("organization").order_by("assured_date", "name", "pk")
    page = Paginator(services, A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"subject": subject, "listings": [whole_told(service) for service in page]}
    return render(request, "directory/profile_true.html", context | ways(page, reverse(ALL)))


def _assured(request: HttpRequest, subject: Subject, services: list[UUID]) -> bool:
    """False where nothing was confirmed: it is said why, and what was changed meanwhile."""
    try:
        count = assure_listings(
            organization=subject.organization.pk,
            services=services,
            viewer=viewer_of(request),
            now=timezone.now(),
            seen=seen_in(request),
        )
    except Refused as fault:
        tell_refused(request, fault)
        return False
    thanks = ngettext("%(count)s listing is checked.", "%(count)s listings are checked.", count)
    messages.success(request, _("Thank you.") + " " + thanks % {"count": count})
    return True
