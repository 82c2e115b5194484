"""Mounts what each app offers to machines under /api/; it decides nothing."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from directory.api.search import SearchView

urlpatterns = [
    path("search", SearchView.as_view(), name="api_search"),
    path("schema", SpectacularJSONAPIView.as_view(), name="api_schema"),
]
