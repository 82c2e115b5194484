"""Records that several JSON items tell: one row where they agree; an item that tells one otherwise is refused whole."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_items import Item, take_out, told_before
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.rules.hsds_package import Refusal
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import WITHHELD

# Where a record stands that several items tell: as an item of its own, if it is one (its order is that of its kind's
# own list), else where it was told first.
STANDS = "COALESCE(min(s.position) FILTER (WHERE s._path ~ '^((contents)?\\[[0-9]+\\])?$'), min(s.position))"
AGAIN = "s._nested AND s.id IN (SELECT id FROM {staged} WHERE _nested GROUP BY id HAVING count(*) > 1)"
# What an item says of a field: as the column has it, or as it was written where that could not be read.
SAID = "COALESCE(NULLIF(s.{column}::text, ''), s.written ->> {name}, '')"
# The first thing said of each field of each id that stands in several items.
DIFFERING = """
WITH m AS (SELECT s.id, {firsts} FROM {staged} s WHERE {again} GROUP BY s.id),
 d AS (SELECT s._file, s._line, s._path, s.id::text, CASE {cases} END AS field
         FROM {staged} s JOIN m ON m.id = s.id WHERE s._nested)
SELECT * FROM d WHERE field IS NOT NULL ORDER BY 1, 2, 3
"""
# The same as columns take it, and beside it all that was written and flagged; a field that any item tells is
# missing in none. Every name says whose it is: an entity may have a column of any name (an attribute has `value`).
MERGED = """
WITH said AS (SELECT s.id, {stands} AS _first, {firsts} FROM {staged} s WHERE {again} GROUP BY s.id),
 words AS (SELECT id, jsonb_object_agg(key, value) AS written FROM (
   SELECT DISTINCT ON (s.id, e.key) s.id, e.key, e.value FROM {staged} s, jsonb_each(s.written) AS e(key, value)
    WHERE {again} ORDER BY s.id, e.key, e.value = '""', s.position) first GROUP BY id),
 signs AS (SELECT s.id, array_agg(DISTINCT f.flag) AS flags FROM {staged} s, unnest(s.flags) AS f(flag)
    WHERE {again} GROUP BY s.id)
UPDATE {staged} s SET {sets},
   written = COALESCE(words.written, '{{}}') - ARRAY(SELECT e.key FROM jsonb_each_text(words.written) AS e(key, value)
             WHERE e.value = '' AND to_jsonb(said) ->> e.key IS NOT NULL),
   flags = ARRAY(SELECT f.flag FROM unnest(signs.flags) AS f(flag) WHERE f.flag NOT LIKE '%%:missing'
           OR COALESCE(to_jsonb(said) ->> split_part(f.flag, ':', 1), '') = '' ORDER BY f.flag)
  FROM said LEFT JOIN words USING (id) LEFT JOIN signs USING (id)
 WHERE said.id = s.id AND s.position = said._first
"""


def merge_nested(
    cursor: CursorWrapper, entities: Sequence[str], files: Sequence[str], report: ImportReport
) -> None:
    """Make one row of each record of the nested items in staging; `files` are named by their numbers."""
    for entity in entities:
        again = [
            (*told, f"{'' if before == told[0] else f'{files[before]}, '}row {line} has the same id")
            for *told, before, line in told_before(cursor, entity)
        ]
        _refuse_items(cursor, entity, again, entities, files, report)
        differing = [
            (*told, f"an item before tells {entity} {told[3]} with another {field}")
            for *told, field in _differing(cursor, entity)
        ]
        _refuse_items(cursor, entity, differing, entities, files, report)
    for entity in entities:
        _merge(cursor, entity)


def _each(names: Sequence[str], template: str) -> sql.Composable:
    parts = [sql.SQL(template).format(column=sql.Identifier(n), name=sql.Literal(n)) for n in names]  # type: ignore[arg-type]
    return sql.SQL(", ").join(parts)


def _again(entity: str) -> sql.Composable:
    return sql.SQL(AGAIN).format(staged=sql.Identifier(f"staged_{entity}"))


def _differing(cursor: CursorWrapper, entity: str) -> list[tuple[int, int, str, str, str]]:
    """(file, item, path, id, field) where an item says something else than one before it."""
    if not _is_repeated(cursor, entity):
        return []
    claimed = [field.name for field in ENTITIES[entity].fields if field.name in WITHHELD]
    columns = table_of(entity).columns
    said = [
        *((name, SAID) for name in columns),
        # What no feed sets has no column here.
        *((name, "COALESCE(s.written ->> {name}, '')") for name in claimed),
    ]
    firsts = [
        _each([name], f"(array_agg({what} ORDER BY s.position) FILTER (WHERE {what} <> ''))[1] AS {{column}}")
        for name, what in said
    ]
    cases = [
        _each([name], f"WHEN {what} <> '' AND {what} <> m.{{column}} THEN {{name}}") for name, what in said
    ]
    return ask(
        cursor,
        DIFFERING,
        firsts=sql.SQL(", ").join(firsts),
        cases=sql.SQL(" ").join(cases),
        again=_again(entity),
        staged=f"staged_{entity}",
    )


def _is_repeated(cursor: CursorWrapper, entity: str) -> bool:
    found = ask(
        cursor,
        "SELECT 1 FROM {staged} WHERE _nested GROUP BY id HAVING count(*) > 1 LIMIT 1",
        staged=f"staged_{entity}",
    )
    return bool(found)


def _refuse_items(
    cursor: CursorWrapper,
    entity: str,
    refused: list[tuple[int, int, str, str, str]],
    entities: Sequence[str],
    files: Sequence[str],
    report: ImportReport,
) -> None:
    """Refuse items whole, each with its first (file, item, path, id, reason)."""
    items: set[Item] = set()
    for file, line, path, id_, reason in refused:
        if (file, line) not in items:
            report.refuse(Refusal(files[file], line, path, id_, reason), entity)
        items.add((file, line))
    if items:
        take_out(cursor, items, entities)


def _merge(cursor: CursorWrapper, entity: str) -> None:
    """One row of several."""
    if not _is_repeated(cursor, entity):
        return
    names = [*table_of(entity).columns, "_loose"]
    firsts = (
        "(array_agg(s.{column} ORDER BY s.position) FILTER (WHERE s.{column}::text <> ''))[1] AS {column}"
    )
    run(
        cursor,
        MERGED,
        firsts=_each(names, firsts),
        sets=_each(names, "{column} = COALESCE(said.{column}, s.{column})"),
        stands=sql.SQL(STANDS),
        again=_again(entity),
        staged=f"staged_{entity}",
    )
    run(
        cursor,
        "DELETE FROM {staged} s USING (SELECT s.id, {stands} AS kept FROM {staged} s WHERE s._nested"
        " GROUP BY s.id HAVING count(*) > 1) d WHERE s._nested AND s.id = d.id AND s.position <> d.kept",
        stands=sql.SQL(STANDS),
        staged=f"staged_{entity}",
    )
