"""A name as answers may hide it: what the search for canaries has to unpack (test_unpacked.py)."""

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable

from django.core import signing
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from openpyxl import Workbook

from cms.papers.page import style
from cms.papers.pdf import as_pdf


def text(name: str) -> HttpResponse:
    """Printed."""
    return HttpResponse(f"<p>{name}</p>")


def escaped(name: str) -> HttpResponse:
    """As JSON that no eye would read."""
    return HttpResponse("".join(f"\\u{ord(one):04x}" for one in name), content_type="application/json")


def entities(name: str) -> HttpResponse:
    """As HTML that no eye would read."""
    return HttpResponse("".join(f"&#{ord(one)};" for one in name))


def address(name: str) -> HttpResponse:
    """In the address of a link."""
    return HttpResponse('<a href="/' + "".join(f"%{ord(one):02x}" for one in name) + '">on</a>')


def streamed(name: str) -> StreamingHttpResponse:
    """Row by row, as CSV, cut in the middle of the name."""
    out = io.StringIO()
    csv.writer(out).writerow([1, name])
    row = out.getvalue()
    return StreamingHttpResponse(iter(["id,name\n", row[:5], row[5:]]), content_type="text/csv")


def workbook(name: str) -> HttpResponse:
    """In a cell."""
    book, out = Workbook(), io.BytesIO()
    book.active.append([name])
    book.save(out)
    return HttpResponse(out.getvalue(), content_type="application/octet-stream")


def archive(name: str) -> HttpResponse:
    """In a compressed file in an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("inside.json.gz", gzip.compress(json.dumps({"x": name}).encode()))
    return HttpResponse(out.getvalue(), content_type="application/zip")


def paper(name: str) -> HttpResponse:
    """On a page of a PDF, letter by letter."""
    drawn = " ".join(f"({letter}) 3" for letter in name)
    stream = zlib.compress(f"BT [{drawn}] TJ ET".encode())
    body = b"%PDF-1.4\n1 0 obj << >> stream\n" + stream + b"\nendstream endobj\n%%EOF"
    return HttpResponse(body, content_type="application/pdf")


def set_page(name: str) -> HttpResponse:
    """On a page of a PDF as the site sets it: numbers of glyphs of a font that holds only what is used."""
    html = f'<!DOCTYPE html><html lang="en"><title>x</title><p>You saw {name}.</p>'
    return HttpResponse(as_pdf(html, style(), "ab" * 32), content_type="application/pdf")


def header(name: str) -> HttpResponse:
    """In a header."""
    return HttpResponse("", headers={"X-Served-By": name})


def cookie(name: str) -> HttpResponse:
    """In a cookie that is signed and not encrypted."""
    answer = HttpResponse("")
    answer.set_cookie("seen", signing.dumps([f"You saw {name}." + " And more." * 20], compress=True))
    return answer


WAYS: dict[str, Callable[[str], HttpResponseBase]] = {
    one.__name__: one
    for one in (
        *(text, escaped, entities, address, streamed, workbook, archive, paper, set_page, header, cookie),
    )
}
