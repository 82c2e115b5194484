"""Headers of every answer, by surface (contract: Headers of public pages)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from safety.surface import is_private

PERMISSIONS = ", ".join(
    f"{name}=()" for name in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)
COMMON = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noarchive",
}


def is_asset(path: str) -> bool:
    """Style sheets, scripts and fonts: they tell nothing and may be kept."""
    return path.startswith("/static/")


class HeadersMiddleware:
    """Sets what a browser and a cache may keep, and what an address may tell the next site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then set the headers; an error page gets them as well."""
        response = self.get_response(request)
        if is_asset(request.path_info):
            return response
        for name, value in COMMON.items():
            response.headers.setdefault(name, value)
        # From a no-referrer page a browser posts `Origin: null`, which the CSRF check of the desk refuses.
        policy = "same-origin" if is_private(request.path_info) else "no-referrer"
        response.headers["Referrer-Policy"] = policy
        response.headers["Cache-Control"] = "no-store"
        return response
