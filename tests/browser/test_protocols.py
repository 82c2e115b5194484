"""Protocols in a real browser: read on a phone and on paper, light, and written below /cms/ without a complaint."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response, expect

from tests import databases
from tests.browser.conftest import Visiting
from tests.browser.people import sign_in
from tests.browser.readable import assert_readable
from tests.browser.serving import Site, served
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
LIST = {"en": "/en/protocols/", "fr": "/fr/protocoles/"}
PATIENCE_MS = 30_000  # Wagtail's editor is large, and saving it is slow
MOST_OF_PAGE = 60 * 1024
"""Bytes on the wire, without the fonts that all pages share."""


@pytest.mark.promise(18)
@pytest.mark.promise(19)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_protocol_is_readable_light_and_leaves_nothing(language: str, visiting: Visiting) -> None:
    visit = visiting()
    came = _heard(visit)
    visit.open(LIST[language])
    assert_readable(visit.page, language)
    visit.page.get_by_role("main").locator(".result a").first.click()
    visit.page.wait_for_load_state("networkidle")
    assert_readable(visit.page, language)
    assert _weight(came) < MOST_OF_PAGE
    assert visit.context.cookies() == []
    assert visit.page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_protocol_is_readable_and_light_for_who_comes_to_it_first(
    language: str, visiting: Visiting
) -> None:
    """With nothing of the site kept from another page, as by a link in a message."""
    found = visiting()
    found.open(LIST[language])
    links = found.page.get_by_role("main").locator(".result a")
    addresses = links.evaluate_all("found => found.map(one => one.getAttribute('href'))")
    assert len(addresses) > 10
    for address in addresses:
        visit = visiting()
        came = _heard(visit)
        visit.open(address)
        assert_readable(visit.page, language)
        assert _weight(came) < MOST_OF_PAGE, address
        visit.context.close()


def _heard(visit: Visit) -> list[Response]:
    """What the pages of a visit ask for from now on."""
    came: list[Response] = []
    visit.page.on("response", lambda answer: came.append(answer))
    return came


def _weight(came: list[Response]) -> int:
    """Bytes of what came over the wire, without the fonts."""
    sizes = [answer.request.sizes() for answer in came if not answer.url.endswith(".woff2")]
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


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
    expect(visit.page.get_by_role("note").get_by_text("Needs review by a qualified person")).to_be_visible()
    expect(visit.page.get_by_text("To cite it:")).to_be_visible()
    expect(visit.page.get_by_role("link", name="How it changed")).to_be_hidden()
    expect(visit.page.get_by_role("link", name="All protocols and training")).to_be_hidden()


@pytest.fixture
def writing_site(elsewhere: str) -> Iterator[Site]:
    """A site of its own: what is written here, others don't read."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        yield running


class Desk:
    """The editors' surface with all who work at it, each signed in once."""

    def __init__(self, site: Site, visiting: Visiting) -> None:
        self.site, self._visiting, self._in = site, visiting, dict[str, Visit]()

    def of(self, who: str) -> Visit:
        """Somebody's window."""
        if who not in self._in:
            visit = self._visiting(origin=self.site.origin)
            visit.page.set_default_timeout(PATIENCE_MS)
            sign_in(visit, self.site, "en", who)
            self._in[who] = visit
        return self._in[who]

    def edit(self, who: str, key: int) -> Page:
        """The page in its editor."""
        self.of(who).open(f"/cms/pages/{key}/edit/")
        return self.of(who).page

    def choose(self, page: Page, action: str) -> None:
        """One of the actions at the foot of the editor."""
        page.get_by_role("button", name="More actions").first.click()
        page.get_by_role("button", name=action, exact=True).click()

    def submit(self, key: int, action: str = "Submit to Protocols", **fields: str) -> None:
        """The editor writes and hands in."""
        page = self.edit("editor", key)
        for name, words in fields.items():
            page.locator(f"#id_{name}").fill(words)
        self.choose(page, action)
        expect(page.locator(".messages li.success").first).to_be_visible()

    def approve(self, key: int, *people: str) -> None:
        """One after the other."""
        for who in people:
            page = self.edit(who, key)
            with page.expect_navigation():
                self.choose(page, "Approve")

    def ask_for_a_change(self, key: int, who: str, words: str) -> None:
        """With a reason."""
        page = self.edit(who, key)
        self.choose(page, "Request changes")
        page.locator("textarea[name$=comment]").last.fill(words)
        with page.expect_navigation():
            page.locator("form[action*=collect_action], form[action*=workflow]").last.locator(
                "button[type=submit]"
            ).click()


def _home(site: Site) -> int:
    ((key,),) = site.ask(
        "SELECT page_ptr_id FROM cms_protocolindexpage p JOIN wagtailcore_page w ON w.id = p.page_ptr_id"
        " JOIN wagtailcore_locale l ON l.id = w.locale_id WHERE language_code = 'en'"
    )
    return int(str(key))


def _written(desk: Desk) -> int:
    """A new page, as an editor begins it; its number."""
    visit = desk.of("editor")
    visit.open(f"/cms/pages/add/cms/protocolpage/{_home(desk.site)}/")
    page = visit.page
    page.locator("#id_title").fill("A bed for tonight")
    page.locator("#id_summary").fill("Where somebody sleeps.")
    page.locator("#id_when_to_use").fill("When it is late.")
    page.locator("input[name=needs][value=emergency_shelter]").check()
    page.locator("#panel-child-content-sources-section").get_by_role("button", name="Insert a block").click()
    page.locator("[name='sources-0-value-title']").fill("Consultations")
    page.locator("#id_review_by").fill("2099-06-01")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/edit/")
    return int(page.url.split("/")[-3])


def _translated(desk: Desk, key: int) -> int:
    """Its French page, begun from it and then written by itself; its number."""
    visit = desk.of("editor")
    visit.open(f"/cms/localize/submit/page/{key}/")
    visit.page.get_by_label("French").check()
    with visit.page.expect_navigation():
        visit.page.locator("main input[type=submit]").last.click()
    french = int(visit.page.url.split("/")[-3])
    told = json.loads(visit.page.locator(".js-translation-editor").get_attribute("data-props") or "")
    config = json.loads(visit.page.locator("#wagtail-config").text_content() or "")
    answer = visit.context.request.post(
        visit.origin + told["links"]["stopTranslationUrl"],
        form={"csrfmiddlewaretoken": config["CSRF_TOKEN"], "next": "/cms/"},
        headers={"Referer": visit.page.url},
    )
    assert answer.ok
    return french


@pytest.mark.promise(18)
def test_a_protocol_from_its_first_word_to_an_old_version_that_is_cited(
    writing_site: Site, visiting: Visiting
) -> None:
    """The editors' own policy has no inline script, and no stranger is asked: `visiting` looks at that."""
    desk = Desk(writing_site, visiting)
    english = _written(desk)
    desk.submit(english)
    desk.approve(english, "approver")
    desk.ask_for_a_change(english, "reviewer", "Say that they may say no.")
    desk.submit(english, "Resubmit to Survivors' advisers", summary="Where somebody sleeps, if they want to.")
    # What an editor approved was changed since: it is approved anew.
    desk.approve(english, "reviewer", "approver", "approver")
    reader = visiting(origin=writing_site.origin)
    assert reader.open("/en/protocols/a-bed-for-tonight/").status == 404, "French is not approved yet"
    reader.pages.clear()
    french = _translated(desk, english)
    desk.submit(french, title="Une maison d’hébergement ce soir")
    desk.approve(french, "approver", "reviewer", "approver")

    reader.open("/fr/protocoles/")
    reader.page.get_by_label("Mots").fill("refuge")
    reader.page.get_by_role("button", name="Afficher").click()
    reader.page.get_by_role("link", name="Une maison d’hébergement ce soir").click()
    reader.page.emulate_media(media="print")
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.page.locator(".back")).to_be_hidden()
    expect(reader.page.locator(".said.ask")).to_have_count(0)

    worker = desk.of("approver")
    ((listing,),) = writing_site.ask(
        "SELECT id FROM listing_page WHERE en::jsonb -> 'needs' ? 'emergency_shelter'"
        " ORDER BY jsonb_array_length(en::jsonb -> 'needs'), id LIMIT 1"
    )
    worker.open(f"/en/desk/listing/{listing}/")
    expect(worker.page.get_by_role("link", name="A bed for tonight")).to_be_visible()

    desk.submit(english, summary="Where somebody sleeps tonight.")
    desk.approve(english, "approver", "reviewer", "approver")
    reader.open("/en/protocols/a-bed-for-tonight/")
    expect(reader.page.get_by_text("Where somebody sleeps tonight.")).to_be_visible()
    reader.open("/en/protocols/a-bed-for-tonight/1/")
    expect(reader.page.get_by_text("Where somebody sleeps, if they want to.")).to_be_visible()
    expect(reader.page.get_by_text("This is version 1 of")).to_be_visible()
