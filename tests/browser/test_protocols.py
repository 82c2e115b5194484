"""Protocols in a real browser: read on a phone and on paper, light, and written below /cms/ without a complaint."""

import pytest
from playwright.sync_api import Response, expect

from tests import databases
from tests.browser.conftest import Visiting
from tests.browser.people import sign_in
from tests.browser.readable import assert_readable
from tests.browser.serving import Site, served

pytestmark = pytest.mark.browser
LIST = {"en": "/en/protocols/", "fr": "/fr/protocoles/"}
PATIENCE_MS = 60_000  # Wagtail's editor is large, and saving it is slow
MOST_OF_PAGE = 60 * 1024
"""Bytes on the wire, without the fonts that all pages share."""


@pytest.mark.promise(18)
@pytest.mark.promise(19)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_protocol_is_readable_light_and_leaves_nothing(language: str, visiting: Visiting) -> None:
    visit = visiting()
    came: list[Response] = []
    visit.page.on("response", lambda answer: came.append(answer))
    visit.open(LIST[language])
    assert_readable(visit.page, language)
    visit.page.get_by_role("main").locator(".result a").first.click()
    visit.page.wait_for_load_state("networkidle")
    assert_readable(visit.page, language)
    sizes = [answer.request.sizes() for answer in came if not answer.url.endswith(".woff2")]
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) < MOST_OF_PAGE
    assert visit.context.cookies() == []
    assert visit.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_steps_are_ticked_and_a_reload_forgets_them(visiting: Visiting) -> None:
    visit = visiting()
    visit.open("/en/protocols/first-contact/")
    first = visit.page.get_by_role("checkbox").first
    first.check()
    expect(first).to_be_checked()
    visit.page.reload()
    expect(visit.page.get_by_role("checkbox").first).not_to_be_checked()


def test_without_javascript_the_list_is_narrowed_by_a_french_synonym(visiting: Visiting) -> None:
    visit = visiting(javascript=False)
    visit.open(LIST["fr"])
    visit.page.get_by_label("Mots").fill("traducteur")
    visit.page.get_by_role("button", name="Afficher").click()
    expect(visit.page.locator(".result a", has_text="interprète").first).to_be_visible()
    assert "traducteur" not in visit.page.url


def test_paper_has_the_steps_and_none_of_the_controls(visiting: Visiting) -> None:
    visit = visiting()
    visit.open("/en/protocols/first-contact/")
    visit.page.emulate_media(media="print")
    expect(visit.page.get_by_role("heading", name="Step by step")).to_be_visible()
    expect(visit.page.get_by_text("Needs review by a qualified person")).to_be_visible()
    expect(visit.page.get_by_text("To cite it:")).to_be_visible()
    expect(visit.page.get_by_role("link", name="How it changed")).to_be_hidden()
    expect(visit.page.get_by_role("link", name="All protocols and training")).to_be_hidden()


def _page_of(site: Site, slug: str) -> int:
    ((key,),) = site.ask(
        "SELECT page_ptr_id FROM cms_protocolpage p JOIN wagtailcore_page w ON w.id = p.page_ptr_id"
        " JOIN wagtailcore_locale l ON l.id = w.locale_id WHERE slug = %s AND language_code = 'en'",
        slug,
    )
    return int(str(key))


@pytest.fixture
def writing_site(elsewhere: str) -> object:
    """A site of its own: what is written here, others don't read."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        yield running


@pytest.mark.promise(18)
def test_an_editor_writes_others_approve_and_readers_get_it_while_the_old_version_stays(
    writing_site: Site, visiting: Visiting
) -> None:
    """The editors' own policy has no inline script, and no stranger is asked: `visiting` looks at that."""
    site, words = writing_site, "A summary that was written in the CMS."
    edit = f"/cms/pages/{_page_of(site, 'first-contact')}/edit/"
    editor = visiting(origin=site.origin)
    editor.page.set_default_timeout(PATIENCE_MS)
    sign_in(editor, site, "en", "editor")
    editor.open(edit)
    editor.page.locator("#id_summary").fill(words)
    assert editor.page.get_by_role("button", name="Publish", exact=True).count() == 0
    editor.page.get_by_role("button", name="More actions").first.click()
    editor.page.get_by_role("button", name="Submit to Protocols").click()
    expect(editor.page.get_by_text("has been submitted for moderation").first).to_be_visible()
    for who in ("approver", "reviewer", "approver"):
        visit = visiting(origin=site.origin)
        visit.page.set_default_timeout(PATIENCE_MS)
        sign_in(visit, site, "en", who)
        visit.open(edit)
        visit.page.get_by_role("button", name="More actions").first.click()
        visit.page.get_by_role("button", name="Approve", exact=True).click()
        visit.page.wait_for_load_state("networkidle")
    reader = visiting(origin=site.origin)
    reader.open("/en/protocols/first-contact/")
    expect(reader.page.get_by_text(words)).to_be_visible()
    expect(reader.page.get_by_text("Needs review by a qualified person")).to_have_count(0)
    reader.open("/en/protocols/first-contact/1/")
    expect(reader.page.get_by_text("This is version 1 of")).to_be_visible()
    expect(reader.page.get_by_text(words)).to_have_count(0)
