"""Somebody lost the second factor: who is there, and what they do in a browser."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.utils import timezone

from accounts.models import FactorRenewal, User
from directory.actions.renew_factor import ask_new_factor
from directory.models.membership import Role
from directory.models.organization import Organization
from safety.notices import deliver
from safety.viewer import Viewer
from tests.directory.vetting import employ, made, second_steward
from tests.roles import RoleClient

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WHY = "She called; I called her back at the desk."


@pytest.fixture
def road(db: None) -> Organization:
    """An organization."""
    return made("Open Road")


@pytest.fixture
def lead(intake: User, road: Organization) -> Viewer:
    """Ines leads it."""
    return employ(intake, road, Role.LEAD)


@pytest.fixture
def nadia(navigator: User, road: Organization) -> User:
    """Nadia works there, with an authenticator and recovery codes."""
    employ(navigator, road)
    return equipped(navigator)


@pytest.fixture
def second(db: None) -> User:
    """Tove, another steward."""
    return second_steward()


def equipped(user: User) -> User:
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    auth.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def asked(user: User, viewer: Viewer, **more: Any) -> FactorRenewal:
    return ask_new_factor(**{"user": user.pk, "reason": WHY, "viewer": viewer, "now": timezone.now()} | more)


def third_steward() -> User:
    """Una, one more steward."""
    return User.objects.create_user("una@relais.example", PASSWORD, is_staff=True)


def factors(user: User) -> int:
    return Authenticator.objects.filter(user=user).count()


def link() -> str:
    """The path of the latest letter's English link."""
    bodies = "\n".join(letter.body for letter in mail.outbox)
    return re.findall(r"/en/accounts/new-factor/\S+", bodies)[-1]


def sent() -> None:
    deliver(timezone.now())


def through(client: RoleClient) -> RoleClient:
    """This browser went through the door of the letter, and signed in with the password."""
    assert client.post(link())["Location"] == "/en/accounts/login/?next=%2Fen%2Faccounts%2F2fa%2F"
    return client


def with_password(client: RoleClient, user: User) -> RoleClient:
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def sets_one(client: RoleClient) -> bool:
    """Whether this session may set a second factor."""
    answer = client.get("/en/accounts/2fa/totp/activate/")
    if answer.status_code == 302 and "/accounts/reauthenticate/" in answer["Location"]:
        client.post(answer["Location"], {"password": PASSWORD})
        answer = client.get("/en/accounts/2fa/totp/activate/")
    return bool(answer.status_code == 200)
