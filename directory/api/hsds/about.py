"""What the open data of this site is: its root, its description for machines, and a plain no for the rest."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from directory.api.hsds.asked import language_of
from directory.api.hsds.doors import OpenDoor, answered, as_json
from directory.api.hsds.openapi import describe
from directory.api.hsds.paging import LanguageForm
from directory.api.hsds.questions import read_options

VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/"
NAME = "Relais"


def site() -> str:
    """The address of this site, without a slash at its end."""
    return str(settings.SITE_URL).rstrip("/")


def publisher() -> dict[str, Any]:
    """Who answers for this API (HSDS 3.2): the operator's `OPEN_DATA_PUBLISHER`, else the name and the site."""
    told: dict[str, Any] = getattr(settings, "OPEN_DATA_PUBLISHER", {})
    return {"name": NAME, "website": f"{site()}/"} | {name: value for name, value in told.items() if value}


class About(OpenDoor):
    """/hsds/"""

    def get(self, request: Request) -> HttpResponseBase:
        """The version of HSDS, where this API is described, and whose it is."""
        options = read_options(request._request, LanguageForm)
        with override(language_of(options, request._request)):
            description = _(
                "Listings whose organizations agreed to open data. Places that are protected have no address here."
            )
        told = {
            "version": VERSION,
            "profile": PROFILE,
            "openapi_url": f"{site()}/hsds/openapi.json",
            "description": description,
            "publisher": publisher(),
        }
        return answered(request._request, as_json(told))


@cache
def _description(address: str, name: str) -> str:
    return as_json(describe(address, name))


class OpenApi(OpenDoor):
    """/hsds/openapi.json"""

    def get(self, request: Request) -> HttpResponseBase:
        """The description of this API, put together once."""
        read_options(request._request, LanguageForm)
        return answered(request._request, _description(site(), str(publisher()["name"])))


class Nothing(OpenDoor):
    """Any other address of open data."""

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """404, as JSON."""
        raise NotFound

    post = get
