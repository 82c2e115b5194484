"""What a page and its map weigh on a slow line, as the site of `make run` sends them: every byte but the fonts."""

import pytest
from playwright.sync_api import Response, expect

from tests.browser.conftest import Visiting
from tests.browser.public_pages import search
from tests.browser.wording import SHOW_MAP

pytestmark = pytest.mark.browser
MOST_OF_PAGE, MOST_OF_MAP = 60 * 1024, 150 * 1024
LONG = {
    "near": "Toronto, ON",
    "age": "17",
    "gender": "woman",
    "with": "companion",
    "open": "weekend",
    "language": "ara",
    "indigenous": "first_nations",
    "not_in": "QC",
}
COMPRESSED = (".css", ".js", ".json")


def _on_the_wire(answers: list[Response]) -> int:
    sizes = [
        answer.request.sizes() for answer in answers if not answer.url.partition("?")[0].endswith(".woff2")
    ]
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_of_results_and_its_map_are_light(language: str, visiting: Visiting) -> None:
    visit = visiting()
    came: list[Response] = []
    visit.page.on("response", lambda answer: came.append(answer))
    visit.open(search(language, **LONG))
    visit.page.wait_for_load_state("networkidle")
    assert visit.page.locator("ol.results > li").count() > 15
    page = _on_the_wire(came)
    came.clear()
    visit.page.get_by_role("button", name=SHOW_MAP[language]).click()
    expect(visit.page.locator("#map button.map-mark").first).to_be_visible()
    visit.page.wait_for_load_state("networkidle")
    told = _on_the_wire(came)
    assert page < MOST_OF_PAGE
    assert told < MOST_OF_MAP


def test_every_style_and_script_comes_compressed(visiting: Visiting) -> None:
    visit = visiting()
    came: list[Response] = []
    visit.page.on("response", lambda answer: came.append(answer))
    visit.open(search("en", near="Toronto, ON"))
    visit.page.get_by_role("button", name=SHOW_MAP["en"]).click()
    expect(visit.page.locator("#map button.map-mark").first).to_be_visible()
    text = [answer for answer in came if "/static/" in answer.url and answer.url.endswith(COMPRESSED)]
    assert len(text) > 4
    assert [answer.url for answer in text if answer.headers.get("content-encoding") != "gzip"] == []
