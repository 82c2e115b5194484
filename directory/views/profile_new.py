"""Asking for a new listing at the desk: written, looked at, kept as a draft, sent, taken back, written anew."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.propose_listing import (
    as_stored,
    keep_listing_draft,
    propose_listing,
    take_back_listing,
)
from directory.actions.refused import Refused
from directory.actions.see_published import once_made
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.rules.change_states import State
from directory.rules.holding import Hold
from directory.rules.new_listings import NEW
from directory.views.profile import OPEN_NEW, Subject, for_keepers, subject_of, viewer_of
from directory.views.profile_new_form import NewListingForm
from directory.views.profile_seen import page_to_come
from directory.views.profile_telling import (
    CHANGE,
    PAGE,
    Asked,
    asked_about_new,
    is_confirmed,
    note_confirmed,
    question,
)
from directory.views.wording_changes import diff_of

SAID = {
    Hold.REVIEW: gettext_lazy("Thank you. Somebody reads it before it is on the site."),
    Hold.CALL: gettext_lazy(
        "Thank you. Before it is on the site, we call you back on a number that we know already."
    ),
}


def _asked(subject: Subject, key: UUID | None) -> ProposedChange | None:
    """One that may be written anew. Raises Http404 for any other."""
    if key is None:
        return None
    mine = ProposedChange.objects.filter(organization=subject.organization, task=NEW, state__in=OPEN_NEW)
    found = mine.filter(pk=key).first()
    if found is None or Service.objects.filter(pk=found.service_id).exists():
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def new(request: HttpRequest, change: UUID | None = None) -> HttpResponse:
    """The form; with a change, what was asked for before stands in it."""
    subject = subject_of(request)
    shut_out = subject.shut_out
    if request.method != "POST" and shut_out:
        return redirect("profile")
    before = _asked(subject, change)
    posted = request.POST if request.method == "POST" else None
    form = NewListingForm(posted, shown=before.after if before else {}, organization=subject.organization.pk)
    is_draft = bool(before and before.state == State.DRAFT)
    context = {"subject": subject, "form": form, "draft": is_draft, "task": NEW}
    context["shut_out"] = shut_out
    if posted is None:
        return render(request, "directory/profile_task.html", context)
    if form.is_valid():
        if "preview" in posted and (diff := _looked_at(form)):
            return render(request, "directory/profile_task.html", context | {"diff": diff})
        if CHANGE in posted:
            return render(request, "directory/profile_task.html", context)
        see = partial(once_made, values=form.values())
        if PAGE in posted and (seen := page_to_come(request, subject, form, see)):
            return seen
        is_sent = PAGE not in posted and "preview" not in posted
        if is_sent and (answer := _asked_and_sent(request, subject, before, form)):
            return answer
    return render(request, "directory/profile_task.html", context, status=400)


def _looked_at(form: NewListingForm) -> list[dict[str, str]]:
    """What would be asked for, in words; nothing where it would be refused."""
    try:
        return diff_of({}, as_stored(form.values()))
    except Refused as fault:
        form.add_error(None, str(fault))
        return []


def _asked_and_sent(
    request: HttpRequest, subject: Subject, before: ProposedChange | None, form: NewListingForm
) -> HttpResponse | None:
    """None where it was refused; first a question where words may tell a protected place, unless it is a draft."""
    is_draft = "draft" in request.POST
    asked = Asked([], "") if is_draft else asked_about_new(subject.organization.pk, form.values())
    if not is_confirmed(request, asked):
        return question(request, subject, form, asked)
    if not _sent(request, subject, before, form):
        return None
    note_confirmed(request, subject, asked)
    return redirect("profile")


def _sent(
    request: HttpRequest, subject: Subject, before: ProposedChange | None, form: NewListingForm
) -> bool:
    """False where it was refused: the form says why, and keeps what was typed."""
    asked: dict[str, Any] = {
        "organization": subject.organization.pk,
        "values": form.values(),
        "viewer": viewer_of(request),
        "now": timezone.now(),
        "key": before.service_id if before else None,
    }
    try:
        if "draft" in request.POST:
            keep_listing_draft(**asked)
            messages.success(request, _("Kept as a draft. Nobody else sees it yet."))
        else:
            made = propose_listing(**asked)
            messages.success(request, str(SAID[Hold(made.hold)]))
    except Refused as fault:
        form.add_error(None, str(fault))
        return False
    return True


@require_POST
@for_keepers
def take_back(request: HttpRequest, change: UUID) -> HttpResponse:
    """It is not asked for any more. What is another organization's is answered as what is not there."""
    viewer = viewer_of(request)
    mine = ProposedChange.objects.filter(pk=change, organization_id=viewer.organization, task=NEW)
    if not mine.exists():
        raise Http404
    try:
        take_back_listing(change=change, viewer=viewer, now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Taken back. Nobody reads it any more."))
    return redirect("profile")
