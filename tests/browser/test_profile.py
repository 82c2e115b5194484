"""A keeper at the desk: Friday's hours by keyboard alone; a number that waits for a call; every page for everybody."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.demo import demo_password
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.readable import assert_readable
from tests.browser.serving import Site
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
LISTINGS = {"en": "Your listings", "fr": "Vos fiches"}
CLINIC = {"en": "Walk-in clinic", "fr": "Clinique sans rendez-vous"}
HOURS = {"en": "Hours", "fr": "Heures"}
FRIDAY = {"en": "Friday", "fr": "Vendredi"}
TRUE = {"en": "All of this is true", "fr": "Tout est exact"}
TODAY = {"en": re.compile("Checked today"), "fr": re.compile("Vérifié aujourd.hui")}
SEEN = {"en": "See it as everybody does", "fr": "Voir la fiche comme tout le monde"}
SAVED = {"en": "It is on the site now.", "fr": "C’est sur le site maintenant."}
OPENS = {"en": ("9:00 to 17:00", "10:00 to 19:30"), "fr": ("9\u00a0h à 17\u00a0h", "11\u00a0h à 18\u00a0h")}
TYPED = {"en": "10-19:30", "fr": "11 h à 18 h"}
BEING_CHECKED = {"en": "A change is being checked", "fr": "Un changement est en cours de vérification"}
WIDTHS = (360, 1280)
MOST_TABS = 80
ALLOWED = 11
NEW, OLD = "416-555-0177", "416-555-0110"


class Keys:
    """A person with a keyboard alone. Counts what they do: a link followed, a field filled, a button pressed."""

    def __init__(self, visit: Visit) -> None:
        self.page = visit.page
        self.done = 0

    def reach(self, selector: str) -> None:
        """Tab until the one element that the selector names has the focus."""
        wanted = self.page.locator(selector).first
        expect(wanted).to_be_attached()
        for _tab in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.locator(f"{selector}:focus").count():
                return
        raise AssertionError(f"{selector} can't be reached by keyboard")

    def follow(self, words: str) -> None:
        """A link, by the words of it."""
        href = self.page.get_by_role("link", name=words).first.get_attribute("href")
        self.reach(f'a[href="{href}"]')
        self.press()

    def press(self) -> None:
        """Enter, on what has the focus."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.done += 1

    def fill(self, selector: str, text: str) -> None:
        """Write over what stands in a field: a browser selects it when Tab leads there."""
        self.reach(selector)
        self.page.keyboard.type(text)
        self.done += 1


def seen(visit: Visit, language: str, name: str, *, axe: bool = True) -> None:
    """What axe finds, and pictures for people where RELAIS_PICTURES names a folder."""
    if axe:
        assert_readable(visit.page, language)
    folder = os.environ.get("RELAIS_PICTURES")
    for width in WIDTHS if folder else ():
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.screenshot(path=Path(folder or "") / f"{name}-{language}-{width}.png", full_page=True)


@pytest.mark.parametrize(("language", "javascript"), [("fr", False), ("en", True)])
def test_fridays_hours_and_the_rest_is_true_by_keyboard(
    language: str, javascript: bool, visiting: Visiting, site: Site
) -> None:
    visit = visiting(javascript=javascript)
    people.sign_in(visit, site, language, "keeper")
    keys = Keys(visit)
    keys.follow(LISTINGS[language])
    keys.follow(CLINIC[language])
    keys.follow(HOURS[language])
    keys.fill("#id_day-4", TYPED[language])
    keys.press()
    expect(visit.page.get_by_role("status")).to_contain_text(SAVED[language])
    keys.reach("form .go:not(.plain)")
    keys.press()
    assert keys.done <= ALLOWED
    expect(visit.page.locator("main")).to_contain_text(TODAY[language])
    before, after = OPENS[language]
    diff = visit.page.locator(".diff").first
    expect(diff).to_contain_text(FRIDAY[language])
    expect(diff).to_contain_text(after)
    if language == "fr":
        expect(diff).to_contain_text(before)
    keys.follow(SEEN[language])
    expect(visit.page.locator("table.week")).to_contain_text(after)
    expect(visit.page.locator("aside")).to_contain_text(TODAY[language])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_a_keeper_can_be_read_by_everybody(
    language: str, visiting: Visiting, site: Site
) -> None:
    visit = visiting()
    people.sign_in(visit, site, language, "keeper")
    seen(visit, language, "desk")
    visit.page.get_by_role("link", name=LISTINGS[language]).click()
    seen(visit, language, "profile")
    home = visit.path
    visit.page.get_by_role("link", name=CLINIC[language]).click()
    seen(visit, language, "profile-listing")
    tasks = visit.page.locator(".tasks a")
    addresses = [tasks.nth(place).get_attribute("href") or "" for place in range(tasks.count())]
    for address in addresses:
        visit.open(address)
        seen(visit, language, f"profile-{address.rstrip('/').rpartition('/')[2]}")
    visit.open(addresses[0])
    visit.page.locator("#id_day-4").fill("9-5")
    visit.page.locator("form .go:not(.plain)").click()
    expect(visit.page.locator(".error").first).to_contain_text("17")
    seen(visit, language, "profile-hours-wrong")
    visit.page.locator("#id_day-4").fill("9-12, 13-17:45, 22-2")
    visit.page.locator("button[name=preview]").click()
    expect(visit.page.locator(".preview")).to_be_visible()
    seen(visit, language, "profile-hours-preview")
    visit.open(home)


@pytest.mark.promise(26)
@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_a_stolen_keepers_number_is_not_shown_before_the_call(
    language: str, javascript: bool, visiting: Visiting, site: Site
) -> None:
    thief = visiting(javascript=javascript)
    people.sign_in(thief, site, language, "keeper")
    thief.page.get_by_role("link", name=LISTINGS[language]).click()
    thief.open("/en/desk/organization/contact/")
    thief.page.locator("#id_number-0").fill(NEW)
    thief.page.locator("form .go:not(.plain)").click()
    expect(thief.page.get_by_role("status")).to_be_visible()
    thief.open(people.DESK[language])
    thief.page.get_by_role("link", name=LISTINGS[language]).click()
    thief.page.get_by_role("link", name=CLINIC[language]).click()
    public = thief.page.get_by_role("link", name=SEEN[language]).get_attribute("href") or ""
    visitor = visiting(javascript=javascript)
    visitor.open(public)
    expect(visitor.page.locator("main")).to_contain_text(OLD)
    expect(visitor.page.locator("main")).not_to_contain_text(NEW)
    expect(visitor.page.locator("main")).to_contain_text(BEING_CHECKED[language])
    if javascript:
        seen(visitor, language, "listing-being-checked")
    steward = visiting(javascript=javascript)
    people.sign_in(steward, site, language, "steward")
    queue = {"en": "/en/desk/review/changes/", "fr": "/fr/bureau/revision/changements/"}[language]
    steward.open(queue)
    steward.page.locator("input[name=password]").fill(demo_password())
    steward.page.locator("main button[type=submit]").click()
    if javascript:
        seen(steward, language, "review-changes")
    steward.page.locator("main li a").first.click()
    if javascript:
        seen(steward, language, "review-change")
    expect(steward.page.locator("input[name=called]").first).to_have_value(re.compile("416-555-01"))
    steward.page.locator("textarea[name=reason]").fill("Nobody there knew of it.")
    steward.page.locator("form .go.plain").click()
    expect(steward.page.get_by_role("status")).to_be_visible()
    visitor.open(public)
    expect(visitor.page.locator("main")).to_contain_text(OLD)
    expect(visitor.page.locator("main")).not_to_contain_text(BEING_CHECKED[language])


ASK = (
    "from datetime import *; from directory.models.service import Service; "
    "from directory.actions.ask_still_true import ask_still_true; from safety.notices import deliver; "
    "from directory.models.truth_asked import TruthAsked; now = datetime.now(UTC); "
    "mine = Service.objects.filter(organization__name__startswith='Doorway East'); "
    "mine.update(assured_date=date(2026, 1, 1)); "
    "ask_still_true(now + timedelta(days=20 * TruthAsked.objects.count())); "
    "deliver(datetime.now(UTC) + timedelta(seconds=1))"
)
"""As the worker does each day, once the checks of the clinic have run out. A day may have been asked about already."""
CONFIRMED = {"en": "Everything is confirmed", "fr": "Tout est confirmé"}


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_a_letters_link_shows_the_listings_and_takes_a_yes(
    language: str, javascript: bool, visiting: Visiting, site: Site
) -> None:
    site.manage("shell", "-c", people.DELIVER)  # what waits for the keeper for other reasons
    mailbox = people.Mailbox()
    site.manage("shell", "-c", ASK)
    path = mailbox.link_in_language("keeper", language)
    reader = visiting(javascript=javascript)
    reader.open(path)
    expect(reader.page.locator("main")).to_contain_text(CLINIC[language])
    if javascript:
        seen(reader, language, "still-true")
    keys = Keys(reader)
    keys.reach("main > .paper > form .go")
    keys.press()
    expect(reader.page.locator("main")).to_contain_text(CONFIRMED[language])
    if javascript:
        seen(reader, language, "still-true-done")
    public = visiting(javascript=javascript)
    public.open(path.replace("still-true/", "still-true/x"))
    expect(public.page.get_by_role("heading", level=1)).to_be_visible()
