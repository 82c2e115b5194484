"""The gate in front of signed-in work: a session that proved a second factor, or nothing (docs/adr/0022).

allauth asks for the second factor when somebody signs in who has one; it guards neither Django's admin, nor Wagtail,
nor a person who has none yet. This does, by address, for every view at once.
"""

import re
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from safety.surface import is_private

SIGN_IN = re.compile(r"/(?:en|fr)/accounts/")
# With these a thief of a password could take a second factor off, or move the account to another mailbox.
KEYS = re.compile(
    r"/(?:en|fr)/accounts/(?:email/|password/(?:change|set)/|2fa/(?!authenticate/|reauthenticate/))"
)


def is_guarded(path: str) -> bool:
    """True for signed-in work; signing in itself is open to those who want to."""
    return is_private(path) and not SIGN_IN.match(path)


def holds_keys(path: str) -> bool:
    """True where a person changes how they sign in."""
    return KEYS.match(path) is not None


def proved_second_factor(request: HttpRequest) -> bool:
    """True if this very session was opened or raised with a second factor."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


class SecondFactorMiddleware:
    """Sends whoever lacks a sign-in to sign in, and whoever lacks a second factor to set one up or prove it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Public pages are not looked at: they have no session."""
        way = way_to_proof(request) if asks_for_proof(request) else ""
        return HttpResponseRedirect(way) if way else self.get_response(request)


def asks_for_proof(request: HttpRequest) -> bool:
    """True for signed-in work, and for the keys of an account that has a second factor to lose."""
    if holds_keys(request.path_info):
        return request.user.is_authenticated and bool(is_mfa_enabled(request.user))
    return is_guarded(request.path_info)


def way_to_proof(request: HttpRequest) -> str:
    """Where this session can prove what it lacks; empty if it lacks nothing."""
    back = urlencode({"next": request.path})
    if not request.user.is_authenticated:
        return f"{reverse('account_login')}?{back}"
    if proved_second_factor(request):
        return ""
    if is_mfa_enabled(request.user):
        return f"{reverse('mfa_reauthenticate')}?{back}"
    return reverse("mfa_index")
