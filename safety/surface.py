"""Two surfaces: public pages, the same bytes for everyone, and signed-in work. The address alone decides."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PRIVATE = re.compile(r"/(?:(?:en|fr)/(?:desk|bureau|accounts)|cms|admin)(?:/|$)")


def is_private(path: str) -> bool:
    """True for the desk, sign-in, Wagtail and Django admin; everything else is public."""
    return PRIVATE.match(path) is not None


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
        return response
