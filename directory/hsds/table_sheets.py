"""Lists that are sheets of a workbook (XLSX): values as the program that saved it last computed them."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from directory.hsds.table_faults import TableFileError, header_names, named_row
from directory.hsds.table_merged import Filling, Merged, merged_ranges
from directory.rules.table_cells import BadCell
from directory.rules.table_mapping import FileShape
from directory.rules.table_records import NumberedRow


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that is read of a workbook; `unpacked` in bytes.

    A small archive may unpack to more than the machine has, or say that its table has a million rows of 16,384 cells.
    """

    unpacked: int = 500 * 1024 * 1024
    rows: int = 1_048_576
    columns: int = 16_384


AT_MOST = Bounds()

_DAMAGED = (KeyError, ValueError, SyntaxError, TypeError, IndexError, zipfile.BadZipFile)
BEYOND = "clear what stands to the right of the table"
NOT_COMPUTED = BadCell(
    "holds a formula without its result: open and save the file in a spreadsheet program, or paste values"
)


def read_xlsx(data: bytes, shape: FileShape, bounds: Bounds = AT_MOST) -> Iterator[NumberedRow]:
    """Every row under its number in the sheet; the header's row says the names. Raises TableFileError."""
    _refuse_bomb(data, bounds.unpacked)
    values, formulas = _open(data, data_only=True), _open(data, data_only=False)
    try:
        sheets = _sheet(values, shape.sheet), _sheet(formulas, shape.sheet)
        yield from _rows(*sheets, shape.header_row, bounds)
    except _DAMAGED as fault:
        raise TableFileError(f"the sheet is damaged ({fault}).") from None
    finally:
        values.close()
        formulas.close()


def _open(data: bytes, *, data_only: bool) -> Any:
    try:
        return load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
    except (InvalidFileException, OSError, *_DAMAGED) as fault:
        raise TableFileError(f"this is no readable sheet ({fault}).") from None


def _refuse_bomb(data: bytes, largest: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise TableFileError("this is no readable sheet: the archive is damaged or cut off.") from None
    if unpacked > largest:
        raise TableFileError(f"it unpacks to {unpacked / 1024**2:.0f} MB: split it.")


def _sheet(book: Any, name: str) -> Any:
    if name and name not in book.sheetnames:
        raise TableFileError(f"there is no sheet {name!r}; there are {', '.join(book.sheetnames)}.")
    if not book.worksheets:
        raise TableFileError("there is no sheet in it.")
    return book[name] if name else book.worksheets[0]


def _rows(values: Any, formulas: Any, header_row: int, bounds: Bounds) -> Iterator[NumberedRow]:
    names: list[str] = []
    for sheet in (values, formulas):
        # What the file says of its size is a claim: each row is as wide as its last cell.
        sheet.reset_dimensions()
    merged = Filling(_merged(values), header_row)
    pairs = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (cells, written) in enumerate(pairs, 1):
        if number > bounds.rows or len(cells) > bounds.columns:
            raise TableFileError(f"it has more than {bounds.rows} rows or {bounds.columns} columns.")
        if number == header_row:
            names = header_names([cell.value for cell in cells], number)
        elif number > header_row:
            told = [_value(cell, source) for cell, source in zip(cells, written, strict=True)]
            if row := _row(names, told, number, merged):
                yield row


def _merged(sheet: Any) -> list[Merged]:
    # Read row by row, a sheet of openpyxl doesn't tell them: they stand behind all rows.
    with sheet._get_source() as source:
        return merged_ranges(source)


def _row(names: list[str], told: list[object], number: int, merged: Filling) -> NumberedRow | None:
    """A row with what merged cells show in it; one that has nothing of its own is as empty as it was."""
    shown = merged.filled(told[: len(names)] + [None] * (len(names) - len(told)), number)
    own = named_row(names, told, number, BEYOND)
    return (
        own._replace(row=dict(zip(names, shown, strict=True))) if own and isinstance(own.row, dict) else own
    )


def _value(cell: Any, source: Any) -> object:
    """A cell's value; of a formula its last result, if the file has it."""
    if cell.data_type == "e":
        return BadCell(f"holds the spreadsheet's own error {str(cell.value)[:20]}")
    if cell.value is None and source.data_type == "f":
        return NOT_COMPUTED
    return cell.value
