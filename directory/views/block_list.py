"""The block list of an organization, for whoever leads it: who must not find at the desk what it shows there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.actions.block_organizations import block_organization, unblock_organization
from directory.actions.refused import Refused
from directory.models.blocked_organization import BlockedOrganization
from directory.views.leads import for_own_leads
from directory.views.look_for import looked_for
from directory.views.profile import name_of, viewer_of


def _act(request: HttpRequest) -> str:
    """Do what was sent; what to say of it. Raises Refused and ValueError."""
    viewer, now = viewer_of(request), timezone.now()
    if "block" in request.POST:
        block_organization(blocked=UUID(request.POST["block"]), viewer=viewer, now=now)
        return _("It is on your list. It finds nothing more of yours at the desk, and is not told.")
    unblock_organization(blocked=UUID(request.POST.get("unblock", "")), viewer=viewer)
    return _("It is off your list.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_leads
def block_list(request: HttpRequest) -> HttpResponse:
    """Who stands on it, and a form to look for another."""
    if request.method == "POST" and "look" not in request.POST:
        try:
            messages.success(request, _act(request))
        except (Refused, ValueError) as fault:
            messages.error(
                request, str(fault) if isinstance(fault, Refused) else _("Choose one of the answers.")
            )
        return redirect("block_list")
    form, found = looked_for(request, timezone.now(), is_vetted=False)
    mine = BlockedOrganization.objects.filter(organization_id=viewer_of(request).organization)
    rows = [
        {"id": one.blocked_id, "name": name_of(one.blocked), "since": one.blocked_at}
        for one in mine.select_related("blocked").order_by("blocked__name", "pk")
    ]
    context = {"rows": rows, "form": form, "found": found, "on_list": {row["id"] for row in rows}}
    status = 400 if form.errors else 200
    return render(request, "directory/block_list.html", context, status=status)
