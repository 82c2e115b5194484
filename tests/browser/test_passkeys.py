"""Passkeys in a real browser with a device that plays one, and the list of sessions."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, expect

from accounts.demo import demo_password
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.readable import assert_readable
from tests.browser.serving import Site
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """What keeps passkeys for one window."""

    def __init__(self, visit: Visit) -> None:
        self.door: CDPSession = visit.context.new_cdp_session(visit.page)
        self.door.send("WebAuthn.enable")
        answer = self.door.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self.name = {"authenticatorId": answer["authenticatorId"]}

    def passkeys(self) -> list[dict[str, Any]]:
        """All that it keeps."""
        return list(self.door.send("WebAuthn.getCredentials", self.name)["credentials"])

    def take_over(self, passkeys: list[dict[str, Any]]) -> None:
        """As from a person's other device."""
        for passkey in passkeys:
            self.door.send("WebAuthn.addCredential", {**self.name, "credential": passkey})

    def knows_its_person(self, *, knows: bool) -> None:
        """Whether the finger on it is the right one."""
        self.door.send("WebAuthn.setUserVerified", {**self.name, "isUserVerified": knows})


OF_PERSON = "FROM mfa_authenticator a USING accounts_user u WHERE a.user_id = u.id AND u.email = %s"
LISTED = (
    "DELETE FROM usersessions_usersession s USING accounts_user u WHERE s.user_id = u.id AND u.email = %s"
)
SET_ASIDE = f"""CREATE TABLE set_aside AS SELECT a.* {OF_PERSON.replace(" USING ", ", ")}"""
Beginner = Callable[[str], None]


@pytest.fixture
def beginner(site: Site) -> Iterator[Beginner]:
    """Takes somebody's factors away for one test: other tests sign in with them, and left sessions behind."""
    made: list[str] = []

    def begin(who: str) -> None:
        made.append(people.address_of(who))
        site.ask(SET_ASIDE, made[0])
        site.ask(f"DELETE {OF_PERSON}", made[0])
        site.ask(LISTED, made[0])

    yield begin
    for address in made:
        site.ask(f"DELETE {OF_PERSON}", address)
        site.ask("INSERT INTO mfa_authenticator SELECT * FROM set_aside")
        site.ask("DROP TABLE set_aside")


@pytest.fixture
def window(visiting: Visiting, site: Site) -> tuple[Visit, Device]:
    """A window with a device, at the name for which browsers keep passkeys."""
    return _window(visiting, site)


def _window(visiting: Visiting, site: Site, **more: Any) -> tuple[Visit, Device]:
    visit = visiting(origin=site.origin.replace("127.0.0.1", "localhost"), **more)
    return visit, Device(visit)


def _heading(visit: Visit) -> Locator:
    return visit.page.get_by_role("heading", level=1)


def _press(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name, exact=True).click()


def _enrol(visit: Visit, who: str) -> None:
    """From the sign-in page to the desk, with a passkey as the first factor."""
    visit.open("/en/desk/")
    people.give_password(visit, "en", who)
    visit.page.get_by_role("link", name="Add a passkey").click()
    expect(_heading(visit)).to_have_text("Is it still you?")
    visit.page.locator("input[name=password]").fill(demo_password())
    _press(visit, "Go on")
    expect(_heading(visit)).to_have_text("Add a passkey")
    assert_readable(visit.page, "en")
    visit.page.locator("input[name=name]").fill("work telephone")
    _press(visit, "Add a passkey")
    expect(_heading(visit)).to_have_text("Is it still you?")
    assert_readable(visit.page, "en")
    _press(visit, "Use a passkey")
    expect(_heading(visit)).to_have_text("Recovery codes")
    visit.open("/en/desk/")
    expect(_heading(visit)).to_have_text("Your desk")


def _sign_out(visit: Visit) -> None:
    visit.open("/en/accounts/logout/")
    _press(visit, "Sign out")
    visit.page.wait_for_url("**/en/")


def _sign_in_alone(visit: Visit) -> None:
    visit.open("/en/desk/")
    _press(visit, "Use a passkey")


@pytest.mark.promise(17)
def test_a_passkey_opens_the_desk_alone_and_after_the_password_until_it_is_taken_off(
    window: tuple[Visit, Device], beginner: Beginner
) -> None:
    visit, device = window
    beginner("analyst")
    _enrol(visit, "analyst")
    _sign_out(visit)
    _sign_in_alone(visit)
    expect(_heading(visit)).to_have_text("Your desk")
    _sign_out(visit)
    visit.open("/en/desk/")
    people.give_password(visit, "en", "analyst")
    expect(_heading(visit)).to_have_text("Second factor")
    assert_readable(visit.page, "en")
    _press(visit, "Use a passkey")
    expect(_heading(visit)).to_have_text("Your desk")
    _rename_and_take_off(visit)
    visit.open("/en/desk/")
    expect(_heading(visit)).to_have_text("Second factor")
    assert device.passkeys()


def _rename_and_take_off(visit: Visit) -> None:
    for language in ("fr", "en"):
        visit.open(f"/{language}/accounts/2fa/webauthn/")
        assert_readable(visit.page, language)
    visit.page.get_by_role("link", name="Change its name").click()
    _press(visit, "Use a passkey")
    expect(visit.page.locator("input[name=name]")).to_have_value("work telephone")
    assert_readable(visit.page, "en")
    visit.page.locator("input[name=name]").fill("old telephone")
    _press(visit, "Keep this name")
    expect(visit.page.get_by_role("heading", name="old telephone")).to_be_visible()
    visit.page.get_by_role("link", name="Take it off").click()
    assert_readable(visit.page, "en")
    _press(visit, "Take it off")
    expect(visit.page.get_by_role("status")).to_have_text("The passkey is taken off.")


@pytest.mark.promise(17)
def test_one_press_ends_the_sessions_in_other_browsers(
    window: tuple[Visit, Device], visiting: Visiting, site: Site, beginner: Beginner
) -> None:
    (here, device), (there, other) = window, _window(visiting, site)
    beginner("outsider")
    _enrol(here, "outsider")
    other.take_over(device.passkeys())
    _sign_in_alone(there)
    expect(_heading(there)).to_have_text("Your desk")
    for language in ("fr", "en"):
        here.open(f"/{language}/accounts/sessions/")
        assert_readable(here.page, language)
    expect(here.page.locator("ul.sessions li")).to_have_count(2)
    _press(here, "End all others")
    expect(here.page.locator("ul.sessions li")).to_have_count(1)
    there.open("/en/desk/")
    assert "/accounts/login/" in there.path
    here.open("/en/desk/")
    expect(_heading(here)).to_have_text("Your desk")


@pytest.mark.promise(17)
def test_a_device_that_does_not_know_its_person_opens_nothing(
    window: tuple[Visit, Device], beginner: Beginner
) -> None:
    visit, device = window
    beginner("intake")
    _enrol(visit, "intake")
    _sign_out(visit)
    device.knows_its_person(knows=False)
    _sign_in_alone(visit)
    expect(visit.page.get_by_role("alert")).to_contain_text("No passkey was used.")
    assert_readable(visit.page, "en")
    visit.open("/en/desk/")
    assert "/accounts/login/" in visit.path


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_javascript_the_page_says_what_to_do_instead(language: str, visiting: Visiting) -> None:
    visit = visiting(javascript=False)
    visit.open(f"/{language}/accounts/login/")
    expect(visit.page.locator("[data-passkey-missing]")).to_be_visible()
    expect(visit.page.locator("[data-passkey-button]")).to_be_hidden()
    with_javascript = visiting()
    with_javascript.open(f"/{language}/accounts/login/")
    expect(with_javascript.page.locator("[data-passkey-missing]")).to_be_hidden()
    expect(with_javascript.page.locator("[data-passkey-button]")).to_be_visible()
    assert_readable(with_javascript.page, language)
    assert with_javascript.left_behind() == [
        cookie for cookie in with_javascript.context.cookies() if cookie["name"] == "csrftoken"
    ]
