"""A visitor narrows a long list by a number that tells beforehand how many are left: with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.public_pages import search
from tests.browser.readable import assert_readable

pytestmark = pytest.mark.browser
BUTTONS = "details.narrow button"


@pytest.mark.parametrize(("language", "javascript"), [("en", False), ("fr", True)], ids=["en-no-js", "fr-js"])
def test_a_button_says_how_many_are_left_and_keeps_its_word(
    language: str, javascript: bool, visiting: Visiting
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(search(language, near="Winnipeg"))
    expect(visit.page.locator(BUTTONS).first).to_be_hidden()
    visit.page.locator("details.narrow > summary").click()
    button = visit.page.locator(BUTTONS).first
    told = int(re.search(r"\((\d+)\)$", button.inner_text().strip())[1])  # type: ignore[index]
    if javascript:
        assert_readable(visit.page, language)
    button.click()
    expect(visit.page.locator("ul.chips button")).to_have_count(2)
    expect(
        visit.page.locator("main p.quiet").filter(has_text=re.compile(rf"\b{told} services"))
    ).to_be_visible()
