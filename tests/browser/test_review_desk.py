"""The stewards' desk: two listings made one and shown apart again, and the board of what listings miss."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.demo import demo_password
from tests import databases
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.readable import assert_readable
from tests.browser.serving import Site, served
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
DOUBLES = {"en": "/en/desk/review/doubles/", "fr": "/fr/bureau/examen/doublons/"}
QUALITY = {"en": "/en/desk/review/quality/", "fr": "/fr/bureau/examen/qualite/"}
LETTERS = {"en": "/en/desk/review/letters/", "fr": "/fr/bureau/examen/lettres/"}
WIDTHS = (360, 1280)
PAIR = """
from directory.models.listing import Listing
from directory.models.same_service import SameService
from directory.models.service import Service
found = Listing.objects.exclude(point=None).order_by("service_id").values_list("service_id", flat=True).distinct()
kept, other = Service.objects.filter(pk__in=list(found[:2])).order_by("pk")
SameService.objects.all().delete()
SameService.objects.create(kept=kept, other=other, likeness="phone_name")
"""
LETTER = """
from django.utils import timezone
from accounts.models import User
from safety.notices import Notice
someone, at = User.objects.get(email="keeper@demo.invalid"), timezone.now()
Notice.objects.create(kind="item", subject_id=someone.pk, created_at=at, due_at=at, tries=8, failed_at=at)
"""


@pytest.fixture(scope="module")
def site(elsewhere: str) -> Iterator[Site]:
    """A site of its own, with one pair that waits: what is made one here would be so in other tests."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        running.manage("shell", "-c", PAIR + LETTER)
        yield running


def _seen(visit: Visit, language: str, name: str) -> None:
    """What axe finds; pictures where RELAIS_PICTURES names a folder; nothing to scroll sideways on a telephone."""
    assert_readable(visit.page, language)
    folder = os.environ.get("RELAIS_PICTURES")
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 800})
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        if folder:
            visit.page.screenshot(path=Path(folder) / f"{name}-{language}-{width}.png", full_page=True)


def _steward(visiting: Visiting, site: Site, language: str, address: str) -> Visit:
    visit = visiting()
    people.sign_in(visit, site, language, "steward")
    visit.open(address)
    if visit.page.locator("input[name=password]").count():
        visit.page.locator("input[name=password]").fill(demo_password())
        visit.page.locator("main button[type=submit]").click()
    return visit


def test_two_listings_are_made_one_by_keyboard_and_shown_apart_again(visiting: Visiting, site: Site) -> None:
    visit = _steward(visiting, site, "en", DOUBLES["en"])
    page = visit.page
    _seen(visit, "en", "doubles")
    visit.open(DOUBLES["fr"])
    _seen(visit, "fr", "doubles")
    visit.open(DOUBLES["en"])
    old = page.locator(".side a").nth(1).get_attribute("href")
    kept = page.locator(".side a").nth(0).get_attribute("href")
    page.locator("input[value=first]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("The address of the other leads to it.")
    _seen(visit, "en", "doubles-decided")
    reader = visiting(javascript=False)
    reader.open(str(old))
    assert reader.path == kept
    with page.expect_navigation():
        page.get_by_role("button", name="Undo: show both").click()
    reader.open(str(old))
    assert reader.path == old


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_board_leads_to_the_listings_behind_a_sum(language: str, visiting: Visiting, site: Site) -> None:
    visit = _steward(visiting, site, language, QUALITY[language])
    _seen(visit, language, "quality")
    visit.page.locator(".missing a").first.click()
    expect(visit.page.locator("ul.rows > li a").first).to_be_visible()
    _seen(visit, language, "quality-listed")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_letters_that_did_not_arrive(language: str, visiting: Visiting, site: Site) -> None:
    visit = _steward(visiting, site, language, LETTERS[language])
    expect(visit.page.locator("main form")).to_have_count(1)
    assert "@" not in visit.page.locator("main").inner_text()
    _seen(visit, language, "letters")
