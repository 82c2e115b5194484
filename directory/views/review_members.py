"""Who belongs to an organization, on the stewards' page of it: given another role, or taken out, by a steward."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.actions.keep_members import change_role, end_membership
from directory.actions.refused import Refused
from directory.forms import RoleForm
from directory.models.membership import Membership, Role
from directory.views.profile import viewer_of
from directory.views.vetting_desk import on_organization


@require_POST
@on_organization
def decide(request: HttpRequest, key: UUID, member: UUID) -> HttpResponse:
    """Take a member out, or give another role; its leads get a letter. 404 for another organization's member."""
    found = get_object_or_404(Membership.objects.live().filter(organization_id=key), pk=member)
    named = {"membership": found.pk, "viewer": viewer_of(request), "now": timezone.now()}
    form = RoleForm(request.POST)
    if request.POST.get("decision") == "end":
        told = _("This person does not belong to the organization any more.")
        _say(request, partial(end_membership, **named), told)
    elif form.is_valid():
        act = partial(change_role, role=Role(form.cleaned_data["role"]), **named)
        _say(request, act, _("The role is changed."))
    else:
        messages.error(request, _("Choose one of the roles."))
    return redirect("review_organization", key)


def _say(request: HttpRequest, act: Callable[[], Any], told: str) -> None:
    try:
        act()
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, told)
