"""At the desk: whoever has the right says that a version was reviewed, or takes a page off at once.

Both ask once more who one is: an open session on somebody else's desk must not vouch for a page.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cms.actions.review_edition import RIGHT, review_edition
from cms.actions.take_off import take_off
from cms.models.edition import Edition
from cms.views.doors import Door, desk_door
from directory.views.fresh_proof import proved_anew


def may_review(request: HttpRequest, edition: Edition) -> bool:
    """True for who has the right, and did not publish this version."""
    return request.user.has_perm(RIGHT) and edition.published_by != request.user.pk


def _current(door: Door, slug: str, number: str) -> Edition:
    """The version that the person read. Raises Http404 where it is not the newest any more."""
    found = door.readable().current().filter(slug=slug).first()
    if found is None or str(found.number) != number:
        raise Http404
    return found


def _proved(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Whoever has no right is refused, the others prove who they are, and press once more on the page."""

    @wraps(view)
    def asked(request: HttpRequest, slug: str) -> HttpResponse:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        if proved_anew(request):
            return view(request, slug)
        back = urlencode({"next": desk_door(request).address("protocol", slug=slug)})
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{back}", status=303)

    return asked


@require_POST
@_proved
def reviewed(request: HttpRequest, slug: str) -> HttpResponse:
    """The mark goes from the version that was read."""
    door = desk_door(request)
    edition = _current(door, slug, request.POST.get("number", ""))
    review_edition(edition=edition.pk, viewer=door.viewer, today=timezone.localdate())
    return HttpResponseRedirect(door.address("protocol", slug=slug), status=303)


@require_POST
@_proved
def taken_off(request: HttpRequest, slug: str) -> HttpResponse:
    """Nobody reads it any more."""
    door = desk_door(request)
    edition = _current(door, slug, request.POST.get("number", ""))
    take_off(edition=edition.pk, viewer=door.viewer)
    return HttpResponseRedirect(door.address("protocols"), status=303)
