"""HSDS's schemas made strict: no property that they don't name, formats checked, every `$ref` from one folder."""

import json
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Schema = dict[str, Any]

# The schema of a fully nested item, and of an item in the pages of a list, below schema/.
ITEMS = {
    "service": "compiled/service.json",
    "organization": "compiled/organization.json",
    "service_at_location": "compiled/service_at_location.json",
    "location": "location.json",
    "taxonomy": "taxonomy.json",
    "taxonomy_term": "taxonomy_term.json",
}
LISTED = {
    "service": "compiled/service_list.json",
    "organization": "compiled/organization_list.json",
    "service_at_location": "compiled/service_at_location_list.json",
    "taxonomy": "taxonomy.json",
    "taxonomy_term": "taxonomy_term.json",
}

_WEB = {"type": "string", "format": "uri"}
# HSDS 3.2's words on `/hsds/`, closed; the standard's own schema of it allows anything.
ABOUT: Schema = {
    "type": "object",
    "required": ["version", "profile", "openapi_url"],
    "additionalProperties": False,
    "properties": {
        "version": {"enum": ["3.1", "3.1.0"]},
        "profile": _WEB,
        "openapi_url": _WEB,
        "description": {"type": "string", "minLength": 1},
        "publisher": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "identifier": {"type": "string", "minLength": 1},
                "email": {"type": "string", "format": "email"},
                "website": _WEB,
                "additional_websites": {"type": "array", "items": _WEB},
            },
        },
    },
}
# The standard says "id and modified_date" in words and gives no schema.
MINIMAL: Schema = {
    "type": "object",
    "required": ["id", "last_modified"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "last_modified": {"type": "string", "format": "date-time"},
    },
}

FORMATS = Draft202012Validator.FORMAT_CHECKER
CHECKED = {"uri", "uuid", "email", "date-time"}
"""The formats that HSDS's schemas name and that are checked."""


def strict(schema: Any) -> Any:
    """A copy in which every object with named properties allows no others."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {
        key: {name: strict(part) for name, part in value.items()} if key == "properties" else strict(value)
        for key, value in schema.items()
    }
    return made | {"additionalProperties": False} if isinstance(made.get("properties"), dict) else made


class Schemas:
    """The strict schemas of one version of the standard, in `folder` (which has schema/ in it)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._registry: Registry[Any] = Registry(retrieve=self._retrieve)  # type: ignore[call-arg]

    def _retrieve(self, uri: str) -> Resource[Any]:
        """Whatever address a `$ref` names, the file of that name in the folder given: nothing is fetched."""
        within = urlsplit(uri).path.rpartition("/schema/")[2].lstrip("/")
        return Resource.from_contents(self._read(within), default_specification=DRAFT202012)

    def _read(self, name: str) -> Any:
        return strict(json.loads((self.folder / "schema" / name).read_text(encoding="utf-8")))

    @cache  # noqa: B019  # as many as there are schemas, for a test's life
    def _validator(self, name: str) -> Draft202012Validator:
        return self._of({"$ref": f"https://hsds.example/schema/{name}"})

    def _of(self, schema: Schema) -> Draft202012Validator:
        return Draft202012Validator(schema, registry=self._registry, format_checker=FORMATS)

    def faults(self, root: str, item: object, *, in_list: bool = False) -> list[str]:
        """What the strict schema of `root` finds wrong with an item; nothing if all is well."""
        return _told(self._validator((LISTED if in_list else ITEMS)[root]), item)

    def faults_of_page(self, root: str, page: Any, *, in_list: bool = True) -> list[str]:
        """The same of a page: its envelope, which allows nothing more, and each of its items."""
        contents = page.get("contents", []) if isinstance(page, dict) else []
        found = [fault for item in contents for fault in self.faults(root, item, in_list=in_list)]
        return _told(self._of(self.envelope), page) + found

    def faults_of_minimal(self, page: Any) -> list[str]:
        """The same of a page of `minimal`."""
        contents = page.get("contents", []) if isinstance(page, dict) else []
        found = [fault for item in contents for fault in _told(self._of(MINIMAL), item)]
        return _told(self._of(self.envelope), page) + found

    @cached_property
    def envelope(self) -> Schema:
        """A page as the standard's own openapi file has it, closed; items are validated by themselves."""
        openapi = json.loads((self.folder / "schema" / "openapi.json").read_text(encoding="utf-8"))
        page = openapi["components"]["schemas"]["Page"]
        names = [*page["properties"], "contents"]
        contents = {"properties": {"contents": {"type": "array", "items": {"type": "object"}}}}
        return {**contents, "allOf": [page], "required": names, "unevaluatedProperties": False}


def faults_of_about(value: object) -> list[str]:
    """What is wrong with the answer of `/hsds/`."""
    return _told(Draft202012Validator(ABOUT, format_checker=FORMATS), value)


def _told(validator: Draft202012Validator, value: object) -> list[str]:
    return list(_sentences(validator, value))


def _sentences(validator: Draft202012Validator, value: object) -> Iterator[str]:
    for error in validator.iter_errors(value):
        where = "/".join(str(part) for part in error.absolute_path)
        yield f"{where}: {error.message[:200]}"
