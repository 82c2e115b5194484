"""Reading a CSV file of a package record by record: a broken one is told and the next one read."""

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from directory.hsds.package_source import Careful
from directory.rules.hsds_package import Broken, Records, Refusal, Told
from directory.rules.hsds_package_rows import LONGEST_TEXT
from directory.rules.hsds_shape import ENTITIES

LONGEST_LINE = 4 * 1024**2
"""Bytes of one line; what is longer is passed over without being kept."""

LONGEST_FIELD = 1024**2
"""Characters of an outline; other texts are shorter (LONGEST_TEXT)."""

LONGEST_RECORD = 8 * 1024**2
"""Bytes of one record with all its lines."""

SNIFFED = 65_536
"""Bytes from which is told how the lines of a file end, and whether it is UTF-16."""

ENDS = (b"\n", b"\r")
UTF_16 = "the file is UTF-16: save it as UTF-8 (in Excel: CSV UTF-8)"
Unit = tuple[int, Records | Broken]


class _ByReturns:
    """A file whose lines end in a carriage return alone, as those of old Macs do."""

    def __init__(self, file: Careful) -> None:
        self._file = file
        self._rest = b""

    def readline(self, size: int) -> bytes:
        """The next line with its end, `size` bytes at most. Raises PackageError."""
        end = self._rest.find(b"\r")
        while end < 0 and len(self._rest) < size and (more := self._file.read(SNIFFED)):
            end = more.find(b"\r")
            end = end + len(self._rest) if end >= 0 else end
            self._rest += more
        taken = min(end + 1 if end >= 0 else len(self._rest), size)
        line, self._rest = self._rest[:taken], self._rest[taken:]
        return line


class _Lines:
    """The lines of a file as text, numbered from 1, with those that can't be text; lines can be read again."""

    def __init__(self, file: Careful | _ByReturns) -> None:
        self._file = file
        self._again: deque[tuple[int, str]] = deque()
        self._read = 0
        self._byte = 0
        self.number = 0
        self.faults: dict[int, str] = {}
        self.kept: list[tuple[int, str]] = []
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._again:
            number, line = self._again.popleft()
        else:
            line = self._next()
            number = self._read
        self.number = number
        self.size += len(line)
        if self.size > LONGEST_RECORD:
            self.size = 0
            self.faults[number] = (
                f"a record is longer than {LONGEST_RECORD // 1024**2} MB (an open quotation mark?)"
            )
            raise csv.Error("too long")
        self.kept.append((number, line))
        return line

    def _next(self) -> str:
        raw = self._file.readline(LONGEST_LINE)
        if not raw:
            raise StopIteration
        self._read += 1
        start, self._byte = self._byte, self._byte + len(raw)
        if len(raw) == LONGEST_LINE and raw[-1:] not in ENDS:
            self._skip()
            self.faults[self._read] = f"the line is longer than {LONGEST_LINE // 1024**2} MB"
            return "\n"
        if b"\x00" in raw:
            self.faults[self._read] = "the line holds a NUL character"
            return raw.replace(b"\x00", b" ").decode("latin-1")
        try:
            return raw.decode("utf-8-sig" if self._read == 1 else "utf-8")
        except UnicodeDecodeError as fault:
            byte = start + fault.start + 1
            self.faults[self._read] = f"byte {byte} is no UTF-8 text: save the file as UTF-8"
            return raw.decode("latin-1")

    def _skip(self) -> None:
        while chunk := self._file.readline(LONGEST_LINE):
            self._byte += len(chunk)
            if chunk[-1:] in ENDS:
                return

    def begin(self) -> None:
        """A record begins with the next line."""
        self.kept.clear()
        self.size = 0

    def again(self) -> None:
        """Read everything after the first line of this record once more."""
        self._again.extendleft(reversed(self.kept[1:]))
        self.kept.clear()
        self.size = 0

    def fault(self) -> str:
        """What is wrong with the lines of this record, "" if nothing."""
        if not self.faults:
            return ""
        return next((self.faults[n] for n, _ in self.kept if n in self.faults), "")


def read_csv(name: str, entity: str, file: Careful, told: Told) -> Iterator[Unit]:
    """(line, the record) of each record of the file of `entity`. What counts for the file as a whole goes to `told`."""
    csv.field_size_limit(LONGEST_FIELD if ENTITIES[entity].field("extent") else LONGEST_TEXT)
    start = file.read(SNIFFED)
    file.seek(0)
    if _is_utf_16(start):
        told.faults.append(Refusal(name, 0, "", "", UTF_16))
        return
    lines = _Lines(_ByReturns(file) if b"\r" in start[:-1] and b"\n" not in start else file)
    rows = csv.reader(lines, strict=True)
    found = _header(name, entity, lines, rows, told)
    if found is None:
        return
    width, pick = found
    yield from _records(entity, lines, rows, width, pick)


def _is_utf_16(start: bytes) -> bool:
    """True with its mark, or where every other byte is NUL as a rule and those between are none."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    fewer, more = sorted((start[::2].count(b"\x00"), start[1::2].count(b"\x00")))
    return more * 3 > len(start) and fewer * 10 < more


class _NoHeader(Exception):
    """Why a file has no rows that can be read."""


def _header(
    name: str, entity: str, lines: _Lines, rows: Iterator[list[str]], told: Told
) -> tuple[int, Callable[[list[str]], Sequence[str]]] | None:
    """How many cells a row has, and how its record's values are picked; None where there is no header."""
    fields = [field.name for field in ENTITIES[entity].fields]
    try:
        header = _first_cells(lines, rows)
        _check_header(header, fields)
    except _NoHeader as fault:
        told.faults.append(Refusal(name, lines.number or 1, "", "", str(fault)))
        return None
    for column in header:
        if column not in fields:
            told.notes.append(f"{name}: column {column[:60]!r} is none of {entity} in HSDS and is left out")
    told.absent[entity] = frozenset(fields) - set(header)
    picker = itemgetter(*(header.index(field) if field in header else -1 for field in fields))
    return len(header), lambda cells: picker([*cells, ""])


def _first_cells(lines: _Lines, rows: Iterator[list[str]]) -> list[str]:
    try:
        cells = next(row for row in rows if row or lines.fault())
    except StopIteration:
        raise _NoHeader("the file is empty") from None
    except csv.Error as fault:
        raise _NoHeader(lines.fault() or f"the header can't be read: {_reason(fault)}") from None
    if fault := lines.fault():
        raise _NoHeader(fault)
    return [cell.strip() for cell in cells]


def _check_header(header: list[str], fields: list[str]) -> None:
    known = [column for column in header if column in fields]
    if not known:
        raise _NoHeader("there is no header with the names of HSDS columns")
    if "id" not in known:
        raise _NoHeader("the header has no column id")
    if twice := sorted({column for column in known if known.count(column) > 1}):
        raise _NoHeader(f"the header has {twice[0]} twice")


def _records(
    entity: str,
    lines: _Lines,
    rows: Iterator[list[str]],
    width: int,
    pick: Callable[[list[str]], Sequence[str]],
) -> Iterator[Unit]:
    while True:
        lines.begin()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as fault:
            first = lines.kept[0][0] if lines.kept else lines.number
            reason = (
                lines.fault() or lines.faults.get(lines.number, "") or f"the row is broken: {_reason(fault)}"
            )
            lines.again()
            yield first, Broken(reason)
            continue
        first = lines.kept[0][0]
        if reason := lines.fault():
            yield first, _broken(entity, reason, cells, width, pick)
        elif not cells:
            continue
        elif len(cells) != width:
            reason = f"{len(cells)} cells, but the header has {width}"
            yield first, _broken(entity, reason, cells, width, pick)
        else:
            yield first, [(entity, "", pick(cells))]


def _reason(fault: csv.Error) -> str:
    """What the reader complains of; its word on line ends is meant for programmers."""
    if "new-line" in str(fault):
        return (
            "a line end within it is another than those of the file: save the file with one kind of line end"
        )
    return str(fault)


def _broken(
    entity: str, reason: str, cells: list[str], width: int, pick: Callable[[list[str]], Sequence[str]]
) -> Broken:
    """The refusal, with the id where the cell that should hold it is there."""
    given = pick([*cells, *[""] * width][:width])[0].strip()[:200]
    return Broken(reason, ((entity, given),) if given else ())
