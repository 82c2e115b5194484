"""Pages of whoever leads an organization, and sensitive ones of whoever keeps it: they ask once more who one is."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from directory.policies import refuse_unless_keeper, refuse_unless_lead, refuse_unless_own_lead
from directory.views.fresh_proof import STAYS_FRESH_FOR_LEADS, asked_anew, proved_anew
from safety.viewer import Viewer

View = Callable[..., HttpResponse]
Refuse = Callable[[Viewer, UUID], None]


def _asking(refuse: Refuse, home: str) -> Callable[[View], View]:
    """Let `refuse` turn away whom the page is not for; ask the others for fresh proof.

    Raises Http404 for a steward, who may look after any organization and acts for none.
    A sign-in is no such proof: who finds a session open, or steals one, has that.
    What is sent too late comes back; the page called `home`, or without one its own, asks for the proof.
    """

    def asking(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
            refuse(viewer, viewer.organization or UUID(int=0))
            if viewer.organization is None:
                raise Http404
            if request.method != "POST":
                return reauthentication_required(view)(request, *given, **named)
            if proved_anew(request, STAYS_FRESH_FOR_LEADS):
                return view(request, *given, **named)
            return asked_anew(request, resolve_url(home or request.path))

        return asked

    return asking


def for_leads(home: str) -> Callable[[View], View]:
    """Raise PermissionDenied for whoever does not lead the organization acted for, but for stewards."""
    return _asking(refuse_unless_lead, home)


def for_own_leads(view: View) -> View:
    """The same, and for stewards too: what is the organization's alone. A page that takes what it sends."""
    return _asking(refuse_unless_own_lead, "")(view)


def for_keepers_anew(view: View) -> View:
    """For who keeps the listings of the organization acted for, with fresh proof. A page that takes what it sends."""
    return _asking(refuse_unless_keeper, "")(view)
