"""Headers of every answer, by surface (contract: Headers of public pages)."""

import re
from collections.abc import Callable
from typing import Any

from csp.constants import NONE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse

from safety.surface import is_private

# Whoever asks gets the same bytes, for a minute: a listing that is taken off must not stay in front of us.
SAME_FOR_EVERYONE = frozenset(
    {"languages", "start", "safe_browsing", "listing", "worried", "criteria", "told_us"}
    | {"protocols", "protocol", "protocol_edition", "protocol_history", "protocol_file", "protocols_feed"}
)
OPEN_DATA = "hsds"
SHARED_FOR = "max-age=60"
NEVER_USED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *("encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts"),
    *("magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial"),
    *("storage-access", "usb", "xr-spatial-tracking"),
)
"""What a browser could do for a page, and for none of ours."""
PERMISSIONS = ", ".join(f"{name}=()" for name in NEVER_USED)
ADMINISTRATION = re.compile(r"/(?:admin|cms)(?:/|$)")
DESK = re.compile(r"/(?:en|fr)/(?:desk|bureau)(?:/|$)")
COMMON = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noarchive",
}


def is_asset(request: HttpRequest, response: HttpResponse) -> bool:
    """Style sheets, scripts and fonts that were found: they tell nothing and may be kept."""
    return request.path_info.startswith("/static/") and response.status_code < 400


def is_shared(request: HttpRequest, response: HttpResponse) -> bool:
    """True for a page that is the same for everyone; a sealed one belongs to one person."""
    match = request.resolver_match
    is_whole = response.status_code == 200 and not request.META.get("QUERY_STRING")
    if match is None or not is_whole or request.method not in ("GET", "HEAD"):
        return False
    return match.view_name in SAME_FOR_EVERYONE or match.view_name.startswith(OPEN_DATA)


def stricter(path: str) -> dict[str, list[str]]:
    """What the content policy of signed-in work refuses beyond everybody's: no script of it asks for anything.

    Signing in stays out: a passkey is asked for by script.
    """
    return {"connect-src": [NONE]} if ADMINISTRATION.match(path) or DESK.match(path) else {}


class ContentPolicyMiddleware(CSPMiddleware):
    """The content policy of the surface that is asked for."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: Any,
        report_only: bool = False,  # noqa: FBT001, FBT002  # its own signature
    ) -> PolicyParts:
        """Everybody's, and what is stricter here; a surface that sets rules of its own keeps those."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only:  # there is no such policy: nothing that a reader does is reported anywhere
            parts.replace = {**stricter(request.path_info), **(parts.replace or {})}
        return parts


class HeadersMiddleware:
    """Sets what a browser and a cache may keep, and what an address may tell the next site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then set the headers; an error page gets them as well."""
        response = self.get_response(request)
        if is_asset(request, response):
            return response
        for name, value in COMMON.items():
            response.headers.setdefault(name, value)
        # From a no-referrer page a browser posts `Origin: null`, which the CSRF check of the desk refuses.
        policy = "same-origin" if is_private(request.path_info) else "no-referrer"
        response.headers["Referrer-Policy"] = policy
        response.headers["Cache-Control"] = "no-store"
        if is_shared(request, response):  # for caches in front of the site alone (RFC 9213)
            response.headers.setdefault("CDN-Cache-Control", SHARED_FOR)
        return response
