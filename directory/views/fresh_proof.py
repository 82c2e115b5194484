"""Pages on which people are let in or out ask once more who one is, and take what was written there for an hour."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from safety.pages import TooLate, can_be_given_back, too_late

STAYS_FRESH = 3600.0
"""Seconds in which a page that asked for proof may be sent: what was typed there must not be lost."""
STAYS_FRESH_FOR_LEADS = 900.0
"""Theirs are short pages, opened now and then; stewards work through queues for an hour."""


def proved_anew(request: HttpRequest, within: float = STAYS_FRESH) -> bool:
    """True if somebody who was signed in already proved it once more within the last hour, or `within` seconds."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    anew = [record for record in records if record.get("reauthenticated")]
    return any(time.time() - record.get("at", 0) < within for record in anew)


def asked_anew(request: HttpRequest, way: str) -> HttpResponse:
    """What was sent too late comes back to who typed it; `way` is a page that asks who one is."""
    return too_late(request, TooLate.PROOF, way) if can_be_given_back(request) else redirect(way)
