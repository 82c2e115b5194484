"""The worker's search: the public one's engine and rules, at the tier that its viewer has at this very request."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory.finding.answer import Answer, answer, known_values
from directory.finding.side_by_side import side_by_side
from directory.rules.query import Reading, pairs_of, read
from directory.views.desk_context import beside_context, desk_form, rows_context, sheet_items
from directory.views.desk_sealed import find_address, open_find
from directory.views.desk_tier import is_vetted, window
from directory.views.languages import language
from directory.views.sealed import now
from directory.views.search_form import faults_context, form_context
from directory.views.sent import pairs_sent
from safety.seal import Broken, NotSealable

MOST_PICKED = 60


def _form(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "directory/desk_find.html", desk_form(request, context), status=status)


def _noted(request: HttpRequest, notice: str, status: int) -> HttpResponse:
    return _form(request, form_context() | {"notice": notice}, status)


def _reading(request: HttpRequest, sent: list[tuple[str, str]], *, may_tell_status: bool = True) -> Reading:
    """What was asked; of beds and of a partner only vetted workers may ask."""
    return read(sent, known_values(), at_desk=is_vetted(request), may_tell_status=may_tell_status)


def _sealed(sent: QueryDict) -> HttpResponse:
    response = HttpResponseRedirect(find_address(urlencode(pairs_sent(sent))))
    response.status_code = 303
    return response


# A search changes nothing: what another site could send here leads to results, and to nothing else.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The empty form; or, for a search that was sent either way, its sealed address. A status stands in no address."""
    sent = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and not sent:
        return _form(request, form_context())
    if request.method != "POST" and any(value.strip() for value in sent.getlist("status")):
        reading = _reading(request, pairs_sent(sent), may_tell_status=False)
        return _form(request, faults_context(Answer(reading.query, reading.faults)), 400)
    try:
        return _sealed(sent)
    except NotSealable:
        notice = _("This search is too long. Take something away, or use fewer words.")
        query = _reading(request, pairs_sent(sent), may_tell_status=request.method == "POST").query
        return _form(request, form_context(query) | {"notice": notice}, 400)


def _asked(request: HttpRequest, token: str, page: int | None = None) -> Reading:
    """The search of a sealed address. Raises Broken and ValueError."""
    pairs = pairs_of(open_find(token))
    if page is not None:
        pairs = [(name, value) for name, value in pairs if name != "page"] + [("page", str(page))]
    return _reading(request, pairs)


def _expired(request: HttpRequest) -> HttpResponse:
    notice = _("This page has expired. It was kept for twelve hours so that nobody can look it up later.")
    return _noted(request, notice, 410)


@require_safe
def find_sealed(request: HttpRequest, token: str, page: int | None = None) -> HttpResponse:
    """The rows of a sealed search; what is wrong with it; or that its time is over."""
    try:
        reading = _asked(request, token, page)
    except (Broken, ValueError):
        return _expired(request)
    found = answer(reading, language(), now(), window(request))
    if found.faults:
        return _form(request, faults_context(found, pairs_of(open_find(token))))
    context = rows_context(found, token, now())
    return render(request, "directory/desk_results.html", desk_form(request, context))


@require_safe
def beside(request: HttpRequest, token: str) -> HttpResponse:
    """Two or three needs of a search side by side, the nearest of each."""
    try:
        reading = _asked(request, token)
    except (Broken, ValueError):
        return _expired(request)
    found = side_by_side(reading, language(), now(), window(request))
    if found.faults:
        return _form(request, faults_context(Answer(found.query, found.faults)))
    context = beside_context(found, token, now())
    return render(request, "directory/desk_beside.html", desk_form(request, context))


def _picked(sent: QueryDict) -> frozenset[str]:
    """Ids of the rows that were ticked. Raises ValueError for what is no id."""
    return frozenset(str(UUID(value)) for value in sent.getlist("pick")[:MOST_PICKED])


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, token: str, page: int = 1) -> HttpResponse:
    """The ticked rows, or all of the page, as a sheet to print for the person or to read aloud.

    It holds what everybody may know: a sheet gets lost, and a person may have to show it.
    """
    try:
        reading, picked = _asked(request, token, page), _picked(request.POST)
    except (Broken, ValueError):
        return _expired(request)
    found = answer(reading, language(), now(), window(request))
    items, left_out = sheet_items(found, picked, now())
    context = {"items": items, "left_out": left_out, "token": token, "page": found.query.page}
    return render(request, "directory/desk_sheet.html", context)
