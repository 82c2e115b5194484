"""Where somebody is signed in: what is kept of it, and how all others are ended."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.models import User
from accounts.signed_in import NO_ADDRESS, kind_of_browser
from tests.roles import RoleClient

PASSWORD = "correct horse battery"
PAGE = "/en/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/139.0.0.0 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1"
EDGE = f"{CHROME} Edg/139.0.0.0"


@pytest.fixture
def nadia(navigator: User) -> User:
    """The navigator, with a verified address and a second factor."""
    EmailAddress.objects.create(user=navigator, email=navigator.email, verified=True, primary=True)
    auth.TOTP.activate(navigator, auth.generate_totp_secret())
    RecoveryCodes.activate(navigator)
    return navigator


def sign_in(user: User, browser: str, address: str = "192.0.2.7") -> RoleClient:
    """As a person does: password, then a code."""
    client = RoleClient(HTTP_USER_AGENT=browser, REMOTE_ADDR=address)
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    kept = user.authenticator_set.get(type="recovery_codes").wrap()
    client.post("/en/accounts/2fa/authenticate/", {"code": kept.get_unused_codes()[0]})
    return client


def is_in(client: RoleClient) -> bool:
    return bool(client.get("/en/desk/").status_code == 200)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (FIREFOX, "Firefox, Windows"),
        (CHROME, "Chrome, Android"),
        (SAFARI, "Safari, iPhone"),
        (EDGE, "Edge, Android"),
        ("Nadia's own browser 1.0", ""),
        ("", ""),
    ],
)
def test_of_a_browser_its_kind_is_kept(told: str, kind: str) -> None:
    assert kind_of_browser(told) == kind


def test_neither_an_address_nor_the_whole_name_of_a_browser_is_written(nadia: User) -> None:
    sign_in(nadia, FIREFOX)
    (row,) = UserSession.objects.filter(user=nadia).order_by("pk")
    assert (row.ip, row.user_agent, row.data) == (NO_ADDRESS, "Firefox, Windows", {})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_shows_every_browser_and_one_press_ends_the_others(nadia: User, language: str) -> None:
    here, there = sign_in(nadia, FIREFOX), sign_in(nadia, SAFARI)
    path = f"/{language}/accounts/sessions/"
    page = here.get(path).content.decode()
    assert "Firefox, Windows" in page
    assert "Safari, iPhone" in page
    assert here.post(path).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert "Safari" not in here.get(path).content.decode()


def test_sessions_of_other_people_stay(nadia: User, keeper: User) -> None:
    EmailAddress.objects.create(user=keeper, email=keeper.email, verified=True, primary=True)
    auth.TOTP.activate(keeper, auth.generate_totp_secret())
    RecoveryCodes.activate(keeper)
    here, theirs = sign_in(nadia, FIREFOX), sign_in(keeper, SAFARI)
    assert "Safari" not in here.get(PAGE).content.decode()
    here.post(PAGE)
    assert is_in(theirs)


@pytest.mark.promise(17)
def test_a_thief_of_the_password_sees_no_session_and_ends_none(nadia: User) -> None:
    herself = sign_in(nadia, FIREFOX)
    thief = RoleClient()
    thief.force_login(nadia)
    for answer in (thief.get(PAGE), thief.post(PAGE)):
        assert answer["Location"].startswith("/en/accounts/2fa/reauthenticate/")
    assert is_in(herself)


def test_nothing_stays_of_a_session_that_is_over(nadia: User, keeper: User) -> None:
    sign_in(nadia, FIREFOX).post("/en/accounts/logout/")
    assert not UserSession.objects.exists()
    sign_in(nadia, FIREFOX)
    Session.objects.all().delete()
    EmailAddress.objects.create(user=keeper, email=keeper.email, verified=True, primary=True)
    RoleClient().post("/en/accounts/login/", {"login": keeper.email, "password": PASSWORD})
    assert not UserSession.objects.filter(user=nadia).exists()


def test_a_new_password_ends_the_others_and_keeps_this_one_in_the_list(nadia: User) -> None:
    here, there = sign_in(nadia, FIREFOX), sign_in(nadia, SAFARI)
    new = "a quite different phrase"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/en/accounts/password/change/", sent).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    page = here.get(PAGE).content.decode()
    assert "Firefox, Windows" in page
    assert "Safari" not in page


@pytest.mark.promise(19)
def test_public_pages_write_no_row_of_anybody(visitor: RoleClient) -> None:
    answer = visitor.get("/en/")
    assert not answer.cookies
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()
