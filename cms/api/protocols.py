"""GET /api/protocols: the public protocols as JSON, for training platforms and other sites."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.models.edition import Edition
from cms.views.doors import Door, public_door

LANGUAGES = ("en", "fr")
LANG = OpenApiParameter(
    "lang", {"type": "string", "enum": list(LANGUAGES)}, description="Else Accept-Language."
)
VERSION = OpenApiParameter(
    "version", {"type": "integer", "minimum": 1, "maximum": 100000}, description="Else the newest."
)
ANSWER = {(200, "application/json"): {"type": "object"}, (400, "application/json"): {"type": "object"}}


class Refused(ValueError):
    """A parameter that can't be read: its name."""


def _language(request: Request) -> str:
    asked = request.query_params.get("lang")
    if asked is None:
        return "fr" if get_language_from_request(request).startswith("fr") else "en"
    if asked not in LANGUAGES:
        raise Refused("lang")
    return asked


def _version(request: Request) -> int:
    """The number asked for; 0 for the newest."""
    asked = request.query_params.get("version")
    if asked is None:
        return 0
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:7]) <= 100_000):
        raise Refused("version")
    return int(asked)


def _refuse_unknown(request: Request, *names: str) -> None:
    if unknown := sorted(set(request.query_params) - set(names)):
        raise Refused(unknown[0][:40])


def _refusal(refused: Refused) -> Response:
    return Response({"errors": {str(refused): [_("This value can't be read.")]}}, status=400)


def _json(edition: Edition, door: Door) -> dict[str, Any]:
    """An edition with where it stands; `standing` is what a reader has to be told."""
    address = door.address("protocol_edition", slug=edition.slug, number=edition.number)
    return {
        "id": str(edition.key),
        "version": edition.number,
        "permanent": f"{settings.SITE_URL}{address}",
        "digest": f"sha256:{edition.digest}",
        "published_at": edition.published_at.isoformat(),
        "reviewed_on": edition.reviewed_on and edition.reviewed_on.isoformat(),
        "standing": edition.standing(timezone.localdate()).value,
        **edition.facts,
    }


class ProtocolsView(APIView):
    """All of them, newest version of each, without their long parts."""

    @extend_schema(operation_id="protocols", parameters=[LANG], responses=ANSWER)
    def get(self, request: Request) -> Response:
        """By title."""
        try:
            _refuse_unknown(request, "lang")
            language = _language(request)
        except Refused as refused:
            return _refusal(refused)
        with override(language):
            door = public_door()
            rows = [_json(edition, door) for edition in door.readable().current().order_by("title", "slug")]
        short = [{name: value for name, value in row.items() if not _is_long(value)} for row in rows]
        return Response({"total": len(short), "results": short})


def _is_long(value: Any) -> bool:
    """True for lists of rows."""
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


class ProtocolView(APIView):
    """One of them, whole, in its newest version or the one that was asked for."""

    @extend_schema(
        operation_id="protocol",
        parameters=[LANG, VERSION],
        responses=ANSWER | {(404, "application/json"): {"type": "object"}},
    )
    def get(self, request: Request, key: UUID) -> Response:
        """404 alike for what is not there and for what is not for everybody."""
        try:
            _refuse_unknown(request, "lang", "version")
            language, version = _language(request), _version(request)
        except Refused as refused:
            return _refusal(refused)
        with override(language):
            door = public_door()
            found = door.readable().filter(key=key)
            edition = (found.filter(number=version) if version else found.current()).first()
            if edition is None:
                return Response({"errors": {"id": [_("There is none.")]}}, status=404)
            return Response(_json(edition, door))
