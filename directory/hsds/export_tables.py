"""Where each field of the standard is kept: entity to model, field to column and to its line in the tier table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from directory.models.record import HsdsRecord
from directory.rules.hsds_shape import ENTITIES, Field, Kind

Row = dict[str, Any]
"""A record: HSDS field name to the column's value, and `written`, `given_id`, `publisher_id` beside them."""

BESIDE = ("written", "given_id", "publisher_id")
CHUNK = 2000
IN_ORDER = ("publisher_id", "position", "id")


@dataclass(frozen=True, slots=True)
class Column:
    """One field: the model's attribute that holds it, and its name in safety.tiers.TABLE."""

    field: Field
    attribute: str
    tiered: str


@cache
def model_of(entity: str) -> type[HsdsRecord]:
    """The model whose table is named as the entity. Raises LookupError."""
    for model in apps.get_app_config("directory").get_models():
        if issubclass(model, HsdsRecord) and model._meta.db_table == entity:
            return model
    raise LookupError(f"No table keeps {entity}.")


@cache
def columns_of(entity: str) -> tuple[Column, ...]:
    """The columns of the entity's fields, in the standard's order."""
    kept = {field.column: field for field in model_of(entity)._meta.concrete_fields}
    return tuple(
        Column(field, kept[field.name].attname, f"{entity}.{kept[field.name].name}")
        for field in ENTITIES[entity].fields
    )


@cache
def refs_of(entity: str) -> tuple[Column, ...]:
    """The columns that name another record."""
    return tuple(column for column in columns_of(entity) if column.field.kind is Kind.REF)


@cache
def parents_of(entity: str) -> tuple[Column, ...]:
    """The REFs by which other records hold this one: a phone's service, an attribute's record."""
    lists = (key for holder in ENTITIES.values() for key in holder.many)
    names = {key.by for key in lists if key.entity == entity}
    return tuple(ref for ref in refs_of(entity) if ref.field.name in names)


@cache
def is_nested_anywhere(entity: str, name: str) -> bool:
    """True if some key holds the record that the REF `name` names, or the record named holds this one."""
    holds = any(one.by == name for one in ENTITIES[entity].one)
    return holds or any(parent.field.name == name for parent in parents_of(entity))


def attribute_of(entity: str, name: str) -> str:
    """The model's attribute that holds the field `name`."""
    return next(column.attribute for column in columns_of(entity) if column.field.name == name)


def read_rows(entity: str, records: QuerySet[Any], *, streamed: bool = False) -> Iterator[Row]:
    """The records as rows, in the order of `records`: all at once, or `streamed` a chunk at a time."""
    columns = columns_of(entity)
    names = (*(column.field.name for column in columns), *BESIDE)
    found = records.values_list(*(column.attribute for column in columns), *BESIDE)
    for values in found.iterator(CHUNK) if streamed else found:
        yield dict(zip(names, values, strict=True))


def in_batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The items in lists of `size`, the last one shorter."""
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
