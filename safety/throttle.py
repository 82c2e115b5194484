"""Limits on public doors that leave no trace: buckets in this process's memory under a key that lives an hour.

The visitor's address is never kept: it is hashed under a random key that is thrown away, with all its counts, at the
first request after an hour. `settings.THROTTLE_LIMITS` maps the start of an address to requests a minute.
"""

import hmac
import ipaddress
import secrets
import threading
import time
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language_from_path, get_language_from_request, override
from django.utils.translation import gettext as _

from safety.pages import error_page

DEFAULT_LIMITS = {
    # A shelter has one address: twenty workers who send a search every ten seconds each are let through.
    **dict.fromkeys(("/api/", "/en/find/", "/fr/trouver/", "/hsds/", "/en/list/", "/fr/liste/"), 300),
    # What a public page writes: nobody has that many answers to give.
    **dict.fromkeys(
        ("/en/helped/", "/fr/utile/", "/en/tell-us/", "/fr/nous-dire/", "/en/wrong/", "/fr/erreur/"), 12
    ),
    # Reading a sheet or a file is work for the machine: nobody sends one every few seconds.
    **dict.fromkeys(("/en/desk/organization/sheet/", "/fr/bureau/organisme/tableau/", "/cms/files/"), 30),
    **dict.fromkeys(("/en/protocols/pack/", "/fr/protocoles/trousse/"), 30),
    # Whoever guesses at tokens; who has one is counted by it as well.
    "/hsds/push": 60,
    # A night desk says it once or twice; whoever stole its link must not fill the audit trail.
    **dict.fromkeys(("/en/beds/", "/fr/lits/"), 12),
}
HOUR, MINUTE = 3600.0, 60.0
LINES_OF_A_NETWORK = 64
"""How many lines' worth one IPv6 network (/48) may take: who has it all must not empty everybody's buckets.

Many: it may as well be the homes of a village or the phones of a town, and a few lines of one of them must not shut
the door for the others.
"""
MOST_BUCKETS = 50_000
FOR_MACHINES = ("/api/", "/hsds/")


def visitor_address(request: HttpRequest) -> str:
    """The network address that counts: behind N trusted proxies, the one that the outermost of them saw.

    Each proxy adds to the right of X-Forwarded-For whom it was asked by (`settings.TRUSTED_PROXIES` = N, 0 without).
    What stands further left is the visitor's own claim. Anything unreadable: whoever opened the connection.
    """
    trusted: int = getattr(settings, "TRUSTED_PROXIES", 0)
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    claimed = seen[-trusted].strip() if 0 < trusted <= len(seen) else ""
    return _is_address(claimed) or str(request.META.get("REMOTE_ADDR", ""))


def _is_address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""


def household(address: str) -> str:
    """What counts as one line: an address; of IPv6 the /64, for one line has all of it, and would have its buckets."""
    if ":" not in address or not _is_address(address):
        return address
    return str(ipaddress.ip_network((address.partition("%")[0], 64), strict=False))


def network(address: str) -> str:
    """Of IPv6 the /48: one customer's 65,536 lines, or many customers'. Empty for anything else."""
    if ":" not in address or not _is_address(address):
        return ""
    return str(ipaddress.ip_network((address.partition("%")[0], 48), strict=False))


class Buckets:
    """Token buckets by keyed hash: `take` says whether one more request is allowed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._key = secrets.token_bytes(32)
        self._born = self._clock()
        self._levels: dict[bytes, tuple[float, float]] = {}

    def _forget_full(self, now: float) -> None:
        """A bucket that nobody knocked at for a minute is full, and as good as none: only those of this minute stay."""
        self._levels = {mark: told for mark, told in self._levels.items() if now - told[1] < MINUTE}
        if len(self._levels) > MOST_BUCKETS:
            self._forget()

    def take(self, name: str, per_minute: int) -> bool:
        """True, and one token less, if `name` has one left; a bucket refills over a minute."""
        with self._lock:
            now = self._clock()
            if now - self._born > HOUR:
                self._forget()
            if len(self._levels) > MOST_BUCKETS:
                self._forget_full(now)
            mark = hmac.new(self._key, name.encode(), sha256).digest()
            level, then = self._levels.get(mark, (float(per_minute), now))
            level = min(per_minute, level + (now - then) * per_minute / 60)
            self._levels[mark] = (max(level - 1, 0) if level >= 1 else level, now)
            return level >= 1


class ThrottleMiddleware:
    """Answers 429 with a plain page, and when to come back, where a door is knocked on too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.buckets = Buckets()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count only the doors that have a limit."""
        limits: dict[str, int] = getattr(settings, "THROTTLE_LIMITS", DEFAULT_LIMITS)
        for start, per_minute in limits.items():
            if request.path_info.startswith(start):
                address = visitor_address(request)
                wide = network(address)
                if wide and not self.buckets.take(f"{start} {wide}", per_minute * LINES_OF_A_NETWORK):
                    return self._refuse(request)
                if not self.buckets.take(f"{start} {household(address)}", per_minute):
                    return self._refuse(request)
        return self.get_response(request)

    def _refuse(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        with override(get_language_from_path(path) or get_language_from_request(request)):
            is_machine = path.startswith(FOR_MACHINES)
            response = _refusal_as_json() if is_machine else error_page(request, 429)
        response.headers["Retry-After"] = "60"
        return response


def _refusal_as_json() -> JsonResponse:
    return JsonResponse({"errors": {"request": [_("Too many tries at once")]}}, status=429)
