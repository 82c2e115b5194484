"""The places of a listing: another one, which is read before it shows, and one at which it is not given any more."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.propose_place import TASK, propose_place, propose_without_place
from directory.actions.refused import Refused
from directory.models.proposed_change import ProposedChange
from directory.models.service import Reach
from directory.views.profile import Subject, for_keepers, subject_of, viewer_of
from directory.views.profile_place_form import PlaceForm
from directory.views.profile_tasks import MAY, told_what_became


@require_http_methods(MAY)
@for_keepers
def another(request: HttpRequest, service: UUID) -> HttpResponse:
    """The form of another place."""
    subject = subject_of(request, service)
    assert subject.service is not None
    shut_out = subject.shut_out
    if request.method != "POST" and (shut_out or subject.service.reach != Reach.PLACE):
        return redirect("profile_listing", service)
    form = PlaceForm(request.POST if request.method == "POST" else None, service=subject.service)
    if request.method == "POST" and form.is_valid():
        made = _asked(request, subject, form)
        if made is not None:
            told_what_became(request, made)
            return redirect("profile_where", service)
    context = {"subject": subject, "form": form, "task": TASK, "shut_out": shut_out, "only_saves": True}
    return render(request, "directory/profile_task.html", context, status=400 if form.errors else 200)


def _named(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    assert subject.service is not None
    return {
        "organization": subject.organization.pk,
        "service": subject.service.pk,
        "viewer": viewer_of(request),
        "now": timezone.now(),
    }


def _asked(request: HttpRequest, subject: Subject, form: PlaceForm) -> list[ProposedChange] | None:
    """None where it was refused: the form says why, and keeps what was typed."""
    try:
        return propose_place(place=form.place(), **_named(request, subject))
    except Refused as fault:
        form.add_error(None, str(fault))
        return None


@require_POST
@for_keepers
def take_off(request: HttpRequest, service: UUID, place: UUID) -> HttpResponse:
    """It is not given there any more, once somebody has read that."""
    subject = subject_of(request, service)
    if "understood" not in request.POST:
        messages.error(request, _("Nothing was changed: tick that it is not given there any more."))
        return redirect("profile_where_of", service, place)
    try:
        told_what_became(request, propose_without_place(place=place, **_named(request, subject)))
    except Refused as fault:
        messages.error(request, str(fault))
    return redirect("profile_where", service)
