""" "Still true?": one press says that a listing, or all of them, is as it is told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from directory.actions.assure_listings import assure_listings
from directory.actions.refused import Refused
from directory.views.profile import for_keepers, subject_of, viewer_of


@require_POST
@for_keepers
def assure(request: HttpRequest, service: UUID | None = None) -> HttpResponse:
    """One listing, or all of the organization."""
    subject = subject_of(request, service)
    services = None if service is None else [service]
    try:
        count = assure_listings(
            organization=subject.organization.pk,
            services=services,
            viewer=viewer_of(request),
            now=timezone.now(),
        )
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        thanks = ngettext("%(count)s listing is checked.", "%(count)s listings are checked.", count)
        messages.success(request, _("Thank you.") + " " + thanks % {"count": count})
    return redirect("profile_listing", service) if service else redirect("profile")
