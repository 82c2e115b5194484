"""Routes that leak, each in its own way: what the sweep has to find (test_planted_leaks.py)."""

from django.contrib import messages
from django.core.cache import cache
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as ours
from directory.models.contact import Contact
from safety.db import public_database
from tests.canaries.packed import workbook


def _name() -> str:
    """Who works at a house, and stands in no public table."""
    return Contact.objects.exclude(name="").order_by("pk")[0].name


def shown(request: HttpRequest) -> HttpResponse:
    """In a file."""
    return workbook(_name())


def remembered(request: HttpRequest) -> HttpResponse:
    """In a cookie that is signed and not encrypted."""
    messages.success(request, f"You saw {_name()}." + " And more." * 20)
    return HttpResponse("")


def posted(request: HttpRequest) -> HttpResponse:
    """A letter with content."""
    if request.method == "POST":
        send_mail("News", f"{_name()} has an item.", None, ["somebody@relais.example"])
    return HttpResponse("")


def cached(request: HttpRequest) -> HttpResponse:
    """Kept where any process reads it."""
    if request.method == "POST":
        cache.set("last", _name())
    return HttpResponse("")


def writes(request: HttpRequest) -> HttpResponse:
    """A public page that writes where it only reads."""
    Contact.objects.using(public_database()).create(name="x", publisher_id="canaries")
    return HttpResponse("")


def looks_elsewhere(request: HttpRequest) -> HttpResponse:
    """A public page that asks for what the public role can't read."""
    return HttpResponse(str(Contact.objects.using(public_database()).count()))


LEAKS = {view.__name__: view for view in (shown, posted, cached)}
FAULTS = {view.__name__: view for view in (writes, looks_elsewhere)}
urlpatterns = [
    path("admin/leak/remembered/", remembered, name="leak_signed_in"),
    *ours,
    *(path(f"leak/{name}/", view, name=f"leak_{name}") for name, view in (LEAKS | FAULTS).items()),
]
