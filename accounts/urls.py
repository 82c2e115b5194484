"""Signing in: allauth's pages, without those that would let a stolen session change who may come back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from accounts.passkeys import AddPasskey


def not_offered(request: HttpRequest) -> HttpResponse:
    """404: an address is changed by a steward, and accounts come by invitation."""
    raise Http404


urlpatterns = [
    path("email/", not_offered),
    path("password/set/", not_offered),
    path("signup/", not_offered),
    path("2fa/webauthn/add/", AddPasskey.as_view()),
    path("", include("allauth.urls")),
]
