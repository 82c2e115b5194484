"""The letter to somebody who forgot the password: queued, so that asking takes as long for every address.

An address that nobody has gets a notice about nothing, for which no letter is written: the same rows, the same work.
A person gets one letter in ten minutes, whoever asks how often.
"""

import uuid

from allauth.account.forms import ResetPasswordKeyForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reset_token import is_renewed
from safety.notices import Letter, notify, register
from safety.seal import mark

KINDS = {"en": "forgotten_password_en", "fr": "forgotten_password_fr"}
"""By the language in which it was asked for: a notice holds no more than its kind and an id."""


def ask_for_letter(address: str, user: uuid.UUID | None) -> None:
    """Queue the letter to `user`, in the language of the moment; None: nobody has the address that was typed."""
    now = timezone.now()
    ten_minutes = f"{now:%Y-%m-%dT%H:%M}"[:-1]
    # The same stranger's address is the same nobody until the day's key is destroyed: twice is as quick as for people.
    nobody = uuid.UUID(bytes=mark(address.casefold(), "forgotten password", now)[:16])
    notify(KINDS["fr" if get_language() == "fr" else "en"], user or nobody, once=ten_minutes)


def _letter(user: uuid.UUID, language: str) -> Letter | None:
    person = User.objects.filter(pk=user, is_active=True).first()
    if person is None:
        return None
    with override(language):
        body = _not_now() if is_renewed(person) else _here(_link(person))
        return Letter(person.email, language, _("A new password"), body + "\n")


def _here(link: str) -> str:
    body = _(
        "Somebody asked for a new password for this address. If it was you, choose one here:\n\n%(link)s\n\n"
        "If it was not you, do nothing: your password stays as it is."
    )
    return body % {"link": link}


def _not_now() -> str:
    """Without a link: with it, and the letter that opens the door, the mailbox alone would open the account."""
    return _(
        "Somebody asked for a new password for this address. No new password comes by mail as long as a new second "
        "factor is on its way to it. If you forgot your password as well, or if you asked for neither: call whoever "
        "leads your organization, or the national team."
    )


def _link(person: User) -> str:
    """Good for as long as `PASSWORD_RESET_TIMEOUT` from now on, and for one new password."""
    parts = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return settings.SITE_URL.rstrip("/") + reverse("account_reset_password_from_key", kwargs=parts)


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password by the link of the letter: one that whoever reads the mailbox may have chosen."""

    def save(self) -> None:
        """The moment is kept: for a week that password counts for nothing beside the mailbox."""
        super().save()
        self.user.password_reset_at = timezone.now()
        self.user.save(update_fields=["password_reset_at"])


def _in_english(user: uuid.UUID) -> Letter | None:
    return _letter(user, "en")


def _in_french(user: uuid.UUID) -> Letter | None:
    return _letter(user, "fr")


register(KINDS["en"], _in_english)
register(KINDS["fr"], _in_french)
