"""A lead says that others took control of the organization: it is vetted anew."""

from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.change_of_control import say_control_changed
from directory.actions.refused import Refused
from directory.models.organization import Organization
from directory.policies import refuse_unless_lead
from directory.views.fresh_proof import asked_anew, proved_anew
from directory.views.profile import viewer_of
from directory.views.vetting_desk import on_organization

MAY = ["GET", "HEAD", "POST"]


def _said(request: HttpRequest, organization: UUID) -> None:
    try:
        say_control_changed(organization=organization, viewer=viewer_of(request), now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Noted. The organization is vetted anew."))


@require_http_methods(MAY)
def control(request: HttpRequest) -> HttpResponse:
    """What it means, and the button. 403 for whoever does not lead the organization acted for; asks for fresh proof."""
    viewer = viewer_of(request)
    organization = viewer.organization or UUID(int=0)
    refuse_unless_lead(viewer, organization)
    found = Organization.objects.filter(pk=organization).first()
    if found is None:  # a steward who acts for nobody
        return redirect("desk")
    if not proved_anew(request):
        if request.method == "POST":
            return asked_anew(request, request.path)
        raise ReauthenticationRequired
    if request.method == "POST":
        _said(request, organization)
        return redirect("apply_for_vetting")
    return render(request, "directory/control.html", {"organization": found})


@require_POST
@on_organization
def review_control(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same, said by a steward."""
    _said(request, key)
    return redirect("review_organization", key)
