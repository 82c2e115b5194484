"""The demo people: nine accounts of one story, in demonstration data only, never on a site for real people.

They share one password, made at first start and kept beside the clone; each proves a second factor like
everybody else, and `manage.py demo_code` plays their telephone.
"""

import os
import secrets
import time
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction

from accounts.models import User
from safety import audit
from safety.viewer import VISITOR

DOMAIN = "@demo.invalid"
NAMES = ("navigator", "intake", "keeper", "outsider", "steward", "approver", "analyst", "editor", "reviewer")
STAFF = frozenset({"steward", "approver"})
"""Two of them: nobody is let in by one alone."""
# Letters and digits that nobody mistakes for one another, without vowels: no words come of them by chance.
LETTERS = "bcdfghjkmnpqrstvwxz23456789"


class DemoRefused(Exception):
    """What was asked exists in demonstrations only, or for demo people only."""


def refuse_unless_demo_is_allowed() -> None:
    """Raise DemoRefused where the settings don't allow demonstration data: on every site for real people."""
    if not settings.ALLOWS_DEMO:
        raise DemoRefused("Demonstration data and demo people are refused here: ALLOWS_DEMO is off.")


def demo_emails() -> list[str]:
    """The addresses of the demo people."""
    return [f"{name}{DOMAIN}" for name in NAMES]


def demo_password() -> str:
    """The one password of all demo people; made, and kept in a file for its owner alone, where there is none.

    Raises DemoRefused where that file can't be read or written.
    """
    path = Path(settings.DEMO_PASSWORD_FILE)
    try:
        kept = path.read_text(encoding="ascii").strip() if path.exists() else ""
        return kept or _make_password(path)
    except OSError as error:
        raise DemoRefused(f"The demo people's password can't be kept in {path}: {error.strerror}.") from None


def _make_password(path: Path) -> str:
    """Written beside and renamed, so that a killed start leaves no empty file."""
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(password + "\n")
    draft.replace(path)
    return password


@transaction.atomic
def make_demo_people() -> None:
    """Add the demo people that are missing, with verified address and second factor. Raises DemoRefused.

    Where their password is not the kept one (its file was removed), all get the kept one.
    """
    refuse_unless_demo_is_allowed()
    password, there = demo_password(), _there()
    missing = [name for name in NAMES if f"{name}{DOMAIN}" not in there]
    for name in missing:
        _make_person(name, password)
    # One of them is asked, not all: a good hash is slow, and they change together.
    is_outdated = bool(there) and not next(iter(there.values())).check_password(password)
    if is_outdated:
        _renew_password(list(there.values()), password)
    if missing or is_outdated:
        audit.record(
            VISITOR,
            action="make_demo_people",
            subject_type="user",
            details={"made": len(missing), "password_renewed": is_outdated},
        )


def _there() -> dict[str, User]:
    found = User.objects.filter(email__in=demo_emails()).order_by("email")
    return {user.email: user for user in found}


def _make_person(name: str, password: str) -> None:
    user = User.objects.create_user(f"{name}{DOMAIN}", password, is_staff=name in STAFF)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    TOTP.activate(user, generate_totp_secret())


def _renew_password(people: list[User], password: str) -> None:
    for user in people:
        user.set_password(password)
    User.objects.bulk_update(people, ["password"])


def demo_code(email: str) -> str:
    """The second factor that `email` would read from a telephone now. Raises DemoRefused for anybody real."""
    refuse_unless_demo_is_allowed()
    if not email.endswith(DOMAIN):
        raise DemoRefused(f"Codes are printed for demo people only: their addresses end in {DOMAIN}.")
    factor = Authenticator.objects.filter(
        user__email=email, user__email__in=demo_emails(), type=Authenticator.Type.TOTP
    ).first()
    if factor is None:
        raise DemoRefused(f"No such demo person. There are {', '.join(demo_emails())}.")
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(decrypt(factor.data["secret"]), counter))
