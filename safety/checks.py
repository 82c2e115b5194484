"""Settings of this app that a site must not start with."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from safety.crypto import KeyringFault, parse_keyring

HINT = (
    "PORTAL_KEYS holds ID:KEY entries, newest first, separated by commas. A KEY is 32 random bytes "
    "in URL-safe base64: python3 -c 'import base64, secrets; "
    "print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
)


@register(Tags.security)
def check_portal_keys(app_configs: Sequence[Any] | None, **_more: Any) -> list[CheckMessage]:
    """safety.E001: the key-encryption keys are missing, weak, repeated or not readable as keys."""
    try:
        parse_keyring(str(getattr(settings, "PORTAL_KEYS", "")))
    except KeyringFault as fault:
        return [Error(str(fault), hint=HINT, id="safety.E001")]
    return []
