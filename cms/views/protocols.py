"""Pages for readers: the list, a protocol, one edition of it for good, and how it changed."""

from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms.finding.editions import related
from cms.finding.papers import with_papers
from cms.models.edition import Edition
from cms.rules.differences import differences
from cms.shown import PARTS, shown
from cms.views.asked import Unreadable, opened, read_asked, sealed
from cms.views.doors import Door, desk_door, public_door
from cms.views.listed import card, list_context
from cms.views.reviewing import may_review
from safety.seal import Broken, NotSealable


def door_of(request: HttpRequest, *, at_desk: bool) -> Door:
    return desk_door(request) if at_desk else public_door()


def _list(
    request: HttpRequest, door: Door, asked: dict[str, str], notice: str = "", status: int = 200
) -> HttpResponse:
    context = list_context(door, asked) | {"notice": notice}
    return render(request, "cms/protocols.html", context, status=status)


# Searching changes nothing: the form works without a cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def protocols(request: HttpRequest, *, at_desk: bool = False) -> HttpResponse:
    """All of them; what is asked leads to a sealed address."""
    door = door_of(request, at_desk=at_desk)
    sent = {**request.GET.dict(), **request.POST.dict()}
    sent.pop("csrfmiddlewaretoken", None)
    try:
        asked = read_asked(sent)
        if asked or request.method == "POST":
            way = door.address("protocols_found", token=sealed(asked)) if asked else door.address("protocols")
            return HttpResponseRedirect(way, status=303)
    except (Unreadable, NotSealable):
        return _list(request, door, {}, _("This list can't be asked that. Here is all of it."), 400)
    return _list(request, door, {})


@require_safe
def protocols_found(request: HttpRequest, token: str, *, at_desk: bool = False) -> HttpResponse:
    """The list, narrowed; its address tells nothing and is good for an hour."""
    door = door_of(request, at_desk=at_desk)
    try:
        return _list(request, door, opened(token))
    except (Broken, Unreadable):
        notice = _("This page has expired. It was kept for an hour so that nobody can look it up later.")
        return _list(request, door, {}, notice, 410)


def _paper_url(door: Door, edition: Edition) -> str:
    """Where its PDF is; empty while there is none."""
    if edition.paper_size is None:  # type: ignore[attr-defined]  # with_papers
        return ""
    return door.address("protocol_paper", slug=edition.slug, number=edition.number)


def edition_context(door: Door, edition: Edition) -> dict[str, Any]:
    """All that the page of an edition asks for, through this door."""
    today = timezone.localdate()
    address = door.address("protocol_edition", slug=edition.slug, number=edition.number)
    page = shown(edition.facts, reviewed_on=edition.reviewed_on, today=today)
    for row in page["attachments"]:
        row["url"] = door.address("protocol_file", slug=edition.slug, number=edition.number, key=row["file"])
    return {
        "page": page,
        "edition": edition,
        "edition_url": address,
        "permanent": f"{settings.SITE_URL}{address}",
        "paper_url": _paper_url(door, edition),
        "history_url": door.address("protocol_history", slug=edition.slug),
        "list_url": door.address("protocols"),
        "related": [card(other, door) for other in related(door.readable(), edition)],
        "other_language_url": door.elsewhere(edition),
        "search_url": reverse(door.search),
        "base": door.base,
        "reviewed_url": "",
        "notice": "",
    }


def _current(door: Door, slug: str) -> Edition:
    """The one that readers get at this address. Raises Http404."""
    found = with_papers(door.readable().current()).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def edition_of(door: Door, slug: str, number: int) -> Edition:
    """One version, the newest or an older one. Raises Http404."""
    found = with_papers(door.readable()).filter(slug=slug, number=number).order_by("-published_at").first()
    if found is None:
        raise Http404
    return found


def _renamed(door: Door, slug: str) -> str:
    """Where a page that had this address once is now. Raises Http404."""
    keys = door.readable().filter(slug=slug).values("key")
    found = door.readable().current().filter(key__in=keys).first()
    if found is None:
        raise Http404
    return door.address("protocol", slug=found.slug)


@require_safe
def protocol(request: HttpRequest, slug: str, *, at_desk: bool = False) -> HttpResponse:
    """One page as it is now; of one that was renamed, 301."""
    door = door_of(request, at_desk=at_desk)
    try:
        edition = _current(door, slug)
    except Http404:
        return HttpResponsePermanentRedirect(_renamed(door, slug))
    context = edition_context(door, edition) | {"newest_url": ""}
    if at_desk and may_review(request, edition):
        context["reviewed_url"] = door.address("protocol_reviewed", slug=slug)
        context["taken_off_url"] = door.address("protocol_taken_off", slug=slug)
    return render(request, "cms/protocol.html", context)


def version_context(door: Door, edition: Edition) -> dict[str, Any]:
    """The same of one version for good, which may have been replaced."""
    newest = "" if edition.is_current else _renamed(door, edition.slug)
    told = {"newest_url": newest, "other_language_url": door.elsewhere_then(edition)}
    return edition_context(door, edition) | told


@require_safe
def protocol_edition(request: HttpRequest, slug: str, number: int, *, at_desk: bool = False) -> HttpResponse:
    """One version for good, to be cited: its words never change; whether it is the newest is said."""
    door = door_of(request, at_desk=at_desk)
    return render(request, "cms/protocol.html", version_context(door, edition_of(door, slug, number)))


def _versions(door: Door, current: Edition) -> list[dict[str, Any]]:
    """All versions, newest first, each with what changed since the one before."""
    rows = list(door.readable().filter(key=current.key).order_by("number"))
    told = []
    for before, edition in zip([None, *rows], rows, strict=False):
        parts = differences(before.facts, edition.facts) if before else ()
        told.append(
            {
                "edition": edition,
                "url": door.address("protocol_edition", slug=edition.slug, number=edition.number),
                "parts": [(PARTS.get(part.part, part.part), part) for part in parts],
            }
        )
    return told[::-1]


@require_safe
def protocol_history(request: HttpRequest, slug: str, *, at_desk: bool = False) -> HttpResponse:
    """How a page came to be what it is, in the open."""
    door = door_of(request, at_desk=at_desk)
    current = _current(door, slug)
    context = edition_context(door, current) | {"versions": _versions(door, current)}
    context["page_url"] = door.address("protocol", slug=slug)
    context["other_language_url"] = door.elsewhere(current, "protocol_history")
    return render(request, "cms/history.html", context)
