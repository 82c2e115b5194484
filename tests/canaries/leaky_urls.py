"""Routes that leak, each in its own way: what the sweep has to find (test_planted_leaks.py)."""

import csv
import gzip
import io
import json
import zipfile
import zlib

from django.contrib import messages
from django.core.cache import cache
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from openpyxl import Workbook

from config.urls import urlpatterns as ours
from directory.models.contact import Contact
from safety.db import public_database


def _name() -> str:
    """Who works at a house, and stands in no public table."""
    return Contact.objects.exclude(name="").order_by("pk")[0].name


def text(request: HttpRequest) -> HttpResponse:
    """Printed."""
    return HttpResponse(f"<p>{_name()}</p>")


def escaped(request: HttpRequest) -> HttpResponse:
    """As JSON that no eye would read."""
    return HttpResponse(
        "".join(f"\\u{ord(letter):04x}" for letter in _name()), content_type="application/json"
    )


def entities(request: HttpRequest) -> HttpResponse:
    """As HTML that no eye would read."""
    return HttpResponse("".join(f"&#{ord(letter)};" for letter in _name()))


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    """Row by row, as CSV."""
    out = io.StringIO()
    csv.writer(out).writerow([1, _name()])
    return StreamingHttpResponse(iter(["id,name\n", out.getvalue()]), content_type="text/csv")


def workbook(request: HttpRequest) -> HttpResponse:
    """In a cell."""
    book, out = Workbook(), io.BytesIO()
    book.active.append([_name()])
    book.save(out)
    return HttpResponse(out.getvalue(), content_type="application/octet-stream")


def archive(request: HttpRequest) -> HttpResponse:
    """In a compressed file in an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("inside.json.gz", gzip.compress(json.dumps({"x": _name()}).encode()))
    return HttpResponse(out.getvalue(), content_type="application/zip")


def paper(request: HttpRequest) -> HttpResponse:
    """On a page of a PDF, letter by letter."""
    drawn = " ".join(f"({letter}) 3" for letter in _name())
    stream = zlib.compress(f"BT [{drawn}] TJ ET".encode())
    body = b"%PDF-1.4\n1 0 obj << >> stream\n" + stream + b"\nendstream endobj\n%%EOF"
    return HttpResponse(body, content_type="application/pdf")


def header(request: HttpRequest) -> HttpResponse:
    """In a header."""
    return HttpResponse("", headers={"X-Served-By": _name()})


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


LEAKS = {
    view.__name__: view
    for view in (
        text,
        escaped,
        entities,
        streamed,
        workbook,
        archive,
        paper,
        header,
        remembered,
        posted,
        cached,
    )
}
FAULTS = {view.__name__: view for view in (writes, looks_elsewhere)}
urlpatterns = [
    path("admin/leak/remembered/", remembered, name="leak_signed_in"),
    *ours,
    *(path(f"leak/{name}/", view, name=f"leak_{name}") for name, view in (LEAKS | FAULTS).items()),
]
