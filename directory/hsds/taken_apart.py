"""HSDS items taken apart into the rows that they say, merged by id in a temporary file of SQLite's."""

import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from directory.hsds.tabular import header_of
from directory.rules.hsds_shape import ENTITIES, Kind
from directory.rules.hsds_values import written_form

MOST_REMEMBERED = 20_000
"""Nested records of which it is known that they are in: one that hangs on many is the same object in each."""

Item = Mapping[str, Any]


class TakenApart:
    """The rows of every entity; close it. A phone that stands in two places is one row that names both."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("")
        self._known: dict[tuple[int, str], Item] = {}
        for entity in ENTITIES:
            self._file.execute(_table(entity))

    def put(self, entity: str, item: Item, refs: Mapping[str, str]) -> None:
        """Store the plain fields of the item, with `refs` to who holds it, then what nests in it."""
        key = (id(item), "".join(refs.values()))
        if key in self._known:
            return
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[key] = item
        shape, (insertion, header) = ENTITIES[entity], _insertion(entity)
        named = {one.by: item[one.key]["id"] for one in shape.one if one.key in item}
        values = {**item, **named, **refs}
        self._file.execute(insertion, [_text(values.get(name)) for name in header])
        for one in shape.one:
            if one.key in item:
                self.put(one.entity, item[one.key], {})
        for many in shape.many:
            for child in item.get(many.key, ()):
                self.put(many.entity, child, {many.by: item["id"]})

    def rows(self, entity: str) -> Iterator[list[str]]:
        """The cells of the entity's rows, by id."""
        for row in self._file.execute(f'SELECT * FROM "{entity}" ORDER BY id'):  # noqa: S608  # our own names
            yield list(row)

    def row(self, entity: str, id_: str) -> list[str] | None:
        """The cells of one row, if any item said it."""
        found = self._file.execute(f'SELECT * FROM "{entity}" WHERE id = ?', [id_])  # noqa: S608  # our own names
        cells = found.fetchone()
        return None if cells is None else list(cells)

    def close(self) -> None:
        """Remove the temporary file."""
        self._file.close()


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else written_form(value)


def _table(entity: str) -> str:
    columns = ", ".join(f'"{name}" TEXT' for name in header_of(entity) if name != "id")
    return f'CREATE TABLE "{entity}" (id TEXT PRIMARY KEY, {columns})'


@cache
def _insertion(entity: str) -> tuple[str, list[str]]:
    """The statement and the names of its values. A record met again adds only the REFs that were empty."""
    refs = [field.name for field in ENTITIES[entity].fields if field.kind is Kind.REF]
    marks = ", ".join("?" for _ in header_of(entity))
    again = ", ".join(f'"{ref}" = iif("{ref}" = \'\', excluded."{ref}", "{ref}")' for ref in refs)
    action = f"UPDATE SET {again}" if again else "NOTHING"
    text = f'INSERT INTO "{entity}" VALUES ({marks}) ON CONFLICT (id) DO {action}'  # noqa: S608  # our own names
    return text, header_of(entity)
