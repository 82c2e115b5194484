"""The places of a listing: another one, which is read before it shows, and one at which it is not given any more."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.propose_place import TASK, propose_place, propose_without_place
from directory.actions.refused import Refused
from directory.actions.see_published import once_given_there
from directory.actions.take_back_change import place_asked
from directory.models.proposed_change import ProposedChange
from directory.models.service import Reach
from directory.views.profile import Subject, for_keepers, subject_of, viewer_of
from directory.views.profile_place_form import PlaceForm
from directory.views.profile_seen import page_to_come
from directory.views.profile_tasks import MAY, told_what_became
from directory.views.profile_telling import (
    CHANGE,
    PAGE,
    asked_about_place,
    is_confirmed,
    note_confirmed,
    question,
)


@require_http_methods(MAY)
@for_keepers
def another(request: HttpRequest, service: UUID) -> HttpResponse:
    """The form of another place; `?again=` names what was asked for and waits, to be written anew."""
    subject = subject_of(request, service)
    assert subject.service is not None
    shut_out = subject.shut_out
    if request.method != "POST" and (shut_out or subject.service.reach != Reach.PLACE):
        return redirect("profile_listing", service)
    again = _again(request, subject)
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        service=subject.service,
        place=(place_asked(again) if again else None) or {},
    )
    if request.method == "POST" and form.is_valid() and PAGE in request.POST:
        see = partial(once_given_there, service=service, place=form.place())
        if seen := page_to_come(request, subject, form, see):
            return seen
    elif request.method == "POST" and form.is_valid() and CHANGE not in request.POST:
        asked = asked_about_place(subject, form.place())
        if not is_confirmed(request, asked):
            return question(request, subject, form, asked)
        made = _asked(request, subject, form, again)
        if made is not None:
            note_confirmed(request, subject, asked)
            told_what_became(request, made)
            return redirect("profile_where", service)
    context = {"subject": subject, "form": form, "task": TASK, "shut_out": shut_out, "only_saves": True}
    context["may_be_seen"] = True
    return render(request, "directory/profile_task.html", context, status=400 if form.errors else 200)


def _again(request: HttpRequest, subject: Subject) -> ProposedChange | None:
    """What waits and is to be written anew. 404 for what waits no more, and for anything else."""
    asked = request.GET.get("again")
    if not asked:
        return None
    found = next((change for change in asked_places(subject) if str(change.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def asked_places(subject: Subject) -> list[ProposedChange]:
    """What waits of other places of a listing, the oldest first."""
    return [change for change in subject.changes.held().of_people() if place_asked(change)]


def _named(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    assert subject.service is not None
    return {
        "organization": subject.organization.pk,
        "service": subject.service.pk,
        "viewer": viewer_of(request),
        "now": timezone.now(),
    }


def _asked(
    request: HttpRequest, subject: Subject, form: PlaceForm, again: ProposedChange | None
) -> list[ProposedChange] | None:
    """None where it was refused: the form says why, and keeps what was typed."""
    try:
        instead = again.pk if again else None
        return propose_place(place=form.place(), instead=instead, **_named(request, subject))
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
