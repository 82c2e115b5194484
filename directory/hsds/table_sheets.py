"""Lists that are sheets of a workbook (XLSX): values as the program that saved it last computed them."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from directory.hsds.table_faults import TableFileError, header_names, named_row
from directory.hsds.table_merged import Filling, Merged, merged_ranges
from directory.rules.table_cells import BadCell
from directory.rules.table_mapping import FileShape
from directory.rules.table_records import NumberedRow

LARGEST_UNPACKED = 500 * 1024 * 1024
"""Bytes. A sheet is a packed archive: a small one may unpack to more than the machine has."""

_DAMAGED = (KeyError, ValueError, SyntaxError, TypeError, IndexError, zipfile.BadZipFile)
BEYOND = "clear what stands to the right of the table"
NOT_COMPUTED = BadCell(
    "holds a formula without its result: open and save the file in a spreadsheet program, or paste values"
)


def read_xlsx(data: bytes, shape: FileShape) -> Iterator[NumberedRow]:
    """Every row under its number in the sheet; the header's row says the names. Raises TableFileError."""
    _refuse_bomb(data)
    values, formulas = _open(data, data_only=True), _open(data, data_only=False)
    try:
        yield from _rows(_sheet(values, shape.sheet), _sheet(formulas, shape.sheet), shape.header_row)
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


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise TableFileError("this is no readable sheet: the archive is damaged or cut off.") from None
    if unpacked > LARGEST_UNPACKED:
        raise TableFileError(f"it unpacks to {unpacked / 1024**2:.0f} MB: split it.")


def _sheet(book: Any, name: str) -> Any:
    if name and name not in book.sheetnames:
        raise TableFileError(f"there is no sheet {name!r}; there are {', '.join(book.sheetnames)}.")
    if not book.worksheets:
        raise TableFileError("there is no sheet in it.")
    return book[name] if name else book.worksheets[0]


def _rows(values: Any, formulas: Any, header_row: int) -> Iterator[NumberedRow]:
    names: list[str] = []
    merged = Filling(_merged(values), header_row)
    pairs = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (cells, written) in enumerate(pairs, 1):
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
