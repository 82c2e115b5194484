"""Records that several JSON items tell: one row where they agree; an item that tells one otherwise is refused whole."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_staging import copy_rows
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.rules.hsds_package import Refusal

# What is known of each id that stands in several items: the first thing said of each field.
MERGED = (
    "SELECT s.id, min(s.position) AS _first, {firsts} FROM {staged} s"
    " WHERE s._nested AND s.id IN (SELECT id FROM {staged} WHERE _nested GROUP BY id HAVING count(*) > 1)"
    " GROUP BY s.id"
)


def merge_nested(
    cursor: CursorWrapper, entities: Sequence[str], files: Sequence[str], report: ImportReport
) -> None:
    """Make one row of each record of the nested items in staging."""
    for entity in entities:
        _refuse_items(cursor, entity, _differing(cursor, entity), entities, files, report)
    for entity in entities:
        _merge(cursor, entity)


def _each(entity: str, template: str) -> list[sql.Composable]:
    columns = table_of(entity).columns
    return [sql.SQL(template).format(column=sql.Identifier(c), name=sql.Literal(c)) for c in columns]  # type: ignore[arg-type]


def _merged(entity: str) -> sql.Composable:
    firsts = _each(
        entity,
        "(array_agg(s.{column} ORDER BY s.position) FILTER (WHERE s.{column} IS NOT NULL"
        " AND s.{column}::text <> ''))[1] AS {column}",
    )
    return sql.SQL(MERGED).format(
        firsts=sql.SQL(", ").join(firsts), staged=sql.Identifier(f"staged_{entity}")
    )


def _differing(cursor: CursorWrapper, entity: str) -> list[tuple[int, int, str, str, str]]:
    """(file, item, path, id, field) where an item says something else than one before it."""
    if not _is_repeated(cursor, entity):
        return []
    cases = _each(
        entity,
        "WHEN s.{column} IS NOT NULL AND s.{column}::text <> '' AND s.{column} <> m.{column} THEN {name}",
    )
    return ask(
        cursor,
        "WITH m AS ({merged}), d AS (SELECT s._file, s._line, s._path, s.id::text, CASE {cases} END AS field"
        " FROM {staged} s JOIN m ON m.id = s.id WHERE s._nested)"
        " SELECT * FROM d WHERE field IS NOT NULL ORDER BY 1, 2, 3",
        merged=_merged(entity),
        cases=sql.SQL(" ").join(cases),
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
    differing: list[tuple[int, int, str, str, str]],
    entities: Sequence[str],
    files: Sequence[str],
    report: ImportReport,
) -> None:
    items: dict[tuple[int, int], None] = {}
    for file, line, path, id_, field in differing:
        if (file, line) not in items:
            reason = f"an item before tells {entity} {id_} with another {field}"
            report.refuse(Refusal(files[file], line, path, id_, reason), entity)
        items.setdefault((file, line))
    if not items:
        return
    for name in entities:
        rows = ask(
            cursor,
            "DELETE FROM {staged} s USING unnest(%s::int[], %s::bigint[]) AS i(file, line)"
            " WHERE s._file = i.file AND s._line = i.line RETURNING s.id, s._file, s._line",
            [[file for file, _ in items], [line for _, line in items]],
            staged=f"staged_{name}",
        )
        kept = [(name, str(id_), file, line) for id_, file, line in rows]
        copy_rows(cursor, "import_refused", ("entity", "id", "file", "line"), kept)


def _merge(cursor: CursorWrapper, entity: str) -> None:
    """One row of several, where the first stood."""
    if not _is_repeated(cursor, entity):
        return
    sets = _each(entity, "{column} = COALESCE(m.{column}, s.{column})")
    run(
        cursor,
        "WITH m AS ({merged}) UPDATE {staged} s SET {sets} FROM m WHERE m.id = s.id AND s.position = m._first",
        merged=_merged(entity),
        sets=sql.SQL(", ").join(sets),
        staged=f"staged_{entity}",
    )
    run(
        cursor,
        "DELETE FROM {staged} s USING (SELECT id, min(position) AS first FROM {staged} WHERE _nested"
        " GROUP BY id HAVING count(*) > 1) d WHERE s._nested AND s.id = d.id AND s.position > d.first",
        staged=f"staged_{entity}",
    )
