"""The cast: people with a story, the same in every test (tests/README.md)."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from accounts.models import User
from tests.roles import RoleClient

SignIn = Callable[..., RoleClient]


def _person(name: str, **more: Any) -> User:
    return User.objects.create_user(f"{name}@relais.example", "correct horse battery", **more)


@pytest.fixture
def navigator(db: None) -> User:
    """Nadia, front-line worker at a drop-in: searches while a person waits."""
    return _person("navigator")


@pytest.fixture
def intake(db: None) -> User:
    """Ines, intake worker at a shelter."""
    return _person("intake")


@pytest.fixture
def keeper(db: None) -> User:
    """Kim, keeps an organization's profile true."""
    return _person("keeper")


@pytest.fixture
def outsider(db: None) -> User:
    """Otto, has an account and belongs nowhere: must be refused."""
    return _person("outsider")


@pytest.fixture
def steward(db: None) -> User:
    """Sam, of the national team."""
    return _person("steward", is_staff=True)


@pytest.fixture
def analyst(db: None) -> User:
    """Anh, Public Safety: counts, never people."""
    return _person("analyst")


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """Gives a browser in which somebody is signed in, with or without a second factor."""

    def signed_in(user: User, *, second_factor: bool = True) -> RoleClient:
        client = RoleClient()
        client.force_login(user)
        records: list[dict[str, Any]] = [{"method": "password", "at": time.time()}]
        if second_factor:
            totp = Authenticator.Type.TOTP
            factor, _ = Authenticator.objects.get_or_create(user=user, type=totp, defaults={"data": {}})
            records.append({"method": "mfa", "at": time.time(), "id": factor.pk, "type": factor.type})
        session = client.session
        session["account_authentication_methods"] = records
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return signed_in
