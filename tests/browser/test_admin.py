"""A steward at a real browser: finds a service, changes its words, and sees them on the public page at once."""

import pytest
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
SERVICES = "/admin/directory/service/"
SOME = """SELECT s.name, s.id::text, l.id::text FROM service s JOIN listing l ON l.service_id = s.id
 WHERE s.description <> '' AND s.organization_id IS NOT NULL
   AND ARRAY(SELECT t.code FROM attribute a JOIN taxonomy_term t ON t.id = a.taxonomy_term_id
              WHERE a.link_id = s.id AND t.taxonomy = 'relais')
       <@ ARRAY['legal_advice', 'immigration_advice', 'interpretation', 'crisis_line', 'food', 'primary_care']
 ORDER BY s.name, l.id LIMIT 1"""
"""One that draws nobody in: what a steward writes of any other is read by a second one."""


@pytest.mark.promise(17)
def test_a_password_alone_shows_nothing_of_the_administration(visiting: Visiting, site: Site) -> None:
    visit = visiting()
    visit.open("/admin/")
    people.give_password(visit, "en", "steward")
    expect(visit.page.locator("input[name=code]")).to_be_visible()
    for path in ("/admin/", SERVICES):
        visit.open(path)
        assert visit.path.startswith("/en/accounts/")
        expect(visit.page.locator("#changelist, .model-service")).to_have_count(0)


def test_a_steward_finds_a_service_and_changes_what_everybody_reads(visiting: Visiting, site: Site) -> None:
    ((name, service, listing),) = site.ask(SOME)
    visit = visiting(viewport={"width": 1280, "height": 900})
    people.sign_in(visit, site, "en", "analyst")
    assert visit.open("/admin/").status == 403
    site.ask("UPDATE accounts_user SET is_staff = true WHERE email = %s", people.address_of("analyst"))
    visit.open("/admin/")
    visit.page.get_by_role("link", name="Services", exact=True).click()
    visit.page.locator("#searchbar").fill(str(name))
    visit.page.locator("#searchbar").press("Enter")
    visit.page.locator(f"#result_list a[href*='{service}']").click()
    visit.page.locator("textarea[name=description]").fill("Lunch at noon.")
    visit.page.locator("input[name=_save]").click()
    expect(visit.page.locator(".messagelist .success")).to_be_visible()
    assert visit.complaints == []
    site.ask("UPDATE accounts_user SET is_staff = false WHERE email = %s", people.address_of("analyst"))
    reader = visiting()
    reader.open(f"/en/listing/{listing}/")
    expect(reader.page.locator("main")).to_contain_text("Lunch at noon.")
