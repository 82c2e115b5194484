"""A keeper asks for a new listing; it is nowhere until a steward has called back; then everybody finds it."""

import re

import pytest
from playwright.sync_api import expect

from accounts.demo import demo_password
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.public_pages import search
from tests.browser.serving import Site
from tests.browser.test_profile import CLINIC, LISTINGS, seen
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
ADD = {"en": "Add a new listing", "fr": "Ajouter une nouvelle fiche"}
NAME = {
    ("en", True): "Larch night house",
    ("fr", True): "Maison de nuit du Mélèze",
    ("fr", False): "Gîte de nuit du Sureau",
}
FIELD = {"en": "#id_name", "fr": "#id_name_fr"}
WAITS = {"en": "Waits to be checked.", "fr": re.compile("[Vv]érifi")}
QUEUE = {"en": "/en/desk/review/changes/", "fr": "/fr/bureau/revision/changements/"}
PROTECTED = {"en": "a protected place, told as", "fr": "un lieu protégé, indiqué ainsi"}
NARROW = 320


def fits(visit: Visit, width: int = NARROW) -> None:
    """Nothing of the page stands beyond a narrow screen."""
    before = visit.page.viewport_size
    visit.page.set_viewport_size({"width": width, "height": 800})
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, wide
    if before:
        visit.page.set_viewport_size(before)


def found(visiting: Visiting, language: str, name: str) -> bool:
    """Whether a visitor finds it by its name."""
    visitor = visiting()
    visitor.open(search(language, near="Toronto", q=name))
    return visitor.page.locator("main h2", has_text=name).count() > 0


SHOWN = (
    "from directory.actions.open_location import open_location; from safety.viewer import Tier, Viewer; "
    "from directory.models.location import Location; from directory.models.protected_address import ProtectedAddress; "
    "mine = Location.objects.filter(services__service__name__startswith='Walk-in clinic', is_protected=True); "
    "ProtectedAddress.objects.filter(location__in=mine).delete(); "
    "[open_location(location_id=one.pk, viewer=Viewer(tier=Tier.CUSTODIAN)) for one in mine]"
)
"""The clinic's place is open again, if a test before protected it."""


@pytest.mark.promise(26)
@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", True), ("fr", False)])
def test_a_new_listing_waits_for_the_call_and_is_found_then(
    language: str, javascript: bool, visiting: Visiting, site: Site
) -> None:
    name = NAME[language, javascript]
    keeper = visiting(javascript=javascript)
    people.sign_in(keeper, site, language, "keeper")
    keeper.page.get_by_role("link", name=LISTINGS[language]).click()
    keeper.page.get_by_role("link", name=ADD[language]).click()
    seen(keeper, language, "new-listing", axe=javascript)
    fits(keeper)
    page = keeper.page
    page.locator(FIELD[language]).fill(name)
    page.locator("#id_main").select_option("emergency_shelter")
    page.locator("input[name=where][value=new]").check()
    page.locator("#id_community").fill("Toronto")
    page.locator("#id_address_1").fill("12 Larch Street")
    page.locator("main form .go:not(.plain)").click()
    expect(page.get_by_role("alert")).to_be_visible()
    seen(keeper, language, "new-listing-refused", axe=javascript)
    page.locator("#id_address_1").fill("")
    page.locator("button[name=preview]").click()
    expect(page.locator(".diff")).to_contain_text(name)
    seen(keeper, language, "new-listing-preview", axe=javascript)
    page.locator("main form .go:not(.plain)").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("main")).to_contain_text(name)
    expect(page.locator("main")).to_contain_text(WAITS[language])
    seen(keeper, language, "profile-asked-for", axe=javascript)
    fits(keeper)
    assert not found(visiting, language, name)
    steward = visiting(javascript=javascript)
    people.sign_in(steward, site, language, "steward")
    steward.open(QUEUE[language])
    steward.page.locator("input[name=password]").fill(demo_password())
    steward.page.locator("main button[type=submit]").click()
    row = steward.page.locator("main li", has_text=name).last
    row.get_by_role("link").first.click()
    expect(steward.page.locator("main")).to_contain_text(PROTECTED[language])
    seen(steward, language, "review-new-listing", axe=javascript)
    fits(steward)
    steward.page.locator("input[name=called]").first.check()
    steward.page.locator("input[name=spoke_with]").fill("Ana, director")
    steward.page.locator("main form .go:not(.plain)").click()
    expect(steward.page.get_by_role("status")).to_be_visible()
    assert found(visiting, language, name)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_of_a_place_can_be_read_by_everybody(language: str, visiting: Visiting, site: Site) -> None:
    site.manage("shell", "-c", SHOWN)
    visit = visiting()
    people.sign_in(visit, site, language, "keeper")
    visit.page.get_by_role("link", name=LISTINGS[language]).click()
    visit.page.get_by_role("link", name=CLINIC[language]).click()
    listing = visit.path
    visit.page.locator(f'.tasks a[href*="{"where" if language == "en" else "lieu"}"]').click()
    seen(visit, language, "where", axe=True)
    fits(visit)
    visit.page.locator("#id_understood").check()
    visit.page.locator("main form").last.locator("button").click()
    expect(visit.page.get_by_role("status")).to_be_visible()
    seen(visit, language, "where-protected", axe=True)
    fits(visit)
    visit.page.locator(f'main a[href$="/{"street" if language == "en" else "rue"}/"]').click()
    visit.page.locator("input[name=password]").fill(demo_password())
    visit.page.locator("main button[type=submit]").click()
    visit.page.locator("#id_address_1").fill("9 Siskin Court")
    visit.page.locator("#id_city").fill("Toronto")
    visit.page.locator("#id_state_province").select_option("ON")
    visit.page.locator("button[name=keep]").click()
    expect(visit.page.get_by_role("status").first).to_be_visible()
    visit.page.locator("button[name=read]").click()
    expect(visit.page.locator("main")).to_contain_text("9 Siskin Court")
    seen(visit, language, "street", axe=True)
    fits(visit)
    visit.open(listing)
    visit.page.locator(f'.tasks a[href*="{"shown" if language == "en" else "visibilite"}"]').click()
    seen(visit, language, "shown", axe=True)
    fits(visit)
