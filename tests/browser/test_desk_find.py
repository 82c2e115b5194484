"""A vetted worker at a real browser: from the first key to the copied text, a sheet, beds in two taps and by a link."""

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
WIDTHS = (360, 1280)
FIND = {"en": "Find a service", "fr": "Trouver un service"}
COPIED = {"en": "Copied.", "fr": "Copié."}
SHEET = {
    "en": "Make a sheet to print or read aloud",
    "fr": "Préparer une feuille à imprimer ou à lire à voix haute",
}
BESIDE = {"en": "Show these needs side by side", "fr": "Voir ces besoins côte à côte"}
WORKERS = {"en": "For workers only", "fr": "Réservé aux intervenantes"}
BEDS = {"en": "Beds today", "fr": "Lits aujourd’hui"}
FEW = {"en": "1 or 2 beds", "fr": "1 ou 2 lits"}
LINK = {"en": "Link for the night desk", "fr": "Lien pour l’accueil de nuit"}
PROVE = {"fr": "Confirmez encore une fois qui vous êtes"}
MAKE = {"en": "Make a link", "fr": "Créer un lien"}
CONTACT = """
from directory.models.service import Service
from directory.models.contact import Contact
from directory.models.phone import Phone
from directory.actions.project_listings import project_services
for service in Service.objects.filter(name="Shelter for the North"):
    told = {"publisher_id": service.publisher_id}
    contact, is_new = Contact.objects.get_or_create(
        service=service, name="Demonstration contact", title="Intake lead", defaults=told)
    if is_new:
        Phone.objects.create(contact=contact, number="204-555-0188", **told)
    project_services([service.pk])
"""
"""What the public sees of nothing: other tests look at the same site."""


@pytest.fixture(scope="module")
def site(elsewhere: str) -> Iterator[Site]:
    """A site of its own: who is let in and shut out here would be so in other tests."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        yield running


def _seen(visit: Visit, language: str, name: str) -> None:
    """What axe finds, and pictures for people where RELAIS_PICTURES names a folder."""
    assert_readable(visit.page, language)
    folder = os.environ.get("RELAIS_PICTURES")
    for width in WIDTHS if folder else ():
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.screenshot(path=Path(folder or "") / f"{name}-{language}-{width}.png", full_page=True)
    visit.page.set_viewport_size({"width": 1280, "height": 900})


def _from_first_key_to_copied_text(visit: Visit, language: str) -> None:
    page = visit.page
    page.get_by_role("link", name=FIND[language]).click()
    expect(page.locator("#near")).to_be_focused()
    _seen(visit, language, "desk-find")
    page.reload()
    page.keyboard.type("Thompson, MB")
    page.keyboard.press("Enter")
    expect(page.locator(".rows-dense h3 a").first).to_be_focused()
    page.keyboard.press("c")
    expect(page.get_by_text(COPIED[language], exact=True)).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.splitlines()[1] == page.locator(".rows-dense h3 a").first.inner_text()
    page.keyboard.press("j")
    expect(page.locator(".rows-dense h3 a").nth(1)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#near")).to_be_focused()
    expect(page.get_by_text(WORKERS[language]).first).to_be_visible()
    page.locator("#change > summary").click()
    _seen(visit, language, "desk-results")


def test_from_the_first_key_to_the_copied_text(visiting: Visiting, site: Site) -> None:
    site.manage("shell", "-c", CONTACT)
    for language in ("en", "fr"):
        visit = visiting(permissions=["clipboard-read", "clipboard-write"])
        people.sign_in(visit, site, language, "navigator")
        _from_first_key_to_copied_text(visit, language)
        visit.page.get_by_role("button", name=SHEET[language]).click()
        _seen(visit, language, "desk-sheet")
        visit.page.go_back()
        visit.page.locator(".rows-dense h3 a", has_text="North" if language == "en" else "Nord").first.click()
        _seen(visit, language, "desk-listing")
        visit.page.go_back()
        visit.page.locator("#change > summary").click()
        for need in ("housing", "legal_help", "health_care"):
            visit.page.locator(f".desk-needs input[value={need}]").check()
        visit.page.locator(".desk-form > .go").first.click()
        visit.page.get_by_role("link", name=BESIDE[language]).click()
        _seen(visit, language, "desk-beside")


def test_without_javascript_a_worker_finds_and_reads_the_text(visiting: Visiting, site: Site) -> None:
    visit = visiting(javascript=False)
    people.sign_in(visit, site, "en", "outsider")
    visit.page.get_by_role("link", name=FIND["en"]).click()
    visit.page.locator("#near").fill("Thompson, MB")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("Your organization is not vetted yet")).to_be_visible()
    expect(visit.page.get_by_text(WORKERS["en"])).to_have_count(0)
    visit.page.locator(".row details summary").first.click()
    expect(visit.page.locator(".row textarea").first).to_be_visible()
    expect(visit.page.get_by_role("button", name="Copy")).to_have_count(0)


def test_beds_in_two_taps_and_by_a_link_that_needs_neither_account_nor_javascript(
    visiting: Visiting, site: Site
) -> None:
    lead = visiting()
    people.sign_in(lead, site, "fr", "intake")
    lead.page.get_by_role("link", name=BEDS["fr"]).click()
    lead.page.get_by_role("button", name=FEW["fr"]).first.click()
    expect(lead.page.get_by_role("status")).to_contain_text(FEW["fr"])
    lead.page.locator("summary", has_text=LINK["fr"]).first.click()
    lead.page.get_by_role("link", name=PROVE["fr"]).first.click()
    lead.page.locator("input[name=password]").fill(demo_password())
    lead.page.locator("main button[type=submit]").click()
    lead.page.locator("summary", has_text=LINK["fr"]).first.click()
    lead.page.get_by_role("button", name=MAKE["fr"]).first.click()
    lead.page.locator("summary", has_text=LINK["fr"]).first.click()
    _seen(lead, "fr", "desk-beds")
    address = lead.page.locator("input[readonly]").first.input_value()
    path = "/fr/" + address.partition("/fr/")[2]
    _seen_by_the_night_desk(visiting, path)
    lead.open("/en/desk/beds/")
    _seen(lead, "en", "desk-beds")


def _seen_by_the_night_desk(visiting: Visiting, path: str) -> None:
    night = visiting(javascript=False)
    night.open(path)
    night.page.get_by_role("button", name="Aucun lit").click()
    expect(night.page.get_by_role("status")).to_contain_text("Aucun lit")
    assert night.context.cookies() == []
    seen = visiting()
    seen.open(path)
    _seen(seen, "fr", "night-beds")
