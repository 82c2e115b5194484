"""The gate in front of signed-in work: a session that proved a second factor, or nothing (docs/adr/0022).

allauth asks for the second factor when somebody signs in who has one; it guards neither Django's admin, nor Wagtail,
nor a person who has none yet. This does, by address, for every view at once.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from safety.surface import is_private

SIGN_IN = "/accounts/"


def is_guarded(path: str) -> bool:
    """True for signed-in work; signing in itself is open to those who want to."""
    return is_private(path) and SIGN_IN not in path[:13]


def proved_second_factor(request: HttpRequest) -> bool:
    """True if this very session was opened or raised with a second factor."""
    records: list[dict[str, Any]] = get_authentication_records(request)
    return any(record.get("method") == "mfa" for record in records)


class SecondFactorMiddleware:
    """Sends whoever lacks a sign-in to sign in, and whoever lacks a second factor to set one up or prove it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Public pages are not looked at: they have no session."""
        if not is_guarded(request.path_info):
            return self.get_response(request)
        if not request.user.is_authenticated:
            address = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
            return HttpResponseRedirect(address)
        if not proved_second_factor(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)
