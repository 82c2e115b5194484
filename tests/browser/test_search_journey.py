"""A visitor looks for help near Winnipeg: the whole way, with and without JavaScript, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.public_pages import FIND, LISTING, PAGES, search
from tests.browser.serving import Site
from tests.browser.watching import Visit
from tests.browser.wording import BACK, EXPIRED, LEGAL, NEXT, SHOW, SWITCH, WHERE, WHICH

pytestmark = pytest.mark.browser
in_both_languages = pytest.mark.parametrize("language", ["en", "fr"])
both_ways = pytest.mark.parametrize(
    ("language", "javascript"), [("en", True), ("fr", False)], ids=["en-js", "fr-no-js"]
)
with_and_without_javascript = pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
PHONE = re.compile(r"\d{3}-555-01\d\d")
RESULTS = "ol.results > li"
# A ring around the element itself, or around the label that it stands in.
OUTLINED = """() => [document.activeElement, document.activeElement.closest("label")].some(
  (e) => e && getComputedStyle(e).outlineStyle !== "none")"""


def ask(visit: Visit, language: str, near: str, *, legal: bool = False) -> None:
    """Fill the form as a person does, and send it."""
    visit.page.get_by_role("textbox", name=WHERE[language]).fill(near)
    if legal:
        visit.page.get_by_label(LEGAL[language]).first.check()
    visit.page.get_by_role("button", name=SHOW[language]).click()


def assert_address_tells_nothing(visit: Visit, language: str) -> None:
    """The path is the page's name and a seal; no word of the search, in clear or in base64."""
    assert re.fullmatch(rf"({FIND[language]}|{LISTING[language]})[\w-]{{80,}}/(\d+/)?", visit.path)
    for word in ("winnipeg", "legal", "near", "need"):
        assert word not in visit.page.url.lower()


def near_field(visit: Visit, language: str) -> str:
    """What stands in the field for the place."""
    return visit.page.get_by_role("textbox", name=WHERE[language]).input_value()


@pytest.mark.promise(19)
@in_both_languages
@with_and_without_javascript
def test_from_the_choice_of_language_to_a_phone_number_and_back(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open("/")
    visit.page.get_by_role("link", name=SWITCH[language], exact=True).click()
    ask(visit, language, "Winnipeg", legal=True)
    assert_address_tells_nothing(visit, language)
    results = visit.path
    expect(visit.page.locator("h1")).to_contain_text("Winnipeg")
    first = visit.page.locator(RESULTS).first
    name = first.locator("h2 a").inner_text()
    first.locator("h2 a").click()
    assert_address_tells_nothing(visit, language)
    expect(visit.page.locator("h1")).to_contain_text(name)
    expect(visit.page.locator("main a[href^='tel:']").first).to_contain_text(PHONE)
    visit.page.get_by_role("link", name=BACK[language]).click()
    expect(visit.page.locator(RESULTS).first).to_contain_text(name)
    assert_address_tells_nothing(visit, language)
    visit.page.go_back()
    visit.page.go_back()
    assert visit.path == results
    expect(visit.page.locator(RESULTS).first).to_contain_text(name)
    assert visit.context.cookies() == []


@both_ways
def test_taking_a_chip_away_widens_the_search(language: str, javascript: bool, visiting: Visiting) -> None:
    visit = visiting(javascript=javascript)
    visit.open(search(language, near="Winnipeg", need="legal_help"))
    chips = visit.page.locator("ul.chips button")
    expect(chips).to_have_count(2)
    chips.filter(has_text=LEGAL[language]).click()
    expect(chips).to_have_count(1)
    expect(chips).to_contain_text("Winnipeg")
    assert_address_tells_nothing(visit, language)
    expect(visit.page.locator("h1")).to_contain_text("Winnipeg")


@in_both_languages
def test_the_next_page_shows_other_services_of_the_same_search(language: str, visiting: Visiting) -> None:
    visit = visiting(javascript=False)
    visit.open(search(language, near="Winnipeg"))
    first_page = visit.texts(f"{RESULTS} h2")
    visit.page.get_by_role("link", name=NEXT[language], exact=True).click()
    assert visit.path.endswith("/2/")
    assert_address_tells_nothing(visit, language)
    expect(visit.page.locator("ul.chips button")).to_contain_text("Winnipeg")
    second_page = visit.texts(f"{RESULTS} h2")
    assert second_page
    assert second_page != first_page


@pytest.mark.parametrize("language", ["fr"])
def test_back_from_a_listing_of_the_second_page_is_the_second_page(language: str, visiting: Visiting) -> None:
    visit = visiting(javascript=False)
    visit.open(search(language, near="Winnipeg"))
    visit.page.get_by_role("link", name=NEXT[language], exact=True).click()
    shown = visit.texts(f"{RESULTS} h2")
    assert visit.path.endswith("/2/")
    visit.page.locator(f"{RESULTS} h2 a").last.click()
    visit.page.get_by_role("link", name=BACK[language]).click()
    assert visit.path.endswith("/2/")
    assert visit.texts(f"{RESULTS} h2") == shown


@in_both_languages
def test_switching_the_language_of_results_keeps_the_search(language: str, visiting: Visiting) -> None:
    visit = visiting(javascript=False)
    other = {"en": "fr", "fr": "en"}[language]
    visit.open(search(language, near="Winnipeg", need="legal_help"))
    count = len(visit.texts(RESULTS))
    visit.page.get_by_role("link", name=SWITCH[other], exact=True).click()
    assert_address_tells_nothing(visit, other)
    expect(visit.page.locator("ul.chips")).to_contain_text("Winnipeg")
    expect(visit.page.locator("ul.chips")).to_contain_text(LEGAL[other])
    assert count == len(visit.texts(RESULTS)) > 0


@both_ways
def test_an_unknown_place_is_told_beside_its_field_and_nothing_typed_is_lost(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(f"/{language}/")
    ask(visit, language, "Wxnqipezg", legal=True)
    field = visit.page.get_by_role("textbox", name=WHERE[language])
    expect(field).to_have_value("Wxnqipezg")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("[.] .+Wxnqipezg"))
    expect(visit.page.locator("#near-error")).to_be_visible()
    expect(visit.page.get_by_label(LEGAL[language]).first).to_be_checked()
    visit.page.get_by_role("alert").get_by_role("link").first.click()
    assert visit.page.evaluate("() => location.hash") == "#near"


@in_both_languages
def test_a_small_typo_is_mended_and_the_page_says_so(language: str, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(FIND[language])
    ask(visit, language, "Winnepeg")
    expect(visit.page.locator("h1")).to_contain_text("Winnipeg")
    expect(visit.page.get_by_role("status")).to_contain_text("Winnepeg")


@both_ways
def test_a_name_that_two_places_bear_is_a_choice_that_leads_on(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(FIND[language])
    ask(visit, language, "Thompson", legal=True)
    expect(visit.page.get_by_role("heading", name=WHICH[language])).to_be_visible()
    assert near_field(visit, language) == "Thompson"
    visit.page.get_by_role("button", name="Thompson, Manitoba").click()
    expect(visit.page.locator("h1")).to_contain_text("Thompson, Manitoba")
    expect(visit.page.locator("ul.chips")).to_contain_text(LEGAL[language])
    assert_address_tells_nothing(visit, language)


@pytest.mark.parametrize(
    ("language", "name"), [("en", "expired search"), ("fr", "altered search"), ("fr", "expired listing")]
)
def test_an_address_that_no_longer_opens_gently_shows_an_empty_form(
    language: str, name: str, visiting: Visiting, site: Site
) -> None:
    visit = visiting(javascript=False)
    assert visit.open(PAGES[name](site, language)).status == 410
    expect(visit.page.get_by_role("status")).to_contain_text(EXPIRED[language])
    assert near_field(visit, language) == ""
    ask(visit, language, "Winnipeg")
    expect(visit.page.locator("h1")).to_contain_text("Winnipeg")


def _tab_to(visit: Visit, selector: str) -> None:
    """Press Tab until the element has the focus, and see that the focus shows."""
    for _press in range(60):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            assert visit.page.evaluate(OUTLINED), f"the focus on {selector} does not show"
            return
    raise AssertionError(f"{selector} is not reached with Tab")


@both_ways
def test_the_keyboard_alone_is_enough(language: str, javascript: bool, visiting: Visiting) -> None:
    visit = visiting(javascript=javascript)
    visit.open(f"/{language}/")
    keyboard = visit.page.keyboard
    _tab_to(visit, "a.skip")
    keyboard.press("Enter")
    _tab_to(visit, "#near")
    keyboard.type("Winnipeg")
    _tab_to(visit, "input[name=need][value=legal_help]")
    keyboard.press("Space")
    _tab_to(visit, "form.search button")
    keyboard.press("Enter")
    expect(visit.page.locator("h1")).to_contain_text("Winnipeg")
    _tab_to(visit, "ol.results h2 a")
    keyboard.press("Enter")
    expect(visit.page.locator("main a[href^='tel:']").first).to_contain_text(PHONE)
