"""Every page of the desk, as everybody who has one sees it, in both languages: readable, without a barrier.

The pages are found by following the desk's own links and by its addresses in the URLconf. A page that is added and that
nobody gets to here fails the last test.
"""

import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from django.utils import translation
from playwright.sync_api import expect

from accounts.demo import demo_password
from tests import databases
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.readable import assert_readable
from tests.browser.serving import Site, served
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
ROLES = ("navigator", "keeper", "intake", "outsider", "steward", "reviewer")
LANGUAGES = ("en", "fr")
UNVETTED = frozenset({"outsider", "steward", "reviewer"})
"""Who sees no field that is for vetted organizations, on any page: the national team neither."""
CANARY = "204-555-0188"
FIND = {"en": "/en/desk/find/?near=Thompson,+MB", "fr": "/fr/bureau/trouver/?near=Thompson,+MB"}
OPEN_FOLDS = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"
MOST = 200
"""Addresses of one person: more would be a walk that does not end."""
ELSEWHERE = {
    "sheet_look": "tests/browser/test_sheet.py",
    "desk_listing": "the page of desk_listing_sealed, under an address to keep",
    "desk_beside": "tests/browser/test_desk_find.py",
    "desk_sheet": "tests/browser/test_desk_find.py",
    "review_application": "tests/browser/test_vetting.py",
    "review_organization": "tests/browser/test_vetting.py",
    "review_holds": "tests/browser/test_vetting.py",
    "review_answered": "tests/browser/test_vetting.py",
    "profile_new_again": "tests/browser/test_new_listing.py",
    "profile_where_of": "tests/browser/test_new_listing.py",
    "profile_street": "tests/browser/test_new_listing.py",
    "desk_protocol_file": "a file, and tests/cms/test_files.py",
    "desk_protocol_paper": "a file, and tests/cms/test_papers.py",
    "desk_protocol_pack": "a file, and tests/cms/test_packs.py",
    "desk_protocols_found": "the list of desk_protocols, narrowed",
    "beds_prove": "asks for a password, and leads back",
    "review_add_organization": "asks for a password, and leads back to the list",
}
"""Pages that no link leads to before something was sent, and the test that looks at them."""
STORY = """
from datetime import date
from django.utils import timezone
from accounts.models import User
from directory.actions.project_listings import project_services
from directory.actions.propose_change import propose_change
from directory.actions.report_safety import Told, receive_report
from directory.models.contact import Contact
from directory.models.listing import Listing
from directory.models.membership import Membership
from directory.models.phone import Phone
from directory.models.same_service import SameService
from directory.models.service import Service
from directory.models.told_answer import ToldAnswer
from directory.models.wrong_count import WrongCount
from safety.viewer import Viewer
now = timezone.now()
keeper = User.objects.get(email="keeper@demo.invalid")
mine = Membership.objects.get(user=keeper)
viewer = Viewer(user=keeper.pk, organization=mine.organization_id)
service = Service.objects.listable().filter(organization=mine.organization).order_by("pk").first()
asked = {"organization": mine.organization_id, "service": service.pk, "viewer": viewer, "now": now}
propose_change(task="contact", values={"service.url": "https://another.example"}, **asked)
propose_change(task="name", values={"service.fees_description": "Free."}, **asked)
receive_report(told=Told(place="A kitchen", words="They took my phone."), now=now)
other = Membership.objects.get(user__email="navigator@demo.invalid")
ToldAnswer.objects.create(service_id=service.pk, dimension="with", term="pet", told_for=other.organization,
                          told_by=other.user, told_at=now)
found = Listing.objects.exclude(point=None).order_by("service_id").values_list("service_id", flat=True).distinct()
said = Listing.objects.exclude(point=None).order_by("id").first()
WrongCount.objects.create(listing_id=said.pk, on=now.date(), what="hours", times=2)
kept, twin = Service.objects.filter(pk__in=list(found[:2])).order_by("pk")
SameService.objects.create(kept=kept, other=twin, likeness="phone_name")
shelter = Service.objects.get(name="Shelter for the North")
told = {"publisher_id": shelter.publisher_id}
contact = Contact.objects.create(service=shelter, name="Demonstration contact", title="Intake lead", **told)
Phone.objects.create(contact=contact, number="204-555-0188", **told)
project_services([shelter.pk])
"""


DIFFER = frozenset({"desk", "review"})
"""Pages that are made of other parts for each person; of any other page one is looked at for barriers."""
looked_at: set[tuple[str, str]] = set()
found_by: dict[tuple[str, str], set[str]] = {}
"""By person and language, the names of the pages that were seen."""


@pytest.fixture(scope="module")
def site(elsewhere: str) -> Iterator[Site]:
    """A site of its own, on which something waits for everybody."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        running.manage("shell", "-c", STORY)
        yield running


def _is_desk(path: str) -> bool:
    return path.startswith(tuple(people.DESK.values()))


def _name(path: str, language: str) -> str:
    try:
        with translation.override(language):
            return resolve(path).url_name or ""
    except Resolver404:
        return ""


def _names() -> set[str]:
    """The names of all addresses of the desk."""
    found = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    return {name for name in found if _is_desk(_address(name, "en"))}


def _address(name: str, language: str) -> str:
    """The address of a name, with arguments that lead nowhere where it needs some."""
    resolver = get_resolver()
    with translation.override(language):
        for possible, *_rest in resolver.reverse_dict.getlist(name):
            for _pattern, words in possible:
                given = {word: _nowhere(word, name) for word in words}
                try:
                    return reverse(name, kwargs=given)
                except NoReverseMatch:
                    continue
    return ""


def _nowhere(word: str, name: str) -> object:
    if word == "page":
        return 1
    if word == "token":
        return "A" * 90
    if word == "kind":
        return "xlsx" if name.startswith("sheet") else "hours"
    if word in ("pair",):
        return 1
    return UUID(int=7)


def _plain(language: str) -> list[str]:
    """Addresses of the desk that need no argument."""
    found = []
    with translation.override(language):
        for name in sorted(_names()):
            try:
                found.append(reverse(name))
            except NoReverseMatch:
                continue
    return found


def _ask(visit: Visit, path: str) -> Any:
    """What an address answers, redirects followed; this person proves anew who they are where that is asked."""
    answer = visit.context.request.get(visit.origin + path)
    if "/accounts/" in answer.url:
        visit.open(path)
        visit.page.locator("input[name=password]").fill(demo_password())
        visit.page.locator("main button[type=submit]").click()
        expect(visit.page.locator("input[name=password]")).to_have_count(0)
        answer = visit.context.request.get(visit.origin + path)
    return answer


def _is_page(answer: Any) -> bool:
    """True of what a browser shows: no file, nothing that is only sent to, nothing that is not for this person."""
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    return bool(answer.status == 200 and is_html and _is_desk(urlsplit(answer.url).path))


def pages_of(visit: Visit, language: str) -> dict[str, str]:
    """By name, the address of one page of each kind that this person gets to."""
    home, found, tried = people.DESK[language], {}, set()
    ways = [home, FIND[language], *_plain(language)]
    while ways:
        path = ways.pop(0)
        name = _name(path.partition("?")[0], language)
        if path in tried or not name or name in found:
            continue
        tried.add(path)
        answer = _ask(visit, path)
        if _is_page(answer):
            at = urlsplit(answer.url).path
            found.setdefault(_name(at, language), at)
            ways += [unescape(way) for way in re.findall(rf'href="({home}[^"#?]*)', answer.text())]
        assert len(tried) < MOST
    return found


def _picture(visit: Visit, name: str) -> None:
    folder = os.environ.get("RELAIS_PICTURES")
    for width in (360, 1280) if folder else ():
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.screenshot(path=Path(folder or "") / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("who", ROLES)
def test_every_page_of_the_desk_can_be_read_by_everybody(who: str, visiting: Visiting, site: Site) -> None:
    visit = visiting()
    people.sign_in(visit, site, "en", who)
    seen: dict[str, set[str]] = {}
    for language in LANGUAGES:
        pages = pages_of(visit, language)
        seen[language] = set(pages)
        found_by[who, language] = set(pages)
        for name, path in pages.items():
            if who in UNVETTED:
                assert CANARY not in visit.context.request.get(visit.origin + path).text(), name
            if (name, language) in looked_at and name not in DIFFER:
                continue
            looked_at.add((name, language))
            visit.open(path)
            visit.page.evaluate(OPEN_FOLDS)
            try:
                assert_readable(visit.page, language)
            except AssertionError as fault:
                raise AssertionError(f"{name} ({path}), as {who}: {fault}") from None
            _picture(visit, f"{name}-{who}-{language}")
    assert "desk" in seen["en"]
    assert seen["en"] == seen["fr"]


def test_no_page_of_the_desk_was_left_out(visiting: Visiting, site: Site) -> None:
    """What nobody gets to takes no GET, or is looked at elsewhere; a new page has to be thought of."""
    answers: dict[str, list[int]] = {}
    seen: set[str] = set()
    for who in ROLES:
        visit = visiting()
        if (who, "en") not in found_by:
            people.sign_in(visit, site, "en", who)
            found_by[who, "en"] = set(pages_of(visit, "en"))
        seen |= found_by[who, "en"]
    for who in ("intake", "steward"):
        visit = visiting()
        people.sign_in(visit, site, "en", who)
        for name in _names() - seen - ELSEWHERE.keys():
            answers.setdefault(name, []).append(_taken(visit, _address(name, "en")))
    left = {name: told for name, told in answers.items() if name not in seen and not {405, FILE} & {*told}}
    assert left == {}


FILE = 0


def _taken(visit: Visit, path: str) -> int:
    """The status of an address, FILE for a file."""
    answer = visit.context.request.get(visit.origin + path, max_redirects=0)
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    return FILE if answer.status == 200 and not is_html else answer.status
