"""An item of JSON lands whole or not at all: with anything of it that is refused goes what it alone tells."""

from collections.abc import Iterable, Sequence

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_staging import copy_rows
from directory.actions.import_hsds_tables import ask
from directory.rules.hsds_shape import ENTITIES

Item = tuple[int, int]
"""Number of a file, and of an item in it."""

HELD = frozenset(one.entity for shape in ENTITIES.values() for one in shape.one)
"""What an item may hold without owning it: the organization of a service, the location of a pairing."""

# Items themselves, not what they hold, whose id a row of a table had before them.
TOLD_BEFORE = (
    "SELECT DISTINCT ON (s._file, s._line) s._file, s._line, s._path, s.id::text, t._file, t._line"
    " FROM {staged} s JOIN {staged} t ON t.id = s.id AND NOT t._nested AND t.position < s.position"
    " WHERE s._nested AND s._path ~ '^((contents)?\\[[0-9]+\\])?$' ORDER BY s._file, s._line, t.position"
)
OF_REFUSED = (
    "DELETE FROM {staged} s WHERE s._nested"
    " AND EXISTS (SELECT FROM import_refused r WHERE r.file = s._file AND r.line = s._line){unnamed} RETURNING {told}"
)
# No record outside of refused items names it.
UNNAMED = (
    " AND NOT EXISTS (SELECT FROM {other} t WHERE t.{ref} = s.id"
    " AND NOT EXISTS (SELECT FROM import_refused r WHERE r.file = t._file AND r.line = t._line))"
)


def told_before(cursor: CursorWrapper, entity: str) -> list[tuple[int, int, str, str, int, int]]:
    """(file, item, path, id, file and line of the row) of items that a row of a table told before."""
    return ask(cursor, TOLD_BEFORE, staged=f"staged_{entity}")


def take_out(cursor: CursorWrapper, items: Iterable[Item], entities: Sequence[str]) -> None:
    """Take all records of these items out of staging, before those of several items are made one."""
    listed = sorted(items)
    for entity in entities:
        rows = ask(
            cursor,
            "DELETE FROM {staged} s USING unnest(%s::int[], %s::bigint[]) AS i(file, line)"
            " WHERE s._file = i.file AND s._line = i.line RETURNING s.id, s._file, s._line",
            [[file for file, _ in listed], [line for _, line in listed]],
            staged=f"staged_{entity}",
        )
        kept = [(entity, str(id_), file, line) for id_, file, line in rows]
        copy_rows(cursor, "import_refused", ("entity", "id", "file", "line"), kept)


def take_out_held(
    cursor: CursorWrapper, entity: str, entities: Sequence[str], told: sql.Composable
) -> list[tuple[int, int, str, str, object]]:
    """Take out the records of one entity that refused items hold and nothing else names; what is `told` of each."""
    unnamed = [
        sql.SQL(UNNAMED).format(other=sql.Identifier(f"staged_{other}"), ref=sql.Identifier(ref.name))
        for other in entities
        for ref in ENTITIES[other].refs
        if ref.target == entity
    ]
    return ask(cursor, OF_REFUSED, staged=f"staged_{entity}", unnamed=sql.Composed(unnamed), told=told)
