"""Walking HSDS items by the standard's shape: which record stands where, and the same item with one value edited."""

import copy
import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from directory.hsds.export_tables import attribute_of, model_of
from directory.rules.hsds_shape import ENTITIES, Field, Kind

Item = dict[str, Any]
ROOTS = ("service_at_location", "service", "organization", "location", "taxonomy_term", "taxonomy")
# What a column of each kind is set to, and what an export then tells.
EDITS: dict[Kind, tuple[Any, Any]] = {
    Kind.TEXT: ("Édité à la main", "Édité à la main"),
    Kind.URI: ("https://edited.example/", "https://edited.example/"),
    Kind.NUMBER: (Decimal("7.25"), 7.25),
    Kind.NUMBER_TEXT: ("8", 8),
    Kind.DATE: (datetime.date(2026, 2, 3), "2026-02-03"),
    Kind.MOMENT: (datetime.datetime(2026, 2, 3, 4, 5, tzinfo=datetime.UTC), "2026-02-03T04:05:00Z"),
}


def root_of(name: str) -> str:
    """The root that a file's name begins with."""
    return next(
        root for root in ROOTS if name.startswith(root) or (root == "taxonomy" and name == "taxonomies")
    )


def items_in(path: Path) -> list[Item]:
    """The items of a page, or the one item that the file is."""
    value = json.loads(path.read_text(encoding="utf-8"))
    return list(value["contents"]) if "contents" in value else [value]


def records_in(root: str, item: Item) -> Iterator[tuple[str, Item]]:
    """The item and every record that nests in it, each with its entity."""
    yield root, item
    for one in ENTITIES[root].one:
        if one.key in item:
            yield from records_in(one.entity, item[one.key])
    for many in ENTITIES[root].many:
        for child in item.get(many.key, ()):
            yield from records_in(many.entity, child)


def edited(root: str, items: list[Item], entity: str, field: Field) -> list[Item]:
    """The items with that field of every record of that entity told as EDITS has it."""
    changed = copy.deepcopy(items)
    for item in changed:
        for kind, record in records_in(root, item):
            if kind == entity:
                record[field.name] = EDITS[field.kind][1]
    return changed


def edit(entity: str, ids: set[str], field: Field) -> None:
    """Write the value of EDITS to that column of these records."""
    value = {attribute_of(entity, field.name): EDITS[field.kind][0]}
    assert model_of(entity).objects.filter(pk__in=ids).update(**value) == len(ids)


def edits_of(root: str, items: list[Item]) -> Iterator[tuple[str, set[str], Field]]:
    """For every entity in the items the first field of each kind, with the ids of the records to edit."""
    found: dict[str, set[str]] = {}
    for item in items:
        for entity, record in records_in(root, item):
            found.setdefault(entity, set()).add(record["id"])
    for entity, ids in found.items():
        plain = [field for field in ENTITIES[entity].fields if field.kind in EDITS and not field.choices]
        first = {field.kind: field for field in reversed(plain)}
        yield from ((entity, ids, field) for field in first.values())


def shape_faults(root: str, item: Item) -> list[str]:
    """Keys that the standard doesn't have where they stand, and required ones that are missing."""
    faults = []
    for entity, record in records_in(root, item):
        shape = ENTITIES[entity]
        known = {part.name for part in shape.fields} | {key.key for key in (*shape.many, *shape.one)}
        faults += [f"{entity}.{key}: unknown" for key in record.keys() - known]
        faults += [f"{entity}.{f.name}: missing" for f in shape.fields if f.required and f.name not in record]
    return faults
