"""HSDS records as rows of CSV files, told from the tables."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from directory.hsds.export_disclosure import Disclosure
from directory.hsds.export_tables import (
    CHUNK,
    IN_ORDER,
    Column,
    Row,
    columns_of,
    in_batches,
    model_of,
    read_rows,
    refs_of,
)
from directory.rules.hsds_package import staged_id
from directory.rules.hsds_shape import ENTITIES, Kind
from directory.rules.hsds_values import tell_text

GivenIds = Mapping[UUID, str]
Told = tuple[str, Sequence[str], Sequence[str]]
"""A record: its id here, its cells, and Relais's own id for each cell that names a record ("" for others)."""


def header_of(entity: str) -> list[str]:
    """The standard's names of the columns."""
    return [field.name for field in ENTITIES[entity].fields]


def tell_rows(entity: str, shown: Disclosure) -> Iterator[list[str]]:
    """The cells of every record that may be told, by publisher and in the publisher's order. Streams.

    REFs are always written. Of one publisher, ids are told as that publisher gave them.
    """
    return (cells for _row, cells, _given in _rows(entity, shown))


def tell_records(entity: str, shown: Disclosure) -> Iterator[Told]:
    """The same rows, each with Relais's own ids."""
    columns = columns_of(entity)
    for row, cells, given in _rows(entity, shown):
        own = [_own_id(column, row, cell, given) for column, cell in zip(columns, cells, strict=True)]
        yield str(row["id"]), cells, own


def ids_in(entity: str, cells: Sequence[str]) -> list[str]:
    """The cells of a row that are ids, "" for the others."""
    kinds = (field.kind for field in ENTITIES[entity].fields)
    return [cell if kind in (Kind.ID, Kind.REF) else "" for kind, cell in zip(kinds, cells, strict=True)]


def _own_id(column: Column, row: Row, cell: str, given: GivenIds) -> str:
    """Of a cell that names a record of the directory."""
    value = row[column.field.name] if column.field.kind in (Kind.ID, Kind.REF) else None
    return str(value) if cell and (value in given or cell == str(value)) else ""


def _rows(entity: str, shown: Disclosure) -> Iterator[tuple[Row, list[str], GivenIds]]:
    records = shown.records(entity).filter(shown.own).order_by(*IN_ORDER)
    columns = columns_of(entity)
    for batch in in_batches(read_rows(entity, records, streamed=True), CHUNK):
        given = _given_ids(entity, batch) if shown.publisher else {}
        for row in batch:
            yield row, [_cell(entity, column, row, shown, given) for column in columns], given


def _cell(entity: str, column: Column, row: Row, shown: Disclosure, given: GivenIds) -> str:
    field = column.field
    value = row[field.name]
    if not shown.tells(entity, column, row):
        return ""
    if field.kind is Kind.REF and value in shown.withheld.get(field.target, ()):
        return ""
    if field.kind in (Kind.ID, Kind.REF) and value in given:
        return given[value]
    if field.kind is Kind.REF and value and shown.publisher and (text := _written_ref(column, row)):
        return text
    return tell_text(field, value, shown.written(row))


def _given_ids(entity: str, rows: list[Row]) -> dict[UUID, str]:
    """The publisher's own ids of these records and of those that they name: a statement for each kind named."""
    found = {row["id"]: row["given_id"] for row in rows if row["given_id"]}
    publisher = rows[0]["publisher_id"]
    for target, ids in _named(entity, rows).items():
        named = model_of(target).objects.filter(id__in=ids, publisher=publisher).exclude(given_id="")
        found |= dict(named.values_list("id", "given_id"))
    return found


def _named(entity: str, rows: list[Row]) -> dict[str, set[UUID]]:
    wanted: dict[str, set[UUID]] = {}
    for ref in refs_of(entity):
        ids = {row[ref.field.name] for row in rows} - {None}
        for target in (ref.field.target,) if ref.field.target else ENTITIES:
            wanted.setdefault(target, set()).update(ids)
    return wanted


def _written_ref(column: Column, row: Row) -> str:
    """A REF to what has no UUID, as the publisher wrote it; "" once the column names another record."""
    text = row["written"].get(column.field.name, "")
    targets = (column.field.target,) if column.field.target else tuple(ENTITIES)
    named = {staged_id(row["publisher_id"], target, text) for target in targets} if text else ()
    return text if str(row[column.field.name]) in named else ""
