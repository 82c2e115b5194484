"""Stewards and what waits for them: changes to call back about, to read, and a few to look at afterwards."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from directory.actions.decide_change import (
    LONGEST,
    look_at_changes,
    numbers_for,
    publish_change,
    send_back_change,
)
from directory.actions.refused import Refused
from directory.actions.tells_another import tells_another
from directory.models.listing import Listing
from directory.models.proposed_change import ProposedChange
from directory.views.for_stewards import for_stewards
from directory.views.profile import change_told, viewer_of

SAMPLED = 10
"""Changes that nobody had to decide about, shown at once to be looked at."""


class CallForm(forms.Form):
    """Which number was called, and who was there."""

    called = forms.ChoiceField(label=gettext_lazy("The number that you called"), widget=forms.RadioSelect)
    spoke_with = forms.CharField(
        label=gettext_lazy("Who confirmed it: name and what they do there"), max_length=LONGEST
    )

    def __init__(self, data: Any, *, numbers: list[str]) -> None:
        """`numbers` were known before the change; without any, a steward writes how they found one."""
        super().__init__(data)
        if numbers:
            self.fields["called"].choices = [(number, number) for number in numbers]
        else:
            self.fields["called"] = forms.CharField(
                label=_("We know no number that its people told. Which did you call?"), max_length=LONGEST
            )
            self.fields["found_at"] = forms.CharField(
                label=_("Where did you find it? Not in this change, nor in what a feed told us"),
                max_length=LONGEST,
            )


class ReasonForm(forms.Form):
    """Why a change is sent back."""

    reason = forms.CharField(
        label=gettext_lazy("Why: the organization reads this"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_safe
@for_stewards("review_changes")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; those that need a call before those that are read."""
    held = ProposedChange.objects.held().select_related("organization", "service", "made_by", "feed")
    told = [change_told(change) for change in held]
    latest = ProposedChange.objects.to_look_at().select_related("organization", "service", "made_by", "feed")[
        :SAMPLED
    ]
    context = {
        "to_call": [one for one in told if one["change"].hold == "call"],
        "to_read": [one for one in told if one["change"].hold != "call"],
        "to_look_at": [change_told(change) for change in latest],
    }
    return render(request, "directory/review_changes.html", context)


def _found(change: UUID) -> ProposedChange:
    held = ProposedChange.objects.held().select_related("organization", "service", "made_by", "feed")
    found = held.filter(pk=change).first()
    if found is None:
        raise Http404
    return found


def _listing(change: ProposedChange) -> UUID | None:
    """The page where it is noted that a number of the listing leads nowhere."""
    found = Listing.objects.filter(service_id=change.service_id).order_by("id")
    return found.values_list("pk", flat=True).first()


def _page(
    request: HttpRequest, found: ProposedChange, call: CallForm, reason: ReasonForm, status: int = 200
) -> HttpResponse:
    context = {
        "told": change_told(found),
        "change": found,
        "call": call,
        "reason": reason,
        "listing": _listing(found) if found.is_correction else None,
        "tells_another": tells_another(found),
        "is_mine": found.made_by_id == request.user.pk,
    }
    return render(request, "directory/review_change.html", context, status=status)


@require_safe
@for_stewards("review_changes")
def change(request: HttpRequest, change: UUID) -> HttpResponse:
    """One change: what differs, whom to call, and the two ways to decide."""
    found = _found(change)
    return _page(request, found, CallForm(None, numbers=numbers_for(found)), ReasonForm())


@require_POST
@for_stewards("review_changes")
def publish(request: HttpRequest, change: UUID) -> HttpResponse:
    """It is as the organization says: show it."""
    found, told = _found(change), {}
    call = CallForm(request.POST, numbers=numbers_for(found))
    if found.hold == "call":
        if not call.is_valid():
            return _page(request, found, call, ReasonForm(), 400)
        told = call.cleaned_data
    return _decided(
        request, lambda: publish_change(change=change, viewer=viewer_of(request), now=timezone.now(), **told)
    )


@require_POST
@for_stewards("review_changes")
def send_back(request: HttpRequest, change: UUID) -> HttpResponse:
    """It is not: say why."""
    found, reason = _found(change), ReasonForm(request.POST)
    if not reason.is_valid():
        return _page(request, found, CallForm(None, numbers=numbers_for(found)), reason, 400)
    told = reason.cleaned_data
    return _decided(
        request,
        lambda: send_back_change(change=change, viewer=viewer_of(request), now=timezone.now(), **told),
    )


def _decided(request: HttpRequest, act: Callable[[], ProposedChange]) -> HttpResponse:
    try:
        done = act()
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        told = _("It is on the site.") if done.state == "published" else _("It is sent back.")
        messages.success(request, told)
    return redirect("review_changes")


@require_POST
@for_stewards("review_changes")
def looked(request: HttpRequest) -> HttpResponse:
    """The changes shown were looked at."""
    keys = []
    for written in request.POST.getlist("change")[:SAMPLED]:
        try:
            keys.append(UUID(written))
        except ValueError:
            continue
    look_at_changes(changes=keys, viewer=viewer_of(request), now=timezone.now())
    return redirect("review_changes")
