"""Picking services, looking at the list, printing it and saying whether a listing helped: in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.public_pages import LIST, LISTING, PAGES, address, search
from tests.browser.serving import Site
from tests.browser.watching import Visit
from tests.browser.wording import ADD, HELPED_YES, MY_LIST, PRINT, TAKE_OFF

pytestmark = pytest.mark.browser
both_ways = pytest.mark.parametrize(
    ("language", "javascript"), [("en", True), ("fr", False)], ids=["en-js", "fr-no-js"]
)
in_both_languages = pytest.mark.parametrize("language", ["en", "fr"])
CARD = "ol.results > li"
SHEETS = {"A4": (595, 842), "Letter": (612, 792)}
MINIMUM_PX = 18
"""14 points, the least for a number that is read in a hurry, in CSS pixels."""


def pick(visit: Visit, language: str, position: int) -> str:
    """Press the button of the card at `position` (from 0); the service's name."""
    card = visit.page.locator(CARD).nth(position)
    name = card.locator("h2 a").inner_text()
    with visit.page.expect_navigation():
        card.get_by_role("button", name=ADD[language]).click()
    return name


@pytest.mark.promise(19)
@both_ways
def test_two_services_are_picked_looked_at_and_one_is_taken_off(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(search(language, near="Winnipeg"))
    first, third = pick(visit, language, 0), pick(visit, language, 2)
    assert visit.path.endswith("/")
    assert "#near-3" in visit.page.url
    visit.page.get_by_role("link", name=MY_LIST[language]).click()
    assert re.fullmatch(rf"{LIST[language]}[\w-]{{80,}}/", visit.path)
    assert visit.texts(f"{CARD} h2 a") == [first, third]
    with visit.page.expect_navigation():
        visit.page.locator(CARD).first.get_by_role("button", name=TAKE_OFF[language]).click()
    assert visit.texts(f"{CARD} h2 a") == [third]
    assert visit.context.cookies() == []
    visit.page.locator(".back a").click()
    expect(visit.page.locator("h1")).to_contain_text("Winnipeg")
    expect(visit.page.get_by_role("link", name=MY_LIST[language])).to_be_visible()


@both_ways
def test_a_listing_is_picked_and_its_list_reached(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(search(language, near="Winnipeg"))
    visit.page.locator(f"{CARD} h2 a").first.click()
    name = visit.page.locator("h1 span").first.inner_text()
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name=ADD[language]).click()
    assert visit.path.startswith(LISTING[language])
    visit.page.locator("form.keep a").click()
    assert visit.texts(f"{CARD} h2 a") == [name]


@both_ways
def test_a_full_list_and_another_search_go_together(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(search(language, near="Winnipeg", need="legal_help"))
    pick(visit, language, 0)
    with visit.page.expect_navigation():
        visit.page.locator("ul.chips button").nth(1).click()
    expect(visit.page.get_by_role("link", name=MY_LIST[language])).to_be_visible()


@in_both_languages
def test_the_print_button_needs_javascript_and_the_words_beside_it_do_not(
    language: str, visiting: Visiting, site: Site
) -> None:
    for javascript in (True, False):
        visit = visiting(javascript=javascript)
        visit.open(address(site, "your list", language))
        button = visit.page.get_by_role("button", name=PRINT[language])
        expect(button).to_have_count(1 if javascript else 0)
        expect(visit.page.locator(".print p")).to_contain_text("PDF")


def _pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@in_both_languages
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_list_prints_on_one_plain_sheet(
    sheet: str, language: str, visiting: Visiting, site: Site
) -> None:
    visit = visiting()
    visit.open(address(site, "your list", language))
    assert _pages_of(visit.page.pdf(format=sheet)) == 1
    visit.page.emulate_media(media="print")
    for hidden in ("header.site", "footer.site", ".leave", "form", "button", ".chips", "h1"):
        assert not any(item.is_visible() for item in visit.page.locator(hidden).all()), hidden
    shown = visit.page.locator("body").inner_text()
    assert shown.strip().startswith({"en": "Community services", "fr": "Services communautaires"}[language])
    assert {"en": "Call first: facts change.", "fr": "les choses changent."}[language] in shown
    assert "http" not in shown
    assert "Relais" not in shown
    sizes = visit.page.locator(".do a").evaluate_all(
        "(all) => all.map((a) => parseFloat(getComputedStyle(a).fontSize))"
    )
    assert sizes
    assert min(sizes) >= MINIMUM_PX


@pytest.mark.parametrize("name", ["results", "permanent listing", "your list"])
def test_a_printed_page_holds_no_colour_and_no_picture(name: str, visiting: Visiting, site: Site) -> None:
    visit = visiting()
    visit.open(PAGES[name](site, "en"))
    visit.page.emulate_media(media="print")
    found = visit.page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((e) => e.checkVisibility()).flatMap((e) => {
          const style = getComputedStyle(e);
          return [style.color, style.backgroundColor, style.backgroundImage]; })"""
    )
    assert set(found) <= {"rgb(0, 0, 0)", "rgba(0, 0, 0, 0)", "none"}
    expect(visit.page.locator("img, svg, picture")).to_have_count(0)


@both_ways
def test_one_tap_says_whether_it_helped(
    language: str, javascript: bool, visiting: Visiting, site: Site
) -> None:
    visit = visiting(javascript=javascript)
    listing = address(site, "permanent listing", language)
    visit.open(listing)
    id_ = listing.strip("/").rpartition("/")[2]
    asked = "SELECT coalesce(sum(yes), 0)::int FROM help_count WHERE listing_id = %s"
    ((before,),) = site.ask(asked, id_)
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name=HELPED_YES[language], exact=True).click()
    ((after,),) = site.ask(asked, id_)
    assert int(str(after)) == int(str(before)) + 1
    assert visit.context.cookies() == []
    visit.page.locator("main p a").first.click()
    assert visit.path == listing


def test_printed_results_tell_who_is_taken_and_nothing_that_is_over_tomorrow(
    visiting: Visiting, site: Site
) -> None:
    visit = visiting()
    asked = "near=Montr%C3%A9al&language=spa&gender=man"
    visit.open(f"/en/find/?{asked}")
    visit.page.emulate_media(media="print")
    shown = visit.page.locator("main").inner_text()
    assert "Spanish" in shown
    assert "Men: ask" in shown or "Accepts men" in shown
    assert "Monday" in shown
    assert "Checked on " in shown
    for passing in (
        "Open now",
        "Closed now",
        "tomorrow",
        "(today)",
        "days ago",
        "open until",
        "closed, opens",
    ):
        assert passing not in shown, passing
    broken = visit.page.evaluate(
        """() => [...document.querySelectorAll(".whole")].filter((e) => e.getClientRects().length > 1).length"""
    )
    assert broken == 0
    visit.open(visit.page.locator(".result h2 a").first.get_attribute("href") or "")
    listing = visit.page.locator("main").inner_text()
    assert "days ago" not in listing
    assert "(today)" not in listing
