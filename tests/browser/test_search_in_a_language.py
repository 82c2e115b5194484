"""A visitor looks for somebody who speaks a language, not too far away: with and without JavaScript, in EN and FR."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.public_pages import FIND, search
from tests.browser.test_search_journey import RESULTS, assert_address_tells_nothing, both_ways
from tests.browser.watching import Visit
from tests.browser.wording import HOW_FAR, IN_LANGUAGE, MORE, SHOW, WHERE, WIDER

pytestmark = pytest.mark.browser
every_way = pytest.mark.parametrize(
    ("language", "javascript"), [("en", True), ("en", False), ("fr", True), ("fr", False)]
)


def choose(visit: Visit, language: str, near: str, *, code: str = "", km: str = "") -> None:
    """Fill the form with the folded part of it, and send it."""
    visit.page.get_by_role("textbox", name=WHERE[language]).fill(near)
    visit.page.get_by_text(MORE[language], exact=True).click()
    visit.page.get_by_label(IN_LANGUAGE[language]).select_option(code)
    visit.page.get_by_label(HOW_FAR[language]).select_option(km)
    visit.page.get_by_role("button", name=SHOW[language]).click()


@pytest.mark.promise(19)
@every_way
def test_those_who_speak_the_language_come_first_and_the_others_stay(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(search(language, near="Winnipeg"))
    everybody = len(visit.texts(RESULTS))
    visit.open(FIND[language])
    choose(visit, language, "Winnipeg", code="tgl")
    assert_address_tells_nothing(visit, language)
    spoken = visit.page.locator(f"{RESULTS} .fit li.yes", has_text="agalog")
    expect(visit.page.locator(RESULTS).first.locator(".fit li").first).to_contain_text("agalog")
    expect(spoken.first).to_be_visible()
    expect(visit.page.locator(f"{RESULTS} .fit li.ask", has_text="agalog").first).to_be_visible()
    assert len(visit.texts(RESULTS)) == everybody
    expect(visit.page.locator("ul.chips button")).to_have_count(2)
    visit.page.locator("ul.chips button", has_text="agalog").click()
    expect(visit.page.locator("ul.chips button")).to_have_count(1)
    assert visit.context.cookies() == []


@every_way
def test_where_nothing_is_near_enough_the_nearest_is_told_and_one_button_leads_there(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(FIND[language])
    choose(visit, language, "Churchill, MB", km="5")
    told = visit.page.locator("main [role=status]")
    expect(told).to_contain_text("Churchill, Manitoba")
    expect(told).to_contain_text("km")
    expect(visit.page.locator("#elsewhere li").first).to_be_visible()
    visit.page.get_by_role("button", name=WIDER[language]).click()
    assert_address_tells_nothing(visit, language)
    expect(visit.page.locator(RESULTS).first).to_be_visible()
    expect(visit.page.locator("ul.chips")).not_to_contain_text("5 km")


@both_ways
def test_a_distance_from_nowhere_is_told_beside_it_in_the_part_that_was_folded(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(FIND[language])
    choose(visit, language, "", code="pan", km="25")
    expect(visit.page.locator("#within-error")).to_be_visible()
    expect(visit.page.locator("#within")).to_have_value("25")
    expect(visit.page.locator("#language")).to_have_value("pan")
    visit.page.get_by_role("alert").get_by_role("link").first.click()
    assert visit.page.evaluate("() => location.hash") == "#within"


@both_ways
def test_a_second_language_is_added_beside_the_first(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(search(language, near="Winnipeg", language="tgl"))
    visit.page.locator("details.change > summary").click()
    expect(visit.page.locator("#language")).to_have_value("tgl")
    visit.page.locator("#language-2").select_option("spa")
    visit.page.get_by_role("button", name=SHOW[language]).click()
    chips = visit.page.locator("ul.chips button")
    expect(chips).to_have_count(3)
    assert_address_tells_nothing(visit, language)
