"""Open data as rows of CSV files: the documents of the read model taken apart again.

Reads nothing but `hsds_document`, so the role of the public doors can do it and nothing else can slip in.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from directory.hsds.composed import whole
from directory.hsds.composed_rows import chunks, documents
from directory.hsds.export_disclosure import OPEN_DATA
from directory.hsds.tabular import header_of
from directory.models.hsds_document import HsdsDocument
from directory.rules.hsds_shape import ENTITIES, Kind
from directory.rules.hsds_values import written_form

LINKS = ("organization_id", "program_id", "service_id", "location_id", "taxonomy_id", "parent_id")
CHUNK = 500


class OpenRows:
    """The rows of every entity, merged by id in a temporary file of SQLite's; close it.

    A phone that stands in two documents is one row that names both.
    """

    def __init__(self, documents_of: Callable[[str], QuerySet[HsdsDocument]] = documents) -> None:
        self._file = sqlite3.connect("")
        for entity in ENTITIES:
            self._file.execute(_table(entity))
        for entity in OPEN_DATA:
            for rows in chunks(documents_of(entity), CHUNK):
                for row in rows:
                    links = {name: str(id_) for name in LINKS if (id_ := row.names(name))}
                    self._put(entity, whole(row) | {"id": str(row.id)}, links)

    def _put(self, entity: str, item: Mapping[str, Any], refs: Mapping[str, str]) -> None:
        """Store the plain fields of the item, then what nests in it."""
        named = {one.by: item[one.key]["id"] for one in ENTITIES[entity].one if one.key in item}
        values = {**item, **named, **refs}
        self._file.execute(_insertion(entity), [_text(values.get(name)) for name in header_of(entity)])
        for one in ENTITIES[entity].one:
            if one.key in item:
                self._put(one.entity, item[one.key], {})
        for many in ENTITIES[entity].many:
            for child in item.get(many.key, ()):
                self._put(many.entity, child, {many.by: item["id"]})

    def rows(self, entity: str) -> Iterator[list[str]]:
        """The cells of the entity's rows, by id."""
        for row in self._file.execute(f'SELECT * FROM "{entity}" ORDER BY id'):  # noqa: S608  # our own names
            yield list(row)

    def close(self) -> None:
        """Remove the temporary file."""
        self._file.close()


def _text(value: object) -> str:
    return "" if value is None else written_form(value)


def _table(entity: str) -> str:
    columns = ", ".join(f'"{name}" TEXT' for name in header_of(entity) if name != "id")
    return f'CREATE TABLE "{entity}" (id TEXT PRIMARY KEY, {columns})'


def _insertion(entity: str) -> str:
    """A record met again adds only the REFs that were empty."""
    refs = [field.name for field in ENTITIES[entity].fields if field.kind is Kind.REF]
    marks = ", ".join("?" for _ in header_of(entity))
    again = ", ".join(f'"{ref}" = iif("{ref}" = \'\', excluded."{ref}", "{ref}")' for ref in refs)
    action = f"UPDATE SET {again}" if again else "NOTHING"
    return f'INSERT INTO "{entity}" VALUES ({marks}) ON CONFLICT (id) DO {action}'  # noqa: S608  # our own names
