"""Signing in, and asking for a new password: what a stranger who tries it learns, and whom it hinders."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from safety.notices import deliver
from tests.roles import RoleClient

PASSWORD = "correct horse battery"
STRANGER = {"REMOTE_ADDR": "192.0.2.66"}
HERSELF = {"REMOTE_ADDR": "192.0.2.1"}


@pytest.fixture
def nadia(navigator: User) -> User:
    """The navigator, with a verified address and an authenticator."""
    EmailAddress.objects.create(user=navigator, email=navigator.email, verified=True, primary=True)
    auth.TOTP.activate(navigator, auth.generate_totp_secret())
    return navigator


def sign_in(email: str, password: str, **meta: str) -> Any:
    return RoleClient().post("/en/accounts/login/", {"login": email, "password": password}, **meta)


def ask_for_reset(email: str, language: str = "en") -> Any:
    """What the page answers; the letter, if there is one to write, is delivered as the worker does it."""
    answer = RoleClient().post(f"/{language}/accounts/password/reset/", {"email": email})
    assert deliver(datetime.now(UTC) + timedelta(seconds=1)) in (0, 1)
    return answer


def words(answer: Any, *emails: str) -> str:
    """The page, without what was typed and what changes each time."""
    text: str = answer.content.decode()
    for email in emails:
        text = text.replace(email, "")
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.promise(17)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_signs_up(visitor: RoleClient, language: str) -> None:
    before = User.objects.count()
    sent = {"email": "new@a.example", "password1": PASSWORD, "password2": PASSWORD}
    for answer in (
        visitor.get(f"/{language}/accounts/signup/"),
        visitor.post(f"/{language}/accounts/signup/", sent),
    ):
        assert "password1" not in answer.content.decode()
    assert User.objects.count() == before


@pytest.mark.promise(23)
def test_a_strangers_failures_do_not_lock_the_right_person_out(nadia: User) -> None:
    for number in range(12):
        sign_in(nadia.email, f"guess {number}", **STRANGER)
    assert sign_in(nadia.email, PASSWORD, **HERSELF)["Location"] == "/en/accounts/2fa/authenticate/"


@pytest.mark.promise(23)
def test_a_stranger_who_failed_too_often_is_held_back_even_with_the_right_password(nadia: User) -> None:
    for number in range(5):
        sign_in(nadia.email, f"guess {number}", **STRANGER)
    assert sign_in(nadia.email, PASSWORD, **STRANGER).status_code == 200


@pytest.mark.promise(23)
def test_twenty_workers_behind_one_address_begin_their_shift(db: None) -> None:
    """Promise 23: a shelter has one address; each of its people mistypes once, and all of them get in."""
    people = [User.objects.create_user(f"worker-{number}@relais.example", PASSWORD) for number in range(20)]
    for person in people:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        assert sign_in(person.email, "wrong", **HERSELF).status_code == 200
    found = [sign_in(person.email, PASSWORD, **HERSELF) for person in people]
    assert {answer.status_code for answer in found} == {302}


@pytest.mark.promise(23)
def test_claiming_another_address_does_not_help_the_stranger(nadia: User) -> None:
    for number in range(5):
        sign_in(nadia.email, f"guess {number}", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}", **STRANGER)
    assert sign_in(nadia.email, PASSWORD, HTTP_X_FORWARDED_FOR="198.51.100.9", **STRANGER).status_code == 200


@pytest.mark.promise(23)
def test_an_account_that_exists_and_one_that_does_not_fail_in_the_same_words(nadia: User) -> None:
    known, unknown = sign_in(nadia.email, "wrong"), sign_in("nobody@a.example", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert words(known, nadia.email) == words(unknown, "nobody@a.example")


@pytest.mark.promise(23)
def test_asking_for_a_new_password_answers_alike_for_every_address(nadia: User, mailoutbox: Any) -> None:
    known, unknown = ask_for_reset(nadia.email), ask_for_reset("nobody@a.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.content == unknown.content


@pytest.mark.promise(23)
def test_mail_goes_to_people_with_an_account_and_to_nobody_else(nadia: User, mailoutbox: Any) -> None:
    ask_for_reset("nobody@a.example")
    assert mailoutbox == []
    ask_for_reset(nadia.email)
    assert [mail.to for mail in mailoutbox] == [[nadia.email]]


@pytest.mark.promise(23)
def test_asking_for_a_new_password_is_the_same_work_for_every_address(nadia: User, mailoutbox: Any) -> None:
    """How long it takes would tell who has an account: no mail server is waited for, the same rows are written."""
    work = []
    for email in (nadia.email, "nobody@a.example"):
        with CaptureQueriesContext(connection) as asked:
            RoleClient().post("/en/accounts/password/reset/", {"email": email})
        written = [one["sql"].split("(")[0] for one in asked if one["sql"].startswith(("INSERT", "UPDATE"))]
        work.append(
            (len(asked), [words for words in written if "notice" in words or "procrastinate" in words])
        )
    assert mailoutbox == []
    assert work[0][1] == work[1][1] != []
    assert abs(work[0][0] - work[1][0]) <= 1, "one more or less: who is looked for and not found"


@pytest.mark.promise(23)
def test_a_stranger_who_asks_often_fills_no_mailbox_and_keeps_nobody_from_asking(
    nadia: User, mailoutbox: Any
) -> None:
    """Promise 23: asking for somebody else's new password neither hinders them nor buries them in letters."""
    form = {"email": nadia.email}
    strangers = [RoleClient().post("/en/accounts/password/reset/", form, **STRANGER) for _ in range(7)]
    assert {answer.status_code for answer in strangers} == {302}
    assert RoleClient().post("/en/accounts/password/reset/", form, **HERSELF).status_code == 302
    deliver(datetime.now(UTC) + timedelta(seconds=1))
    # Two at most: ten minutes may have turned while the test ran.
    assert 1 <= len(mailoutbox) <= 2


@pytest.mark.promise(20)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_mail_holds_a_link_and_nothing_of_the_person(nadia: User, mailoutbox: Any, language: str) -> None:
    ask_for_reset(nadia.email, language)
    (mail,) = mailoutbox
    text = mail.subject + mail.body
    assert f"{settings.SITE_URL}/{language}/accounts/password/reset/key/" in text
    for personal in (nadia.email, "navigator", "Relais", PASSWORD):
        assert personal not in text.replace("@relais.example", "")
    assert len([word for word in text.split() if "://" in word]) == 1


def test_a_new_password_signs_nobody_in_and_ends_the_link(nadia: User, mailoutbox: Any) -> None:
    ask_for_reset(nadia.email)
    link = next(word for word in mailoutbox[0].body.split() if "://" in word)
    client = RoleClient()
    form = client.get(link.removeprefix(settings.SITE_URL))["Location"]
    new = "a quite different phrase"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert client.get("/en/desk/")["Location"].startswith("/en/accounts/login/")
    assert sign_in(nadia.email, new)["Location"] == "/en/accounts/2fa/authenticate/"
    assert sign_in(nadia.email, PASSWORD).status_code == 200
    again = RoleClient().get(link.removeprefix(settings.SITE_URL))
    assert 'name="password1"' not in again.content.decode()


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_signing_in_never_leads_away_from_this_site(navigator: User, target: str) -> None:
    EmailAddress.objects.create(user=navigator, email=navigator.email, verified=True, primary=True)
    sent = {"login": navigator.email, "password": PASSWORD, "next": target}
    assert RoleClient().post("/en/accounts/login/", sent)["Location"] == "/en/desk/"


def test_somebody_who_may_no_longer_sign_in_does_not(nadia: User) -> None:
    nadia.is_active = False
    nadia.save()
    client = RoleClient()
    client.post("/en/accounts/login/", {"login": nadia.email, "password": PASSWORD})
    assert client.get("/en/accounts/2fa/authenticate/").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("page", ["login/", "password/reset/"])
def test_french_says_courriel_everywhere(page: str) -> None:
    """allauth's own word for an address stood in the empty field."""
    told = RoleClient().get(f"/fr/accounts/{page}").text
    assert "e-mail" not in told.replace('autocomplete="email"', "")
