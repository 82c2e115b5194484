"""Somebody comes into the room: one click, or three presses of Shift, and the page is gone (promise 19)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.public_pages import address, search
from tests.browser.serving import NEUTRAL_TITLE, Site
from tests.browser.watching import Visit
from tests.browser.wording import LEAVE

pytestmark = [pytest.mark.browser, pytest.mark.promise(19)]
in_both_languages = pytest.mark.parametrize("language", ["en", "fr"])
Way = Callable[[Visit, str], None]
STORE = "() => { localStorage.setItem('a', '1'); sessionStorage.setItem('b', '2'); }"
ICON = "document.querySelector(\"link[rel='icon']\").href"
# What is on the screen in the very task of the click or key: nothing has been loaded by then.
SEEN = f"""({{ title: document.title, icon: {ICON}, body: document.body.innerHTML,
  stored: localStorage.length + sessionStorage.length }})"""
CLICKED = "document.querySelector('[data-exit]').click()"
SHIFTED = """for (const _press of "123")
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Shift", bubbles: true}))"""


def _click(visit: Visit, language: str) -> None:
    visit.page.get_by_role("link", name=LEAVE[language]).click(no_wait_after=True)


def _press_shift(visit: Visit, _language: str) -> None:
    for _press in range(3):
        visit.page.keyboard.press("Shift")


ways_out = pytest.mark.parametrize(
    ("language", "leave"), [("en", _click), ("fr", _press_shift)], ids=["en-click", "fr-shift"]
)


@pytest.fixture
def language() -> str:
    """English, where a test doesn't say otherwise."""
    return "en"


@pytest.fixture
def at_results(visiting: Visiting, language: str) -> Visit:
    """On a page of results, reached from the start page, with something in the browser's storage."""
    visit = visiting()
    visit.open(f"/{language}/")
    visit.open(search(language, near="Winnipeg"))
    visit.page.evaluate(STORE)
    return visit


@pytest.mark.parametrize("trigger", [CLICKED, SHIFTED], ids=["click", "shift"])
def test_the_page_is_blank_at_once_and_does_not_wait_for_the_next(
    at_results: Visit, language: str, trigger: str
) -> None:
    icon = at_results.page.evaluate(f"() => {ICON}")
    seen = at_results.page.evaluate(f"() => {{ {trigger}; return {SEEN}; }}")
    assert seen["title"].strip() == ""
    assert seen["body"] == ""
    assert seen["icon"] != icon
    assert seen["stored"] == 0
    expect(at_results.page).to_have_title(NEUTRAL_TITLE)


@ways_out
def test_back_does_not_show_the_page_that_was_left(
    at_results: Visit, language: str, leave: Way, site: Site
) -> None:
    leave(at_results, language)
    at_results.page.wait_for_url(site.exit_url)
    at_results.page.go_back()
    assert at_results.path == f"/{language}/"
    assert at_results.page.evaluate("() => history.length") == 3


@ways_out
def test_nothing_is_left_in_the_storage_of_the_site(
    at_results: Visit, language: str, leave: Way, site: Site
) -> None:
    leave(at_results, language)
    at_results.page.wait_for_url(site.exit_url)
    at_results.open("/")
    assert at_results.left_behind() == []


@in_both_languages
def test_without_javascript_the_link_leads_out_and_the_storage_is_cleared(
    visiting: Visiting, language: str, site: Site
) -> None:
    visit = visiting(javascript=False)
    visit.open(search(language, near="Winnipeg"))
    visit.page.evaluate(STORE)
    visit.context.add_cookies([{"name": "c", "value": "3", "url": site.origin}])
    visit.page.get_by_role("link", name=LEAVE[language]).click()
    expect(visit.page).to_have_title(NEUTRAL_TITLE)
    assert (f"{site.origin}/exit/?in={language}", 303) in visit.pages
    visit.open("/")
    assert visit.left_behind() == []


@in_both_languages
def test_the_next_page_does_not_learn_where_the_visitor_came_from(
    at_results: Visit, language: str, site: Site
) -> None:
    with at_results.page.expect_request(site.exit_url) as request:
        _press_shift(at_results, language)
    assert "referer" not in request.value.all_headers()


@in_both_languages
def test_three_presses_leave_from_wherever_one_is(visiting: Visiting, language: str, site: Site) -> None:
    visit = visiting()
    for name in ("second page", "listing from a search", "your list", "worried"):
        visit.open(address(site, name, language))
        expect(visit.page.locator("h1")).to_be_visible()
        _press_shift(visit, language)
        visit.page.wait_for_url(site.exit_url)


@in_both_languages
def test_a_key_between_begins_the_count_anew(at_results: Visit, language: str, site: Site) -> None:
    before = at_results.path
    for key in ("Shift", "Shift", "a", "Shift", "Shift"):
        at_results.page.keyboard.press(key)
    _still_there(at_results, before)
    at_results.page.keyboard.press("Shift")
    at_results.page.wait_for_url(site.exit_url)


def test_two_presses_are_not_enough(at_results: Visit, language: str) -> None:
    before = at_results.path
    at_results.page.keyboard.press("Shift")
    at_results.page.keyboard.press("Shift")
    _still_there(at_results, before)


def test_three_presses_over_more_than_five_seconds_are_not_enough(visiting: Visiting, language: str) -> None:
    visit = visiting()
    visit.page.clock.install()
    visit.open(f"/{language}/")
    for pause in (3_000, 3_000, 0):
        visit.page.keyboard.press("Shift")
        visit.page.clock.fast_forward(pause)
    _still_there(visit, f"/{language}/")
    visit.page.keyboard.press("Shift")
    expect(visit.page).to_have_title(NEUTRAL_TITLE)


def test_typing_capitals_is_not_leaving(at_results: Visit, language: str) -> None:
    before = at_results.path
    at_results.page.locator("#change > summary").click()
    at_results.page.locator("#near").focus()
    for letter in "BCMB":
        at_results.page.keyboard.press(f"Shift+{letter}")
    _still_there(at_results, before)


def _still_there(visit: Visit, path: str) -> None:
    """No leaving has begun: it would have emptied the page in the same task as the key."""
    expect(visit.page.locator("h1")).to_be_visible()
    assert visit.path == path
    assert not any("/exit/" in address for address in visit.requests)
