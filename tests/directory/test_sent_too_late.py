"""What somebody typed at the desk while their session ended comes back to them, and goes out at a second press."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from accounts.models import User
from directory.models.invitation import Invitation
from directory.models.membership import Role
from directory.models.proposed_change import ProposedChange
from safety.pages import FORM
from tests.cast import SignIn
from tests.directory.profiles import House, employ, house, second
from tests.directory.test_profile_pages import door, fields_of
from tests.roles import RoleClient

__all__ = ["house", "second"]
OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = "We are three now, <b>and</b> there is soup."
SHOWN = "We are three now, &lt;b&gt;and&lt;/b&gt; there is soup."
HOUR = 3600


@pytest.fixture
def typed(house: House, keeper: User, sign_in: SignIn) -> dict[str, str]:
    """The form of the clinic's name, filled in."""
    found: dict[str, str] = fields_of(sign_in(keeper).get(door(house, "name")).text)
    return found | {"description": TYPED}


def send(browser: RoleClient, path: str, typed: dict[str, str], headers: dict[str, str] | None = None) -> Any:
    """As a browser sends a form."""
    headers = OURS if headers is None else headers
    return browser.post(path, urlencode(typed), content_type=FORM, headers=headers)


def strict(browser: RoleClient) -> RoleClient:
    """The same browser, whose forms need their token."""
    browser.handler.enforce_csrf_checks = True
    return browser


def test_signed_out_meanwhile(house: House, keeper: User, sign_in: SignIn, typed: dict[str, str]) -> None:
    browser = strict(RoleClient())
    path = door(house, "name")
    answer = send(browser, path, typed)
    assert answer.status_code == 403
    assert "You were signed out while the page was open." in answer.text
    assert SHOWN in answer.text
    assert reverse("account_login") in answer.text
    browser.cookies.update(sign_in(keeper).cookies)
    again = fields_of(answer.text)
    assert again["description"] == TYPED
    once_more = send(browser, path, again)
    if once_more.status_code == 403:
        assert "You signed in again after you opened the page." in once_more.text
        once_more = send(browser, path, fields_of(once_more.text))
    assert once_more.status_code == 302
    assert ProposedChange.objects.get().after["service.description"] == TYPED


def test_signed_in_anew_meanwhile(house: House, keeper: User, sign_in: SignIn, typed: dict[str, str]) -> None:
    browser = strict(sign_in(keeper))
    answer = send(browser, door(house, "name"), typed | {"csrfmiddlewaretoken": "a" * 64})
    assert answer.status_code == 403
    assert SHOWN in answer.text
    assert not ProposedChange.objects.exists()
    assert send(browser, door(house, "name"), fields_of(answer.text)).status_code == 302
    assert ProposedChange.objects.get().after["service.description"] == TYPED


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
def test_a_form_of_others_is_not_offered_to_be_sent_again(
    site: str | None, house: House, keeper: User, sign_in: SignIn, typed: dict[str, str]
) -> None:
    headers = {"Sec-Fetch-Site": site} if site else {}
    stranger = send(strict(RoleClient()), door(house, "name"), typed, headers)
    assert stranger.status_code == 302
    forged = send(strict(sign_in(keeper)), door(house, "name"), typed, headers)
    assert forged.status_code == 403
    for answer in (stranger, forged):
        assert "soup" not in answer.text
    assert "it may have been open for too long" in forged.text


def test_a_password_comes_back_to_nobody(keeper: User, sign_in: SignIn) -> None:
    browser = strict(sign_in(keeper))
    secret = {"oldpassword": "correct horse battery", "password1": "a new one that is long"}
    answer = send(browser, reverse("account_change_password"), secret)
    assert answer.status_code == 403
    assert "correct horse" not in answer.text
    assert "a new one" not in answer.text


def test_a_file_is_not_even_read(house: House) -> None:
    answer = RoleClient().post(reverse("sheet"), {"file": "x"}, headers=OURS)
    assert answer.status_code == 302


def test_proof_that_grew_old_keeps_an_invitation_that_was_typed(
    house: House, outsider: User, sign_in: SignIn
) -> None:
    employ(outsider, house.organization, Role.LEAD)
    browser = sign_in(outsider)
    session = browser.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [one | {"at": time.time() - 2 * HOUR} for one in records]
    session.save()
    sent = {"email": "nadia@relais.example", "role": "worker", "language": "fr"}
    answer = send(browser, reverse("member_invite"), sent)
    assert answer.status_code == 403
    assert "you proved that too long ago" in answer.text
    assert re.search(rf'href="{reverse("members")}"\s+target="_blank"', answer.text)
    session["account_authentication_methods"] = [
        one | {"at": time.time(), "reauthenticated": True} for one in records
    ]
    session.save()
    assert send(browser, reverse("member_invite"), fields_of(answer.text)).status_code == 302
    assert Invitation.objects.get().email == "nadia@relais.example"


def test_what_is_not_for_somebody_is_not_called_too_late(outsider: User, sign_in: SignIn) -> None:
    page = sign_in(outsider).get(reverse("profile"))
    assert page.status_code == 403
    assert "too long" not in page.text
    assert reverse("desk") in page.text


@contextmanager
def gone(*, at: str) -> Iterator[None]:
    """The database goes away when a statement names `at`."""

    def broken(execute: Any, sql: Any, *rest: Any) -> Any:
        if at in str(sql):
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, *rest)

    with connection.execute_wrapper(broken):
        yield


@pytest.mark.parametrize("at", ["set_config", "django_session", "proposed_change"])
def test_what_was_typed_outlives_a_database_that_is_gone(
    at: str, house: House, keeper: User, sign_in: SignIn, typed: dict[str, str]
) -> None:
    """When the page begins, when it asks who signed in, or when it saves: nothing is lost, and no trace is told."""
    browser = strict(sign_in(keeper))
    browser.raise_request_exception = False
    typed = fields_of(browser.get(door(house, "name")).text) | {"description": TYPED}
    with gone(at=at):
        answer = send(browser, door(house, "name"), typed)
    assert answer.status_code == 500
    assert "Ce que vous avez écrit" in answer.text
    assert SHOWN in answer.text
    assert "OperationalError" not in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert not ProposedChange.objects.exists()
    with gone(at=at):
        assert fields_of(send(browser, door(house, "name"), fields_of(answer.text)).text) == fields_of(
            answer.text
        )
    assert send(browser, door(house, "name"), fields_of(answer.text)).status_code == 302
    assert ProposedChange.objects.get().after["service.description"] == TYPED


@pytest.mark.parametrize(("path", "headers"), [("account_login", OURS), ("profile_new", {})])
def test_secrets_and_forms_of_others_do_not_come_back_from_a_broken_page(
    path: str, headers: dict[str, str]
) -> None:
    browser = RoleClient(raise_request_exception=False)
    with gone(at=""):
        answer = send(browser, reverse(path), {"login": "two words", "password": "two words more"}, headers)
    assert answer.status_code == 500
    assert "two words" not in answer.text
