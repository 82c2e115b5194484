"""Two surfaces: public pages, the same bytes for everyone, and signed-in work. The address alone decides."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

SIGN_IN = re.compile(r"/(?:en|fr)/accounts/")
DESK = re.compile(r"/(?:en|fr)/(?:desk|bureau)/")
PRIVATE = re.compile(r"/(?:(?:en|fr)/(?:desk|bureau|accounts)|cms|admin)(?:/|$)")


def is_private(path: str) -> bool:
    """True for the desk, sign-in, Wagtail and Django admin; everything else is public."""
    return PRIVATE.match(path) is not None


def is_desk(path: str) -> bool:
    """True where people act for an organization, or as stewards."""
    return DESK.match(path) is not None


def is_sign_in(path: str) -> bool:
    """True where people say who they are: what is typed there is secret."""
    return SIGN_IN.match(path) is not None


class PublicSurfaceMiddleware:
    """A public page never sees a cookie and never sets one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the cookies away on public addresses, both ways."""
        if is_private(request.path_info):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        response = self.get_response(request)
        response.cookies.clear()
        _no_longer_varies_by_cookie(response)
        return response


def _no_longer_varies_by_cookie(response: HttpResponse) -> None:
    """Middleware further in says so because it looked for a session; there was none to find."""
    names = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    kept = [name for name in names if name and name.lower() != "cookie"]
    del response.headers["Vary"]
    if kept:
        response.headers["Vary"] = ", ".join(kept)


class PublicTextIsCompressedMiddleware(GZipMiddleware):
    """Compresses public text. Signed-in pages stay as they are: they hold secrets, which compressing tells (BREACH)."""

    # Django pads at random to hide a secret; a public page holds none, and is the same bytes for everyone.
    max_random_bytes = 0

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Leave private pages, and files that the static middleware serves, alone."""
        if is_private(request.path_info) or response.streaming:
            return response
        return super().process_response(request, response)
