"""Every page, in a real browser: nobody else is asked, nothing stays behind, everybody can read it."""

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Visiting
from tests.browser.public_pages import PAGES, STATUS, address
from tests.browser.readable import assert_readable, barriers
from tests.browser.serving import Site
from tests.browser.wording import SWITCH

pytestmark = pytest.mark.browser
in_both_languages = pytest.mark.parametrize("language", ["en", "fr"])
SIGN_IN_PAGES = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"]


def assert_nothing_is_kept(answer: Response) -> None:
    """What the answer tells browsers and the next site."""
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.promise(18)
@pytest.mark.promise(19)
@in_both_languages
@pytest.mark.parametrize("name", [n for n in PAGES if n != "languages"])
def test_a_public_page_asks_nobody_else_keeps_nothing_and_shuts_nobody_out(
    name: str, language: str, visiting: Visiting, site: Site
) -> None:
    """Promises 18 and 19: a real browser records requests, cookies and storage of every public page."""
    visit = visiting()
    answer = visit.open(address(site, name, language))
    assert answer.status == STATUS.get(name, 200)
    assert_nothing_is_kept(answer)
    assert visit.left_behind() == []
    assert_readable(visit.page, language)
    assert visit.strangers() == []


@pytest.mark.promise(18)
@pytest.mark.promise(19)
@in_both_languages
def test_the_choice_of_language_remembers_nothing(language: str, visiting: Visiting) -> None:
    visit = visiting()
    assert_nothing_is_kept(visit.open("/"))
    assert visit.page.title() == "Community services · Services communautaires"
    assert barriers(visit.page) == []
    visit.page.get_by_role("link", name=SWITCH[language], exact=True).click()
    assert visit.path == f"/{language}/"
    assert visit.left_behind() == []


def test_every_page_leads_to_its_twin_in_french_and_back(visiting: Visiting, site: Site) -> None:
    visit = visiting(javascript=False)
    for name in [n for n in PAGES if n not in ("languages", "not there")]:
        visit.open(address(site, name, "en"))
        first = visit.path
        for language in ("fr", "en"):
            with visit.page.expect_navigation() as navigation:
                visit.page.get_by_role("link", name=SWITCH[language], exact=True).click()
            assert (name, navigation.value.status) == (name, STATUS.get(name, 200))
            assert visit.page.locator("html").get_attribute("lang") == language
        assert visit.path == first


@pytest.mark.promise(18)
@in_both_languages
@pytest.mark.parametrize("path", SIGN_IN_PAGES)
def test_a_sign_in_page_asks_nobody_else_and_shuts_nobody_out(
    path: str, language: str, visiting: Visiting
) -> None:
    visit = visiting()
    answer = visit.open(f"/{language}{path}")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert_readable(visit.page, language)
    assert visit.strangers() == []
