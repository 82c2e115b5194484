"""Reading somebody's list: CSV, JSON or XLSX, whole or not at all, with where and why if not."""

import csv
import hashlib
import io
import json
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from directory.finding.languages import known_languages
from directory.rules.table_mapping import FileShape, TableMapping, Words, parse_mapping
from directory.rules.table_records import NumberedRow
from directory.rules.table_settings import MappingError
from directory.rules.text import fold

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 500 * 1024 * 1024
"""Bytes. A sheet is a packed archive: a small one may unpack to more than the machine has."""


class TableFileError(Exception):
    """A file that can't be read: one sentence with its name, the place in it, and the reason."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows under the numbers that its reader sees, and the SHA-256 of its bytes in hex."""

    name: str
    digest: str
    rows: tuple[NumberedRow, ...]


def read_table(path: Path, shape: FileShape) -> Table:
    """Return every row of the file at `path`. Rows of CSV and XLSX count from the header, which is row 1.

    Raises TableFileError for a file that is missing, too large, of another kind, cut off or misspelled.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise TableFileError(f"{path.name} is neither .csv, .json nor .xlsx.")
    data = _bytes(path)
    try:
        rows = tuple(reader(data, shape))
    except TableFileError as fault:
        raise TableFileError(f"{path.name}: {fault}") from None
    if not rows:
        raise TableFileError(f"{path.name}: the file has no rows.")
    return Table(path.name, hashlib.sha256(data).hexdigest(), rows)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as fault:
        raise TableFileError(f"{path.name} can't be opened: {fault.strerror}.") from None
    if size > LARGEST_FILE:
        raise TableFileError(
            f"{path.name} has {size / 1024**2:.0f} MB, the most is {LARGEST_FILE / 1024**2:.0f} MB: split it."
        )
    if not data.strip():
        raise TableFileError(f"{path.name} is empty.")
    return data


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise TableFileError(
            f"line {line}, byte {fault.start}: this is no UTF-8 text; save the file as UTF-8."
        ) from None


def _header(cells: Sequence[object]) -> list[str]:
    names = ["" if cell is None else str(cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise TableFileError("row 1: the header is empty.")
    for column, name in enumerate(names, 1):
        if not name:
            raise TableFileError(f"row 1, column {column}: the header has no name here.")
        if name in names[: column - 1]:
            raise TableFileError(f"row 1, column {column}: the header {name!r} stands twice.")
    return names


def _row(names: list[str], cells: Sequence[Any], number: int) -> NumberedRow | None:
    """The cells by their names; None for an empty row."""
    if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
        return None
    if any(cell not in (None, "") for cell in cells[len(names) :]):
        raise TableFileError(f"row {number}: {len(cells)} cells, but the header has {len(names)}.")
    return NumberedRow(number, dict(zip(names, cells, strict=False)))


def _read_csv(data: bytes, shape: FileShape) -> Iterator[NumberedRow]:
    lines = csv.reader(io.StringIO(_text(data), newline=""), delimiter=shape.delimiter, strict=True)
    number = 0
    names: list[str] = []
    try:
        for number, cells in enumerate(lines, 1):
            if number == 1:
                names = _header(cells)
                continue
            if cells and len(cells) < len(names) and any(cells):
                raise TableFileError(f"row {number}: {len(cells)} cells, but the header has {len(names)}.")
            if row := _row(names, cells, number):
                yield row
    except csv.Error as fault:
        raise TableFileError(f"row {number + 1}, line {lines.line_num}: {fault}.") from None


def _read_json(data: bytes, shape: FileShape) -> Iterator[NumberedRow]:
    try:
        value: object = json.loads(_text(data))
    except json.JSONDecodeError as fault:
        raise TableFileError(f"line {fault.lineno}, column {fault.colno}: {fault.msg}.") from None
    except RecursionError:
        raise TableFileError("lists are nested too deeply.") from None
    except ValueError as fault:
        raise TableFileError(f"{fault}.") from None
    for part in filter(None, shape.records.split(".")):
        value = value.get(part) if isinstance(value, dict) else None
    if not isinstance(value, list):
        where = f"under {shape.records!r}" if shape.records else "at the top; name it by [file] records"
        raise TableFileError(f"there is no list of rows {where}.")
    yield from (NumberedRow(number, row) for number, row in enumerate(value, 1))


def _read_xlsx(data: bytes, shape: FileShape) -> Iterator[NumberedRow]:
    _refuse_bomb(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, OSError) as fault:
        raise TableFileError(f"this is no readable sheet ({fault}).") from None
    try:
        yield from _sheet_rows(book, shape.sheet)
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as fault:
        raise TableFileError(f"the sheet is damaged ({fault}).") from None
    finally:
        book.close()


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise TableFileError("this is no readable sheet: the archive is damaged or cut off.") from None
    if unpacked > LARGEST_UNPACKED:
        raise TableFileError(f"it unpacks to {unpacked / 1024**2:.0f} MB: split it.")


def _sheet_rows(book: Any, name: str) -> Iterator[NumberedRow]:
    if name and name not in book.sheetnames:
        raise TableFileError(f"there is no sheet {name!r}; there are {', '.join(book.sheetnames)}.")
    sheet = book[name] if name else book.worksheets[0]
    names: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number == 1:
            names = _header(cells)
        elif row := _row(names, cells, number):
            yield row


_READERS: dict[str, Callable[[bytes, FileShape], Iterator[NumberedRow]]] = {
    ".csv": _read_csv,
    ".json": _read_json,
    ".xlsx": _read_xlsx,
}


def read_mapping(path: Path) -> TableMapping:
    """Return the mapping in the TOML file at `path`. Raises TableFileError with where and how to mend it."""
    try:
        return parse_mapping(tomllib.loads(_text(_bytes(path))), read_words())
    except tomllib.TOMLDecodeError as fault:
        raise TableFileError(f"{path.name} is no TOML: {fault}.") from None
    except (MappingError, TableFileError) as fault:
        raise TableFileError(f"{path.name}: {fault}") from None


def read_words() -> Words:
    """Return the words that mappings may use, from the project's own vocabulary."""
    path = settings.FIXTURES / "vocabulary" / "needs.toml"
    terms = tomllib.loads(path.read_text(encoding="utf-8"))["term"]
    return Words(
        parents={term["slug"]: term["parent"] for term in terms},
        protected=frozenset(term["slug"] for term in terms if term.get("protected_by_default")),
        languages=_languages(),
    )


def _languages() -> dict[str, str]:
    """Every name of a language, folded, with its code; "Cree (all kinds)" is called "Cree" too."""
    found: dict[str, str] = {}
    for known in known_languages().values():
        for name in (known.code, known.name, known.name_fr, known.endonym):
            found.setdefault(fold(name), known.code)
            found.setdefault(fold(name.partition(" (")[0]), known.code)
    return found
