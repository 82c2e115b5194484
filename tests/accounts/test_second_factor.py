"""Getting to signed-in work: what opens it, and every way round that does not."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.urls import get_resolver

from accounts.models import User
from accounts.second_factor import holds_keys, is_guarded
from tests.cast import SignIn
from tests.roles import RoleClient

pytestmark = pytest.mark.promise(17)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "correct horse battery"
GUARDED = ["/admin/", "/admin/login/", "/admin/accounts/user/", "/admin/x", "/admin", "/cms/", "/cms/pages/"]
GUARDED += ["/en/desk/", "/fr/bureau/", "/en/desk/find/", "/fr/bureau/listing/", "/en/desk", "/fr/desk/"]
KEYS = ["email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/totp/deactivate/"]
KEYS += ["2fa/webauthn/", "2fa/webauthn/add/", "2fa/webauthn/keys/1/edit/", "2fa/webauthn/keys/1/remove/"]
KEYS += ["sessions/"]
KEYS += ["2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/recovery-codes/download/"]
Minute = Callable[[int], str]


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> Minute:
    """Moves the clock of codes to a period of its own, and gives the code of it."""

    def at(counter: int) -> str:
        monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([counter]))
        return auth.format_hotp_value(auth.hotp_value(SECRET, counter))

    return at


@pytest.fixture
def nadia(navigator: User) -> User:
    """The navigator, with a verified address and an authenticator."""
    EmailAddress.objects.create(user=navigator, email=navigator.email, verified=True, primary=True)
    auth.TOTP.activate(navigator, SECRET)
    return navigator


def give_password(user: User, password: str = PASSWORD, **more: Any) -> tuple[RoleClient, Any]:
    """A new browser that sent the sign-in form."""
    client = RoleClient()
    return client, client.post("/en/accounts/login/", {"login": user.email, "password": password}, **more)


def give_code(client: RoleClient, code: str, page: str = "authenticate") -> Any:
    return client.post(f"/en/accounts/2fa/{page}/", {"code": code})


def is_in(client: RoleClient) -> bool:
    return bool(client.get("/en/desk/").status_code == 200)


@pytest.mark.parametrize("path", GUARDED)
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_nobody_gets_in_without_signing_in(visitor: RoleClient, path: str, method: str) -> None:
    answer = getattr(visitor, method)(path)
    assert answer.status_code == 302
    assert "/accounts/login/?next=" in answer["Location"]


@pytest.mark.parametrize("path", GUARDED)
@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_a_password_alone_opens_nothing(steward: User, sign_in: SignIn, path: str, method: str) -> None:
    answer = getattr(sign_in(steward, second_factor=False), method)(path)
    assert answer.status_code == 302
    assert answer["Location"].endswith("/accounts/2fa/")


def test_every_address_of_ours_is_public_or_guarded_or_for_signing_in() -> None:
    """A new one under the gate's addresses needs no thought; one beside them must be public on purpose."""
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    inside = {
        "choose_hat",
        "members",
        "member_invite",
        "member_end",
        "member_role",
        "member_factor",
        "invitation_revoke",
        "apply_for_vetting",
        "withdraw_application",
        "change_of_control",
        "trail",
        "leave_organization",
        "end_glass",
        "block_list",
        "finders",
    }
    inside |= {
        name
        for name in names
        if name.startswith(
            (
                "desk",
                "beds",
                "answer",
                "profile",
                "organization_",
                "review",
                "sheet",
                "push_token",
                "wagtail",
                "cms_",
            )
        )
    }
    signing = {name for name in names if name.startswith(("account_", "mfa_", "usersessions_"))}
    signing |= {"invitation", "still_true"}
    # A night desk has no account: its link is signed, and says one thing of one service.
    signing |= {"night_beds"}
    # A program has no session: its token is all that opens this door, and a session opens it for nobody.
    signing |= {"push"}
    public = {"languages", "start", "find", "find_sealed", "listing", "listing_sealed", "safe_browsing"}
    public |= {"keep", "shortlist", "worried", "count_help", "helped", "find_points"}
    public |= {"criteria", "tell_us", "told_us"}
    public |= {"count_wrong", "wrong_told"}
    public |= {
        "protocols",
        "protocols_found",
        "protocol",
        "protocol_edition",
        "protocol_history",
        "protocol_file",
        "protocol_paper",
    }
    public |= {"protocol_pack", "protocol_pack_key", "protocols_feed", "api_protocols", "api_protocol"}
    public |= {"exit", "healthz", "readyz", "robots", "api_search", "api_schema"}
    # Open data: one name for each collection, its items and its package; the read model is all that they reach.
    public |= {name for name in names if name.startswith("hsds")}
    assert names - signing - public == inside


@pytest.mark.parametrize(
    "path", ["/en/accounts/login/", "/fr/accounts/2fa/", "/en/", "/", "/administration/"]
)
def test_signing_in_and_public_pages_stay_open(path: str) -> None:
    assert not is_guarded(path)


@pytest.mark.parametrize("path", ["/admin/en/accounts/", "/cms/accounts/", "/en/desk/accounts/"])
def test_the_word_accounts_further_in_opens_nothing(path: str) -> None:
    assert is_guarded(path)


def test_password_and_code_open_the_desk(nadia: User, minute: Minute) -> None:
    code = minute(1)
    client, answer = give_password(nadia)
    assert answer["Location"] == "/en/accounts/2fa/authenticate/"
    assert not is_in(client)
    assert give_code(client, code).status_code == 302
    assert is_in(client)


def test_a_wrong_code_opens_nothing(nadia: User, minute: Minute) -> None:
    code = minute(1)
    client, _ = give_password(nadia)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert give_code(client, wrong).status_code == 200
    assert not is_in(client)


def test_a_code_without_a_password_opens_nothing(nadia: User, minute: Minute) -> None:
    client = RoleClient()
    give_code(client, minute(1))
    assert not is_in(client)


def test_a_code_that_was_used_is_refused_in_another_session(nadia: User, minute: Minute) -> None:
    code = minute(1)
    first, second = give_password(nadia)[0], give_password(nadia)[0]
    give_code(first, code)
    assert is_in(first)
    assert give_code(second, code).status_code == 200
    assert not is_in(second)
    give_code(second, minute(2))
    assert is_in(second)


def test_the_code_of_somebody_else_opens_nothing(nadia: User, keeper: User, minute: Minute) -> None:
    EmailAddress.objects.create(user=keeper, email=keeper.email, verified=True, primary=True)
    auth.TOTP.activate(keeper, auth.generate_totp_secret())
    client, _ = give_password(keeper)
    give_code(client, minute(1))
    assert not is_in(client)


def test_a_recovery_code_opens_the_desk_once(nadia: User, minute: Minute) -> None:
    minute(1)
    code = RecoveryCodes.activate(nadia).get_unused_codes()[0]
    first, second = give_password(nadia)[0], give_password(nadia)[0]
    give_code(first, code)
    give_code(second, code)
    assert (is_in(first), is_in(second)) == (True, False)


def test_codes_cannot_be_guessed_without_end(nadia: User, minute: Minute) -> None:
    code = minute(1)
    client, _ = give_password(nadia)
    for number in range(6):
        give_code(client, f"{(int(code) + 1 + number) % 1_000_000:06}")
    give_code(client, code)
    assert not is_in(client)


def test_proof_is_of_the_person_who_is_signed_in(nadia: User, steward: User, sign_in: SignIn) -> None:
    """A record of somebody else's proof in the session counts for nothing."""
    client = sign_in(steward)
    session = client.session
    session["account_authentication_methods_user"] = str(nadia.pk)
    session.save()
    assert not is_in(client)


def test_signing_out_closes_the_desk(nadia: User, minute: Minute) -> None:
    code = minute(1)
    client, _ = give_password(nadia)
    give_code(client, code)
    client.post("/en/accounts/logout/")
    assert not is_in(client)


def test_somebody_without_a_second_factor_is_led_to_set_one_up_and_prove_it(
    navigator: User, minute: Minute
) -> None:
    EmailAddress.objects.create(user=navigator, email=navigator.email, verified=True, primary=True)
    client, answer = give_password(navigator)
    assert answer["Location"] == "/en/desk/"
    assert client.get("/en/desk/")["Location"] == "/en/accounts/2fa/"
    asked_again = client.get("/en/accounts/2fa/totp/activate/")["Location"]
    client.post(asked_again, {"password": PASSWORD})
    assert client.get("/en/accounts/2fa/totp/activate/").status_code == 200
    session = client.session
    session[auth.SECRET_SESSION_KEY] = SECRET
    session.save()
    code = minute(1)
    assert client.post("/en/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    assert client.get("/en/desk/")["Location"] == "/en/accounts/2fa/reauthenticate/?next=%2Fen%2Fdesk%2F"
    give_code(client, code, "reauthenticate")
    assert is_in(client)


@pytest.mark.parametrize("page", KEYS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_session_older_than_the_second_factor_cannot_take_it_off(
    nadia: User, sign_in: SignIn, page: str, language: str
) -> None:
    path = f"/{language}/accounts/{page}"
    assert holds_keys(path)
    client = sign_in(nadia, second_factor=False)
    for answer in (client.get(path), client.post(path, {"action_add": "", "email": "thief@a.example"})):
        assert answer.status_code == 302
        assert "/accounts/2fa/reauthenticate/?next=" in answer["Location"]
    assert Authenticator.objects.filter(user=nadia, type=Authenticator.Type.TOTP).exists()
    assert not EmailAddress.objects.filter(email="thief@a.example").exists()


@pytest.mark.parametrize("page", ["2fa/recovery-codes/", "2fa/", "2fa/totp/activate/", "password/change/"])
def test_the_keys_of_an_account_need_a_sign_in(visitor: RoleClient, page: str) -> None:
    answer = visitor.get(f"/en/accounts/{page}")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_the_secret_of_an_authenticator_is_not_readable_in_the_database(nadia: User) -> None:
    kept = str(Authenticator.objects.get(user=nadia).data)
    assert SECRET not in kept
