"""Reading a package into staging tables by COPY: each row checked in Python, nothing merged yet."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import run
from directory.actions.without_collecting import without_collecting
from directory.rules.hsds_package import Broken, Package, Part, Records, Refusal, staged_id
from directory.rules.hsds_package_rows import RowReader
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import Unusable

BATCH = 5_000
"""Rows in one COPY."""

TOLD_EVERY = 100_000
"""Rows between two words of progress."""

Row = tuple[object, ...]


class Stager:
    """Takes the parts of a package in; `files` are those that were read, by number."""

    def __init__(
        self, cursor: CursorWrapper, publisher: str, report: ImportReport, tell: Callable[[str], None]
    ) -> None:
        self._cursor, self._publisher, self._report, self._tell = cursor, publisher, report, tell
        self._readers: dict[str, RowReader] = {}
        self._rows: dict[str, list[Row]] = {}
        self._refused: list[Row] = []
        self._positions: dict[str, int] = {}
        self.files: list[str] = []
        self.nested: set[str] = set()
        self.read = 0
        self.unknown_refused: set[str] = set()
        self._writer = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None

    @property
    def entities(self) -> list[str]:
        """The entities of which anything was staged, in writing order."""
        return [name for name in ENTITIES if self._positions.get(name)]

    def stage(self, package: Package) -> None:
        """Read everything. Raises PackageError where the rest of a file can't be known."""
        with self._writer, without_collecting():
            for part in package.parts():
                self._stage_part(part)
            for entity in list(self._rows):
                self._flush(entity)
            self._flush_refused()
            self._written()
        for fault in package.told.faults:
            self._report.refuse(fault)
        self._report.notes += package.told.notes

    def _stage_part(self, part: Part) -> None:
        if part.file not in self.files:
            self.files.append(part.file)
        number = self.files.index(part.file)
        before = self.read
        for line, found in part.units:
            if isinstance(found, Broken):
                self._refuse(part, number, line, "", found.reason, found.ids)
            else:
                self._take(part, number, line, found)
        self._tell(f"{part.file}: {self.read - before} records read")

    def _reader(self, entity: str) -> RowReader:
        if entity not in self._readers:
            self._readers[entity] = RowReader(self._publisher, entity)
            self._rows[entity] = []
        return self._readers[entity]

    def _take(self, part: Part, number: int, line: int, records: Records) -> None:
        """Stage one row, or all records of one item; if one of them can't be taken, none is."""
        made = []
        for entity, path, cells in records:
            try:
                made.append((entity, path, self._reader(entity).read(cells)))
            except Unusable as fault:
                ids = [(e, self._reader(e).given(c)) for e, _, c in records]
                self._refuse(part, number, line, path, str(fault), [(e, g) for e, g in ids if g], entity)
                return
        for entity, path, values in made:
            position = self._positions.get(entity, 0)
            self._positions[entity] = position + 1
            rows = self._rows[entity]
            rows.append((number, line, path, part.is_nested, position, *values))
            if len(rows) >= BATCH:
                self._flush(entity)
            if part.is_nested:
                self.nested.add(entity)
        self.read += len(made)
        if self.read % TOLD_EVERY < len(made):
            self._tell(f"{part.file}: {self.read} records so far")

    def _refuse(
        self,
        part: Part,
        number: int,
        line: int,
        path: str,
        reason: str,
        ids: Sequence[tuple[str, str]],
        entity: str = "",
    ) -> None:
        own = [given for name, given in ids if name == (entity or part.entity)] or [g for _, g in ids[:1]]
        key = own[0] if own else ""
        self._report.refuse(Refusal(part.file, line, path, key, reason), entity or part.entity)
        if not ids:
            self.unknown_refused.add(part.entity)
        self._refused += [(e, staged_id(self._publisher, e, given), number, line) for e, given in ids]
        if len(self._refused) >= BATCH:
            self._flush_refused()

    def _flush(self, entity: str) -> None:
        rows, self._rows[entity] = self._rows[entity], []
        self._write(f"staged_{entity}", self._readers[entity].columns, rows)

    def _flush_refused(self) -> None:
        rows, self._refused = self._refused, []
        self._write("import_refused", ("entity", "id", "file", "line"), rows)

    def _write(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Beside the reading of the next rows; one after another, for there is one connection."""
        self._written()
        self._writing = self._writer.submit(_copy, self._cursor, table, columns, rows)

    def _written(self) -> None:
        """Wait for what is being written. Raises what went wrong with it."""
        if self._writing is not None:
            self._writing.result()


def _copy(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Write rows by COPY."""
    if not rows:
        return
    statement = sql.SQL("COPY pg_temp.{} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def copy_rows(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Fill one of the import's own tables."""
    _copy(cursor, table, columns, rows)


def make_tables(cursor: CursorWrapper) -> None:
    """Empty staging tables of every entity, gone at the end of the transaction."""
    run(cursor, "SELECT stage_import(%s)", [list(ENTITIES)])


def count_rows(cursor: CursorWrapper, entities: Sequence[str]) -> None:
    """Let the planner know what was filled."""
    run(cursor, "SELECT count_import(%s)", [list(entities)])
