"""Every public page that exists, by name and address, in either language."""

import json
import re
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from safety.seal import seal
from tests.browser.serving import Site

FIND = {"en": "/en/find/", "fr": "/fr/trouver/"}
LISTING = {"en": "/en/listing/", "fr": "/fr/fiche/"}
LIST = {"en": "/en/list/", "fr": "/fr/liste/"}
WORRIED = {"en": "/en/worried/", "fr": "/fr/inquietude/"}
PROTOCOLS = {"en": "/en/protocols/", "fr": "/fr/protocoles/"}
TO_FIND = {"en": "find", "fr": "trouver"}
HISTORY = {"en": "history", "fr": "historique"}
CRITERIA = {"en": "/en/vetting/", "fr": "/fr/verification/"}
TELL_US = {"en": "/en/tell-us/", "fr": "/fr/nous-dire/"}
TOLD_US = {"en": "/en/tell-us/thanks/", "fr": "/fr/nous-dire/merci/"}
SAFETY = {"en": "/en/safety/", "fr": "/fr/securite/"}
STATUS = {"expired search": 410, "altered search": 410, "expired listing": 410, "not there": 404}
STATUS |= {"expired list": 410, "expired protocols": 410}


def search(page: str, /, **asked: str) -> str:
    """The address of a search in "en" or "fr" that somebody made on purpose: it leads to a sealed one."""
    return f"{FIND[page]}?{urlencode(asked)}"


def _expired(purpose: str) -> str:
    return seal("near=Winnipeg", purpose, datetime.now(UTC) - timedelta(hours=2))


def _link(site: Site, page: str, pattern: str) -> str:
    """The first address on `page` that fits `pattern`."""
    with urllib.request.urlopen(site.origin + page) as answer:
        found = re.search(f'href="({pattern})"', answer.read().decode())
    assert found, f"{page} has no link like {pattern}"
    return found.group(1)


def _listing_from_search(site: Site, language: str) -> str:
    return _link(site, search(language, near="Winnipeg"), rf"{LISTING[language]}[\w-]{{80,}}/")


def _second_page(site: Site, language: str) -> str:
    return _link(site, search(language, near="Winnipeg"), rf"{FIND[language]}[\w-]{{80,}}/2/")


def _list(site: Site, language: str) -> str:
    """The list of three services, started as the button of a permanent listing does, the others after it."""
    with urllib.request.urlopen(f"{site.origin}/api/search?near=Winnipeg") as answer:
        ids = [result["id"] for result in json.load(answer)["results"][:3]]
    path = LIST[language]
    for id_ in ids:
        at = "list" if path != LIST[language] else ""
        sent = {"at": at, "from": path.strip("/").rpartition("/")[2] if at else "", "add": id_}
        with urllib.request.urlopen(site.origin + LIST[language], urlencode(sent).encode()) as answer:
            path = answer.url.removeprefix(site.origin)
    return path


def _permanent_listing(site: Site, language: str) -> str:
    with urllib.request.urlopen(f"{site.origin}/api/search?near=Winnipeg") as answer:
        return f"{LISTING[language]}{json.load(answer)['results'][0]['id']}/"


def _protocol(site: Site, language: str) -> str:
    return _link(site, PROTOCOLS[language], rf"{PROTOCOLS[language]}[a-z0-9-]+/")


def _protocols_found(site: Site, language: str) -> str:
    sent = urlencode({"q": "interprète" if language == "fr" else "interpreter"}).encode()
    with urllib.request.urlopen(site.origin + PROTOCOLS[language], sent) as answer:
        return str(answer.url).removeprefix(site.origin)


PAGES: dict[str, Callable[[Site, str], str]] = {
    "languages": lambda _, language: "/",
    "start": lambda _, language: f"/{language}/",
    "search": lambda _, language: FIND[language],
    "results": lambda _, language: search(language, near="Winnipeg"),
    "second page": _second_page,
    "results of needs and words": lambda _, la: search(la, near="Winnipeg", need="legal_help", q="help"),
    "results in a language": lambda _, la: search(la, near="Winnipeg", language="tgl", within="250"),
    "nothing within": lambda _, language: search(language, near="Churchill", within="5"),
    "radius around nothing": lambda _, language: search(language, within="25", language="zzz"),
    "nothing found": lambda _, language: search(language, near="Winnipeg", q="zzzzqqqq"),
    "unknown place": lambda _, language: search(language, near="Qqqqxxxxville"),
    "place to choose": lambda _, language: search(language, near="Thompson"),
    "expired search": lambda _, language: f"{FIND[language]}{_expired('find')}/",
    "altered search": lambda _, language: f"{FIND[language]}{'A' * 120}/",
    "listing from a search": _listing_from_search,
    "permanent listing": _permanent_listing,
    "expired listing": lambda _, language: f"{LISTING[language]}{_expired('listing')}/",
    "your list": _list,
    "empty list": lambda _, language: LIST[language],
    "expired list": lambda _, language: f"{LIST[language]}{_expired('shortlist')}/",
    "worried": lambda _, language: WORRIED[language],
    "criteria": lambda _, language: CRITERIA[language],
    "tell us": lambda _, language: TELL_US[language],
    "told us": lambda _, language: TOLD_US[language],
    "protocols": lambda _, language: PROTOCOLS[language],
    "protocols found": _protocols_found,
    "expired protocols": lambda _, language: (
        f"{PROTOCOLS[language]}{TO_FIND[language]}/{_expired('protocols')}/"
    ),
    "protocol": _protocol,
    "protocol as cited": lambda site, language: f"{_protocol(site, language)}1/",
    "protocol's history": lambda site, language: f"{_protocol(site, language)}{HISTORY[language]}/",
    "safety": lambda _, language: SAFETY[language],
    "not there": lambda _, language: f"/{language}/nothing-here/",
}


def address(site: Site, name: str, language: str) -> str:
    """Where the page called `name` is."""
    return PAGES[name](site, language)
