"""A person who signs in: one address, one account, and nothing that names them elsewhere."""

import uuid

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from accounts.models import User

PASSWORD = "correct horse battery"


@pytest.mark.parametrize("email", ["Kim@Relais.Example", " kim@relais.example ", "KIM@RELAIS.EXAMPLE"])
def test_an_address_is_kept_in_one_spelling(db: None, email: str) -> None:
    assert User.objects.create_user(email).email == "kim@relais.example"


def test_the_same_address_in_other_letters_is_not_another_account(db: None) -> None:
    User.objects.create_user("kim@relais.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Kim@Relais.example")


def test_the_database_refuses_it_too(db: None) -> None:
    User.objects.create_user("kim@relais.example")
    with pytest.raises(IntegrityError, match="whatever_its_case"), transaction.atomic():
        User.objects.bulk_create([User(email="KIM@relais.example")])


@pytest.mark.parametrize("email", ["", "   "])
def test_nobody_is_without_an_address(db: None, email: str) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user(email)


def test_a_person_is_found_and_signs_in_whatever_the_case(keeper: User) -> None:
    assert User.objects.get_by_natural_key("KEEPER@relais.example") == keeper
    assert list(User.objects.get_queryset().with_email("Keeper@Relais.Example")) == [keeper]
    request = RequestFactory().post("/")
    assert authenticate(request, email="Keeper@Relais.Example", password=PASSWORD) == keeper
    assert authenticate(request, email=keeper.email, password="wrong") is None


def test_an_account_without_a_password_opens_to_none(db: None) -> None:
    user = User.objects.create_user("kim@relais.example")
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_the_key_says_nothing_of_the_person_and_neither_does_the_log(keeper: User) -> None:
    assert isinstance(keeper.pk, uuid.UUID)
    assert str(keeper) == str(keeper.pk)
    assert "keeper" not in repr(keeper)


def test_nobody_is_staff_unless_it_is_said(keeper: User, steward: User) -> None:
    assert (keeper.is_staff, keeper.is_superuser) == (False, False)
    assert (steward.is_staff, steward.is_superuser) == (True, False)
    assert User.objects.create_superuser("s@relais.example", PASSWORD).is_superuser


def test_real_passwords_are_kept_by_argon2(settings: object) -> None:
    from config.settings import base  # not the tests' quick hasher

    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
