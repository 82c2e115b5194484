"""How allauth behaves here: nobody signs up by themselves, no stranger locks anybody out, nobody learns whether an
address is known, and second-factor secrets are encrypted.
"""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forgotten_password import ask_for_letter
from accounts.models import User
from safety.crypto import Context, open_sealed, seal
from safety.owner_keys import SITE, data_key, existing_data_key
from safety.throttle import visitor_address

# A passkey first: nobody can be talked into telling it. A code that was just used is refused: the password before it.
WAYS = {
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
}
UNKNOWN_ACCOUNT = "account/email/unknown_account"
FORGOTTEN_PASSWORD = "account/email/password_reset_key"  # noqa: S105  # the name of a letter
SECRET = Context(owner=SITE, table="mfa_authenticator", column="data", row="secret")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account that anybody can make opens nothing and is one more thing to guard."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Counted as everywhere on this site. Connections without an address (a socket's) count as one."""
        return visitor_address(request) or "unknown"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Never to an address that has no account: anybody could make us write to anybody.

        Who asks for a new password waits for no mail server: how long it takes would tell whether an address is known.
        """
        if template_prefix == UNKNOWN_ACCOUNT:
            ask_for_letter(email, None)
        elif template_prefix == FORGOTTEN_PASSWORD:
            ask_for_letter(email, context["user"].pk)
        else:
            super().send_mail(template_prefix, email, context)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """The first is asked for, before something sensitive; the others are offered beside it."""
        ways = {way["id"]: way for way in super().get_reauthentication_methods(user)}
        return [{**ways[name], "description": words} for name, words in WAYS.items() if name in ways]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count for an account *from an address*: else a stranger's tries lock its person out.

        Who guesses from many addresses still meets the second factor, which is limited for each account.
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the shared secret of a second factor under the site's own data key, which rotation wraps anew."""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's
        """What a passkey is called whose person gave it no name."""
        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey {number}").format(number=there + 1)

    def encrypt(self, text: str) -> str:
        """Sealed and written in ASCII."""
        return base64.b64encode(seal(text.encode(), key=data_key(SITE), context=SECRET)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` was given."""
        return open_sealed(
            base64.b64decode(encrypted_text), key=existing_data_key(SITE), context=SECRET
        ).decode()
