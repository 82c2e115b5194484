"""The operator's hand makes stewards, the first one too, and takes the right back; every other steward is told."""

from io import StringIO

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from directory.actions.name_steward import make_account, name_steward, thank_steward
from directory.models.adviser import Adviser
from safety.audit import AuditEntry
from safety.notices import deliver
from tests.cast import SignIn
from tests.directory.vetting import by
from tests.roles import RoleClient

NEW = "una@relais.example"
PASSWORD = "a quite different phrase"


def named(email: str, *more: str) -> str:
    out = StringIO()
    call_command("name_steward", email, *more, stdout=out)
    return out.getvalue()


def test_the_first_steward_comes_in_by_the_command_and_a_letter(db: None) -> None:
    """As README says: no account, no password of anybody else, a second factor before anything opens."""
    assert "Named." in named(NEW)
    person = User.objects.get(email=NEW)
    assert (person.is_staff, person.is_superuser, person.has_usable_password()) == (True, False, False)
    RoleClient().post("/en/accounts/password/reset/", {"email": NEW})
    deliver(timezone.now())
    link = next(word for word in mail.outbox[-1].body.split() if "/reset/key/" in word)
    client = RoleClient()
    form = client.get(link.removeprefix(settings.SITE_URL))["Location"]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/en/accounts/login/", {"login": NEW, "password": PASSWORD})
    assert client.get("/en/desk/review/")["Location"] == "/en/accounts/2fa/"
    assert AuditEntry.objects.filter(action="name_steward", subject_id=person.pk).count() == 1


def test_other_stewards_are_told_and_the_right_ends_at_once(
    steward: User, keeper: User, sign_in: SignIn
) -> None:
    named(keeper.email)
    deliver(timezone.now())
    assert [letter.to for letter in mail.outbox] == [[steward.email]]
    hers = sign_in(keeper)
    assert hers.get("/en/desk/review/").status_code == 200
    assert "Thanked." in named(keeper.email, "--end")
    assert "/accounts/login/" in hers.get("/en/desk/review/")["Location"]
    assert sign_in(keeper).get("/en/desk/review/").status_code == 403


def test_what_can_not_be_is_refused(steward: User, analyst: User) -> None:
    Adviser.objects.create(user=analyst, began_at=timezone.now())
    for email, more in ((steward.email, ""), (analyst.email, ""), (analyst.email, "--end"), (" ", "")):
        with pytest.raises(CommandError, match="Nothing was changed"):
            named(email, *([more] if more else []))


def test_no_steward_makes_another(steward: User, keeper: User) -> None:
    now = timezone.now()
    for act in (name_steward, thank_steward):
        with pytest.raises(PermissionDenied):
            act(email=keeper.email, viewer=by(steward), now=now)
    with pytest.raises(PermissionDenied):
        make_account(email=NEW, viewer=by(steward))
