"""The exit: leaves at once, and asks the browser to forget what this site left."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from safety.pages import LANGUAGES, exit_target


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """303 to the neutral page; the header clears cookies and storage of this site. History stays: pages say so.

    `in` names the page's language; without it, the browser's own decides.
    """
    asked = request.GET.get("in", "")
    response = HttpResponseRedirect(exit_target(asked if asked in LANGUAGES else get_language()))
    response.status_code = 303
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
