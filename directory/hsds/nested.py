"""HSDS items as JSON nests them, told from the tables, a batch at a time."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from directory.hsds.export_disclosure import Disclosure
from directory.hsds.export_tables import IN_ORDER, Column, Row, columns_of, in_batches, is_nested_anywhere
from directory.hsds.nested_rows import Rows, read_batch
from directory.hsds.nested_view import View
from directory.rules.hsds_shape import Kind
from directory.rules.hsds_values import TEXTUAL, tell_json

BATCH = 200
Item = dict[str, Any]


def tell_items(view: View, shown: Disclosure, ids: Iterable[UUID] | None = None) -> Iterator[Item]:
    """The items of the view: those of `ids`, in their order, or all of them; what may not be told is left out.

    Streams: no more than a batch is held, and a batch takes the same number of statements however full it is.
    """
    if ids is None:
        ids = root_ids(view, shown)
    for batch in in_batches(ids, BATCH):
        rows = read_batch(view, shown, batch)
        teller = _Teller(view, shown, rows)
        yield from (teller.item(view.root, id_) for id_ in batch if id_ in rows.by_id[view.root])


def root_ids(view: View, shown: Disclosure) -> Iterator[UUID]:
    """The ids of all items of the view, in order."""
    roots = shown.records(view.root).filter(shown.own).order_by(*IN_ORDER)
    return iter(roots.values_list("id", flat=True).iterator(2000))


class _Teller:
    """Tells the records of one batch; one that stands in several places is told once and used again."""

    def __init__(self, view: View, shown: Disclosure, rows: Rows) -> None:
        self.view, self.shown, self.rows = view, shown, rows
        self.told: dict[tuple[str, UUID], Item] = {}

    def item(self, entity: str, id_: UUID) -> Item:
        """The record with all that nests in it."""
        if (entity, id_) not in self.told:
            row = self.rows.by_id[entity][id_]
            self.told[entity, id_] = self._fields(entity, row) | self._nested(entity, row)
        return self.told[entity, id_]

    def _fields(self, entity: str, row: Row) -> Item:
        told = ((column.field.name, self._value(entity, column, row)) for column in columns_of(entity))
        return {name: value for name, value in told if value is not None}

    def _value(self, entity: str, column: Column, row: Row) -> str | int | float | None:
        field = column.field
        if not self.shown.tells(entity, column, row):
            return "" if field.required and field.kind in TEXTUAL else None
        if field.kind is Kind.REF and not self._tells_ref(entity, column, row):
            return None
        return tell_json(field, row[field.name], self.shown.written(row))

    def _tells_ref(self, entity: str, column: Column, row: Row) -> bool:
        """An id stands for a record that nothing nests, or that isn't there."""
        named, target = row[column.field.name], column.field.target
        if not target or named is None or named in self.shown.withheld.get(target, ()):
            return False
        return not is_nested_anywhere(entity, column.field.name) or not self.rows.is_there(target, named)

    def _nested(self, entity: str, row: Row) -> Item:
        found: Item = {}
        for one in self.view.one(entity):
            if row[one.by] in self.rows.by_id[one.entity]:
                found[one.key] = self.item(one.entity, row[one.by])
        for many in self.view.many(entity):
            held = self.rows.held[many.entity, many.by].get(row["id"], ())
            if held:
                found[many.key] = [self.item(many.entity, child["id"]) for child in held]
        return found
