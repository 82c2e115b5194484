"""Taking a package into staging tables by COPY: what can't be taken is told, nothing is merged yet."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import chain, islice
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_apart import Done, Read, pays, read_apart
from directory.actions.import_hsds_reading import Block, Fault, Reading
from directory.actions.import_hsds_report import MOST_LISTED, ImportReport
from directory.actions.import_hsds_tables import run
from directory.actions.without_collecting import without_collecting
from directory.rules.hsds_package import Package, Refusal, Told, staged_id
from directory.rules.hsds_shape import ENTITIES

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
        self._staged: set[str] = set()
        self._refused: list[Row] = []
        self._refusals: dict[int, list[Refusal]] = defaultdict(list)
        self.files: list[str] = []
        self.nested: set[str] = set()
        self.read = 0
        self.unknown_refused: set[str] = set()
        self.streets: list[tuple[Any, ...]] = []
        self._writer = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None

    @property
    def entities(self) -> list[str]:
        """The entities of which anything was staged, in writing order."""
        return [name for name in ENTITIES if name in self._staged]

    def stage(self, package: Package) -> None:
        """Read everything. Raises PackageError where the rest of a file can't be known."""
        with self._writer, without_collecting(), closing(self._reading(package)) as read:
            self._take(read, package.told)
            self._flush_refused()
            self._written()
        # In the order of files, whichever was read first.
        listed = chain.from_iterable(of_file for _, of_file in sorted(self._refusals.items()))
        self._report.refusals += islice(listed, MOST_LISTED)
        for fault in package.told.faults:
            self._report.refuse(fault)
        self._report.notes += package.told.notes

    def _reading(self, package: Package) -> Generator[Read, None, None]:
        pieces = package.pieces()
        if not pays(pieces):
            return self._read_here(package)
        # An empty file counts as one that isn't there.
        self.files = [piece.name if piece.size else "" for piece in pieces]
        return read_apart(pieces, self._publisher)

    def _read_here(self, package: Package) -> Generator[Read, None, None]:
        """One file after another, in this process."""
        reading = Reading(self._publisher)
        for part in package.parts():
            if part.file not in self.files:
                self.files.append(part.file)
            number, before = self.files.index(part.file), reading.read
            yield from reading.blocks(part, number)
            yield Done(number, reading.read - before, Told())
        yield from reading.rest()

    def _take(self, read: Iterator[Read], told: Told) -> None:
        of_files: dict[int, Told] = {}
        for found in read:
            if isinstance(found, Block):
                self._take_block(found)
            elif isinstance(found, Fault):
                self._refuse(found)
            else:
                of_files[found.file] = found.told
                if self.files[found.file]:
                    self._tell(f"{self.files[found.file]}: {found.records} records read")
        for _, more in sorted(of_files.items()):
            told.faults += more.faults
            told.notes += more.notes
            told.absent |= more.absent

    def _take_block(self, block: Block) -> None:
        self._staged.add(block.entity)
        if block.is_nested:
            self.nested.add(block.entity)
        self._written()
        self._writing = self._writer.submit(_copy_block, self._cursor, block)
        self.read += block.rows
        if self.read % TOLD_EVERY < block.rows:
            self._tell(f"{self.read} records so far")

    def _refuse(self, fault: Fault) -> None:
        file, listed = self.files[fault.file], self._refusals[fault.file]
        self._report.count_refused(file, fault.entity or fault.of_file)
        if len(listed) < MOST_LISTED:
            listed.append(Refusal(file, fault.line, fault.path, fault.key, fault.reason))
        self.streets += [(UUID(place), *lines) for place, *lines in fault.streets if place]
        if not fault.ids:
            self.unknown_refused.add(fault.of_file)
        self._refused += [(e, staged_id(self._publisher, e, g), fault.file, fault.line) for e, g in fault.ids]
        if len(self._refused) >= BATCH:
            self._flush_refused()

    def _flush_refused(self) -> None:
        rows, self._refused = self._refused, []
        self._written()
        copy_rows(self._cursor, "import_refused", ("entity", "id", "file", "line"), rows)

    def _written(self) -> None:
        """Wait for what is being written beside the reading. Raises what went wrong with it."""
        if self._writing is not None:
            self._writing.result()


def _copy_statement(table: str, columns: Sequence[str]) -> sql.Composed:
    return sql.SQL("COPY pg_temp.{} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )


def _copy_block(cursor: CursorWrapper, block: Block) -> None:
    with cursor.copy(_copy_statement(f"staged_{block.entity}", block.columns)) as copy:
        copy.write(block.text)


def copy_rows(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Fill one of the import's own tables."""
    if not rows:
        return
    with cursor.copy(_copy_statement(table, columns)) as copy:
        for row in rows:
            copy.write_row(row)


def make_tables(cursor: CursorWrapper) -> None:
    """Empty staging tables of every entity, gone at the end of the transaction."""
    run(cursor, "SELECT stage_import(%s)", [list(ENTITIES)])


def count_rows(cursor: CursorWrapper, entities: Sequence[str]) -> None:
    """Let the planner know what was filled."""
    run(cursor, "SELECT count_import(%s)", [list(entities)])
