"""Reading somebody's list: CSV, JSON or XLSX, whole or not at all, with where and why if not."""

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from directory.finding.languages import known_languages
from directory.hsds.table_faults import TableFileError
from directory.hsds.table_sheets import read_xlsx
from directory.hsds.table_text_files import decoded, read_csv, read_json
from directory.rules.table_mapping import FileShape, TableMapping, Words
from directory.rules.table_mapping_read import parse_mapping
from directory.rules.table_records import BadRow, NumberedRow
from directory.rules.table_rows import missing_columns
from directory.rules.table_settings import MappingError
from directory.rules.text import fold

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes."""
RESIDENTIAL = frozenset({"withdrawal_management", "indigenous_treatment"})
"""Kinds of help that people stay for, though they are no housing."""
MOST_NAMES = 60
"""Names of columns in one message."""


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
        raise TableFileError(f"{path.name} is neither .csv (or .tsv), .json nor .xlsx.")
    data = _bytes(path)
    try:
        rows = tuple(reader(data, shape))
    except TableFileError as fault:
        raise TableFileError(f"{path.name}: {fault}") from None
    if not rows:
        raise TableFileError(f"{path.name}: the file has no rows.")
    if isinstance(bad := rows[0].row, BadRow) and all(isinstance(row.row, BadRow) for row in rows):
        raise TableFileError(f"{path.name}: no row fits the header; row {rows[0].number}: {bad.reason}.")
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


def check_columns(table: Table, mapping: TableMapping) -> None:
    """Raise TableFileError if no row has a column that the mapping names: each service would lose what stood there."""
    if missing := missing_columns(mapping, (row.row for row in table.rows)):
        there = dict.fromkeys(
            name for row in table.rows[:1000] if isinstance(row.row, dict) for name in row.row
        )
        raise TableFileError(
            f"{table.name}: there is no column {_listed(missing)} that the mapping names. There are: {_listed(there)}."
            " Mend the mapping, or name what may be missing in [file] may_lack."
        )


def _listed(names: Iterable[str]) -> str:
    told = [repr(name[:60]) for name in names]
    return ", ".join(told[:MOST_NAMES]) + (
        f" and {len(told) - MOST_NAMES} more" if len(told) > MOST_NAMES else ""
    )


_READERS: dict[str, Callable[[bytes, FileShape], Iterator[NumberedRow]]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".json": read_json,
    ".xlsx": read_xlsx,
}


def read_mapping(path: Path) -> TableMapping:
    """Return the mapping in the TOML file at `path`. Raises TableFileError with where and how to mend it."""
    try:
        return parse_mapping(tomllib.loads(decoded(_bytes(path), "utf-8")), read_words())
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
        housing=frozenset(term["slug"] for term in terms if term["parent"] == "housing") | RESIDENTIAL,
        languages=_languages(),
    )


def _languages() -> dict[str, str]:
    """Every name of a language, folded, with its code; "Persian (Farsi)" is called "Persian" and "Farsi" too."""
    found: dict[str, str] = {}
    for known in known_languages().values():
        for name in (known.code, known.name, known.name_fr, known.endonym):
            found.setdefault(fold(name), known.code)
            plain, _, beside = name.partition(" (")
            found.setdefault(fold(plain), known.code)
            if beside and not known.members:
                found.setdefault(fold(beside), known.code)
    return found
