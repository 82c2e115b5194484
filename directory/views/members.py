"""The members of the organization that one acts for: leads ask people in, give them another role, take them out."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import LONGEST_REASON, FactorRenewal
from directory.actions.invite_members import invite_member, revoke_invitation
from directory.actions.keep_members import change_role, end_membership
from directory.actions.refused import Refused
from directory.actions.renew_factor import may_renew
from directory.forms import InviteForm, RoleForm
from directory.models.invitation import Invitation
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.views.leads import for_leads
from safety.viewer import Viewer


def _viewer(request: HttpRequest) -> Viewer:
    found: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return found


def _page(request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    organization = Organization.objects.get(pk=_viewer(request).organization)
    live = Membership.objects.live().filter(organization=organization).select_related("user")
    context = {
        "organization": organization,
        "members": _members(_viewer(request), live.order_by("user__email")),
        "invitations": Invitation.objects.open_at(timezone.now()).filter(organization=organization),
        "roles": Role.choices,
        "longest": LONGEST_REASON,
        "form": form,
    }
    return render(request, "directory/members.html", context, status=status)


def _members(viewer: Viewer, live: Iterable[Membership]) -> list[dict[str, Any]]:
    """Each with whether a new second factor may be asked for, and the one that is under way."""
    members = list(live)
    on_the_way = FactorRenewal.objects.to_come(timezone.now()).filter(user__in=[one.user for one in members])
    doors = set(on_the_way.values_list("user_id", flat=True))
    return [
        {"member": one, "may_renew": may_renew(viewer, one.user), "has_door": one.user_id in doors}
        for one in members
    ]


@require_safe
@for_leads("members")
def members(request: HttpRequest) -> HttpResponse:
    """Who belongs, who was asked, and a form to ask somebody."""
    return _page(request, InviteForm(initial={"language": get_language(), "role": Role.WORKER}))


@require_POST
@for_leads("members")
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody; what is wrong is told beside the form, which keeps what was typed."""
    form, viewer = InviteForm(request.POST), _viewer(request)
    if form.is_valid() and viewer.organization:
        asked = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            invite_member(**asked, organization=viewer.organization, viewer=viewer, now=timezone.now())
        except Refused as fault:
            form.add_error("email", str(fault))
        else:
            messages.success(request, _("The letter is on its way. Its link works for seven days."))
            return redirect("members")
    return _page(request, form, 400)


def _done(
    request: HttpRequest, of: type[Membership | Invitation], key: UUID, told: str, act: Callable[[], Any]
) -> HttpResponse:
    """Say what became of it. What is another organization's is answered as what is not there."""
    try:
        if not of._default_manager.filter(pk=key, organization_id=_viewer(request).organization).exists():
            raise Refused(_("This is not there any more."))
        act()
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, told)
    return redirect("members" if _still_leads(request) else "desk")


def _still_leads(request: HttpRequest) -> bool:
    viewer = _viewer(request)
    mine = Membership.objects.live().filter(user_id=viewer.user, organization_id=viewer.organization)
    return mine.filter(role=Role.LEAD).exists()


@require_POST
@for_leads("members")
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an invitation back."""
    viewer, now = _viewer(request), timezone.now()
    told = _("The invitation is taken back: its link works no more.")
    act = partial(revoke_invitation, invitation=key, viewer=viewer, now=now)
    return _done(request, Invitation, key, told, act)


@require_POST
@for_leads("members")
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a member out, from the next request on."""
    viewer, now = _viewer(request), timezone.now()
    told = _("This person does not belong to the organization any more.")
    act = partial(end_membership, membership=key, viewer=viewer, now=now)
    return _done(request, Membership, key, told, act)


@require_POST
@for_leads("members")
def give_role(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a member another role."""
    form, viewer, now = RoleForm(request.POST), _viewer(request), timezone.now()
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles."))
        return redirect("members")
    role = Role(form.cleaned_data["role"])
    told = _("The role is changed.")
    act = partial(change_role, membership=key, role=role, viewer=viewer, now=now)
    return _done(request, Membership, key, told, act)
