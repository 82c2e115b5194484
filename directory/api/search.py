"""GET and POST /api/search: the page's own search, for machines."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, get_encoding
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from directory.api.shapes import answer_json, choices_json
from directory.filters import fault_texts
from directory.finding.answer import Answer, answer, known_values
from directory.rules.person import OLDEST
from directory.rules.query import CHOICES, LAST_PAGE, REPEATED, Fault, Reading, read
from directory.rules.query_times import MOMENTS
from directory.rules.radius import FARTHEST, NEAREST
from directory.views.sealed import now

Pairs = list[tuple[str, str]]
MOST_VALUES = 200
HALF_PAIR = re.compile("[\ud800-\udfff]")

KILOMETRES = {"type": "integer", "minimum": NEAREST, "maximum": FARTHEST}
LANGUAGE = {"type": "string", "pattern": "^[a-z]{3}$"}
AGE = {"type": "integer", "minimum": 0, "maximum": OLDEST}
CHILD = {"type": "string", "pattern": "^[0-9]{1,2}[fm]?$"}
OPEN = {"anyOf": [{"type": "string", "enum": list(MOMENTS)}, {"type": "string", "format": "date-time"}]}
PAGE = {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}
SHAPES: dict[str, dict[str, Any]] = {
    "within": KILOMETRES,
    "away": KILOMETRES,
    "language": LANGUAGE,
    "age": AGE,
    "child": CHILD,
    "open": OPEN,
    "page": PAGE,
    "lang": {"type": "string", "enum": ["en", "fr"]},
}
"""What one value of a name looks like, where it is neither a plain text nor one of CHOICES."""

DESCRIPTIONS = {
    "near": "Place, postal code or its first three characters, or lat,lon (two decimals are used).",
    "within": "Whole kilometres from `near`. Without it: nearest first, no cut-off. What has no kilometres of "
    "its own counts as soon as its distance_band begins inside.",
    "away": "At least so many whole kilometres from `near`: for who must leave where she is known.",
    "not_in": "A place, or a province or territory by its letters or name; none of those given. "
    "What one name may mean is left out, all of it: with Québec the city and the province.",
    "q": "Words, in English or French. Names of languages alone, in any language, are read as `language`.",
    "need": "Slug of a kind of help; any of those given.",
    "focus": "Slug of for whom a service is made; any of those given.",
    "language": "ISO 639-3; any of those given, and the members of a macrolanguage. It hides nothing: within a "
    "band of distance, staff who speak it come before an interpreter, an interpreter before none.",
    "age": "Of the person, in completed years.",
    "gender": "Of the person. A trans woman is a woman: see `accept=trans_welcome`.",
    "with": "Who comes along; all of those given.",
    "child": "Age of a child who comes along, and f or m if it matters: 14m, 3; all of those given.",
    "indigenous": "The person's own people.",
    "status": "Immigration status. Only in the body of POST: in an address it is answered 400.",
    "accept": "Conditions that the service must offer; all of those given.",
    "access": "Access that the person needs; all of those given.",
    "intake": "How one can get in; all of those given.",
    "open": "Now, in a part of the week, or at an instant of ISO 8601 with its offset; any of those given. "
    "What does not state its hours comes last within a band of distance, and never vanishes.",
    "way": "How one is helped; any of those given.",
    "sort": "best: band of distance, then who fits, what is open and what was checked; distance; checked.",
    "page": "20 results a page.",
    "lang": "Language of words and errors; else Accept-Language.",
}
"""Every name that this door reads. `beds`, and `with=partner`, are asked at the desk."""


def _shape(name: str) -> dict[str, Any]:
    """What one value of a name looks like."""
    choices = CHOICES.get(name)
    return SHAPES.get(name) or {"type": "string"} | ({"enum": list(choices)} if choices else {})


def _parameter(name: str) -> OpenApiParameter:
    """A name in an address, where it may stand more than once if it repeats."""
    one = _shape(name)
    shape = {"type": "array", "items": one} if name in REPEATED else one
    return OpenApiParameter(name, shape, description=DESCRIPTIONS[name])


PARAMETERS = [_parameter(name) for name in DESCRIPTIONS]


def _body_schema() -> dict[str, Any]:
    """The body of POST: the same names as in an address; what repeats there may be a list here."""
    told: dict[str, Any] = {}
    for name, description in DESCRIPTIONS.items():
        one = _shape(name)
        shape = {"oneOf": [one, {"type": "array", "items": one}]} if name in REPEATED else one
        told[name] = shape | {"description": description}
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


class NamesParser(JSONParser):
    """Reads an object of JSON as its names and values, in order: a name that stands twice is not lost."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """A tuple of pairs for an object, as JSON has it for anything else. Raises ParseError."""
        encoding = get_encoding(parser_context or {})
        try:
            text = stream.read().decode(encoding)
            return json.loads(text, object_pairs_hook=tuple, parse_constant=_no_number)
        except ValueError as error:
            raise ParseError from error


def _no_number(constant: str) -> None:
    """NaN and the infinities are words of Python's, not of JSON."""
    raise ValueError(constant)


def _json_pairs(body: Any) -> tuple[Pairs, list[Fault]]:
    """Names and values of a JSON object, and names that stand twice. A list repeats its name.

    Raises ParseError for anything else.
    """
    if body == {}:  # nothing was sent
        return [], []
    if not isinstance(body, tuple):
        raise ParseError
    pairs: Pairs = []
    for name, value in body:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, tuple | list) or len(pairs) >= MOST_VALUES:
                raise ParseError
            if item is not None:
                pairs.append((_readable(name), _readable(item)))
    times = Counter(name for name, _ in body)
    return pairs, [Fault(_readable(name)[:60], "twice") for name, count in times.items() if count > 1]


def _readable(value: Any) -> str:
    """The text of a name or value; half a surrogate pair can be written in no answer. Raises ParseError."""
    text = str(value)
    if HALF_PAIR.search(text):
        raise ParseError
    return text


def _written(name: str) -> str:
    """The name as it can be written in an answer."""
    return HALF_PAIR.sub("\ufffd", name)


def _past_end(reading: Reading, found: Answer) -> tuple[Fault, ...]:
    """A program is told where the list ends; a person is shown the last page."""
    is_past = reading.query.page != found.query.page
    return (Fault("page", "not_a_page", str(found.pages)),) if is_past else ()


class SearchView(APIView):
    """Public, without account or cookie; what is asked is not stored."""

    parser_classes = (NamesParser,)

    def _answer(
        self, request: Request, pairs: Pairs, twice: Sequence[Fault] = (), *, may_tell_status: bool
    ) -> Response:
        language, faults = _language(pairs, request._request)
        reading = read(pairs, known_values(), also=["lang"], may_tell_status=may_tell_status)
        found = dict.fromkeys((*reading.faults, *faults, *twice))
        reading = Reading(reading.query, tuple(found))
        with override(language):
            found = answer(reading, language, now())
            if faults := found.faults or _past_end(reading, found):
                told: dict[str, Any] = {"errors": fault_texts(faults)}
                return Response(told | choices_json(found, language), status=400)
            return Response(answer_json(found, language, now()))

    def _in_address(self, request: Request, names: Iterable[str]) -> Response:
        """What stands in the address of a POST is refused: unread, it would change an answer in silence."""
        faults = [
            Fault(name[:60], "status_in_address" if name == "status" else "in_address")
            for name in sorted(map(_written, names))
        ]
        with override(_language([], request._request)[0]):
            return Response({"errors": fault_texts(faults)}, status=400)

    @extend_schema(parameters=PARAMETERS, responses={200: OpenApiTypes.OBJECT, 400: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """Search by address parameters."""
        pairs = [(n, v) for n, values in request.query_params.lists() for v in values]
        return self._answer(request, pairs, may_tell_status=False)

    @extend_schema(
        request={"application/json": _body_schema()},
        responses={200: OpenApiTypes.OBJECT, 400: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request) -> Response:
        """Search by JSON: the same names, nothing in the address."""
        if asked := set(request.query_params):
            return self._in_address(request, asked)
        try:
            pairs, twice = _json_pairs(request.data)
        except (ParseError, RecursionError):  # the latter: brackets in brackets without end
            with override(_language([], request._request)[0]):
                reason = _("Send one JSON object of names and plain values.")
                return Response({"errors": {"request": [reason]}}, status=400)
        return self._answer(request, pairs, twice, may_tell_status=True)
