"""The demo people: nine who can sign in at once, and on no site for real people."""

import stat
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import identify_hasher

from accounts.demo import DemoRefused, demo_code, demo_password, make_demo_people
from accounts.models import User
from safety.audit import AuditEntry

EVERYBODY = {
    f"{name}@demo.invalid"
    for name in (
        "navigator",
        "intake",
        "keeper",
        "outsider",
        "steward",
        "approver",
        "analyst",
        "editor",
        "reviewer",
    )
}


@pytest.fixture
def password_file(tmp_path: Path, settings: Any) -> Path:
    """Where this test's demo password is kept."""
    path = tmp_path / "demo-password"
    settings.DEMO_PASSWORD_FILE = path
    return path


@pytest.fixture
def people(db: None, password_file: Path) -> dict[str, User]:
    """The demo people by address."""
    make_demo_people()
    return {user.email: user for user in User.objects.all()}


def test_everybody_has_a_verified_address_and_a_second_factor(people: dict[str, User]) -> None:
    assert set(people) == EVERYBODY
    verified = EmailAddress.objects.filter(verified=True, primary=True)
    assert set(verified.values_list("email", flat=True)) == EVERYBODY
    factors = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    assert set(factors.values_list("user__email", flat=True)) == EVERYBODY


def test_their_secrets_differ_and_are_not_kept_in_the_clear(people: dict[str, User]) -> None:
    stored = [factor.data["secret"] for factor in Authenticator.objects.all()]
    assert len(set(stored)) == len(EVERYBODY)
    assert min(map(len, stored)) > 40


def test_the_code_that_is_printed_is_the_one_that_sign_in_asks(people: dict[str, User]) -> None:
    for email, user in people.items():
        factor = Authenticator.objects.get(user=user)
        assert TOTP(factor).validate_code(demo_code(email))


def test_only_the_two_stewards_may_open_the_administration(people: dict[str, User]) -> None:
    staff = {email for email, user in people.items() if user.is_staff}
    assert staff == {"steward@demo.invalid", "approver@demo.invalid"}
    assert not any(user.is_superuser for user in people.values())


def test_they_share_the_one_password_that_is_kept_for_its_owner_alone(
    people: dict[str, User], password_file: Path
) -> None:
    assert stat.S_IMODE(password_file.stat().st_mode) == 0o600
    assert [p.name for p in password_file.parent.iterdir()] == ["demo-password"]
    password = password_file.read_text().strip()
    assert len(password) >= 20
    assert all(user.check_password(password) for user in people.values())


def test_their_passwords_are_hashed_as_everybodys(people: dict[str, User], settings: Any) -> None:
    hashers = {type(identify_hasher(user.password)).__name__ for user in people.values()}
    assert hashers == {settings.PASSWORD_HASHERS[0].rpartition(".")[2]}


def test_a_second_start_changes_nothing(people: dict[str, User], password_file: Path) -> None:
    def kept() -> list[Any]:
        factors = Authenticator.objects.order_by("pk").values_list("pk", "data")
        users = User.objects.order_by("pk").values_list("pk", "password")
        return [*users, *factors, AuditEntry.objects.count(), password_file.read_text()]

    before = kept()
    make_demo_people()
    assert kept() == before


def test_one_who_went_missing_comes_back(people: dict[str, User]) -> None:
    people["keeper@demo.invalid"].delete()
    make_demo_people()
    assert set(User.objects.values_list("email", flat=True)) == EVERYBODY
    assert demo_code("keeper@demo.invalid").isdigit()


def test_a_new_password_file_gives_everybody_its_password(
    people: dict[str, User], password_file: Path
) -> None:
    old = password_file.read_text()
    password_file.unlink()
    make_demo_people()
    assert password_file.read_text() != old
    assert all(user.check_password(demo_password()) for user in User.objects.all())


def test_real_people_are_left_alone(db: None, password_file: Path, navigator: User) -> None:
    make_demo_people()
    make_demo_people()
    before = navigator.password
    navigator.refresh_from_db()
    assert navigator.password == before
    assert not Authenticator.objects.filter(user=navigator).exists()


def test_a_site_for_real_people_refuses_them(db: None, settings: Any, password_file: Path) -> None:
    settings.ALLOWS_DEMO = False
    with pytest.raises(DemoRefused, match="refused"):
        make_demo_people()
    assert not User.objects.exists()
    assert not password_file.exists()
