"""Builds the Viewer of a signed-in request and hands it to the database's row-level context."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from safety.context import set_viewer
from safety.surface import is_private
from safety.viewer import VISITOR, Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks. Without memberships (they come with vetting) everyone stands at the public tier."""
    user = request.user
    return Viewer(user=user.pk) if user.is_authenticated else VISITOR


class ViewerMiddleware:
    """Names the viewer inside the transaction that safety.context opened; sets `request.viewer`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Public pages have one viewer: the visitor."""
        viewer = VISITOR
        if is_private(request.path_info):
            viewer = viewer_of(request)
            set_viewer(viewer)
        request.viewer = viewer  # type: ignore[attr-defined]  # our own attribute
        return self.get_response(request)
