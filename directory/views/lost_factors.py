"""A lost second factor at the desk: a lead asks for a member, stewards for the others, two of them for a steward."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import LONGEST_REASON, FactorRenewal, User
from directory.actions.refused import Refused
from directory.actions.renew_factor import agree_new_factor, ask_new_factor, take_back_new_factor
from directory.models.membership import Membership
from directory.views.for_stewards import decided, for_stewards
from directory.views.leads import for_leads
from directory.views.profile import viewer_of

BACK = "review_factors"


class LostFactorForm(forms.Form):
    """Whose it is, and how a steward knows."""

    email = forms.EmailField(label=gettext_lazy("Address that this person signs in with"))
    reason = forms.CharField(
        label=gettext_lazy("Whom you called back, and on which number that was known before"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards(BACK)
def review(request: HttpRequest) -> HttpResponse:
    """For stewards: ask for somebody by address; what waits for a second steward; doors that are open."""
    now, sent = timezone.now(), request.method == "POST"
    form = LostFactorForm(request.POST if sent else None)
    if sent and form.is_valid() and _asked(request, form):
        messages.success(request, _("Done. What follows stands below."))
        return redirect(BACK)
    people = FactorRenewal.objects.select_related("user", "asked_by", "agreed_by").order_by("asked_at", "pk")
    context = {
        "form": form,
        "waiting": people.waiting(now),
        "doors": people.to_come(now),
        "now": now,
    }
    return render(request, "directory/review_factors.html", context, status=400 if sent else 200)


def _asked(request: HttpRequest, form: LostFactorForm) -> bool:
    """Whether it was done; what is wrong is told beside the form."""
    person = User.objects.get_queryset().with_email(form.cleaned_data["email"]).first()
    named: dict[str, Any] = {"reason": form.cleaned_data["reason"], "viewer": viewer_of(request)}
    try:
        ask_new_factor(user=person.pk if person else UUID(int=0), now=timezone.now(), **named)
    except Refused as fault:
        form.add_error("email", str(fault))
        return False
    return True


@require_POST
@for_stewards(BACK)
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """A second steward agrees; or any of them takes it back."""
    named = {"renewal": key, "viewer": viewer_of(request), "now": timezone.now()}
    match request.POST.get("decision", ""):
        case "agree":
            told = _("Agreed. The letter is on its way; its link opens in a day.")
            return decided(request, partial(_agree, **named), told, BACK)
        case "stop":
            return decided(request, partial(_stop, **named), _("It is taken back."), BACK)
    return redirect(BACK)


def _agree(**named: Any) -> None:
    agree_new_factor(**named)


def _stop(**named: Any) -> None:
    take_back_new_factor(**named)


@require_POST
@for_leads("members")
def renew(request: HttpRequest, key: UUID) -> HttpResponse:
    """A lead asks for a member, or takes it back. 404 for somebody else's member."""
    viewer, now = viewer_of(request), timezone.now()
    live = Membership.objects.live().filter(organization_id=viewer.organization)
    member = get_object_or_404(live, pk=key)
    if request.POST.get("decision") == "stop":
        found = get_object_or_404(FactorRenewal.objects.to_come(now), user_id=member.user_id)
        stop = partial(_stop, renewal=found.pk, viewer=viewer, now=now)
        return decided(request, stop, _("It is taken back."), "members")
    reason = request.POST.get("reason", "").replace("\x00", "")

    def ask() -> None:
        ask_new_factor(user=member.user_id, reason=reason, viewer=viewer, now=now)

    told = _("The letter is on its way. Its link works for one day. What was lost opens nothing any more.")
    return decided(request, ask, told, "members")
