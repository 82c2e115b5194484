"""Leaks that tell no place by themselves, but show that it is another one: a moment, an order, a length, a header."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from directory.api import search
from directory.models.hsds_document import HsdsDocument
from directory.models.listing import Listing, ListingPage
from directory.views import listing as listing_view
from tests.attacker.houses import Country, House, listings
from tests.roles import role

Plant = Callable[[Country, pytest.MonkeyPatch], None]


def _digits(house: House) -> int:
    """A number that is another for each door."""
    return round(abs(house.door[0]) * 1e5) % 997


def moves_its_moment(country: Country, _: pytest.MonkeyPatch) -> None:
    """Whoever kept another street touched the record."""
    with role("relais_owner"):
        for house in country.houses:
            moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=_digits(house))
            HsdsDocument.objects.filter(id=house.id_of("service")).update(modified_at=moment)


def orders_equals_by_the_door(country: Country, _: pytest.MonkeyPatch) -> None:
    """What settles ties was made of the street."""
    with role("relais_owner"):
        for id_, house in listings(country.houses).items():
            Listing.objects.filter(pk=id_).update(tie=_digits(house))


def is_as_long_as_the_street(country: Country, _: pytest.MonkeyPatch) -> None:
    """Dots stand where words were cut."""
    with role("relais_owner"):
        for id_, house in listings(country.houses).items():
            page = ListingPage.objects.get(pk=id_)
            page.en["description"] += "." * (_digits(house) % 50)
            page.save()


def bears_a_header(country: Country, patch: pytest.MonkeyPatch) -> None:
    """An ETag was made of all that is known."""
    render = listing_view.render
    etag = f'"{sum(map(_digits, country.houses))}"'

    def leaky(*asked: Any, **named: Any) -> Any:
        answer = render(*asked, **named)
        answer["ETag"] = etag
        return answer

    patch.setattr(listing_view, "render", leaky)


def tells_whom_it_is_sent_to(country: Country, patch: pytest.MonkeyPatch) -> None:
    """What is answered to a program's own way of asking alone."""
    honest = search.SearchView.finalize_response
    told = str(sum(map(_digits, country.houses)))

    def leaky(view: Any, request: Any, answer: Any, *more: Any, **named: Any) -> Any:
        answer = honest(view, request, answer, *more, **named)
        if request.method != "GET":
            answer["X-Found"] = told
        return answer

    patch.setattr(search.SearchView, "finalize_response", leaky)


def says_it_in_an_error(country: Country, patch: pytest.MonkeyPatch) -> None:
    """A message for programmers has more in it than they need."""
    texts = search.fault_texts
    town = country.houses[0].town.name
    patch.setattr(search, "fault_texts", lambda faults: texts(faults) | {"debug": [town]})


def asks_once_more(country: Country, patch: pytest.MonkeyPatch) -> None:
    """The same bytes, and more work for one of two places."""
    honest, asked = search.answer, _digits(country.houses[0]) % 7

    def leaky(*words: Any, **named: Any) -> Any:
        with connection.cursor() as cursor:
            for _ in range(asked):
                cursor.execute("SELECT 1")
        return honest(*words, **named)

    patch.setattr(search, "answer", leaky)


def asks_for_another_number(country: Country, patch: pytest.MonkeyPatch) -> None:
    """As many statements, one of them with a value that the place settles."""
    honest, asked = search.answer, _digits(country.houses[0])

    def leaky(*words: Any, **named: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::int", [asked])
        return honest(*words, **named)

    patch.setattr(search, "answer", leaky)


PLANTS: dict[str, tuple[Plant, str]] = {
    "moment": (moves_its_moment, "/hsds/services?minimal=true"),
    "moment since": (moves_its_moment, "/hsds/services?modified_after=2026-01-01T00:08:00Z"),
    "stream's ETag": (moves_its_moment, "/hsds/services?format=ndjson"),
    "package": (moves_its_moment, "/hsds/export.zip"),
    "order of equals": (orders_equals_by_the_door, "/api/search?near=Kenora&sort=distance"),
    "length": (is_as_long_as_the_street, "/en/listing/{site}/"),
    "header": (bears_a_header, "/en/listing/{site}/"),
    "header of what is sent": (tells_whom_it_is_sent_to, "POST /api/search?near=Kenora"),
    "header alone": (tells_whom_it_is_sent_to, "HEAD /api/search"),
    "what may be done": (tells_whom_it_is_sent_to, "OPTIONS /api/search"),
    "error": (says_it_in_an_error, "/api/search?within=none"),
    "work": (asks_once_more, "/api/search?near=Kenora"),
    "work of a value": (asks_for_another_number, "/api/search?near=Kenora"),
}
"""By what is different: the leak, and an address that tells it."""
