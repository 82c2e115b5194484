"""The OpenAPI document of open data, derived from the doors themselves and from the shape of the standard."""

from typing import Any

from django import forms

from directory.api.hsds.collections import COLLECTIONS, Collection, Item
from directory.api.hsds.fields import FARTHEST, TruthField
from directory.api.hsds.openapi_push import SECURITY, outcome, push_path, record
from directory.api.hsds.paging import LAST_PAGE, MOST_PER_PAGE, LanguageForm, PackageForm, ServiceListForm
from directory.api.hsds.schemas import components, page_of, ref

JSON = "application/json"
_KINDS: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (TruthField, {"type": "boolean"}),
    (forms.UUIDField, {"type": "string", "format": "uuid"}),
    (forms.FloatField, {"type": "number", "minimum": 0, "maximum": FARTHEST}),
    (forms.CharField, {"type": "string", "maxLength": 200}),
)


def _schema_of(name: str, field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": [value for value, _told in field.choices]}
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.FloatField):
        most = MOST_PER_PAGE if name == "per_page" else LAST_PAGE
        return {"type": "integer", "minimum": 1, "maximum": most}
    return next(schema for kind, schema in _KINDS if isinstance(field, kind))


def _fields(door: type[Collection]) -> dict[str, forms.Field]:
    asked = {name: one.field for name, one in door.filters.base_filters.items()}
    for name, one in door.filters.base_filters.items():
        asked[name].help_text = str(one.label)
    return asked | dict(door.form.base_fields)


def _parameters(fields: dict[str, forms.Field]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": str(field.help_text),
            "schema": _schema_of(name, field),
        }
        for name, field in fields.items()
    ]


def _body(fields: dict[str, forms.Field]) -> dict[str, Any]:
    properties = {name: _schema_of(name, field) for name, field in fields.items()}
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    kinds = (JSON, "application/x-www-form-urlencoded")
    return {"required": False, "content": {kind: {"schema": schema} for kind in kinds}}


def _answers(good: dict[str, Any], *refusals: int) -> dict[str, Any]:
    told = {400: "A name or a value that can't be answered.", 404: "There is no such record."}
    told |= {
        413: "Too large.",
        415: "Neither JSON nor a form.",
        429: "Too many questions.",
        503: "Too slow just now.",
    }
    errors = {JSON: {"schema": ref("errors")}}
    refused = {
        str(status): {"description": told[status], "content": errors} for status in (400, *refusals, 429, 503)
    }
    return {"200": good, "304": {"description": "You hold these bytes already."}} | refused


def _page_answer(door: type[Collection]) -> dict[str, Any]:
    items = [ref(f"{door.entity}_in_list")]
    if "full" in door.form.base_fields:
        items.append(ref(door.entity))
    if door.form is ServiceListForm:
        items.append(ref("minimal"))
    schema = page_of({"anyOf": items} if len(items) > 1 else items[0])
    text = {"schema": {"type": "string"}}
    return {
        "description": "One page; or all results, one a line.",
        "content": {JSON: {"schema": schema}, "application/x-ndjson": text, "text/csv": text},
    }


def _collection(word: str, door: type[Collection]) -> dict[str, Any]:
    fields = _fields(door)
    get = {
        "operationId": f"list_{word}",
        "summary": f"A page of {word.replace('_', ' ')}.",
        "parameters": _parameters(fields),
        "responses": _answers(_page_answer(door)),
    }
    post = {
        "operationId": f"ask_{word}",
        "summary": f"The same, asked in the body; nothing is changed. A page of {word.replace('_', ' ')}.",
        "requestBody": _body(fields),
        "responses": _answers(_page_answer(door), 413, 415),
    }
    return {"get": get, "post": post}


def _item(word: str, door: type[Item]) -> dict[str, Any]:
    id_ = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    good = {"description": "The record, fully nested.", "content": {JSON: {"schema": ref(door.entity)}}}
    get = {
        "operationId": f"get_{door.entity}",
        "summary": f"One of {word.replace('_', ' ')}, with all that belongs to it.",
        "parameters": [id_, *_parameters(dict(door.form.base_fields))],
        "responses": _answers(good, 404),
    }
    return {"get": get}


def _fixed(
    operation: str, summary: str, content: dict[str, Any], form: type[forms.Form] = LanguageForm
) -> dict[str, Any]:
    good = {"description": summary, "content": content}
    parameters = _parameters(dict(form.base_fields))
    told = {"operationId": operation, "summary": summary, "parameters": parameters}
    return {"get": told | {"responses": _answers(good)}}


def describe(site: str, publisher: str) -> dict[str, Any]:
    """The whole document; `site` is the address that the API is under, without a slash at its end."""
    paths: dict[str, Any] = {
        "/": _fixed("about", "What this is, and who publishes it.", {JSON: {"schema": ref("about")}})
    }
    for word, (many, one) in COLLECTIONS.items():
        paths |= {f"/{word}": _collection(word, many), f"/{word}/{{id}}": _item(word, one)}
    paths["/openapi.json"] = _fixed("openapi", "This document.", {JSON: {"schema": {"type": "object"}}})
    package = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}
    paths["/export.zip"] = _fixed(
        "export", "All open data as a package, tabular or JSON.", package, PackageForm
    )
    paths["/push"] = push_path()
    schemas = components() | {"push_record": record(), "push_outcome": outcome()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{publisher}: open data",
            "version": "1",
            "summary": "Services in Canada, by HSDS 3.1. Read without account or cookie; /push alone takes changes.",
        },
        "servers": [{"url": f"{site}/hsds"}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": SECURITY},
    }
