"""People who work at a listed organization sign in: every form of it is posted by a real browser."""

import re

import pytest
from playwright.sync_api import Locator, expect

from accounts.demo import demo_password
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.readable import assert_readable
from tests.browser.serving import Site
from tests.browser.watching import Visit
from tests.browser.wording import CANCEL, DESK, SIGN_IN, SIGN_OUT

pytestmark = pytest.mark.browser
in_both_languages = pytest.mark.parametrize("language", ["en", "fr"])
SIGNED_IN_PAGES = ("2fa/", "2fa/recovery-codes/generate/", "password/change/", "email/", "logout/")
NEW_PASSWORD = "seven quiet otters by the lake"


def _heading(visit: Visit) -> Locator:
    return visit.page.get_by_role("heading", level=1)


@pytest.mark.promise(17)
@pytest.mark.parametrize(
    ("language", "who", "javascript"), [("en", "navigator", True), ("fr", "intake", False)]
)
def test_in_with_password_and_code_to_the_desk_and_out_again(
    language: str, who: str, javascript: bool, visiting: Visiting, site: Site
) -> None:
    visit = visiting(javascript=javascript)
    visit.open(people.DESK[language])
    assert visit.path.startswith(f"/{language}/accounts/login/?next=")
    people.sign_in(visit, site, language, who)
    expect(_heading(visit)).to_have_text(DESK[language])
    visit.page.get_by_role("link", name=SIGN_OUT[language]).click()
    visit.page.get_by_role("button", name=SIGN_OUT[language]).click()
    visit.page.wait_for_url(f"**/{language}/")
    visit.open(people.DESK[language])
    expect(visit.page.get_by_role("button", name=SIGN_IN[language])).to_be_visible()


@in_both_languages
def test_a_wrong_password_is_told_and_opens_nothing(language: str, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(f"/{language}/accounts/login/")
    people.give_password(visit, language, "navigator", "not the password")
    expect(visit.page.get_by_role("alert")).to_have_text(re.compile(r"\w{4,}"))
    assert_readable(visit.page, language)
    visit.open(people.DESK[language])
    assert "/accounts/login/" in visit.path


@pytest.mark.promise(17)
@in_both_languages
def test_a_wrong_code_opens_nothing_and_one_can_turn_back(language: str, visiting: Visiting) -> None:
    visit = visiting()
    visit.open(people.DESK[language])
    people.give_password(visit, language, "keeper")
    assert_readable(visit.page, language)
    people.give_code(visit, "abcdef")
    expect(visit.page.locator(".error")).to_have_text(re.compile(r"\w{4,}"))
    visit.page.get_by_role("button", name=CANCEL[language]).click()
    expect(visit.page.locator("input[name=password]")).to_be_visible()
    visit.open(people.DESK[language])
    assert "/accounts/login/" in visit.path


def test_a_form_on_another_site_can_sign_nobody_in(visiting: Visiting, site: Site) -> None:
    visit = visiting()
    visit.open("/en/accounts/login/")
    visit.page.goto(site.exit_url)
    post = """(action) => { const form = document.createElement("form");
      form.method = "post"; form.action = action; document.body.append(form); form.submit(); }"""
    with visit.page.expect_navigation() as navigation:
        visit.page.evaluate(post, f"{site.origin}/en/accounts/login/")
    assert navigation.value.status == 403
    expect(_heading(visit)).to_be_visible()


def test_a_forgotten_password_is_replaced_by_way_of_a_letter(visiting: Visiting, site: Site) -> None:
    visit, mailbox = visiting(), people.Mailbox()
    visit.open("/en/accounts/login/")
    visit.page.locator("a[href*='/password/reset/']").click()
    visit.page.locator("input[name=email]").fill(people.address_of("reviewer"))
    visit.page.get_by_role("button", name="Send the link").click()
    expect(_heading(visit)).to_have_text("Look at your mail")
    site.manage("shell", "-c", people.DELIVER)
    visit.open(mailbox.link_for("reviewer"))
    assert_readable(visit.page, "en")
    _choose(visit, NEW_PASSWORD)
    expect(_heading(visit)).to_have_text("Your password is changed")
    people.sign_in(visit, site, "en", "reviewer", NEW_PASSWORD)
    _change_password(visit, NEW_PASSWORD, demo_password())


def _choose(visit: Visit, password: str) -> None:
    visit.page.locator("input[name=password1]").fill(password)
    visit.page.locator("input[name=password2]").fill(password)
    visit.page.get_by_role("button", name="Keep this password").click()


def _change_password(visit: Visit, old: str, new: str) -> None:
    visit.page.get_by_role("link", name="Change your password").click()
    visit.page.locator("input[name=oldpassword]").fill("not " + old)
    _choose(visit, new)
    expect(visit.page.locator(".error")).to_have_count(1)
    visit.page.locator("input[name=oldpassword]").fill(old)
    _choose(visit, new)
    expect(visit.page.get_by_role("status")).to_have_text(re.compile(r"\w{4,}"))


@in_both_languages
def test_an_address_that_nobody_has_gets_the_same_answer(
    language: str, visiting: Visiting, site: Site
) -> None:
    visit, mailbox = visiting(), people.Mailbox()
    answers = []
    for who in ("analyst", "nobody-at-all"):
        visit.open(f"/{language}/accounts/password/reset/")
        visit.page.locator("input[name=email]").fill(people.address_of(who))
        visit.page.locator("input[name=email]").press("Enter")
        visit.page.wait_for_url("**/reset/done/")
        answers.append(visit.page.locator("main").inner_text())
    assert answers[0] == answers[1]
    site.manage("shell", "-c", people.DELIVER)
    assert list(mailbox.links("analyst", "nobody-at-all")) == [people.address_of("analyst")]


def test_a_new_address_is_confirmed_by_way_of_a_letter(visiting: Visiting, site: Site) -> None:
    site.ask("UPDATE account_emailaddress SET verified = false WHERE email = %s", people.address_of("editor"))
    visit, mailbox = visiting(), people.Mailbox()
    visit.open("/en/desk/")
    people.give_password(visit, "en", "editor")
    expect(_heading(visit)).to_have_text("Look at your mail")
    visit.open(mailbox.link_for("editor"))
    assert_readable(visit.page, "en")
    visit.page.get_by_role("button", name="Yes, it is mine").click()
    people.sign_in(visit, site, "en", "editor")


@pytest.mark.promise(17)
def test_without_a_second_factor_the_desk_stays_closed_until_one_is_set_up(
    visiting: Visiting, site: Site
) -> None:
    remove = "DELETE FROM mfa_authenticator USING accounts_user u WHERE user_id = u.id AND u.email = %s"
    site.ask(remove, people.address_of("outsider"))
    visit = visiting()
    visit.open("/en/desk/")
    people.give_password(visit, "en", "outsider")
    expect(_heading(visit)).to_have_text("Second factor")
    visit.page.get_by_role("link", name="Set it up").click()
    assert_readable(visit.page, "en")
    _prove_password(visit)
    assert_readable(visit.page, "en")
    key = visit.page.locator("code.key").inner_text().replace(" ", "")
    people.give_code(visit, people.code_of(key))
    _prove_code(visit, people.code_of(key))
    codes = visit.texts("ul.codes li")
    assert_readable(visit.page, "en")
    visit.open("/en/desk/")
    expect(_heading(visit)).to_have_text("Your desk")
    _renew_codes(visit, codes)
    _take_off(visit)


def _prove_password(visit: Visit) -> None:
    """Whoever changes how they sign in is asked once more, though they have just signed in."""
    expect(_heading(visit)).to_have_text("Is it still you?")
    assert_readable(visit.page, "en")
    visit.page.locator("input[name=password]").fill(demo_password())
    visit.page.get_by_role("button", name="Go on").click()
    expect(_heading(visit)).to_have_text("Set up an authenticator app")


def _prove_code(visit: Visit, code: str) -> None:
    """The session has not proved the new factor by setting it up."""
    expect(_heading(visit)).to_have_text("Is it still you?")
    assert_readable(visit.page, "en")
    people.give_code(visit, code)
    expect(_heading(visit)).to_have_text("Recovery codes")


def _renew_codes(visit: Visit, codes: list[str]) -> None:
    visit.open("/en/accounts/2fa/recovery-codes/generate/")
    visit.page.get_by_role("button", name="Make new recovery codes").click()
    visit.page.wait_for_url("**/recovery-codes/")
    new = visit.texts("ul.codes li")
    assert new
    assert not set(new) & set(codes)


def _take_off(visit: Visit) -> None:
    visit.open("/en/accounts/2fa/totp/deactivate/")
    assert_readable(visit.page, "en")
    visit.page.get_by_role("button", name="Take it off").click()
    visit.page.wait_for_url("**/accounts/2fa/")
    expect(visit.page.get_by_role("link", name="Set it up")).to_be_visible()


def test_every_page_behind_the_sign_in_can_be_read_by_everybody(visiting: Visiting, site: Site) -> None:
    visit = visiting()
    people.sign_in(visit, site, "en", "steward")
    for language in ("en", "fr"):
        pages = [f"/{language}/accounts/{page}" for page in SIGNED_IN_PAGES]
        for page in [people.DESK[language], *pages]:
            answer = visit.open(page)
            assert answer.headers["cache-control"] == "no-store"
            assert_readable(visit.page, language)
    assert visit.strangers() == []
