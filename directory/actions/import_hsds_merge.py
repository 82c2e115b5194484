"""Merging staged rows into the records, set by set: new ones are added, others changed only where they differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_order import store_order
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, of_each, run, table_of

KEPT_BY_ITEMS = "CASE WHEN s._nested THEN COALESCE(s.{column}, m.{column}) ELSE s.{column} END"
"""A nested item says nothing of owners that it isn't nested in."""

FIND = """
WITH found AS (
    SELECT s.id, s._file, m.id IS NULL AS is_new, ({theirs}) IS DISTINCT FROM ({ours}) AS differs
      FROM {staged} s LEFT JOIN {main} m ON m.id = s.id
     WHERE m.id IS NULL OR m.position <> s.position OR ({theirs}) IS DISTINCT FROM ({ours})
), told AS (
    INSERT INTO {touched} SELECT id, _file, is_new FROM found WHERE is_new OR differs
)
SELECT count(*) FROM found WHERE NOT is_new AND NOT differs
"""

PLACED = {
    "placed_by": sql.SQL("COALESCE(p.placed_by, 'nothing')"),
    "community_id": sql.SQL("p.community_id"),
}
"""What a new place has from where it was found to stand."""

MOVED = sql.SQL(
    "(placed_by, community_id) = (SELECT CASE WHEN stays THEN m.placed_by ELSE 'nothing' END,"
    " CASE WHEN stays THEN m.community_id END FROM (SELECT m.is_protected"
    " OR (m.latitude, m.longitude) IS NOT DISTINCT FROM (s.latitude, s.longitude) AS stays) AS place)"
)
"""A place whose coordinates became others stands nowhere until it is placed again; a protected one stays."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One import's merge; `absent` are columns, by entity, of which its files say nothing."""

    cursor: CursorWrapper
    publisher: str
    files: Sequence[str]
    absent: dict[str, frozenset[str]]
    report: ImportReport
    shifted: Counter[str] = field(default_factory=Counter)
    """How many rows say the same in another place of their file."""

    def find(self, entity: str) -> None:
        """Note which staged rows are new or differ, and count. Where they stand in the file is no difference."""
        table = table_of(entity)
        ((self.shifted[entity],),) = ask(
            self.cursor,
            FIND,
            touched=table.touched,
            staged=table.staged,
            main=entity,
            theirs=_list(self._value(entity, column) for column in self._compared(entity)),
            ours=_list(_of("m", column) for column in self._compared(entity)),
        )

    def _compared(self, entity: str) -> list[str]:
        absent = self.absent.get(entity, frozenset())
        own = [column for column in table_of(entity).columns if column not in absent]
        return [*own, "written", "flags"]

    def _value(self, entity: str, column: str) -> sql.Composable:
        """What a row is to hold from now on, `s` being what came and `m` what is stored."""
        if entity == "service" and column == "last_modified":
            return sql.SQL("COALESCE(s.last_modified, m.last_modified)")
        if any(ref.name == column for ref in table_of(entity).refs):
            return sql.SQL(KEPT_BY_ITEMS).format(column=sql.Identifier(column))
        return _of("s", column)

    def count(self, entities: Sequence[str]) -> None:
        """Tell the report what was found, of each entity and of each file."""
        if not entities:
            return
        touched = of_each(
            "SELECT {entity}, file, count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)"
            " FROM {touched} GROUP BY file",
            entities,
        )
        found = {(entity, file): counts for entity, file, *counts in ask(self.cursor, "{each}", each=touched)}
        staged = of_each("SELECT {entity}, _file, count(*) FROM {staged} GROUP BY _file", entities)
        for entity, file, total in ask(self.cursor, "{each}", each=staged):
            self._tell(entity, file, total, *found.get((entity, file), (0, 0)))

    def _tell(self, entity: str, file: int, total: int, new: int, other: int) -> None:
        told = {"added": new, "changed": other, "unchanged": total - new - other}
        self.report.files.setdefault(self.files[file], Counter()).update(told)
        self.report.added[entity] += new
        self.report.changed[entity] += other
        self.report.unchanged[entity] += total - new - other

    def write(self, entity: str) -> None:
        """Add the new rows and change the others."""
        if self.report.added[entity]:
            self._add(entity)
        if self.report.changed[entity]:
            self._change(entity)
        if self.shifted[entity]:
            self.report.reordered[entity] = store_order(self.cursor, self.publisher, entity)

    def _add(self, entity: str) -> None:
        table = table_of(entity)
        rest: dict[str, sql.Composable] = {name: sql.Literal(value) for name, value in table.rest.items()}
        if entity == "location":
            rest |= PLACED
        values = [
            sql.SQL("COALESCE(s.last_modified, now())") if column == "last_modified" else _of("s", column)
            for column in table.columns
        ]
        run(
            self.cursor,
            "INSERT INTO {main} (id, publisher_id, given_id, position, written, flags, {columns}{more})"
            " SELECT s.id, %s, s._given, s.position, s.written, s.flags, {values}{defaults}"
            " FROM {staged} s JOIN {touched} t ON t.id = s.id {beside} WHERE t.is_new",
            [self.publisher],
            main=entity,
            columns=table.columns,
            more=sql.SQL("").join(sql.SQL(", {}").format(sql.Identifier(name)) for name in rest),
            values=_list(values),
            defaults=sql.SQL("").join(sql.SQL(", {}").format(value) for value in rest.values()),
            beside=sql.SQL("LEFT JOIN import_placed p ON p.id = s.id" if entity == "location" else ""),
            staged=table.staged,
            touched=table.touched,
        )

    def _change(self, entity: str) -> None:
        table = table_of(entity)
        sets = [
            sql.SQL("{} = {}").format(sql.Identifier(column), self._value(entity, column))
            for column in (*self._compared(entity), "position")
            if (entity, column) != ("service", "last_modified")
        ]
        if entity == "service":
            # The feed's own moment where it has one: what it wrote is then told as written.
            sets.append(sql.SQL("last_modified = COALESCE(s.last_modified, now())"))
        if entity == "location":
            sets.append(MOVED)
        run(
            self.cursor,
            "UPDATE {main} m SET {sets} FROM {staged} s JOIN {touched} t ON t.id = s.id"
            " WHERE m.id = s.id AND NOT t.is_new AND m.publisher_id = %s",
            [self.publisher],
            main=entity,
            sets=_list(sets),
            staged=table.staged,
            touched=table.touched,
        )


def _of(alias: str, column: str) -> sql.Composable:
    return sql.SQL("{}.{}").format(sql.SQL(alias), sql.Identifier(column))  # type: ignore[arg-type]


def _list(parts: object) -> sql.Composable:
    return sql.SQL(", ").join(parts)  # type: ignore[arg-type]
