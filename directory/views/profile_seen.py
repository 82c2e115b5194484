"""The page of a listing as others read it: as vetted workers do, and as it would be once what is typed is published."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.actions.refused import Refused
from directory.finding.answer import Result
from directory.finding.hours import open_state
from directory.finding.search import facts_of, fetch
from directory.finding.seers import vetted_eyes
from directory.finding.windows import SEEN, Window
from directory.models.listing import Listing, ListingPage
from directory.views.cards import listing_page
from directory.views.desk_rows import row
from directory.views.languages import language
from directory.views.profile import Subject, for_keepers, subject_of, viewer_of
from directory.views.profile_forms import TaskForm
from directory.views.profile_telling import PAGE, typed
from directory.views.sealed import now
from safety.viewer import Tier

PAGES_SQL = {
    name: f"""SELECT e.id, p.{name} FROM listing e JOIN listing_page p ON p.id = e.id
 WHERE e.service_id = %(service)s AND p.{name} IS NOT NULL {SEEN} ORDER BY e.id"""  # noqa: S608
    for name in ("en", "fr")
}

Context = dict[str, Any]
NOT_TOLD: Context = {"workers": {}, "ways": "", "beds": ""}
"""What the desk's page has beside everybody's."""


class Seen(NamedTuple):
    """The page of a listing at one of its places (`site`), as `eyes` see it: a key of EYES."""

    eyes: str
    site: str
    page: Context


EYES = {
    "public": gettext_lazy("As everybody would see it"),
    "vetted": gettext_lazy("As workers of vetted organizations would see it"),
    "named": gettext_lazy("As the organizations that it names would see it"),
}


def _pages_through(window: Window, eyes: str, service: UUID) -> list[Seen]:
    """One for each place; none where nobody finds it through this window."""
    found = fetch(PAGES_SQL[language()], {"service": service}, window)
    return [Seen(eyes, str(site), _worker_page(facts_of(told))) for site, told in found]


def _worker_page(facts: Context) -> Context:
    result = _result(facts)
    return row(result, listing_page(result, now(), ""), now())


def _result(facts: Context) -> Result:
    return Result(facts, open_state(facts, now()))


def _everybodys_pages(service: UUID) -> list[Seen]:
    """Read with the desk's own role: what is not published yet is nowhere else. These tables hold what is public."""
    listings = Listing.objects.filter(service_id=service).values_list("pk", flat=True)
    pages = ListingPage.objects.filter(pk__in=list(listings)).order_by("pk")
    return [
        Seen("public", str(site), listing_page(_result(facts), now(), "") | NOT_TOLD)
        for site, facts in pages.values_list("pk", language())
    ]


def _pages_to_come(organization: UUID, services: Sequence[UUID]) -> list[Seen]:
    """Every page of theirs: as everybody would see it, and as workers; where none do, as those that it names."""
    return [seen for service in services for seen in _pages_of(organization, service)]


def _pages_of(organization: UUID, service: UUID) -> list[Seen]:
    found = _pages_through(vetted_eyes(), "vetted", service)
    # What names others is seen by them and by its own organization alike.
    found = found or _pages_through(Window(Tier.VETTED, organization), "named", service)
    return [*_everybodys_pages(service), *found]


@require_safe
@for_keepers
def as_vetted(request: HttpRequest, service: UUID) -> HttpResponse:
    """As workers of vetted organizations see it; the address may say at which of its places, counted from 1."""
    subject = subject_of(request, service)
    pages = [seen.page for seen in _pages_through(vetted_eyes(), "vetted", service)]
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
    request: HttpRequest, subject: Subject, form: TaskForm, see: Callable[..., list[Seen]]
) -> HttpResponse | None:
    """The pages as they would be, saved nowhere. None where what is asked was refused: the form says why.

    `see`: an action of `see_published`, with what it is asked. The one that is shown is named by what was pressed;
    else it is everybody's, of a place that is there anew if there is one.
    """
    organization = subject.organization.pk
    before = _sites_of(subject)
    try:
        found = see(
            organization=organization,
            viewer=viewer_of(request),
            now=timezone.now(),
            read=partial(_pages_to_come, organization),
        )
    except Refused as fault:
        form.add_error(None, str(fault))
        return None
    chosen = _chosen(found, request.POST.get(PAGE, ""), before)
    context = {
        "page": chosen.page if chosen else None,
        "eyes": chosen.eyes if chosen else "",
        "is_public": any(seen.eyes == "public" and chosen and seen.site == chosen.site for seen in found),
        "others": [_other(seen) for seen in found if seen is not chosen],
    }
    context |= {"subject": subject, "form": form, "is_to_come": True, "sent": typed(request)}
    return render(request, "directory/profile_seen.html", context)


def _sites_of(subject: Subject) -> set[str]:
    sites = subject.service.sites.values_list("pk", flat=True) if subject.service else ()
    return {str(site) for site in sites}


def _chosen(found: Sequence[Seen], asked: str, before: set[str]) -> Seen | None:
    by_name = {_name(seen): seen for seen in found}
    if before and asked not in by_name:
        anew = (seen for seen in found if seen.site not in before)
        return next(anew, found[0] if found else None)
    return by_name.get(asked, found[0] if found else None)


def _name(seen: Seen) -> str:
    """How a button names a page."""
    return f"{seen.eyes}-{seen.site}"


def _other(seen: Seen) -> dict[str, Any]:
    return {
        "value": _name(seen),
        "eyes": EYES[seen.eyes],
        "name": seen.page["name"],
        "where": seen.page["where"],
    }
