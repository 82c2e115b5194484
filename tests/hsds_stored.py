"""Puts HSDS records straight into the tables, as an import would leave them: exports are tested without importing."""

from collections.abc import Iterable, Mapping
from typing import Any

from directory.hsds.export_tables import attribute_of, columns_of, model_of
from directory.models.publisher import Publisher
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import read_value

Item = Mapping[str, Any]
Found = dict[tuple[str, str], dict[str, Any]]


def store_items(root: str, items: Iterable[Item], publisher: Publisher) -> None:
    """Store nested items: the same id under several parents is one row that names each of them."""
    found: Found = {}
    for item in items:
        _take_apart(root, item, found)
    for position, ((entity, _id), row) in enumerate(found.items()):
        _store(entity, row, publisher, position)


def store_rows(entity: str, rows: Iterable[Item], publisher: Publisher) -> None:
    """Store rows of a CSV file."""
    for position, row in enumerate(rows):
        _store(entity, row, publisher, position)


def _take_apart(entity: str, item: Item, found: Found) -> None:
    shape = ENTITIES[entity]
    plain = {field.name: item[field.name] for field in shape.fields if field.name in item}
    row = found.setdefault((entity, item["id"]), {})
    row |= plain
    for one in shape.one:
        if one.key in item:
            row[one.by] = item[one.key]["id"]
            _take_apart(one.entity, item[one.key], found)
    for many in shape.many:
        for child in item.get(many.key, ()):
            _take_apart(many.entity, child, found)
            found[many.entity, child["id"]][many.by] = item["id"]


def _store(entity: str, row: Item, publisher: Publisher, position: int) -> None:
    record = model_of(entity)(publisher=publisher, position=position)
    for column in columns_of(entity):
        if column.field.name not in row:
            continue
        read = read_value(column.field, row[column.field.name])
        setattr(record, attribute_of(entity, column.field.name), read.value)
        if read.written is not None:
            record.written[column.field.name] = read.written
    model = model_of(entity)
    moment = getattr(record, "last_modified", None)  # saving would put the clock's there
    model.objects.bulk_create([record])
    if entity == "service":
        model.objects.filter(pk=record.pk).update(last_modified=moment)
