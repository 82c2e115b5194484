"""The gate in front of signed-in work: a session that proved a second factor, or nothing (docs/adr/0022).

allauth asks for the second factor when somebody signs in who has one; it guards neither Django's admin, nor Wagtail,
nor a person who has none yet. This does, by address, for every view at once.
"""

import re
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.lost_factor import may_not_set_one, note_new_factor
from safety.pages import TooLate, can_be_given_back, too_late
from safety.surface import is_private, is_sign_in

# With these a thief of a password could take a second factor off, move the account to another mailbox, or end the
# sessions of its person. Where a factor is shown stays open, and so does signing in by a passkey.
PROVING = r"authenticate/|reauthenticate/|webauthn/(?:reauthenticate|login)/"
KEYS = re.compile(rf"/(?:en|fr)/accounts/(?:email/|sessions/|password/(?:change|set)/|2fa/(?!{PROVING}))")


def is_guarded(path: str) -> bool:
    """True for signed-in work; signing in itself is open to those who want to."""
    return is_private(path) and not is_sign_in(path)


def holds_keys(path: str) -> bool:
    """True where a person changes how they sign in."""
    return KEYS.match(path) is not None


def proved_second_factor(request: HttpRequest) -> bool:
    """True if this very session was opened or raised with a second factor that its person still has.

    One that was taken off, lost and removed, opens nothing from the next request on, in whichever session. A recovery
    code is used up by proving; it counts while there is a factor left.
    """
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    shown = [record for record in records if record.get("method") == "mfa"]
    if not shown:
        return False
    kept = _kept_factors(request)
    by_code = Authenticator.Type.RECOVERY_CODES.value
    return any(record.get("id") in kept or (kept and record.get("type") == by_code) for record in shown)


def _kept_factors(request: HttpRequest) -> set[int]:
    """Asked once for each request: the administration wants to know at every link that it writes."""
    noted = vars(request)
    if "_kept_factors" not in noted:
        factors = Authenticator.objects.filter(user_id=request.user.pk).order_by("pk")
        noted["_kept_factors"] = set(factors.values_list("pk", flat=True))
    kept: set[int] = noted["_kept_factors"]
    return kept


class SecondFactorMiddleware:
    """Sends whoever lacks a sign-in to sign in, and whoever lacks a second factor to set one up or prove it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Public pages are not looked at: they have no session. What somebody typed meanwhile comes back to them."""
        way = way_to_proof(request) if asks_for_proof(request) else ""
        if way and can_be_given_back(request):
            # In a window of its own it leads to the desk: many of these addresses only take what is sent.
            why = TooLate.PROOF if request.user.is_authenticated else TooLate.SIGNED_OUT
            return too_late(request, why, way.partition("?")[0])
        if way:
            return HttpResponseRedirect(way)
        response = self.get_response(request)
        if request.method == "POST" and holds_keys(request.path_info):
            note_new_factor(request)
        return response


def asks_for_proof(request: HttpRequest) -> bool:
    """True for signed-in work, and for the keys of an account that has a second factor to lose, or lost it."""
    if holds_keys(request.path_info):
        return request.user.is_authenticated and (
            bool(is_mfa_enabled(request.user)) or may_not_set_one(request)
        )
    return is_guarded(request.path_info)


def way_to_proof(request: HttpRequest) -> str:
    """Where this session can prove what it lacks; empty if it lacks nothing."""
    back = urlencode({"next": request.path})
    if not request.user.is_authenticated:
        return f"{reverse('account_login')}?{back}"
    if proved_second_factor(request):
        return ""
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        return f"{reverse('mfa_reauthenticate')}?{back}"
    if is_mfa_enabled(request.user, [Authenticator.Type.WEBAUTHN]):
        return f"{reverse('mfa_reauthenticate_webauthn')}?{back}"
    return reverse("account_lost_factor") if may_not_set_one(request) else reverse("mfa_index")
