"""What the OpenAPI document says of /hsds/push: told from the lists by which the door itself judges."""

from typing import Any

from directory.api.hsds.schemas import ref
from directory.models.push_token import Scope
from directory.rules.eligibility_terms import DIMENSIONS
from directory.rules.pushed import MOST_ROWS, PHONE_TEXTS, PHONE_TYPES, TEXTS
from directory.rules.sheet_cells import STATUSES
from directory.rules.sheet_facts import allowed_facts

JSON = "application/json"
SECURITY = {"pushToken": {"type": "http", "scheme": "bearer", "description": "Made by a lead at the desk."}}
"""For `components.securitySchemes`."""
TEXT: dict[str, Any] = {"type": ["string", "null"]}
OUTCOMES = ("accepted", "waits", "unchanged", "refused")
REFUSALS = {
    401: "The token is unknown, over or taken back, or there is none.",
    403: "Its maker leads the organization no more, or it is not let in now.",
    429: "Too many tries at once.",
}
OF_A_BODY = {400: "No readable JSON, or no services.", 413: "Too large.", 415: "No JSON."}


def _rows(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    row = {"type": "object", "properties": properties, "required": list(required)}
    return {"type": ["array", "null"], "maxItems": MOST_ROWS, "items": row}


def _facts() -> dict[str, Any]:
    """A text for each question, as in the sheet of the desk."""
    told = {
        slug: TEXT | {"description": f"{dimension.name}: {allowed_facts(slug, 'en')}"}
        for slug, dimension in DIMENSIONS.items()
    }
    return {"type": ["object", "null"], "properties": told, "additionalProperties": False}


def record() -> dict[str, Any]:
    """A service as it is pushed; what it holds beside these is left as it is, and told."""
    phone: dict[str, Any] = dict.fromkeys(PHONE_TEXTS, TEXT)
    phone |= {"id": TEXT, "type": {"enum": [*sorted(PHONE_TYPES), None]}}
    properties: dict[str, Any] = {"id": {"type": "string"}, "version": {"type": "string"}}
    properties |= dict.fromkeys(sorted(TEXTS), TEXT)
    properties |= {
        "status": {"enum": [*STATUSES, None]},
        "phones": _rows(phone, "number"),
        "languages": _rows({"code": {"type": "string"}, "note": TEXT}, "code"),
        "schedules": _rows(
            {"freq": {"const": "WEEKLY"}} | dict.fromkeys(("byday", "opens_at", "closes_at"), TEXT),
            *("freq", "byday", "opens_at", "closes_at"),
        ),
        "facts": _facts(),
    }
    return {"type": "object", "properties": properties, "required": ["id"]}


def outcome() -> dict[str, Any]:
    """What became of one record."""
    names = {"type": "array", "items": {"type": "string"}}
    lists = ("published", "waits_for_a_call_back", "waits_to_be_read", "not_taken")
    properties: dict[str, Any] = {"id": {"type": "string"}, "outcome": {"enum": list(OUTCOMES)}}
    properties |= dict.fromkeys(lists, names)
    properties |= {
        "reasons": {"type": "object", "additionalProperties": names},
        "version": {"type": "string"},
    }
    return {"type": "object", "properties": properties, "required": ["id", "outcome", *lists, "reasons"]}


def _answers(schema: dict[str, Any], summary: str, refusals: dict[int, str]) -> dict[str, Any]:
    errors = {JSON: {"schema": ref("errors")}}
    refused = {str(status): {"description": told, "content": errors} for status, told in refusals.items()}
    return {"200": {"description": summary, "content": {JSON: {"schema": schema}}}} | refused


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties]}


def push_path() -> dict[str, Any]:
    """GET and POST of /push."""
    version = _object(id={"type": "string"}, version={"type": "string"})
    listed = _object(
        scope={"enum": [str(scope) for scope in Scope]},
        expires_on={"type": "string", "format": "date"},
        services={"type": "array", "items": version},
    )
    told = _object(tried_only={"type": "boolean"}, results={"type": "array", "items": ref("push_outcome")})
    many = {"type": "array", "items": ref("push_record"), "minItems": 1, "maxItems": 500}
    body = {"anyOf": [ref("push_record"), many, _object(contents=many)]}
    common = {"security": [{"pushToken": []}]}
    get = {
        "operationId": "push_versions",
        "summary": "The listings of the token's organization, and their versions.",
        "responses": _answers(listed, "Ids and versions.", REFUSALS),
    }
    post = {
        "operationId": "push",
        "summary": "Changes of the organization's own listings: each accepted, waiting, unchanged or refused.",
        "requestBody": {"required": True, "content": {JSON: {"schema": body}}},
        "responses": _answers(told, "What became of each.", OF_A_BODY | REFUSALS),
    }
    return {"get": get | common, "post": post | common}
