"""What all doors of open data have in common: one form of answer, ETags, any origin, errors as JSON."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework.exceptions import APIException, ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from directory.api.hsds.asked import language_of
from directory.api.hsds.questions import Refused

JSON = "application/json"
NEWLINE_JSON = "application/x-ndjson"
CSV = "text/csv; charset=utf-8"
FORMS = {JSON: "json", NEWLINE_JSON: "ndjson", "text/csv": "csv"}
"""What may be asked for by `format`, or by `Accept` where that is missing."""


class Busy(APIException):
    """The database gave up on a question that took too long."""

    status_code = 503
    default_code = "busy"
    wait = 60  # seconds; told as Retry-After


class _AsAsked(BaseContentNegotiation):
    """None of it is DRF's: an answer is put together as `format` says, or else `Accept` (`form_liked`)."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type

    def select_parser(self, request: Any, parsers: Any) -> Any:
        return parsers[0]


class OpenDoor(APIView):
    """A read-only door of open data; POST twins change nothing."""

    content_negotiation_class = _AsAsked
    schema = None  # /hsds/openapi.json describes these doors, /api/schema the portal's own

    def options(self, request: Request, *words: Any, **named: Any) -> HttpResponse:
        """What may be done here; no word more."""
        return HttpResponse(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def handle_exception(self, exc: Exception) -> HttpResponseBase:
        """Every error as JSON in the asker's language; nothing of what was asked stands in it."""
        if isinstance(exc, Refused):
            return refused(exc.errors)
        if isinstance(exc, SuspiciousOperation):
            exc = ParseError()
        with override(language_of(self.request.GET.dict(), self.request._request)):
            if isinstance(exc, OperationalError):
                exc = Busy(_("This takes too long just now. Ask for less, or later."))
            answer: HttpResponseBase = super().handle_exception(exc)
        return answer

    def finalize_response(self, request: Request, response: Any, *words: Any, **named: Any) -> Any:
        """Open data may be read by pages of any origin; nothing else of this site may."""
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return super().finalize_response(request, response, *words, **named)


def as_json(told: Any) -> str:
    """Compact JSON."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def answered(request: HttpRequest, text: str, kind: str = JSON) -> HttpResponseBase:
    """The answer with the ETag of its bytes; 304 where the asker holds them already."""
    body = text.encode()
    etag = f'"{sha256(body).hexdigest()[:40]}"'
    response = HttpResponse(body, content_type=kind, headers={"ETag": etag})
    if kind == CSV:
        response["Content-Disposition"] = "attachment"
    return _or_unchanged(request, response, etag)


def streamed(request: HttpRequest, lines: Iterable[str], etag: str) -> HttpResponseBase:
    """Line by line as they are read; no record is read for who asks for headers alone, or holds them all."""
    told: Iterator[bytes] = iter(()) if request.method == "HEAD" else (line.encode() for line in lines)
    response = StreamingHttpResponse(told, content_type=NEWLINE_JSON, headers={"ETag": etag})
    return _or_unchanged(request, response, etag)


def _or_unchanged(request: HttpRequest, response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """304 where the asker holds what `etag` stands for; twins are always answered."""
    if request.method == "POST":
        return response
    conditional: HttpResponseBase | None = get_conditional_response(request, etag=etag, response=response)
    return response if conditional is None else conditional


def form_liked(request: HttpRequest) -> str:
    """The form that the asker's `Accept` puts first ("json", "ndjson", "csv"); JSON where it doesn't say."""
    liked = request.get_preferred_type(list(FORMS))
    return FORMS.get(liked or JSON, "json")


def as_liked(response: HttpResponseBase, form: str) -> HttpResponseBase:
    """Mark an answer whose form `Accept` chose. Caches in front keep JSON alone: not all of them look at Vary."""
    patch_vary_headers(response, ["Accept"])
    if form != "json":
        response["CDN-Cache-Control"] = "no-store"
    return response


def refused(errors: dict[str, list[str]]) -> HttpResponse:
    """400 with reasons by name."""
    return HttpResponse(as_json({"errors": errors}), status=400, content_type=JSON)
