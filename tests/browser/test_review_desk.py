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
CALLS = {"en": "/en/desk/review/calls/?only=never", "fr": "/fr/bureau/examen/appels/?only=never"}
LETTERS = {"en": "/en/desk/review/letters/", "fr": "/fr/bureau/examen/lettres/"}
DEAD = {"en": "/en/desk/review/unanswered/", "fr": "/fr/bureau/examen/sans-reponse/"}
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
WEBSITE = """
from datetime import timedelta
from django.utils import timezone
from directory.models.listing import Listing
from directory.models.service import Service
from directory.models.website_check import WebsiteCheck
third = found[2]
Listing.objects.filter(service_id=third).update(is_demo=False)
Service.objects.filter(pk=third).update(url="https://gone.example")
day = timezone.localdate()
facts = {"checked_on": day, "failures": 3, "since": day - timedelta(days=9), "failed_on": day}
WebsiteCheck.objects.create(url="https://gone.example", **facts)
"""


@pytest.fixture(scope="module")
def site(elsewhere: str) -> Iterator[Site]:
    """A site of its own, with one pair that waits: what is made one here would be so in other tests."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        running.manage("shell", "-c", PAIR + LETTER + WEBSITE)
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


def test_a_worker_says_that_a_number_is_out_and_a_steward_gets_through(
    visiting: Visiting, site: Site
) -> None:
    worker = visiting(javascript=False)
    people.sign_in(worker, site, "fr", "navigator")
    ((listing,),) = site.ask(
        "SELECT l.id FROM listing l JOIN phone p ON p.service_id = l.service_id JOIN service s ON s.id = l.service_id"
        " WHERE p.number <> '' AND p.type NOT IN ('fax', 'text', 'sms') ORDER BY l.tie LIMIT 1"
    )
    worker.open(f"/fr/bureau/fiche/{listing}/")
    worker.page.locator("summary", has_text="Personne ne répond au téléphone").click()
    worker.page.locator("[name=heard]").select_option("out")
    with worker.page.expect_navigation():
        worker.page.get_by_role("button", name="Le signaler", exact=True).click()
    expect(worker.page.locator("body")).to_contain_text("La fiche reste telle quelle.")
    visit = _steward(visiting, site, "en", DEAD["en"])
    expect(visit.page.locator("main")).to_contain_text("not in service")
    expect(visit.page.locator("main")).to_contain_text("https://gone.example: has not answered since")
    _seen(visit, "en", "dead")
    visit.open(DEAD["fr"])
    _seen(visit, "fr", "dead")
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="On m’a répondu").click()
    expect(visit.page.locator("main")).not_to_contain_text("hors service")
    visit.open(f"/en/desk/listing/{listing}/")
    visit.page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    _seen(visit, "en", "desk-listing")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_nobody_keeps_is_read_out_and_corrected(language: str, visiting: Visiting, site: Site) -> None:
    visit = _steward(visiting, site, language, CALLS[language])
    _seen(visit, language, "calls")
    visit.page.locator(".rows a.go").first.click()
    _seen(visit, language, "call")
    visit.page.locator(".buttons a.go").click()
    _seen(visit, language, "correct")
    visit.page.locator(".tasks a").nth(4).click()
    _seen(visit, language, "correct-contact")
