"""Signing in: allauth's pages, without those that would let a stolen session change who may come back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from accounts import new_factor
from accounts.passkeys import AddPasskey


def not_offered(request: HttpRequest) -> HttpResponse:
    """404: an address is changed by a steward, and accounts come by invitation."""
    raise Http404


urlpatterns = [
    path("email/", not_offered),
    path("password/set/", not_offered),
    path("signup/", not_offered),
    path("2fa/webauthn/add/", AddPasskey.as_view()),
    path("lost-factor/", new_factor.lost, name="account_lost_factor"),
    path("new-factor/<str:token>/", new_factor.door, name="account_new_factor"),
    path("", include("allauth.urls")),
]
