"""Pages of whoever leads an organization: they ask once more who one is."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from directory.policies import refuse_unless_lead
from directory.views.fresh_proof import proved_lately
from safety.viewer import Viewer

View = Callable[..., HttpResponse]


def for_leads(home: str) -> Callable[[View], View]:
    """Raise PermissionDenied for whoever does not lead the organization acted for; ask the others for fresh proof.

    What is sent too late goes back to the page called `home`, which asks for it.
    """

    def asking(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
            refuse_unless_lead(viewer, viewer.organization or UUID(int=0))
            if request.method != "POST":
                return reauthentication_required(view)(request, *given, **named)
            return view(request, *given, **named) if proved_lately(request) else redirect(home)

        return asked

    return asking
