"""The site's addresses and two of the bench: nothing at all, and the plain view."""

from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.finding_plain import PlainSearch
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as of_the_site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class Empty(APIView):
    """What the framework itself costs: every middleware, the body read as JSON, an empty answer."""

    def post(self, request: Request) -> Response:
        """Nothing is looked for."""
        told: dict[str, Any] = {"asked": len(request.data)}
        return Response(told)


urlpatterns = [
    path("api/bench/empty", Empty.as_view()),
    path("api/bench/plain", PlainSearch.as_view()),
    *of_the_site,
]
