"""Search: the form posts, the answer is a sealed address, and that address shows the results."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory.finding.answer import Answer, answer, known_values
from directory.rules.query import pairs_of, read
from directory.views import kept
from directory.views.languages import language
from directory.views.results import results_context
from directory.views.sealed import find_address, now, open_find
from directory.views.search_form import faults_context, form_context
from directory.views.sent import pairs_sent
from directory.views.shortlist import with_shortlist
from safety.seal import MOST_BYTES, Broken, NotSealable


def _sealed(sent: QueryDict) -> HttpResponse:
    """303 to the sealed address of what was sent, faults and all: they are told on the page."""
    pairs, picked = kept.taken_apart(pairs_sent(sent))
    line = urlencode(pairs)
    if len(line) > MOST_BYTES:
        raise NotSealable(len(line))
    address = find_address(kept.text_with(line, picked), most=MOST_BYTES + kept.ROOM)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _form(request: HttpRequest, notice: str = "", status: int = 200) -> HttpResponse:
    return render(request, "directory/find.html", form_context() | {"notice": notice}, status=status)


def _tells_status(sent: QueryDict) -> bool:
    return any(value.strip() for value in sent.getlist("status"))


def _refused(request: HttpRequest, sent: QueryDict) -> HttpResponse:
    """A status that stands readable in an address is not sealed: the form says why, and keeps everything else."""
    reading = read(pairs_sent(sent), known_values())
    context = faults_context(Answer(reading.query, reading.faults))
    return render(request, "directory/find.html", context, status=400)


# The form changes nothing and public pages carry no cookie to check.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The empty form; or, for a search that was sent either way, its sealed address."""
    sent = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and not sent:
        return _form(request)
    if _tells_status(request.GET):
        return _refused(request, request.GET)
    try:
        return _sealed(sent)
    except NotSealable:
        return _too_long(request, sent)


def _too_long(request: HttpRequest, sent: QueryDict) -> HttpResponse:
    """The form with everything that fits it: what is too much, its reader decides."""
    reading = read(pairs_sent(sent), known_values(), may_tell_status=request.method == "POST")
    notice = _("This search is too long. Take something away, or use fewer words.")
    context = form_context(reading.query) | {"notice": notice}
    picked = kept.taken_apart(pairs_sent(sent))[1]
    return render(request, "directory/find.html", kept.carried(context, picked), status=400)


def _asked(pairs: list[tuple[str, str]], page: int | None) -> list[tuple[str, str]]:
    """The page of the address counts before one that was sealed with the search."""
    return pairs if page is None else [(n, v) for n, v in pairs if n != "page"] + [("page", str(page))]


# Whoever posts here is told that one can't, before a cookie is asked for.
@csrf_exempt
@require_safe
def find_sealed(request: HttpRequest, token: str, page: int | None = None) -> HttpResponse:
    """The results of a sealed search; what is wrong with it; or that its time is over."""
    try:
        pairs, picked = kept.taken_apart(pairs_of(open_find(token)))
    except (Broken, ValueError):
        notice = _("This page has expired. It was kept for an hour so that nobody can look it up later.")
        return _form(request, notice, status=410)
    reading = read(_asked(pairs, page), known_values(), may_tell_status=True)
    found = answer(reading, language(), now())
    if found.faults:
        context = kept.carried(faults_context(found, pairs), picked)
        return render(request, "directory/find.html", context)
    context = results_context(found, token, now(), picked)
    query = found.query
    shown = with_shortlist(context, picked, query.text(), query.page, token)
    return render(request, "directory/results.html", shown)
