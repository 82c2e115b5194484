"""What all doors of open data have in common: one form of answer, strong ETags, any origin, errors as JSON."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
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


class Busy(APIException):
    """The database gave up on a question that took too long."""

    status_code = 503
    default_code = "busy"
    wait = 60  # seconds; told as Retry-After


class _AsAsked(BaseContentNegotiation):
    """`format` decides, never what a browser says it likes: the same address, the same bytes."""

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
    if request.method == "POST":
        return response
    conditional: HttpResponseBase | None = get_conditional_response(request, etag=etag, response=response)
    return response if conditional is None else conditional


def streamed(request: HttpRequest, lines: Iterable[str]) -> HttpResponseBase:
    """Line by line as they are read; nothing is read for who asks for headers alone."""
    told: Iterator[bytes] = iter(()) if request.method == "HEAD" else (line.encode() for line in lines)
    return StreamingHttpResponse(told, content_type=NEWLINE_JSON)


def refused(errors: dict[str, list[str]]) -> HttpResponse:
    """400 with reasons by name."""
    return HttpResponse(as_json({"errors": errors}), status=400, content_type=JSON)
