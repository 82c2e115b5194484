"""Every public byte: whatever any public address answers, header by header, and how much work it was.

Addresses come from the URL configuration itself: one that is added later is asked too, or stops the test with a
sentence that says what to teach this file.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

from django.db import connection

from cms.models.edition import Edition
from cms.views.asked import sealed as sealed_protocols
from directory.api.hsds import package
from directory.models.hsds_document import HsdsDocument
from directory.models.listing import ListingPage
from directory.views import sealed
from directory.views.help_counts import HELPED
from directory.views.sealed import find_address, listing_address
from directory.views.shortlist import shortlist_address
from directory.views.wrong_counts import WRONG
from safety.seal import seal
from safety.surface import is_private
from tests.attacker.work import Work
from tests.canaries.routes import Route, filled_in, routes
from tests.roles import RoleClient

LANGUAGES = ("en", "fr")
BROKEN = "A" * 120
Arguments = Iterable[dict[str, Any]]


class Said(NamedTuple):
    """One answer, whole; `statements`: how often the database was asked; `work`: for what, as a digest."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: int
    work: str


class Untaught(Exception):
    """A public address that nobody told this file how to ask for."""


def _listings() -> list[str]:
    return [str(key) for key in ListingPage.objects.order_by("pk").values_list("pk", flat=True)]


def _documents(entity: str) -> Callable[[list[str]], Arguments]:
    """All of them; of the vocabulary's many terms some, since their collection is read whole."""

    def every(_: list[str]) -> Arguments:
        found = HsdsDocument.objects.filter(entity=entity).order_by("id").values_list("id", flat=True)
        return [{"id": id_} for id_ in (found[:5] if entity.startswith("taxonomy") else found)]

    return every


def _token(address: str) -> str:
    return max(address.split("/"), key=len)


def _searches(texts: list[str]) -> Arguments:
    tokens = [_token(find_address(text)) for text in texts]
    return [{"token": BROKEN}, *({"token": token} for token in tokens)]


def _second_pages(texts: list[str]) -> Arguments:
    return [{"token": _token(find_address(text)), "page": 2} for text in texts[:5]]


def _sealed_listings(texts: list[str]) -> Arguments:
    return [{"token": _token(listing_address(id_, texts[0], 1))} for id_ in _listings()[::5]]


def _shortlists(texts: list[str]) -> Arguments:
    ids = [f"kept={id_}" for id_ in _listings()]
    return [{"token": _token(shortlist_address(text))} for text in (texts[0], ids[0])]


def _thanks(purpose: str, *words: str) -> Callable[[list[str]], Arguments]:
    """The page after an answer was given, of every listing, with the ways back that it may hold."""

    def every(texts: list[str]) -> Arguments:
        said = [
            f"{word} {id_}{way}" for word in words for id_ in _listings() for way in ("", f" 1 {texts[0]}")
        ]
        return [{"token": BROKEN}, *({"token": seal(one, purpose, sealed.now())} for one in said)]

    return every


@cache
def _of_protocols() -> str:
    """Sealed once, to be the same address in all worlds."""
    return sealed_protocols({"q": "shelter"})


def _narrowed(_: list[str]) -> Arguments:
    return [{"token": token} for token in (BROKEN, _of_protocols())]


def _editions(*words: str) -> Callable[[list[str]], Arguments]:
    """All editions, told by these words."""

    def every(_: list[str]) -> Arguments:
        return Edition.objects.order_by(*words).distinct().values(*words)

    return every


def _files(_: list[str]) -> Arguments:
    """All files, by the editions that carry them."""
    for edition in Edition.objects.exclude(files=[]).order_by("slug", "number"):
        for key in edition.files:
            yield {"slug": edition.slug, "number": edition.number, "key": key}


FILLED: dict[tuple[str, frozenset[str]], Callable[[list[str]], Arguments]] = {
    ("find_sealed", frozenset({"token"})): _searches,
    ("find_sealed", frozenset({"token", "page"})): _second_pages,
    ("find_points", frozenset({"token"})): _searches,
    ("listing", frozenset({"id"})): lambda _: [{"id": id_} for id_ in _listings()],
    ("listing_sealed", frozenset({"token"})): _sealed_listings,
    ("shortlist", frozenset({"token"})): _shortlists,
    ("helped", frozenset({"token"})): _thanks(HELPED, "yes", "no"),
    ("wrong_told", frozenset({"token"})): _thanks(WRONG, "number"),
    ("protocols_found", frozenset({"token"})): _narrowed,
    ("protocol", frozenset({"slug"})): _editions("slug"),
    ("protocol_history", frozenset({"slug"})): _editions("slug"),
    ("protocol_edition", frozenset({"slug", "number"})): _editions("slug", "number"),
    ("protocol_file", frozenset({"slug", "number", "key"})): _files,
    ("protocol_paper", frozenset({"slug", "number"})): _editions("slug", "number"),
    ("api_protocol", frozenset({"key"})): _editions("key"),
    ("protocol_pack", frozenset({"sector"})): lambda _: [{"sector": "shelter"}],
    **{
        (f"hsds_{entity}", frozenset({"id"})): _documents(entity)
        for entity in ("service", "organization", "service_at_location", "taxonomy", "taxonomy_term")
    },
}
"""By name and arguments of an address: what it is asked with, given searches as lines of text."""

FOR_MACHINES = frozenset({"readyz", "night_beds"})
"""The one asks whether both of the site's databases are there, the other counts wrong links in the desk's: a test has
one connection, and plays the public's role. Neither tells anything of a place."""

FOR_PROGRAMS = ("/api/", "/hsds/")
COLLECTIONS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
NOT_THERE = ("/sitemap.xml", "/robots.txt", "/feed/", "/en/nothing-here/", "/hsds/nothing", "/api/nothing")


def public_routes(urlconf: str | None = None) -> list[Route]:
    """Every address of the site that isn't behind a sign-in, in both languages; with a name and without one."""
    return [one for one in routes(urlconf) if one.name not in FOR_MACHINES and not is_private(one.gapped)]


def addresses(texts: list[str], urlconf: str | None = None) -> Iterator[list[str]]:
    """Of each public address all that it comes to, those of searches with `texts`.

    Raises Untaught for one that needs arguments which nobody named here.
    """
    for route in public_routes(urlconf):
        words = frozenset(word for word, _ in route.converters)
        if words and (route.name, words) not in FILLED:
            raise Untaught(f"{route} takes {sorted(words)}: say in FILLED what to ask it with")
        filled = FILLED[route.name, words](texts) if words else [{}]
        yield [filled_in(route, values) for values in filled]


def _asked_of_open_data() -> Iterator[str]:
    for word in COLLECTIONS:
        for asked in ({"format": "ndjson"}, {"format": "csv"}, {"page": "2", "per_page": "3"}):
            yield f"/hsds/{word}?{urlencode(asked)}"
    for word in COLLECTIONS[:3]:
        yield f"/hsds/{word}?full=true"
    for word in ("services", "service_at_locations"):
        for moment in ("2020-01-01", "2026-11-23T00:00:00Z", "2030-01-01T12:00:00Z"):
            yield f"/hsds/{word}?modified_after={moment}"
    yield "/hsds/services?minimal=true"
    yield "/hsds/export.zip?format=json"


def _sent(texts: list[str]) -> Iterator[str]:
    """What is asked by sending it: what would stand in an address behind the question mark."""
    for text in texts:
        yield from (f"POST {page}?{text}" for page in ("/en/find/", "/fr/trouver/", "/api/search"))
    for word in COLLECTIONS:
        yield from (f"POST /hsds/{word}?{asked}" for asked in ("", "full=true", "format=csv"))


def questions(texts: list[str]) -> Iterator[str]:
    """Searches, and open data in all its forms."""
    for number, text in enumerate(texts):
        yield f"/api/search?lang={LANGUAGES[number % 2]}&{text}"
    yield from _asked_of_open_data()
    yield from NOT_THERE


class Reader:
    """Reads everything, and keeps what it took."""

    def __init__(self, client: RoleClient) -> None:
        self._client, self._work = client, Work()

    def _say(self, method: str, path: str, **more: Any) -> Said:
        self._work.begin()
        answer = getattr(self._client, method)(path, **more)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = tuple(sorted(answer.headers.items()))
        return Said(answer.status_code, headers, body, self._work.statements, self._work.digest())

    def everything(self, texts: list[str], pages: int = 9) -> dict[str, Said]:
        """Every public answer by its method and address. `texts` are searches, as lines: every so many as `pages` says
        is looked at as a page and a map, and sent as a form, too. Of each address one is asked by HEAD and OPTIONS.
        """
        shown = texts[::pages]
        found = [one for one in addresses(shown) if one]
        beside = [f"{method} {one[0]}" for one in found for method in ("HEAD", "OPTIONS")]
        return self.read([*chain.from_iterable(found), *questions(texts), *_sent(shown), *beside])

    def read(self, asked: Iterable[str]) -> dict[str, Said]:
        """What these addresses say, to GET or to the method that stands before each."""
        for kept in package._kept:  # files that another world left behind
            kept.path.unlink(missing_ok=True)
        package._kept.clear()
        for path in ("/api/search", "/en/find/?near=Kingston", "/hsds/services", "/hsds/export.zip"):
            self._say("get", path)  # what a process reads once
        every = dict.fromkeys(one if " " in one else f"GET {one}" for one in asked)
        with connection.execute_wrapper(self._work):
            return {one: self._ask(*one.split(" ", 1)) for one in every}

    def _ask(self, method: str, path: str) -> Said:
        if method != "POST":
            return self._say(method.lower(), path)
        path, _, text = path.partition("?")
        if path.startswith(FOR_PROGRAMS):
            names = {
                name: values if len(values) > 1 else values[0] for name, values in parse_qs(text).items()
            }
            return self._say("post", path, data=json.dumps(names), content_type="application/json")
        return self._say("post", path, data=text, content_type="application/x-www-form-urlencoded")


def differing(one: dict[str, Said], other: dict[str, Said]) -> list[str]:
    """The addresses that one world answers otherwise than the other, with what is different."""
    told = []
    for path in sorted(one.keys() | other.keys()):
        if path not in one or path not in other:
            told.append(f"{path}: in one world only")
        elif one[path] != other[path]:
            parts = [name for name in Said._fields if getattr(one[path], name) != getattr(other[path], name)]
            told.append(f"{path}: {', '.join(parts)}")
    return told
