"""Names and values of a request for open data, from the address and the body alike; what can't be read is refused."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.request import UnreadablePostError
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType

from directory.rules.query import Fault

Pairs = list[tuple[str, str]]
LANGUAGES = ("en", "fr")
FORM = "application/x-www-form-urlencoded"
"""The only kind of form that is read: those with files (multipart/form-data) are for what is kept."""
LONGEST_VALUE = 200
LONGEST_NAME = 40
MOST_VALUES = 200
# A zero byte and half a surrogate pair can be stored by no database and written in no answer.
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


class TooLarge(APIException):
    """A body that no question of ours can need."""

    status_code = 413
    default_code = "too_large"


def pairs_of(request: HttpRequest) -> Pairs:
    """Everything that was asked, in order; raises APIException for a body that is not names and plain values."""
    pairs = [(name, value) for name, values in _address(request).lists() for value in map(str, values)]
    if request.method == "POST":
        pairs += _body_pairs(request)
    if len(pairs) > MOST_VALUES:
        raise ParseError
    return pairs


def _address(request: HttpRequest) -> QueryDict:
    try:
        return request.GET
    except SuspiciousOperation as error:  # more fields than anybody needs
        raise ParseError from error


def _body_pairs(request: HttpRequest) -> Pairs:
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise TooLarge(_("This is more than a question needs.")) from error
    except UnreadablePostError as error:
        raise ParseError from error
    if not body.strip():
        return []
    kind = request.content_type or "application/json"
    if kind == "application/json":
        return list(_json_pairs(body))
    if kind == FORM:
        return _form_pairs(body)
    raise UnsupportedMediaType(kind, _("Send JSON (application/json) or a form (%(kind)s).") % {"kind": FORM})


def _form_pairs(body: bytes) -> Pairs:
    try:
        sent = QueryDict(body, encoding="utf-8")
    except SuspiciousOperation as error:
        raise ParseError from error
    return [(name, value) for name, values in sent.lists() for value in map(str, values)]


def _json_pairs(body: bytes) -> Iterator[tuple[str, str]]:
    """A list repeats its name, null says nothing; a name that stands twice is told twice, whatever it says.

    RecursionError: brackets in brackets without end.
    """
    try:
        sent = json.loads(body, object_pairs_hook=tuple)
    except (ValueError, RecursionError) as error:
        raise ParseError from error
    if not isinstance(sent, tuple):
        raise ParseError
    times = Counter(name for name, _ in sent)
    for name, value in sent:
        for item in (value or [None]) if isinstance(value, list) else [value]:
            if isinstance(item, tuple | list):
                raise ParseError
            if item is not None or times[name] > 1:
                yield name, _word(item)


def _word(item: Any) -> str:
    return str(item).lower() if isinstance(item, bool) else str("" if item is None else item)


def _fault(name: str, value: str, known: set[str], seen: set[str]) -> Fault | None:
    if _UNREADABLE.search(name) or len(name) > LONGEST_NAME:
        return Fault("request", "unreadable")
    if name not in known:
        return Fault(name, "unknown_name")
    if _UNREADABLE.search(value):
        return Fault(name, "unreadable")
    if len(value) > LONGEST_VALUE:
        return Fault(name, "too_long", str(LONGEST_VALUE))
    if name in seen:
        return Fault(name, "twice")
    if name == "lang" and value not in LANGUAGES:
        return Fault(name, "unknown_language", value[:20])
    return None


def read_pairs(pairs: Pairs, known: set[str]) -> tuple[dict[str, str], list[Fault]]:
    """Values by name, and what is wrong: an unknown name, one given twice, one that can't be read or is too long."""
    values: dict[str, str] = {}
    faults: list[Fault] = []
    for name, value in pairs:
        fault = _fault(name, value, known, set(values))
        if fault:
            faults.append(fault)
        else:
            values[name] = value
    return values, list(dict.fromkeys(faults))


def language_of(values: Mapping[str, str], request: HttpRequest) -> str:
    """The language of words that tell what is wrong: the one asked for, else the browser's."""
    if values.get("lang") in LANGUAGES:
        return values["lang"]
    return "fr" if get_language_from_request(request).startswith("fr") else "en"
