"""`datapackage.json`: what the CSV files of an export are, for whoever reads them with other tools."""

from collections.abc import Sequence
from typing import Any

from directory.models.publisher import Publisher
from directory.rules.hsds_shape import ENTITIES, Field, Kind

TYPES = {
    Kind.ID: {"type": "string"},
    Kind.REF: {"type": "string"},
    Kind.TEXT: {"type": "string"},
    Kind.URI: {"type": "string", "format": "uri"},
    Kind.NUMBER: {"type": "number"},
    Kind.NUMBER_TEXT: {"type": "number"},
    Kind.DATE: {"type": "date"},
    Kind.MOMENT: {"type": "datetime"},
}
ENVELOPE = {
    "profile": "tabular-data-resource",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
}


AS_WRITTEN = (
    "Cells hold what was written, so that what is read back is the same: longitudes begin with a hyphen,"
    " telephone numbers with a plus, and a text may begin with =, +, -, @, a tab or a line end. A spreadsheet program"
    " would take that for a formula: import the columns as text. The CSV of the API has an apostrophe there."
)
"""Why no cell of a package is guarded (docs/adr/0026): HSDS has no mark for it, and a reader would keep it as text."""


def describe(entities: Sequence[str], publisher: Publisher | None) -> dict[str, Any]:
    """A Tabular Data Package of these entities. It tells a licence only where one publisher stated one.

    References are not declared as foreign keys: what a publisher named and never sent stays named.
    """
    package: dict[str, Any] = {
        "name": "relais-hsds-export",
        "profile": "tabular-data-package",
        "description": AS_WRITTEN,
        "hsds_version": "3.1",
        "resources": [_resource(entity) for entity in entities],
    }
    if publisher:
        package["sources"] = [_without_empty({"title": publisher.name, "path": publisher.url})]
    if publisher and publisher.licence:
        package["licenses"] = [_without_empty({"title": publisher.licence, "path": publisher.licence_url})]
    return package


def _resource(entity: str) -> dict[str, Any]:
    fields = [_field(field) for field in ENTITIES[entity].fields]
    schema = {"fields": fields, "primaryKey": "id"}
    return {"name": entity, "path": ENTITIES[entity].file, **ENVELOPE, "schema": schema}


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.kind is Kind.ID or field.essential else {}
    if field.kind is Kind.ID:
        constraints["unique"] = True
    if field.choices:
        constraints["enum"] = list(field.choices)
    described = {"name": field.name, **TYPES[field.kind]}
    return described | ({"constraints": constraints} if constraints else {})


def _without_empty(facts: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in facts.items() if value}
