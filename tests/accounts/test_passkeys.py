"""Passkeys at the gate: what they open alone and after the password, and every bad answer that opens nothing."""

import json
import re
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.passkeys import read_answer, read_new
from tests.accounts.software_key import HOST, SoftwareKey
from tests.cast import SignIn
from tests.roles import RoleClient

pytestmark = pytest.mark.promise(17)

PASSWORD = "correct horse battery"
ACCOUNTS = "/en/accounts/"
LOGIN = f"{ACCOUNTS}2fa/webauthn/login/"
AGAIN = f"{ACCOUNTS}2fa/webauthn/reauthenticate/"
ADD = f"{ACCOUNTS}2fa/webauthn/add/"
NONSENSE: list[Any] = [
    None,
    1,
    "x",
    [],
    {},
    {"id": 1},
    {"response": {}},
    {"response": []},
    [{"response": {}}],
]


class Browser(RoleClient):
    """At the name for which passkeys are made here."""

    def __init__(self, **more: Any) -> None:
        super().__init__(SERVER_NAME=HOST, **more)


@pytest.fixture
def nadia(navigator: User) -> User:
    """The navigator, with a verified address and no factor yet."""
    EmailAddress.objects.create(user=navigator, email=navigator.email, verified=True, primary=True)
    return navigator


def give(user: User, key: SoftwareKey) -> Authenticator:
    """`key` as a passkey that `user` has added earlier."""
    challenge = {"publicKey": {"challenge": "AAAA"}}
    factor: Authenticator = WebAuthn.add(user, "telephone", key.make(challenge)).instance
    return factor


@pytest.fixture
def key(nadia: User) -> SoftwareKey:
    """Nadia's one passkey, her only factor."""
    made = SoftwareKey()
    give(nadia, made)
    return made


def give_password(user: User) -> Browser:
    client = Browser()
    client.post(f"{ACCOUNTS}login/", {"login": user.email, "password": PASSWORD})
    return client


def asked(client: RoleClient, path: str) -> dict[str, Any]:
    """The options that a page gives to the browser."""
    page = client.get(path, headers={"accept": "application/json" if path == LOGIN else "text/html"})
    if path == LOGIN:
        return dict(page.json()["request_options"])
    found = re.search(r'id="passkey-options" type="application/json">(.*?)</script>', page.content.decode())
    assert found, page
    data = json.loads(unescape(found[1]))
    return dict(data.get("creation_options") or data["request_options"])


def send(client: RoleClient, path: str, credential: Any, **more: str) -> Any:
    return client.post(path, {"credential": json.dumps(credential), **more})


def is_in(client: RoleClient) -> bool:
    return bool(client.get("/en/desk/").status_code == 200)


def sign_in_alone(user: User, key: SoftwareKey, client: Browser | None = None) -> Browser:
    client = client or Browser()
    send(client, LOGIN, key.answer(asked(client, LOGIN), str(user.pk)))
    return client


def test_a_passkey_alone_opens_the_desk(nadia: User, key: SoftwareKey) -> None:
    assert is_in(sign_in_alone(nadia, key))


def test_a_passkey_after_the_password_opens_the_desk(nadia: User, key: SoftwareKey) -> None:
    client = give_password(nadia)
    assert not is_in(client)
    page = f"{ACCOUNTS}2fa/authenticate/"
    assert send(client, page, key.answer(asked(client, page))).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("policy", ["required", "preferred"])
def test_a_key_that_did_not_check_its_person_opens_nothing_alone(
    nadia: User, key: SoftwareKey, settings: Any, policy: str
) -> None:
    """Not even with a challenge that was made for another page, where a weaker policy may have asked less."""
    settings.MFA_WEBAUTHN_USER_VERIFICATION = policy
    key.verifies = False
    assert not is_in(sign_in_alone(nadia, key))
    thief = User.objects.create_user("thief@relais.example", PASSWORD)
    EmailAddress.objects.create(user=thief, email=thief.email, verified=True, primary=True)
    give(thief, SoftwareKey())
    client = give_password(thief)
    page = f"{ACCOUNTS}2fa/authenticate/"
    send(client, LOGIN, key.answer(asked(client, page), str(nadia.pk)))
    assert not is_in(client)


@pytest.mark.parametrize("policy", ["required", "preferred"])
def test_a_key_that_did_not_check_its_person_opens_nothing_after_a_password(
    nadia: User, key: SoftwareKey, settings: Any, policy: str
) -> None:
    settings.MFA_WEBAUTHN_USER_VERIFICATION = policy
    key.verifies = False
    client = give_password(nadia)
    page = f"{ACCOUNTS}2fa/authenticate/"
    assert send(client, page, key.answer(asked(client, page))).status_code == 200
    assert not is_in(client)


def test_the_key_of_somebody_else_opens_nothing(nadia: User, keeper: User, key: SoftwareKey) -> None:
    hers = SoftwareKey()
    give(keeper, hers)
    assert not is_in(sign_in_alone(nadia, hers))
    hers.identifier = key.identifier
    assert not is_in(sign_in_alone(nadia, hers))


def test_an_answer_is_good_once_and_for_its_own_challenge(nadia: User, key: SoftwareKey) -> None:
    client, other = Browser(), Browser()
    sent = key.answer(asked(client, LOGIN), str(nadia.pk))
    asked(other, LOGIN)
    send(other, LOGIN, sent)
    assert not is_in(other)
    send(client, LOGIN, sent)
    assert is_in(client)
    client.post(f"{ACCOUNTS}logout/")
    send(client, LOGIN, sent)
    assert not is_in(client)


def test_an_answer_that_was_given_to_another_site_opens_nothing(nadia: User, key: SoftwareKey) -> None:
    key.origin = "https://relais.elsewhere.example"
    assert not is_in(sign_in_alone(nadia, key))
    key.origin = "http://192.0.2.7"
    assert not is_in(sign_in_alone(nadia, key))


def test_somebody_who_may_no_longer_sign_in_does_not_by_a_passkey_either(
    nadia: User, key: SoftwareKey
) -> None:
    nadia.is_active = False
    nadia.save()
    assert not is_in(sign_in_alone(nadia, key))


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_signing_in_by_a_passkey_never_leads_away_from_this_site(
    nadia: User, key: SoftwareKey, target: str
) -> None:
    client = Browser()
    sent = key.answer(asked(client, LOGIN), str(nadia.pk))
    assert send(client, LOGIN, sent, next=target)["Location"] == "/en/desk/"


@pytest.mark.promise(25)
@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_is_answered_and_opens_nothing(nadia: User, key: SoftwareKey, credential: Any) -> None:
    client = Browser()
    asked(client, LOGIN)
    assert send(client, LOGIN, credential).status_code == 302
    assert not is_in(client)


@pytest.mark.promise(25)
@pytest.mark.parametrize("person", ["", "nobody", "\0", "00000000-0000-0000-0000-000000000000", "é"])
def test_an_answer_that_names_nobody_is_refused(nadia: User, key: SoftwareKey, person: str) -> None:
    client = Browser()
    sent = key.answer(asked(client, LOGIN), person)
    assert send(client, LOGIN, sent)["Location"] == f"{ACCOUNTS}login/"
    del sent["response"]["userHandle"]
    assert send(client, LOGIN, sent)["Location"] == f"{ACCOUNTS}login/"


@pytest.mark.promise(23)
def test_guessing_at_the_door_of_passkeys_is_held_back(nadia: User, key: SoftwareKey) -> None:
    client = Browser()
    answers = [send(client, LOGIN, {}).status_code for _ in range(61)]
    assert answers[-1] == 429
    assert is_in(sign_in_alone(nadia, key, Browser(REMOTE_ADDR="192.0.2.1")))


def test_somebody_who_has_only_a_passkey_is_sent_to_it(
    nadia: User, key: SoftwareKey, sign_in: SignIn
) -> None:
    RecoveryCodes.activate(nadia)
    client = sign_in(nadia, second_factor=False)
    client.defaults["SERVER_NAME"] = HOST
    way = f"{AGAIN}?next=%2Fen%2Fdesk%2F"
    assert client.get("/en/desk/")["Location"] == way
    assert 'href="/en/accounts/lost-factor/"' in client.get(AGAIN).text
    answer = send(client, AGAIN, key.answer(asked(client, AGAIN)), next="/en/desk/")
    assert answer["Location"] == "/en/desk/"
    assert is_in(client)


def test_a_wrong_passkey_does_not_prove_who_it_is(nadia: User, key: SoftwareKey, sign_in: SignIn) -> None:
    client = sign_in(nadia, second_factor=False)
    client.defaults["SERVER_NAME"] = HOST
    for credential in (SoftwareKey().answer(asked(client, AGAIN)), *NONSENSE):
        send(client, AGAIN, credential)
        assert not is_in(client)


@pytest.mark.parametrize("page", ["2fa/webauthn/", "2fa/webauthn/add/", "sessions/"])
def test_the_pages_of_passkeys_need_a_sign_in(visitor: RoleClient, page: str) -> None:
    assert "/accounts/login/" in visitor.get(ACCOUNTS + page)["Location"]


def prove_again(client: RoleClient, key: SoftwareKey) -> None:
    send(client, AGAIN, key.answer(asked(client, AGAIN)))


def test_a_new_passkey_is_kept_with_nothing_more_than_it_needs(nadia: User, key: SoftwareKey) -> None:
    client, new = sign_in_alone(nadia, key), SoftwareKey()
    prove_again(client, key)
    made = new.make(asked(client, ADD))
    made["clientExtensionResults"] = {"device": "\0"}
    assert send(client, ADD, {**made, "more": "x"}, name="").status_code == 302
    kept = Authenticator.objects.filter(user=nadia, type=Authenticator.Type.WEBAUTHN).latest("pk")
    assert kept.wrap().name == "Passkey 2"
    assert set(kept.data["credential"]) == {"id", "rawId", "type", "response", "clientExtensionResults"}
    assert is_in(sign_in_alone(nadia, new))


def test_a_page_of_a_new_passkey_asks_the_device_to_keep_it_and_to_check_its_person(
    nadia: User, key: SoftwareKey
) -> None:
    client = sign_in_alone(nadia, key)
    prove_again(client, key)
    chosen = asked(client, ADD)["publicKey"]["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")


@pytest.mark.parametrize("policy", ["required", "preferred"])
def test_a_key_that_does_not_check_its_person_is_not_added(
    nadia: User, key: SoftwareKey, settings: Any, policy: str
) -> None:
    settings.MFA_WEBAUTHN_USER_VERIFICATION = policy
    client = sign_in_alone(nadia, key)
    prove_again(client, key)
    for credential in (SoftwareKey(verifies=False).make(asked(client, ADD)), *NONSENSE):
        assert send(client, ADD, credential, name="x").status_code == 200
    assert Authenticator.objects.filter(user=nadia, type=Authenticator.Type.WEBAUTHN).count() == 1


def test_whatever_a_page_asked_for_a_key_that_does_not_check_its_person_is_refused() -> None:
    challenge, bad, good = {"publicKey": {"challenge": "AAAA"}}, SoftwareKey(verifies=False), SoftwareKey()
    with pytest.raises(ValidationError):
        read_new(bad.make(challenge))
    with pytest.raises(ValidationError):
        read_answer(bad.answer(challenge))
    assert read_new(good.make(challenge))["type"] == "public-key"
    read_answer(good.answer(challenge))


def remove(client: RoleClient, user: User) -> Any:
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).latest("pk")
    return client.post(f"{ACCOUNTS}2fa/webauthn/keys/{factor.pk}/remove/")


def test_whoever_takes_the_last_factor_off_does_not_keep_the_desk(nadia: User, key: SoftwareKey) -> None:
    client, other = sign_in_alone(nadia, key), sign_in_alone(nadia, key)
    prove_again(client, key)
    assert remove(client, nadia).status_code == 302
    assert not Authenticator.objects.filter(user=nadia).exists()
    for one in (client, other):
        assert one.get("/en/desk/")["Location"] == f"{ACCOUNTS}2fa/"


def test_a_passkey_that_was_taken_off_closes_the_sessions_that_it_opened(
    nadia: User, key: SoftwareKey
) -> None:
    stolen = SoftwareKey()
    give(nadia, stolen)
    thief, herself = sign_in_alone(nadia, stolen), sign_in_alone(nadia, key)
    assert is_in(thief)
    prove_again(herself, key)
    remove(herself, nadia)
    assert is_in(herself)
    assert thief.get("/en/desk/")["Location"].startswith(AGAIN)


def test_nobody_takes_off_or_names_the_passkey_of_somebody_else(
    nadia: User, keeper: User, key: SoftwareKey
) -> None:
    theirs = give(keeper, SoftwareKey())
    client = sign_in_alone(nadia, key)
    prove_again(client, key)
    for page in ("remove", "edit"):
        assert (
            client.post(f"{ACCOUNTS}2fa/webauthn/keys/{theirs.pk}/{page}/", {"name": "x"}).status_code == 404
        )
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize(
    "page", ["2fa/webauthn/add/", "2fa/webauthn/keys/{}/edit/", "2fa/webauthn/keys/{}/remove/"]
)
def test_five_minutes_after_the_last_proof_keys_ask_once_more(
    nadia: User, key: SoftwareKey, page: str
) -> None:
    client = sign_in_alone(nadia, key)
    path = ACCOUNTS + page.format(Authenticator.objects.get(user=nadia).pk)
    assert client.get(path)["Location"].startswith(AGAIN)
    prove_again(client, key)
    assert client.get(path).status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 5 * 60
    session.save()
    assert client.get(path)["Location"].startswith(AGAIN)
    assert client.post(path, {"name": "x"})["Location"].startswith(AGAIN)


def test_passkeys_have_a_name_that_their_person_chose(nadia: User, key: SoftwareKey) -> None:
    client = sign_in_alone(nadia, key)
    prove_again(client, key)
    factor = Authenticator.objects.get(user=nadia)
    path = f"{ACCOUNTS}2fa/webauthn/keys/{factor.pk}/edit/"
    assert client.post(path, {"name": "x" * 61}).status_code == 200
    assert client.post(path, {"name": "old telephone"}).status_code == 302
    assert "old telephone" in client.get(f"{ACCOUNTS}2fa/webauthn/").content.decode()
