"""Pages on which people are let in or out ask once more who one is, and take what was written there for an hour."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

STAYS_FRESH = 3600.0
"""Seconds in which a page that asked for proof may be sent: what was typed there must not be lost."""


def proved_lately(request: HttpRequest) -> bool:
    """True if this session showed a password, a code or a passkey within the last hour."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return any(time.time() - record.get("at", 0) < STAYS_FRESH for record in records)


def proved_anew(request: HttpRequest) -> bool:
    """True if somebody who was signed in already proved it once more within the last hour."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    anew = [record for record in records if record.get("reauthenticated")]
    return any(time.time() - record.get("at", 0) < STAYS_FRESH for record in anew)
