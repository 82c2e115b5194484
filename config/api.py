"""Mounts what each app offers to machines under /api/; it decides nothing."""

from typing import Any

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from directory.api.search import SearchView


class Schema(SpectacularJSONAPIView):
    """The schema under a name that tells nothing of the site, where a browser keeps it as a file."""

    def _get_filename(self, request: Any, version: Any) -> str:
        return "schema.json"


urlpatterns = [
    path("search", SearchView.as_view(), name="api_search"),
    path("schema", Schema.as_view(), name="api_schema"),
]
