"""A suspended organization as anybody reads it, warned of first; and as its keeper does, who loses nothing typed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.demo import demo_password
from tests import databases
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.public_pages import search
from tests.browser.readable import assert_readable
from tests.browser.serving import Site, served
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
NAME = "Shelter for the North"
SUSPEND = """
from django.utils import timezone
from accounts.models import User
from directory.actions.vet_organization import Proposal, decide_vetting
from directory.models.membership import Membership
from directory.models.service import Service
from directory.rules.standing import Kind, Standing
from safety.viewer import Viewer
steward = User.objects.filter(is_staff=True).order_by("pk").first()
proposal = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "We look into it.", "Write to us.")
decide_vetting(organization={organization}, proposal=proposal, viewer=Viewer(user=steward.pk), now=timezone.now())
"""
OF_SHELTER = SUSPEND.format(organization=f"Service.objects.get(name={NAME!r}).organization_id")
OF_KEEPER = SUSPEND.format(
    organization='Membership.objects.get(user__email="keeper@demo.invalid").organization_id'
)
TYPED = "We are three now, and there is soup on Fridays."
WARNING = {"en": "We are looking into this", "fr": "Nous examinons cet organisme"}
LINE = "tel:18339001010"


@pytest.fixture(scope="module")
def site(elsewhere: str) -> Iterator[Site]:
    """A site of its own: who is suspended here would be so in other tests."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        running.manage("shell", "-c", OF_SHELTER)
        yield running


def _seen(visit: Visit, language: str, name: str, *, is_whole: bool = True) -> None:
    """Looked at in both widths; `is_whole`: for barriers too, which takes seconds."""
    if is_whole:
        assert_readable(visit.page, language)
    folder = os.environ.get("RELAIS_PICTURES")
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 800})
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        if folder:
            visit.page.screenshot(path=Path(folder) / f"{name}-{language}-{width}.png", full_page=True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_warning_stands_first_and_leads_to_the_national_line(language: str, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(search(language, near="Thompson, MB", within="50"))
    card = visit.page.locator("li.result", has_text=WARNING[language])
    assert card.locator(".said.ask").count() == 1
    assert card.locator(".call").count() == 0
    assert card.locator(f'a[href="{LINE}"]').count() == 1
    _seen(visit, language, "warned-results")
    with visit.page.expect_navigation():
        card.locator("h2 a").click()
    head = visit.page.locator(".said.ask").first
    assert head.locator(f'a[href="{LINE}"]').count() == 1
    assert visit.page.locator("main ul.do a.call").count() == 0
    _seen(visit, language, "warned-listing")


def _sign_in_beside(visit: Visit, site: Site, link: str) -> None:
    """In the window that a link opens, as the keeper."""
    with visit.context.expect_page() as opened:
        visit.page.get_by_role("link", name=link).click()
    beside = opened.value
    beside.locator("input[name=login]").fill(people.address_of("keeper"))
    beside.locator("input[name=password]").fill(demo_password())
    beside.locator("main button[type=submit]").first.click()
    beside.locator("input[name=code]").fill(people.code_for(site, "keeper"))
    beside.locator("input[name=code]").press("Enter")
    beside.wait_for_url("**/en/desk/")
    beside.close()


def test_what_a_keeper_typed_comes_back(visiting: Visiting, site: Site) -> None:
    visit = visiting()
    page = visit.page
    people.sign_in(visit, site, "en", "keeper")
    visit.open("/en/desk/organization/")
    page.locator("main ul.rows a").first.click()
    listing = page.url
    page.get_by_role("link", name="Name and what it is").click()
    form = page.url
    page.locator("#id_fees_description").fill(TYPED)
    visit.context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("You were signed out while the page was open.")
    expect(page.locator("main")).to_contain_text(TYPED)
    _seen(visit, "en", "too-late")
    _sign_in_beside(visit, site, "Sign in (in a new window)")
    page.get_by_role("button", name="Send it once more").click()
    expect(page.locator("main")).to_contain_text("You signed in again after you opened the page.")
    page.get_by_role("button", name="Send it once more").click()
    expect(page.locator("[role=status]")).to_contain_text("Saved.")

    page.goto(form)
    page.locator("#id_description").fill(TYPED)
    site.manage("shell", "-c", OF_KEEPER)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[role=alert]")).to_contain_text("Nothing was saved: your organization is suspended.")
    expect(page.locator("#id_description")).to_have_value(TYPED)
    _seen(visit, "en", "shut-out-form", is_whole=False)
    for name, path in (
        ("listings", "/en/desk/organization/"),
        ("listing", listing.removeprefix(site.origin)),
    ):
        visit.open(path)
        expect(page.locator("main")).to_contain_text("Your organization is suspended: nobody of it")
        assert page.locator("main form").count() == 0
        _seen(visit, "en", f"shut-out-{name}", is_whole=name == "listings")
    visit.open("/fr/bureau/organisme/")
    _seen(visit, "fr", "shut-out-listings", is_whole=False)
    page.locator("main ul.rows a").first.click()
    _seen(visit, "fr", "shut-out-listing", is_whole=False)
