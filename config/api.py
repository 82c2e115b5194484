"""Mounts what each app offers to machines under /api/; it decides nothing."""

from typing import Any

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from cms.api.protocols import ProtocolsView, ProtocolView
from directory.api.search import SearchView

Endpoint = tuple[str, str, str, Any]


class Schema(SpectacularJSONAPIView):
    """The schema under a name that tells nothing of the site, where a browser keeps it as a file."""

    def _get_filename(self, request: Any, version: Any) -> str:
        return "schema.json"


def ours_alone(endpoints: list[Endpoint]) -> list[Endpoint]:
    """Of all programs' doors those that the public schema tells of."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/")]


urlpatterns = [
    path("search", SearchView.as_view(), name="api_search"),
    path("protocols", ProtocolsView.as_view(), name="api_protocols"),
    path("protocols/<uuid:key>", ProtocolView.as_view(), name="api_protocol"),
    path("schema", Schema.as_view(), name="api_schema"),
]
