"""How an organization comes in: stewards add its record, and ask its first person to lead it. And how people leave."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.add_organization import add_organization
from directory.actions.invite_members import invite_member
from directory.actions.keep_members import end_membership
from directory.actions.refused import Refused
from directory.forms import InviteForm
from directory.models.membership import Membership, Role
from directory.views.for_stewards import for_stewards
from directory.views.profile import viewer_of
from directory.views.vetting_desk import on_organization, organization_page
from directory.views.vetting_sent import was_refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards()
def add(request: HttpRequest) -> HttpResponse:
    """Add an organization by its name, and go to its page. Its address alone proves anew who one is: then the list."""
    if request.method != "POST":
        return redirect("review_organizations")
    try:
        made = add_organization(name=request.POST.get("name", ""), viewer=viewer_of(request))
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect("review_organizations")
    messages.success(request, _("It is added. Nobody sees it yet: ask its first person to join."))
    return redirect("review_organization", made.pk)


@require_POST
@on_organization
def invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask somebody to join it by a letter, whether it has people yet or not."""
    form, viewer, now = InviteForm(request.POST, auto_id="ask-%s"), viewer_of(request), timezone.now()

    def act() -> None:
        told = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        invite_member(**told, organization=key, viewer=viewer, now=now)

    if was_refused(form, act, "email"):
        return organization_page(request, key, 400, ask_form=form)
    messages.success(request, _("The letter is on its way. Its link works for seven days."))
    return redirect("review_organization", key)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the organization that one acts for, after a question. 404 for whoever acts for none."""
    viewer = viewer_of(request)
    live = Membership.objects.live().select_related("organization")
    mine = get_object_or_404(live, user_id=viewer.user, organization_id=viewer.organization)
    if request.method == "POST":
        try:
            end_membership(membership=mine.pk, viewer=viewer, now=timezone.now())
        except Refused as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, _("You do not belong to it any more."))
        return redirect("desk")
    return render(request, "directory/leave_organization.html", {"organization": mine.organization})
