"""The editors' surface below /cms/: what Wagtail's pages need of a browser, allowed there and nowhere else."""

from collections.abc import Callable
from types import MappingProxyType

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError

from cms.cleaning.files import LARGEST
from cms.editors_forms import read_form
from directory.views.sheet_upload import BoundedUpload
from safety.pages import error_page

START, FILES = "/cms/", "/cms/files/"
POLICY = MappingProxyType(
    {
        "default-src": [NONE],
        # No inline script here either: those of its date fields are a file of ours (js/cms.js).
        "script-src": [SELF],
        # Its editor moves and sizes things by style attributes.
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        # The preview stands in a frame of the editor, and in no other page's.
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }
)


class FileUpload(BoundedUpload):
    """Takes a file of editors into memory, up to its limit."""

    most = LARGEST


class EditorsSurfaceMiddleware:
    """Reads their forms, sets the policy of their pages; a stream is sent whole, inside its transaction.

    Whoever is sent away, or told that nothing is there, gets the site's own policy, and so does what is no page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Other addresses are not looked at."""
        if not request.path_info.startswith(START):
            return self.get_response(request)
        if request.path_info.startswith(FILES):
            request.upload_handlers = [FileUpload(request)]
        else:
            read_form(request)
        response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response = _whole(response)
        if response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html"):
            # A preview passed through all of this once before, as a page for readers, which no frame may hold.
            response.headers.pop("Content-Security-Policy", None)
            response._csp_replace = dict(POLICY)  # type: ignore[attr-defined]  # where django-csp looks for it
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A form that lacks what Wagtail's always has was made by hand: 400, no fault of the site."""
        if isinstance(exception, MultiValueDictKeyError) and request.path_info.startswith(START):
            return error_page(request, 400)
        return None


def _whole(response: StreamingHttpResponse) -> HttpResponse:
    """The same answer, read before its transaction ends."""
    body = b"".join(response)  # type: ignore[arg-type]  # a list that was sent to be read later, by no async server
    return HttpResponse(body, status=response.status_code, headers=dict(response.headers))
