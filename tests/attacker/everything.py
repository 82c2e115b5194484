"""Every public byte: whatever any public address answers, header by header, and how much work it was.

Addresses come from the URL configuration itself: one that is added later is asked too, or stops the test with a
sentence that says what to teach this file.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db import connection
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from cms.models.edition import Edition
from directory.api.hsds import package
from directory.models.hsds_document import HsdsDocument
from directory.models.listing import ListingPage
from directory.views.sealed import find_address, listing_address
from directory.views.shortlist import shortlist_address
from safety.surface import is_private
from tests.attacker.work import Work
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


def _broken(_: list[str]) -> Arguments:
    return [{"token": BROKEN}]


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
    ("helped", frozenset({"token"})): _broken,
    ("wrong_told", frozenset({"token"})): _broken,
    ("protocols_found", frozenset({"token"})): _broken,
    ("protocol", frozenset({"slug"})): _editions("slug"),
    ("protocol_history", frozenset({"slug"})): _editions("slug"),
    ("protocol_edition", frozenset({"slug", "number"})): _editions("slug", "number"),
    ("protocol_file", frozenset({"slug", "number", "key"})): _files,
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

COLLECTIONS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
NOT_THERE = ("/sitemap.xml", "/robots.txt", "/feed/", "/en/nothing-here/", "/hsds/nothing", "/api/nothing")


def _leaves(patterns: Iterable[Any]) -> Iterator[tuple[str, frozenset[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name != "admin":
            yield from _leaves(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, frozenset(pattern.pattern.regex.groupindex)


def public_names() -> set[tuple[str, frozenset[str]]]:
    """Name and arguments of every address of the site that isn't behind a sign-in."""
    every = set(_leaves(get_resolver().url_patterns))
    return {(name, words) for name, words in every if name not in FOR_MACHINES and _is_public(name, words)}


def _is_public(name: str, words: frozenset[str]) -> bool:
    if (name, words) in FILLED:
        return True
    sample = next((path for path in _sampled(name, words)), None)
    return sample is not None and not is_private(sample)


def _sampled(name: str, words: frozenset[str]) -> Iterator[str]:
    """An address of that name, with anything that fits its arguments."""
    fits = ("00000000-0000-4000-8000-000000000000", BROKEN, "1", "csv")
    for first in fits:
        for second in fits:
            values = dict(zip(sorted(words), (first, second, *fits), strict=False))
            try:
                yield reverse(name, kwargs=values)
            except NoReverseMatch:
                continue


def addresses(texts: list[str]) -> Iterator[str]:
    """Every public address, in both languages, those of searches with `texts`.

    Raises Untaught for one that needs arguments which nobody named here.
    """
    for name, words in sorted(public_names(), key=str):
        if words and (name, words) not in FILLED:
            raise Untaught(f"{name} takes {sorted(words)}: say in FILLED what to ask it with")
        filled = FILLED[name, words](texts) if words else [{}]
        for values in filled:
            for language in LANGUAGES:
                with override(language):
                    yield reverse(name, kwargs=values)


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
        is looked at as a page and a map, too.
        """
        shown = texts[::pages]
        found = self.read([*addresses(shown), *questions(texts)])
        with connection.execute_wrapper(self._work):
            found |= {
                f"HEAD {path}": self._say("head", path) for path in ("/hsds/export.zip", "/hsds/services")
            }
            found |= {f"POST {text}": self._post(text) for text in shown}
        return found

    def read(self, paths: Iterable[str]) -> dict[str, Said]:
        """What these addresses say."""
        for kept in package._kept:  # files that another world left behind
            kept.path.unlink(missing_ok=True)
        package._kept.clear()
        for path in ("/api/search", "/en/find/?near=Kingston", "/hsds/services", "/hsds/export.zip"):
            self._say("get", path)  # what a process reads once
        with connection.execute_wrapper(self._work):
            return {f"GET {path}": self._say("get", path) for path in dict.fromkeys(paths)}

    def _post(self, text: str) -> Said:
        return self._say("post", "/en/find/", data=text, content_type="application/x-www-form-urlencoded")


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
