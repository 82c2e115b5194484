"""An assessment tool in a real browser: a tick shows what helps and sends nothing; paper shows all of it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.readable import assert_readable
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
PAGE = {
    "en": "/en/protocols/what-trafficking-looks-like/",
    "fr": "/fr/protocoles/a-quoi-ressemble-la-traite/",
}
PUBLISHED = """
from django.utils import timezone
from accounts.models import User
from cms.actions.publish_edition import publish_edition
from cms.models.assessment import AssessmentPage
from cms.models.edition import Edition
from cms.rules.marks import Led, Mark
people = [User.objects.get_or_create(email=f"{led}@demo.invalid")[0].pk for led in Led]
marks = {led: Mark(by, timezone.localdate()) for led, by in zip(Led, people)}
if not Edition.objects.filter(kind="assessment").exists():
    for page in AssessmentPage.objects.all():
        publish_edition(page=page, by=None, marks=marks)
"""
"""As the two groups of the demonstration would have let it through (tests/cms/test_assessment.py walks their way)."""


@pytest.mark.promise(18)
@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_a_tick_shows_what_helps_sends_nothing_and_leads_to_a_search(
    language: str, javascript: bool, visiting: Visiting, site: Site
) -> None:
    site.manage("shell", "-c", PUBLISHED)
    visit = visiting(javascript=javascript)
    visit.open(PAGE[language])
    page, asked = visit.page, []
    page.on("request", lambda request: asked.append(request.url))
    help_of = page.locator(".asked .helps")
    assert [help_of.nth(at).is_visible() for at in range(help_of.count())] == [False] * 9
    page.locator(".asked h3 input").nth(1).focus()
    page.keyboard.press("Space")
    expect(help_of.nth(1)).to_be_visible()
    expect(help_of.nth(0)).to_be_hidden()
    page.locator(".asked .all input").check()
    assert all(help_of.nth(at).is_visible() for at in range(9))
    assert (asked, visit.left_behind()) == ([], [])
    if javascript:
        assert_readable(page, language)
    page.locator(".asked .all input").uncheck()
    page.emulate_media(media="print")
    assert all(help_of.nth(at).is_visible() for at in range(9))
    expect(help_of.nth(1).locator(".on-paper")).to_be_visible()
    expect(page.locator(".asked :is(.all, button)").first).to_be_hidden()
    page.emulate_media(media="screen")
    with page.expect_navigation() as navigation:
        help_of.nth(1).get_by_role("button").nth(1).click()
    assert navigation.value.status == 200
    assert "emergency_shelter" not in page.url
    expect(page.locator("main h1")).to_be_visible()
