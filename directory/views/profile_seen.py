"""The page of a listing as others read it: as vetted workers do, and as it would be once what is typed is published."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.actions.refused import Refused
from directory.actions.see_published import once_made, once_published
from directory.finding.answer import Result
from directory.finding.hours import open_state
from directory.finding.search import facts_of, fetch
from directory.finding.seers import vetted_eyes
from directory.finding.windows import SEEN
from directory.models.listing import Listing, ListingPage
from directory.views.cards import listing_page
from directory.views.desk_rows import row
from directory.views.languages import language
from directory.views.profile import Subject, for_keepers, subject_of, viewer_of
from directory.views.profile_forms import TaskForm, Values
from directory.views.profile_telling import typed
from directory.views.sealed import now

PAGES_SQL = {
    name: f"""SELECT p.{name} FROM listing e JOIN listing_page p ON p.id = e.id
 WHERE e.service_id = %(service)s AND p.{name} IS NOT NULL {SEEN} ORDER BY e.id"""  # noqa: S608
    for name in ("en", "fr")
}

Context = dict[str, Any]
NOT_TOLD: Context = {"workers": {}, "ways": "", "beds": ""}
"""What the desk's page has beside everybody's."""


def _worker_pages(service: UUID) -> list[Context]:
    """One for each place; none where vetted workers find it at no place."""
    found = fetch(PAGES_SQL[language()], {"service": service}, vetted_eyes())
    results = [_result(facts_of(told)) for (told,) in found]
    return [row(result, listing_page(result, now(), ""), now()) for result in results]


def _result(facts: Context) -> Result:
    return Result(facts, open_state(facts, now()))


def _everybodys_pages(service: UUID) -> list[Context]:
    """Read with the desk's own role: what is not published yet is nowhere else. These tables hold what is public."""
    listings = Listing.objects.filter(service_id=service).order_by("id").values_list("pk", flat=True)
    pages = ListingPage.objects.filter(pk__in=list(listings)).order_by("pk")
    return [
        listing_page(_result(facts), now(), "") | NOT_TOLD
        for facts in pages.values_list(language(), flat=True)
    ]


def _pages_to_come(service: UUID) -> Context:
    """As everybody would see it; what is for workers alone, as they would."""
    pages = _everybodys_pages(service)
    found = pages or _worker_pages(service)
    return {"page": found[0] if found else None, "places": len(found), "is_public": bool(pages)}


@require_safe
@for_keepers
def as_vetted(request: HttpRequest, service: UUID) -> HttpResponse:
    """As workers of vetted organizations see it; the address may say at which of its places, counted from 1."""
    subject = subject_of(request, service)
    pages = _worker_pages(service)
    asked = request.GET.get("at", "")
    at = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1
    at = at if 1 <= at <= len(pages) else 1
    places = [{"at": number, "where": page["where"]} for number, page in enumerate(pages, 1)]
    context = {
        "subject": subject,
        "page": pages[at - 1] if pages else None,
        "others": [place for place in places if place["at"] != at],
    }
    return render(request, "directory/profile_seen.html", context)


def page_to_come(
    request: HttpRequest, subject: Subject, form: TaskForm, values: Values
) -> HttpResponse | None:
    """The page as it would be with these values, saved nowhere. None where they were refused: the form says why.

    Without a listing: that of the new one that is asked for.
    """
    asked = {
        "organization": subject.organization.pk,
        "values": values,
        "viewer": viewer_of(request),
        "now": timezone.now(),
        "read": _pages_to_come,
    }
    see = partial(once_published, service=subject.service.pk) if subject.service else once_made
    try:
        told: Context = see(**asked)
    except Refused as fault:
        form.add_error(None, str(fault))
        return None
    context = told | {"subject": subject, "form": form, "is_to_come": True, "sent": typed(request)}
    return render(request, "directory/profile_seen.html", context)
