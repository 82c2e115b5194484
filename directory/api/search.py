"""GET and POST /api/search: the page's own search, for machines."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from directory.api.shapes import answer_json, choices_json
from directory.filters import fault_texts
from directory.finding.answer import answer, known_values
from directory.rules.query import REPEATED, Fault, Reading, read
from directory.rules.radius import FARTHEST, NEAREST
from directory.views.sealed import now

Pairs = list[tuple[str, str]]
MOST_VALUES = 200
HALF_PAIR = re.compile("[\ud800-\udfff]")

KILOMETRES = {"type": "integer", "minimum": NEAREST, "maximum": FARTHEST}
LANGUAGE = {"type": "string", "pattern": "^[a-z]{3}$"}
SHAPES = {"within": KILOMETRES, "language": LANGUAGE, "page": {"type": "integer"}}
PARAMETERS = [
    OpenApiParameter(
        "near", str, description="Place, postal code or its first three characters, or lat,lon."
    ),
    OpenApiParameter("need", str, many=True, description="Slug of a kind of help; any of those given."),
    OpenApiParameter(
        "within",
        KILOMETRES,
        description="Whole kilometres from `near`. Without it: nearest first, no cut-off. What has no kilometres of "
        "its own counts as soon as its distance_band begins inside.",
    ),
    OpenApiParameter(
        "language",
        {"type": "array", "items": LANGUAGE},
        description="ISO 639-3; any of those given, and the members of a macrolanguage. It hides nothing: within a "
        "band of distance, staff who speak it come before an interpreter, an interpreter before none.",
    ),
    OpenApiParameter("q", str, description="Words, in English or French."),
    OpenApiParameter("page", int, description="From 1 to 50; 20 results a page."),
    OpenApiParameter("lang", str, enum=["en", "fr"], description="Language of words and errors."),
]


def _body_schema() -> dict[str, Any]:
    """The body of POST: the same names as in an address; what repeats there may be a list here."""
    told: dict[str, Any] = {}
    for parameter in PARAMETERS:
        one = SHAPES.get(parameter.name, {"type": "string"})
        listed = {"type": "array", "items": one}
        shape = {"oneOf": [one, listed]} if parameter.name in REPEATED else one
        told[parameter.name] = shape | {"description": parameter.description}
    return {"type": "object", "properties": told, "additionalProperties": False}


def _language(pairs: Pairs, request: HttpRequest) -> tuple[str, list[Fault]]:
    """The language asked for, else the browser's; a fault for one that we don't have."""
    fallback = "fr" if get_language_from_request(request).startswith("fr") else "en"
    asked = [value for name, value in pairs if name == "lang"]
    if not asked:
        return fallback, []
    if asked[-1] in ("en", "fr"):
        return asked[-1], []
    return fallback, [Fault("lang", "unknown_language", asked[-1][:20])]


def _json_pairs(body: Any) -> Pairs:
    """Names and values of a JSON object; a list repeats its name. Raises ParseError for anything else."""
    if not isinstance(body, Mapping):
        raise ParseError
    pairs: Pairs = []
    for name, value in body.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict | list) or len(pairs) >= MOST_VALUES:
                raise ParseError
            if item is not None:
                pairs.append((_readable(name), _readable(item)))
    return pairs


def _readable(value: Any) -> str:
    """The text of a name or value; half a surrogate pair can be written in no answer. Raises ParseError."""
    text = str(value)
    if HALF_PAIR.search(text):
        raise ParseError
    return text


class SearchView(APIView):
    """Public, without account or cookie; what is asked is not stored."""

    def _answer(self, request: Request, pairs: Pairs) -> Response:
        language, faults = _language(pairs, request._request)
        reading = read(pairs, known_values(), also=["lang"])
        reading = Reading(reading.query, (*reading.faults, *faults))
        with override(language):
            found = answer(reading, language, now())
            if found.faults:
                told: dict[str, Any] = {"errors": fault_texts(found.faults)}
                return Response(told | choices_json(found, language), status=400)
            return Response(answer_json(found, language, now()))

    @extend_schema(parameters=PARAMETERS, responses={200: OpenApiTypes.OBJECT, 400: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """Search by address parameters."""
        pairs = [(n, v) for n, values in request.query_params.lists() for v in values]
        return self._answer(request, pairs)

    @extend_schema(
        request={"application/json": _body_schema()},
        responses={200: OpenApiTypes.OBJECT, 400: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request) -> Response:
        """Search by JSON: the same names, nothing in the address."""
        try:
            pairs = _json_pairs(request.data)
        except (ParseError, RecursionError):  # the latter: brackets in brackets without end
            with override(_language([], request._request)[0]):
                reason = _("Send one JSON object of names and plain values.")
                return Response({"errors": {"request": [reason]}}, status=400)
        return self._answer(request, pairs)
