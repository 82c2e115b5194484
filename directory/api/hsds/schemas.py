"""JSON schemas of open data, derived from the shape of the standard: what is public, and how it nests here."""

from typing import Any

from directory.hsds.composed import ROWED, is_public, links_of, public_fields
from directory.rules.hsds_shape import ENTITIES, IN_LISTS, Field, Kind

_TYPES: dict[Kind, Any] = {
    Kind.ID: {"type": "string"},
    Kind.REF: {"type": "string"},
    Kind.TEXT: {"type": "string"},
    Kind.URI: {"type": "string"},
    Kind.NUMBER: {"type": "number"},
    Kind.NUMBER_TEXT: {"type": ["number", "string"]},
    Kind.DATE: {"type": "string"},
    Kind.MOMENT: {"type": "string"},
}
PAGE: dict[str, Any] = {
    "total_items": {"type": "integer", "minimum": 0},
    "total_pages": {"type": "integer", "minimum": 0},
    "page_number": {"type": "integer", "minimum": 1},
    "size": {"type": "integer", "minimum": 0, "description": "How many records this page holds."},
    "first_page": {"type": "boolean"},
    "last_page": {"type": "boolean"},
    "empty": {"type": "boolean"},
}
MINIMAL = {
    "type": "object",
    "required": ["id", "last_modified"],
    "properties": {"id": {"type": "string"}, "last_modified": {"type": "string"}},
    "additionalProperties": False,
}
ERRORS = {
    "type": "object",
    "required": ["errors"],
    "properties": {
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        }
    },
    "additionalProperties": False,
}
ABOUT = {
    "type": "object",
    "required": ["version", "profile", "openapi_url", "description", "publisher"],
    "properties": {
        **{name: {"type": "string"} for name in ("version", "profile", "openapi_url", "description")},
        "publisher": {
            "type": "object",
            "required": ["name", "website"],
            "properties": {
                **{name: {"type": "string"} for name in ("name", "identifier", "email", "website")},
                "additional_websites": {"type": "array", "items": {"type": "string"}},
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}


def ref(name: str) -> dict[str, str]:
    """A reference to one of our components."""
    return {"$ref": f"#/components/schemas/{name}"}


def _property(field: Field) -> dict[str, Any]:
    told = dict(_TYPES[field.kind])
    return told | ({"enum": list(field.choices)} if field.choices else {})


def _plain(entity: str) -> dict[str, Any]:
    return {field.name: _property(field) for field in public_fields(entity)}


def _object(entity: str, properties: dict[str, Any]) -> dict[str, Any]:
    required = [field.name for field in public_fields(entity) if field.required]
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


def _nested(entity: str) -> dict[str, Any]:
    shape = ENTITIES[entity]
    many = {m.key: {"type": "array", "items": ref(m.entity)} for m in shape.many if is_public(m.entity, "id")}
    return many | {o.key: ref(o.entity) for o in shape.one if is_public(o.entity, "id")}


def _in_list(entity: str) -> dict[str, Any]:
    allowed = frozenset().union(*IN_LISTS.values())
    links = (link for link in links_of(entity) if f"{entity}.{link.key}" in allowed)
    return {link.key: ref(f"{link.entity}_in_list") for link in links}


def page_of(item: dict[str, Any]) -> dict[str, Any]:
    """The envelope around records that look like `item`."""
    properties = PAGE | {"contents": {"type": "array", "items": item}}
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def components() -> dict[str, Any]:
    """Each public entity as a whole, each root also as it stands in lists, and what is our own."""
    public = [entity for entity in ENTITIES if is_public(entity, "id")]
    wholes = {entity: _object(entity, _plain(entity) | _nested(entity)) for entity in public}
    listed = {f"{e}_in_list": _object(e, _plain(e) | _in_list(e)) for e in sorted(ROWED)}
    return wholes | listed | {"minimal": MINIMAL, "errors": ERRORS, "about": ABOUT}
