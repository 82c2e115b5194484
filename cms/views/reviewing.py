"""At the desk: whoever has the right says that a version was reviewed, or takes a page off at once."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cms.actions.review_edition import RIGHT, review_edition
from cms.actions.take_off import take_off
from cms.models.edition import Edition
from cms.views.doors import Door, desk_door


def may_review(request: HttpRequest, edition: Edition) -> bool:
    """True for who has the right, and did not publish this version."""
    return request.user.has_perm(RIGHT) and edition.published_by != request.user.pk


def _current(door: Door, slug: str, number: str) -> Edition:
    """The version that the person read. Raises Http404 where it is not the newest any more."""
    found = door.readable().current().filter(slug=slug).first()
    if found is None or str(found.number) != number:
        raise Http404
    return found


@require_POST
def reviewed(request: HttpRequest, slug: str) -> HttpResponse:
    """The mark goes from the version that was read."""
    door = desk_door(request)
    edition = _current(door, slug, request.POST.get("number", ""))
    review_edition(edition=edition.pk, viewer=door.viewer, today=timezone.localdate())
    return HttpResponseRedirect(door.address("protocol", slug=slug), status=303)


@require_POST
def taken_off(request: HttpRequest, slug: str) -> HttpResponse:
    """Nobody reads it any more."""
    door = desk_door(request)
    edition = _current(door, slug, request.POST.get("number", ""))
    take_off(edition=edition.pk, viewer=door.viewer)
    return HttpResponseRedirect(door.address("protocols"), status=303)
