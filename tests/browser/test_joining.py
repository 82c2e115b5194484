"""A lead asks somebody to join; the letter arrives; the person joins, proves a second factor and is at the desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.demo import demo_password
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.readable import assert_readable
from tests.browser.serving import Site
from tests.browser.watching import Visit
from tests.browser.wording import DESK

pytestmark = pytest.mark.browser
PASSWORD = "nine slow herons at dusk"
MEMBERS = {"en": "Members", "fr": "Membres"}
JOIN = {"en": "Make the account and join", "fr": "Créer le compte et accepter"}
OVER = {"en": "This link no longer works", "fr": "Ce lien ne fonctionne plus"}
WIDTHS = (360, 1280)


def _seen(visit: Visit, language: str, name: str) -> None:
    """What axe finds, and pictures for people where RELAIS_PICTURES names a folder."""
    assert_readable(visit.page, language)
    folder = os.environ.get("RELAIS_PICTURES")
    for width in WIDTHS if folder else ():
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.screenshot(path=Path(folder or "") / f"{name}-{language}-{width}.png", full_page=True)


def _to_members(visit: Visit, site: Site, language: str) -> None:
    people.sign_in(visit, site, language, "intake")
    _seen(visit, language, "desk")
    visit.page.get_by_role("link", name=MEMBERS[language]).click()
    visit.page.locator("input[name=password]").fill(demo_password())
    visit.page.locator("main button[type=submit]").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(MEMBERS[language])


def _ask(visit: Visit, language: str, who: str) -> None:
    visit.page.locator("input[name=email]").fill(people.address_of(who))
    visit.page.locator("select[name=language]").select_option(language)
    visit.page.get_by_role("button", name="Send the letter").click()
    expect(visit.page.get_by_role("status")).to_be_visible()


def _join(person: Visit, language: str, link: str) -> None:
    """From the letter's link to the question for a password, after a slip."""
    person.open(link)
    for again in ("something else entirely", PASSWORD):
        person.page.locator("input[name=password1]").fill(PASSWORD)
        person.page.locator("input[name=password2]").fill(again)
        person.page.get_by_role("button", name=JOIN[language]).click()
        if again != PASSWORD:
            expect(person.page.locator(".error")).to_be_visible()
    expect(person.page.locator("input[name=login]")).to_be_visible()


def _prove(visit: Visit) -> None:
    """Set up an authenticator app, and show what it shows."""
    visit.open("/en/accounts/2fa/totp/activate/")
    if visit.page.locator("input[name=password]").count():
        visit.page.locator("input[name=password]").fill(PASSWORD)
        visit.page.locator("main button[type=submit]").click()
    key = visit.page.locator("code.key").inner_text().replace(" ", "")
    people.give_code(visit, people.code_of(key))
    people.give_code(visit, people.code_of(key))


def test_from_letters_to_the_desk(visiting: Visiting, site: Site) -> None:
    lead, mailbox = visiting(), people.Mailbox()
    _to_members(lead, site, "en")
    for language in ("en", "fr"):
        _ask(lead, language, f"newcomer-{language}")
    _seen(lead, "en", "members")
    lead.open("/fr/bureau/organisme/membres/")
    _seen(lead, "fr", "members")
    site.manage("shell", "-c", people.DELIVER)
    # What other tests set off may come with the same delivery.
    links = mailbox.links("newcomer-en", "newcomer-fr")
    assert links.keys() == {people.address_of(f"newcomer-{language}") for language in ("en", "fr")}
    for language in ("en", "fr"):
        shown = visiting()
        shown.open(links[people.address_of(f"newcomer-{language}")])
        _seen(shown, language, "invitation")
    french = visiting(javascript=False)
    _join(french, "fr", links[people.address_of("newcomer-fr")])
    person, link = visiting(), links[people.address_of("newcomer-en")]
    _join(person, "en", link)
    people.give_password(person, "en", "newcomer-en", PASSWORD)
    _prove(person)
    person.open("/en/desk/")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(DESK["en"])
    expect(person.page.locator(".lead")).to_contain_text("Spruce Kettle House")
    again = visiting()
    again.open(link)
    expect(again.page.get_by_role("heading", level=1)).to_have_text(OVER["en"])
    _seen(again, "en", "invitation-over")
    _lose_and_renew(lead, person, visiting(), site)


def _lose_and_renew(lead: Visit, person: Visit, again: Visit, site: Site) -> None:
    """The telephone is lost: the lead ends it, a letter arrives, and behind its door another one is set up."""
    mailbox = people.Mailbox()
    lead.open("/en/desk/organization/members/")
    fold = lead.page.locator("details", has_text=f"{people.address_of('newcomer-en')} lost the second factor")
    fold.locator("summary").click()
    _seen(lead, "en", "members-lost")
    fold.locator("input[name=reason]").fill("She told me at the house.")
    fold.get_by_role("button", name="End the old one, send the letter").click()
    expect(lead.page.get_by_role("status")).to_be_visible()
    person.open("/en/desk/")
    expect(person.page.locator("input[name=login]")).to_be_visible()
    people.give_password(person, "en", "newcomer-en", PASSWORD)
    expect(person.page.get_by_role("heading", level=1)).to_have_text("You lost your second factor")
    _seen(person, "en", "lost-factor")
    site.manage("shell", "-c", people.DELIVER)
    again.open(mailbox.link_in_language("newcomer-en", "en"))
    _seen(again, "en", "new-factor")
    again.page.get_by_role("button", name="Go on").click()
    people.give_password(again, "en", "newcomer-en", PASSWORD)
    expect(again.page.get_by_role("heading", level=1)).to_have_text("Second factor")
    _prove(again)
    again.open("/en/desk/")
    expect(again.page.get_by_role("heading", level=1)).to_have_text(DESK["en"])
