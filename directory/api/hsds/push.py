"""/hsds/push: a publisher's own program changes its organization's listings, by a token and nothing else.

What comes back names ids, fields and reasons: no value of any listing, public or not.
"""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from directory.actions.keep_push_tokens import open_token, use_token, viewer_of_token
from directory.actions.push_listings import Outcome, push_listings, versions_of
from directory.models.push_token import PushToken, Scope
from directory.rules.holding import Hold
from directory.rules.json_once import read_once
from directory.views.sheet_words import fault_words
from safety.context import acting, set_viewer
from safety.throttle import Buckets
from safety.viewer import VISITOR

LARGEST = 2 * 1024 * 1024
"""Bytes of one body."""
MOST_RECORDS = 500
PER_MINUTE = 30
"""Requests of one token, wherever they come from."""
PUSHES = Buckets()
LISTS = ("contents", "services")
"""Where the records stand in a page of HSDS, and in other programs' habit."""


class _Answer(Exception):
    """What to answer instead of doing anything: a status, under which name, and a sentence."""

    def __init__(self, status: int, name: str, words: str) -> None:
        super().__init__(words)
        self.status, self.name, self.words = status, name, words


@csrf_exempt
@sensitive_variables()
def push(request: HttpRequest) -> HttpResponse:
    """GET: the listings and their versions. POST: one service of HSDS, or a list of them."""
    with override(get_language_from_request(request)):
        try:
            return JsonResponse(_answered(request))
        except _Answer as answer:
            told = {"errors": {answer.name: [answer.words]}}
            response = JsonResponse(told, status=answer.status)
            if answer.status == 401:
                response.headers["WWW-Authenticate"] = 'Bearer realm="push"'
            if answer.status == 405:
                response.headers["Allow"] = "GET, POST"
            if answer.status == 429:
                response.headers["Retry-After"] = "60"
            return response


@sensitive_variables()
def _answered(request: HttpRequest) -> dict[str, Any]:
    if request.method not in ("GET", "POST"):
        raise _Answer(405, "request", _("This door takes GET and POST."))
    now = timezone.now()
    with acting(VISITOR):
        token = _token(request)
        if not PUSHES.take(str(token.pk), PER_MINUTE):
            raise _Answer(429, "request", _("Too many tries at once"))
        try:
            set_viewer(viewer_of_token(token, now))
            if request.method == "GET":
                use_token(token, now)
                return _listed(token)
            outcomes = push_listings(token=token, records=_records(request), now=now)
        except PermissionDenied:
            words = _(
                "This token may change nothing now: its maker leads the organization no more, or it is not let in."
            )
            raise _Answer(403, "token", words) from None
    is_tried = token.scope != Scope.CHANGE
    return {"tried_only": is_tried, "results": [_told(outcome) for outcome in outcomes]}


@sensitive_variables()
def _token(request: HttpRequest) -> PushToken:
    """The token of the Authorization header. All that opens nothing is answered alike."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not secret.strip():
        words = _("Send your token in the header “Authorization: Bearer …”. Leads make tokens at the desk.")
        raise _Answer(401, "token", words)
    found = open_token(secret.strip(), timezone.now())
    if found is None:
        raise _Answer(401, "token", _("This token opens nothing: it is unknown, over, or was taken back."))
    return found


def _listed(token: PushToken) -> dict[str, Any]:
    versions = versions_of(token.organization_id)
    return {
        "scope": token.scope,
        "expires_on": token.expires_at.date().isoformat(),
        "services": [{"id": key, "version": version} for key, version in versions.items()],
    }


def _records(request: HttpRequest) -> list[Any]:
    """The records of a body. Raises _Answer."""
    if request.content_type != "application/json":
        raise _Answer(415, "request", _("Send JSON, as application/json."))
    data = request.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _Answer(413, "request", _("This is too large: at most 2 MB at once."))
    told = _json(data)
    if isinstance(told, dict):
        told = next((told[name] for name in LISTS if isinstance(told.get(name), list)), [told])
    if not isinstance(told, list) or not told:
        raise _Answer(400, "request", _("Send one service, or a list of services."))
    if len(told) > MOST_RECORDS:
        words = _("These are too many records: at most %(most)d at once.") % {"most": MOST_RECORDS}
        raise _Answer(413, "request", words)
    return told


def _json(data: bytes) -> Any:
    try:
        told, twice = read_once(data.decode("utf-8"), parse_constant=_refuse_constant)
        json.dumps(told, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise _Answer(400, "request", _("This is not readable JSON.")) from None
    if twice:
        words = _("A key stands twice in one object: %(key)s.") % {"key": twice[:100]}
        raise _Answer(400, "request", words)
    return told


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _told(outcome: Outcome) -> dict[str, Any]:
    """One record's outcome. What waits says for what."""
    reasons = {name or "record": [fault_words(fault)] for name, fault in outcome.faults.items()}
    if outcome.reason:
        reasons["record"] = [outcome.reason]
    told: dict[str, Any] = {"id": outcome.id, "outcome": str(outcome.done)}
    told |= {"published": outcome.parts.get(Hold.NOTHING, [])}
    told |= {"waits_for_a_call_back": outcome.parts.get(Hold.CALL, [])}
    told |= {"waits_to_be_read": outcome.parts.get(Hold.REVIEW, [])}
    told |= {"not_taken": list(outcome.not_taken), "reasons": reasons}
    return told | ({"version": outcome.version} if outcome.version else {})
