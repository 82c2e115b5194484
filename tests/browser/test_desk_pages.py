"""Every page of the desk, as everybody who has one sees it, in both languages: readable, without a barrier.

The pages are found by following the desk's own links and by its addresses in the URLconf. A page that is added and that
nobody gets to here fails the last test.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
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
OPEN_FOLDS = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"
MOST = 90
"""Pages of one person: more would be a walk that does not end."""
ELSEWHERE = {
    "sheet_look": "tests/browser/test_sheet.py",
    "desk_listing_sealed": "the listing of a search, whose page is desk_listing's",
    "review_application": "tests/browser/test_vetting.py",
    "beds_prove": "asks for a password, and leads back",
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
kept, twin = Service.objects.filter(pk__in=list(found[:2])).order_by("pk")
SameService.objects.create(kept=kept, other=twin, likeness="phone_name")
shelter = Service.objects.get(name="Shelter for the North")
told = {"publisher_id": shelter.publisher_id}
contact = Contact.objects.create(service=shelter, name="Demonstration contact", title="Intake lead", **told)
Phone.objects.create(contact=contact, number="204-555-0188", **told)
project_services([shelter.pk])
"""
walked: dict[tuple[str, str], dict[str, str]] = {}
"""By person and language, the name and address of every page that was seen."""


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


def _is_page(visit: Visit, path: str) -> bool:
    """True of what a browser shows: no file, nothing that is only sent to, nothing that is not for this person."""
    answer = visit.context.request.get(visit.origin + path)
    return answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html")


def _open(visit: Visit, path: str) -> None:
    """Go there, and prove anew who one is where that is asked."""
    visit.open(path)
    if visit.page.locator("input[name=password]").count():
        visit.page.locator("input[name=password]").fill(demo_password())
        visit.page.locator("main button[type=submit]").click()
        expect(visit.page.locator("input[name=password]")).to_have_count(0)


def _links(visit: Visit) -> list[str]:
    """The addresses of the desk that a page leads to, in this language."""
    found = visit.page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href)")
    paths = [urlsplit(address).path for address in found if address.startswith(visit.origin)]
    return [path for path in paths if _is_desk(path)]


def walk(visit: Visit, language: str) -> Iterator[tuple[str, str]]:
    """One page of each name that this person gets to; yields its name and address while it is open."""
    home = people.DESK[language]
    find = {
        "en": "/en/desk/find/?near=Thompson,+MB",
        "fr": "/fr/bureau/trouver/?near=Thompson,+MB",
    }
    ways, seen, tried = [home, find[language], *_plain(language)], set(), set()
    while ways:
        path = ways.pop(0)
        if path in tried or (name := _name(path.partition("?")[0], language)) in seen or not name:
            continue
        tried.add(path)
        if not _is_page(visit, path):
            continue
        _open(visit, path)
        if not _is_desk(visit.path):
            continue
        name = _name(visit.path, language)
        ways += [way for way in _links(visit) if way.startswith(home)]
        if name and name not in seen:
            seen.add(name)
            yield name, visit.path
        assert len(seen) < MOST


def _picture(visit: Visit, name: str) -> None:
    folder = os.environ.get("RELAIS_PICTURES")
    for width in (360, 1280) if folder else ():
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.screenshot(path=Path(folder or "") / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("who", ROLES)
def test_every_page_of_the_desk_can_be_read_by_everybody(who: str, visiting: Visiting, site: Site) -> None:
    visit = visiting()
    people.sign_in(visit, site, "en", who)
    for language in LANGUAGES:
        walked[who, language] = {}
        for name, path in walk(visit, language):
            visit.page.evaluate(OPEN_FOLDS)
            try:
                assert_readable(visit.page, language)
            except AssertionError as fault:
                raise AssertionError(f"{name} ({path}), as {who}: {fault}") from None
            if who in UNVETTED:
                assert CANARY not in visit.page.content(), name
            _picture(visit, f"{name}-{who}-{language}")
            walked[who, language][name] = path
        assert "desk" in walked[who, language]
    assert walked[who, "en"].keys() == walked[who, "fr"].keys()


def test_no_page_of_the_desk_was_left_out(visiting: Visiting, site: Site) -> None:
    """What nobody got to takes no GET, or is looked at elsewhere; a new page has to be thought of."""
    for who in ROLES:
        if (who, "en") not in walked:
            visit = visiting()
            people.sign_in(visit, site, "en", who)
            walked[who, "en"] = dict(walk(visit, "en"))
    seen = {name for (_who, language), pages in walked.items() if language == "en" for name in pages}
    left = _names() - seen - ELSEWHERE.keys()
    steward, lead = visiting(), visiting()
    people.sign_in(steward, site, "en", "steward")
    people.sign_in(lead, site, "en", "intake")
    answers = {
        name: [_asked(visit, _address(name, "en")) for visit in (steward, lead)] for name in sorted(left)
    }
    assert {name: told for name, told in answers.items() if not any(told)} == {}
    assert not ELSEWHERE.keys() & seen, "these are seen here by now"


def _asked(visit: Visit, path: str) -> bool:
    """True if an address takes no GET, or answers with a file."""
    answer = visit.context.request.get(visit.origin + path, max_redirects=0)
    kind = answer.headers.get("content-type", "")
    return answer.status == 405 or (answer.status == 200 and not re.match("text/html", kind))
