"""How allauth behaves here: nobody signs up by themselves, and second-factor secrets are encrypted."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from safety.crypto import Context, open_sealed, seal
from safety.owner_keys import SITE, data_key, existing_data_key

SECRET = Context(owner=SITE, table="mfa_authenticator", column="data", row="secret")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account that anybody can make opens nothing and is one more thing to guard."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the shared secret of a second factor under the site's own data key, which rotation wraps anew."""

    def encrypt(self, text: str) -> str:
        """Sealed and written in ASCII."""
        return base64.b64encode(seal(text.encode(), key=data_key(SITE), context=SECRET)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` was given."""
        return open_sealed(
            base64.b64decode(encrypted_text), key=existing_data_key(SITE), context=SECRET
        ).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """The name that a passkey would show (issue: passkeys come with memberships)."""
        return {"id": self.request.get_host().partition(":")[0], "name": "Relais"}
