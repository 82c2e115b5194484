"""Pages of the desk that write a row and then fail, each in its own way; an URLconf for test_failure.py."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from accounts.models import User
from config.urls import urlpatterns as ours

handler500 = "safety.pages.server_error"


def write() -> None:
    """The row that must not stay."""
    User.objects.create_user("written@relais.example")


def breaks(request: HttpRequest) -> HttpResponse:
    """An exception in the view."""
    write()
    raise ZeroDivisionError


def breaks_in_public(request: HttpRequest) -> HttpResponse:
    """An exception where nobody can write."""
    raise ZeroDivisionError


def breaks_late(request: HttpRequest) -> TemplateResponse:
    """An exception in a template that is rendered after the view has returned."""
    write()
    return TemplateResponse(request, engines["django"].from_string('{% include "not/there.html" %}'))


def gives_up(request: HttpRequest) -> HttpResponse:
    """An answer that says so."""
    write()
    return HttpResponse(status=503)


def works(request: HttpRequest) -> HttpResponse:
    """The same without a fault."""
    write()
    return HttpResponse("written")


urlpatterns = [
    *ours,
    *i18n_patterns(
        *(path(f"desk/{v.__name__}/", v) for v in (breaks, breaks_late, gives_up, works)),
        path("public-breaks/", breaks_in_public),
    ),
]
