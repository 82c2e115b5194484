"""Reading a package row by row: each is checked, and made ready for COPY. Nothing here asks the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.rules.copy_text import copy_line
from directory.rules.hsds_package import Broken, Part, Records
from directory.rules.hsds_package_rows import RowReader
from directory.rules.hsds_values import Unusable

BATCH = 5_000
"""Rows in one block."""

LARGEST = 4 * 1024**2
"""Characters in one block."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one entity that can be taken, in COPY's text format; `columns` are those that they fill."""

    entity: str
    columns: tuple[str, ...]
    rows: int
    text: bytes
    is_nested: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A row, or an item of JSON with all that it holds, that can't be taken. `ids` are (entity, given id).

    `file` is its number; `of_file` is the entity of all its rows, "" where it may hold any. `streets`: the doors
    of the addresses among what can't be taken, which other rows may tell in their texts.
    """

    file: int
    line: int
    path: str
    reason: str
    ids: tuple[tuple[str, str], ...]
    entity: str
    of_file: str
    streets: tuple[tuple[str | None, ...], ...] = ()

    @property
    def key(self) -> str:
        """The given id of what can't be taken, as far as known."""
        own = [given for name, given in self.ids if name == (self.entity or self.of_file)]
        told = next(iter([*own, *(given for _, given in self.ids)]), "")
        # Half a character can neither be printed nor written to a file.
        return told.encode("utf-8", "backslashreplace").decode()


class Reading:
    """Reads parts one after another; positions are counted for each entity."""

    def __init__(self, publisher: str) -> None:
        self._publisher = publisher
        self._readers: dict[str, RowReader] = {}
        self._lines: dict[str, list[str]] = {}
        self._sizes: dict[str, int] = {}
        self._positions: dict[str, int] = {}
        self._nested: set[str] = set()
        self.read = 0

    def blocks(self, part: Part, number: int) -> Iterator[Block | Fault]:
        """What stands in one file, as far as whole blocks came together. Raises PackageError."""
        for line, found in part.units:
            if isinstance(found, Broken):
                yield Fault(number, line, "", found.reason, found.ids, "", part.entity)
            else:
                yield from self._take(part, number, line, found)

    def rest(self) -> Iterator[Block]:
        """What is left over once everything was read."""
        for entity in list(self._lines):
            yield from self._block(entity)

    def _reader(self, entity: str) -> RowReader:
        if entity not in self._readers:
            self._readers[entity] = RowReader(self._publisher, entity)
            self._lines[entity], self._sizes[entity] = [], 0
        return self._readers[entity]

    def _take(self, part: Part, number: int, line: int, records: Records) -> Iterator[Block | Fault]:
        """Stage one row, or all records of one item; if one of them can't be taken, none is."""
        made = []
        for entity, path, cells in records:
            try:
                made.append((entity, path, self._reader(entity).read(cells)))
            except Unusable as fault:
                ids = self._given(records)
                streets = self._streets(records)
                yield Fault(number, line, path, str(fault), ids, entity, part.entity, streets)
                return
        nested = "t" if part.is_nested else "f"
        for entity, path, values in made:
            position = self._positions.get(entity, 0)
            self._positions[entity] = position + 1
            lines = self._lines[entity]
            lines.append(copy_line((str(number), str(line), path, nested, str(position), *values)))
            if part.is_nested:
                self._nested.add(entity)
            self._sizes[entity] += len(lines[-1])
            if len(lines) >= BATCH or self._sizes[entity] >= LARGEST:
                yield from self._block(entity)
        self.read += len(made)

    def _given(self, records: Records) -> tuple[tuple[str, str], ...]:
        told = ((entity, self._reader(entity).given(cells)) for entity, _, cells in records)
        return tuple((entity, given) for entity, given in told if given)

    def _streets(self, records: Records) -> tuple[tuple[str | None, ...], ...]:
        doors = [self._reader(entity).door(cells) for entity, _, cells in records if entity == "address"]
        return tuple(door for door in doors if door[0])

    def _block(self, entity: str) -> Iterator[Block]:
        lines, self._lines[entity], self._sizes[entity] = self._lines[entity], [], 0
        if lines:
            columns = self._readers[entity].columns
            yield Block(entity, columns, len(lines), "".join(lines).encode(), entity in self._nested)
