"""The link of a letter: the listings that should be looked at again, on one screen, and a yes."""

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
from directory.models.service import Service
from directory.models.truth_asked import TruthAsked
from directory.views.whole import is_for_everybody, seen_in, tell_refused, whole_told
from safety.limits import held_back

MAY = ["GET", "HEAD", "POST"]
MOST_SHOWN = 30
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
    services = list(due.select_related("organization")[:MOST_SHOWN])
    open_ones = is_for_everybody(services)
    context = {
        "asked": asked,
        "listings": [whole_told(service) for service in services if service.pk in open_ones],
        "to_sign_in": [service for service in services if service.pk not in open_ones],
    }
    return render(request, "directory/still_true.html", context)


def _answered(request: HttpRequest, asked: TruthAsked) -> HttpResponse:
    seen = seen_in(request)
    shown = is_for_everybody(Service.objects.filter(pk__in=list(seen)))
    try:
        count = answer_question(asked=asked.pk, services=sorted(shown), now=timezone.now(), seen=seen)
    except Refused as fault:
        tell_refused(request, fault)
    else:
        told = ngettext("%(count)s listing is checked.", "%(count)s listings are checked.", count)
        messages.success(request, _("Thank you.") + " " + told % {"count": count})
    return redirect(request.path)
