"""Pages of stewards alone, who prove anew who they are; what they wrote then is taken for an hour."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from directory.actions.refused import Refused
from directory.policies import refuse_unless_steward
from directory.views.fresh_proof import asked_anew, proved_anew
from directory.views.profile import viewer_of

View = Callable[..., HttpResponse]


def for_stewards(back: str = "", about: str = "") -> Callable[[View], View]:
    """403 for everybody else; stewards prove anew who they are, which holds for an hour of work.

    What is sent without fresh proof comes back; the page named `back` asks for it, without a name its own page.
    `about`: the view's argument that `back` takes too.
    """

    def only(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, **named: Any) -> HttpResponse:
            refuse_unless_steward(viewer_of(request))
            if proved_anew(request):
                return view(request, **named)
            if request.method == "POST":
                way = resolve_url(back or request.path, *([named[about]] if about else []))
                return asked_anew(request, way)
            raise ReauthenticationRequired

        return asked

    return only


def decided(
    request: HttpRequest, act: Callable[[], None], told: str, back: str, *, place: str = ""
) -> HttpResponse:
    """Do it, say so or say why not, and go back; once it is done, to this place ("#row-3") of the page."""
    try:
        act()
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, told)
        back += place
    return redirect(back)
