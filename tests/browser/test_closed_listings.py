"""Who finds a listing at the desk, who is closed out, a glass broken in the open, and words that may tell a place."""

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

pytestmark = [pytest.mark.browser, pytest.mark.promise(27)]
WIDTHS = (360, 1280)
BLOCKED = {"en": "/en/desk/organization/closed-to/", "fr": "/fr/bureau/organisme/ferme-a/"}
LISTING = {"en": "/en/desk/organization/listing/{}/", "fr": "/fr/bureau/organisme/fiche/{}/"}
FINDERS = {"en": "finders/", "fr": "qui-trouve/"}
NAME = {"en": "name/", "fr": "nom/"}
GLASS = {
    "en": "/en/desk/review/vetting/{}/break-glass/",
    "fr": "/fr/bureau/revision/verification/{}/bris-de-glace/",
}
REASON = "Firefighters ask for the entrance: there is a fire in the building."
HOUSE = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import User
from directory.actions.keep_address import Street, keep_protected_address
from directory.models.location import Location
from directory.models.membership import Membership
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from safety.viewer import Tier, Viewer
lead = Membership.objects.get(user__email="intake@demo.invalid")
police = Organization.objects.create(publisher_id=lead.organization.publisher_id, name="Harbour Police (made up)")
yes = VettingDecision.objects.filter(organization=lead.organization).first()
VettingDecision.objects.create(organization=police, outcome="approved", kind="enforcement", until=yes.until,
    reason="Made up", decided_by=yes.decided_by, decided_at=yes.decided_at, agreed_by=yes.agreed_by,
    agreed_at=yes.agreed_at)
place = Location.objects.filter(organization=lead.organization, is_protected=True).first()
street = Street(address_1="12 Made-up Lane", city="Spruce Falls", state_province="ON", postal_code="")
keep_protected_address(location_id=place.pk, street=street, viewer=Viewer(tier=Tier.CUSTODIAN))
"""
WHERE = """SELECT s.id, o.id FROM membership m JOIN accounts_user u ON u.id = m.user_id
    JOIN organization o ON o.id = m.organization_id JOIN service s ON s.organization_id = o.id
    JOIN service_at_location x ON x.service_id = s.id JOIN location l ON l.id = x.location_id AND l.is_protected
   WHERE u.email = 'intake@demo.invalid' ORDER BY s.name LIMIT 1"""


@pytest.fixture(scope="module")
def site(elsewhere: str) -> Iterator[Site]:
    """A site of its own: who is blocked here would be so in other tests."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        running.manage("shell", "-c", HOUSE)
        yield running


def _seen(visit: Visit, language: str, name: str) -> None:
    assert_readable(visit.page, language)
    folder = os.environ.get("RELAIS_PICTURES")
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 800})
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        if folder:
            visit.page.screenshot(path=Path(folder) / f"{name}-{language}-{width}.png", full_page=True)


def _at(visiting: Visiting, site: Site, who: str, language: str, address: str, **more: bool) -> Visit:
    visit = visiting(**more)
    people.sign_in(visit, site, language, who)
    visit.open(address)
    if visit.page.locator("input[name=password]").count():
        visit.page.locator("input[name=password]").fill(demo_password())
        visit.page.locator("main button[type=submit]").click()
    return visit


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_lead_puts_an_organization_on_the_list_and_takes_it_off(
    language: str, visiting: Visiting, site: Site
) -> None:
    visit = _at(visiting, site, "intake", language, BLOCKED[language])
    page = visit.page
    _seen(visit, language, "block-list")
    page.locator("[name=look]").fill("lakeside")
    page.locator("[name=look]").press("Enter")
    expect(page.locator("[name=block]")).to_have_count(1)
    _seen(visit, language, "block-list-found")
    with page.expect_navigation():
        page.locator("[name=block]").click()
    expect(page.locator("[name=unblock]")).to_have_count(1)
    _seen(visit, language, "block-list-kept")
    with page.expect_navigation():
        page.locator("[name=unblock]").click()
    expect(page.locator("[name=unblock]")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_lead_names_who_may_find_a_listing(language: str, visiting: Visiting, site: Site) -> None:
    ((service, _organization),) = site.ask(WHERE)
    visit = _at(visiting, site, "intake", language, LISTING[language].format(service) + FINDERS[language])
    page = visit.page
    page.locator("[name=look]").fill("Harbour Pol")
    page.locator("[name=look]").press("Enter")
    _seen(visit, language, "finders-found")
    with page.expect_navigation():
        page.locator("button[name=name]").click()
    expect(page.locator("[name=unname]")).to_have_count(1)
    _seen(visit, language, "finders")
    with page.expect_navigation():
        page.locator("[name=unname]").click()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_steward_breaks_the_glass_and_the_lead_closes_it(
    language: str, visiting: Visiting, site: Site
) -> None:
    ((_service, organization),) = site.ask(WHERE)
    visit = _at(visiting, site, "steward", language, GLASS[language].format(organization))
    page = visit.page
    _seen(visit, language, "glass")
    page.locator("[name=reason]").fill(f"{REASON} ({language})")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    expect(page.locator("body")).not_to_contain_text("12 Made-up Lane")
    with page.expect_navigation():
        page.locator("[name=street]").first.click()
    expect(page.locator("address")).to_contain_text("12 Made-up Lane")
    _seen(visit, language, "glass-open")
    with page.expect_navigation():
        page.locator("[name=notes]").click()
    _seen(visit, language, "glass-notes")
    lead = _at(visiting, site, "intake", language, people.DESK[language])
    _seen(lead, language, "glass-desk")
    lead.open({"en": "/en/desk/organization/done/", "fr": "/fr/bureau/organisme/fait/"}[language])
    if lead.page.locator("input[name=password]").count():
        lead.page.locator("input[name=password]").fill(demo_password())
        lead.page.locator("main button[type=submit]").click()
    expect(lead.page.locator("main")).to_contain_text(REASON)
    _seen(lead, language, "glass-trail")
    with lead.page.expect_navigation():
        lead.page.locator("main form button").first.click()
    page.reload()
    visit.open(GLASS[language].format(organization))
    expect(page.locator("[name=reason]")).to_have_count(1)


@pytest.mark.promise(1)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_that_may_tell_are_asked_about_without_javascript_too(
    language: str, visiting: Visiting, site: Site
) -> None:
    ((service, _organization),) = site.ask(WHERE)
    address = LISTING[language].format(service) + NAME[language]
    for javascript in (True, False):
        visit = _at(visiting, site, "intake", language, address, javascript=javascript)
        page = visit.page
        page.locator("[name=description]").fill(
            "A safe bed behind the church. Take bus 7 and look for the blue door."
        )
        with page.expect_navigation():
            page.locator("main form .buttons button").first.click()
        expect(page.locator("ul.rows li")).to_have_count(3)
        if javascript:
            _seen(visit, language, "telling")
        with page.expect_navigation():
            page.locator("[name=change]").click()
        expect(page.locator("[name=description]")).to_have_value(
            "A safe bed behind the church. Take bus 7 and look for the blue door."
        )
