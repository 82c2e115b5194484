"""A visitor tells more about herself: what fits is said on each card, and each part can be taken away again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.public_pages import FIND, search
from tests.browser.readable import assert_readable
from tests.browser.test_search_journey import RESULTS, assert_address_tells_nothing
from tests.browser.watching import Visit
from tests.browser.wording import SHOW, WHERE

pytestmark = pytest.mark.browser
both_ways = pytest.mark.parametrize(
    ("language", "javascript"), [("en", False), ("fr", True)], ids=["en-no-js", "fr-js"]
)
ABOUT = {"en": "More about you", "fr": "Plus sur vous"}
AGE = {"en": "Your age", "fr": "Votre âge"}
STATUS = {"en": "Your immigration status", "fr": "Votre statut d’immigration"}
PET = {"en": "With a pet", "fr": "Avec un animal de compagnie"}
NO_ID = {"en": "No identity papers needed", "fr": "Sans pièce d'identité"}
AGES = {"en": "Tell their ages", "fr": "Dire leur âge"}
OLD = {"en": "17 years old", "fr": "17 ans"}
CHILD = {"en": "Child: 3", "fr": "Enfant\u00a0: 3"}
CHIP_OF_STATUS = {"en": "Status", "fr": "Statut"}
DUTY = {
    "en": "You may ask what they would report before you say your name.",
    "fr": "avant de dire votre nom.",
}
ASK = {"en": re.compile("Pets.*: ask"), "fr": re.compile("nimaux.*: demandez|Pets.*demandez")}
WHY = {"en": "Why are others not shown?", "fr": "Pourquoi d’autres"}
CLEAR = {"en": "Clear all", "fr": "Tout effacer"}
CHIPS = "ul.chips button"
TALL_ENOUGH = """() => [...document.querySelectorAll(
  "form.search :is(input[type=text], select, summary, button, li label), ul.chips button")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 90))"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach((part) => { part.open = true; })"


def tell(visit: Visit, language: str) -> None:
    """Seventeen, with a pet and a child of three, without papers; and send it."""
    page = visit.page
    page.get_by_role("textbox", name=WHERE[language]).fill("Winnipeg")
    page.get_by_text(ABOUT[language], exact=True).click()
    page.get_by_label(AGE[language], exact=True).fill("17")
    page.get_by_label(PET[language], exact=True).check()
    page.get_by_text(AGES[language], exact=True).click()
    page.locator("#child_age_1").select_option("3")
    page.get_by_label(NO_ID[language], exact=True).check()
    page.get_by_label(STATUS[language]).select_option("none")
    page.get_by_role("button", name=SHOW[language]).click()


@pytest.mark.promise(19)
@both_ways
def test_what_is_told_is_answered_on_each_card_and_can_be_taken_away(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(FIND[language])
    tell(visit, language)
    assert_address_tells_nothing(visit, language)
    chips = visit.page.locator(CHIPS)
    expect(chips).to_have_count(6)
    for words in (OLD, PET, CHILD, NO_ID, CHIP_OF_STATUS):
        expect(chips.filter(has_text=words[language])).to_have_count(1)
    expect(visit.page.get_by_role("note")).to_contain_text(DUTY[language])
    expect(visit.page.locator(f"{RESULTS} .fit li.ask").first).to_be_visible()
    expect(visit.page.locator(f"{RESULTS} .fit li.ask").filter(has_text=ASK[language]).first).to_be_visible()
    chips.filter(has_text=PET[language]).click()
    expect(chips).to_have_count(5)
    assert_address_tells_nothing(visit, language)
    chips.filter(has_text=OLD[language]).click()
    expect(chips).to_have_count(4)
    expect(visit.page.get_by_role("note")).to_have_count(0)
    visit.page.get_by_role("link", name=CLEAR[language]).click()
    assert visit.path == FIND[language]
    assert visit.context.cookies() == []


@both_ways
def test_why_others_are_not_shown_is_one_tap_away(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(search(language, near="Winnipeg", age="17"))
    visit.page.locator("summary", has_text=WHY[language]).click()
    expect(visit.page.locator(".not-shown li").first).to_contain_text(re.compile(r"^\d+ "))


@both_ways
def test_a_faulty_age_is_told_in_the_part_that_opens(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(FIND[language])
    visit.page.get_by_text(ABOUT[language], exact=True).click()
    visit.page.get_by_label(AGE[language], exact=True).fill("abc")
    visit.page.get_by_role("button", name=SHOW[language]).click()
    expect(visit.page.locator("#age-error")).to_be_visible()
    expect(visit.page.locator("#age")).to_have_value("abc")
    visit.page.get_by_role("alert").get_by_role("link").first.click()
    assert visit.page.evaluate("() => location.hash") == "#age"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("asked", [{}, {"near": "Winnipeg", "age": "17", "with": "pet", "child": "3"}])
def test_all_parts_unfolded_shut_nobody_out(language: str, asked: dict[str, str], visiting: Visiting) -> None:
    visit = visiting()
    visit.open(search(language, **asked))
    visit.page.evaluate(OPEN_ALL)
    assert visit.page.evaluate(TALL_ENOUGH) == []
    assert_readable(visit.page, language)
    assert visit.page.evaluate(TALL_ENOUGH) == []
