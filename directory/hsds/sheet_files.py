"""An organization's own sheet as a file: written as XLSX or CSV, and read back, whole or not at all."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import islice

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from directory.hsds.table_faults import TableFileError
from directory.hsds.table_sheets import Bounds, read_xlsx
from directory.hsds.table_text_files import decoded, read_csv
from directory.rules.sheet_cells import allowed_in
from directory.rules.sheet_columns import COLUMNS, ID, MARK, NETWORK, SHEET, Column, Kind, column_of
from directory.rules.sheet_rows import ReadSheet, SheetRow
from directory.rules.sheet_text import NotRead, guarded, holdable, mark_of, said
from directory.rules.table_cells import BadCell, MergedCell
from directory.rules.table_mapping import FileShape
from directory.rules.table_records import BadRow, NumberedRow

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes that are taken from a browser."""
MOST_ROWS = 2000
BOUNDS = Bounds(unpacked=40 * 1024 * 1024, rows=MOST_ROWS + 1, columns=200)
TITLES = {"en": ("Listings", "What to write"), "fr": ("Fiches", "Quoi écrire")}
WIDE = frozenset({Kind.TEXT, Kind.PHONES, Kind.FACTS})
_BOM = "\ufeff"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


Listings = Mapping[str, Mapping[str, str]]
"""By id of a listing, its cells by column."""
Owners = Mapping[str, str]
"""By id of a listing, the name of its organization; empty where all are one organization's."""
NO_OWNERS: Owners = {}


def _lines(listings: Listings, language: str, owners: Owners) -> Iterator[list[str]]:
    """The header, then a line for each listing."""
    yield [column.header.in_(language) for column in (NETWORK if owners else SHEET)]
    for listing, cells in listings.items():
        held = [holdable(cells[column.slug]) for column in COLUMNS]
        whose = [holdable(owners[listing])] if owners else []
        yield [listing, *whose, *held, mark_of(listing, cells, language)]


def write_csv(listings: Listings, language: str, owners: Owners = NO_OWNERS) -> bytes:
    """UTF-8 with its mark, parted as spreadsheet programs of the language expect; no cell begins a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if language == "fr" else ",")
    for line in _lines(listings, language, owners):
        writer.writerow([guarded(cell) for cell in line])
    return (_BOM + out.getvalue()).encode()


def write_xlsx(listings: Listings, language: str, owners: Owners = NO_OWNERS) -> bytes:
    """A workbook: the listings, and a sheet that explains each column in both languages. Every cell is text."""
    book = Workbook()
    told = book.active
    assert isinstance(told, Worksheet)
    told.title, explained = TITLES[language]
    columns = NETWORK if owners else SHEET
    _fill(told, _lines(listings, language, owners))
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        told.column_dimensions[letter].width = 45 if column.kind in WIDE else 24
        told.column_dimensions[letter].hidden = column is MARK
    told.freeze_panes = "C2"
    beside = book.create_sheet(explained)
    _fill(beside, _explained(columns))
    for letter in "ABCDEF":
        beside.column_dimensions[letter].width = 45
    beside.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, lines: Iterable[list[str]]) -> None:
    for row, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(row, column)
            # As text, whatever it begins with: a cell that begins with "=" would be reckoned.
            cell.value, cell.data_type = text, "s"
            cell.number_format, cell.quotePrefix = "@", True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row == 1:
                cell.font = Font(bold=True)


def _explained(columns: Iterable[Column]) -> Iterator[list[str]]:
    yield ["Column", "Colonne", "What to write", "Quoi écrire", "Allowed", "Permis"]
    for column in columns:
        told = [column.header.en, column.header.fr, column.help.en, column.help.fr]
        yield [*told, allowed_in(column, "en"), allowed_in(column, "fr")]


def read_sheet(data: bytes) -> ReadSheet:
    """Every row of an uploaded file, XLSX or CSV by what it is and not by its name. Raises NotRead for the file."""
    if len(data) > LARGEST_FILE:
        raise NotRead("too_large", str(LARGEST_FILE // 1024**2))
    if not data.strip():
        raise NotRead("no_rows")
    if data.startswith(_OLD_EXCEL):
        raise NotRead("old_excel")
    rows = _rows_of(_xlsx if data.startswith(_ZIP) else _csv, data)
    named = next((row.row for row in rows if isinstance(row.row, dict)), None)
    if named is None:
        raise NotRead("damaged" if rows else "no_rows")
    known = {header: column_of(header) for header in named}
    letters = {c.slug: get_column_letter(place) for place, c in enumerate(known.values(), 1) if c}
    if len(letters) < sum(1 for c in known.values() if c):
        raise NotRead("column_twice")
    for needed in (ID, MARK):
        if needed.slug not in letters:
            raise NotRead("no_column", needed.slug)
    slugs = {header: column.slug for header, column in known.items() if column}
    unknown = [header for header, column in known.items() if column is None]
    return ReadSheet([_sheet_row(row, slugs) for row in rows], letters, unknown)


def _rows_of(read: Callable[[bytes], Iterator[NumberedRow]], data: bytes) -> list[NumberedRow]:
    try:
        rows = list(islice(read(data), MOST_ROWS + 1))
    except TableFileError as fault:
        raise NotRead("damaged") from fault
    if len(rows) > MOST_ROWS:
        raise NotRead("too_many_rows", str(MOST_ROWS))
    return rows


def _xlsx(data: bytes) -> Iterator[NumberedRow]:
    return read_xlsx(data, FileShape(), BOUNDS)


def _csv(data: bytes) -> Iterator[NumberedRow]:
    try:
        decoded(data)
    except TableFileError as fault:
        raise NotRead("encoding") from fault
    return read_csv(data, FileShape())


def _sheet_row(row: NumberedRow, slugs: Mapping[str, str]) -> SheetRow:
    if isinstance(row.row, BadRow) or not isinstance(row.row, dict):
        return SheetRow(row.number, faults={"": NotRead("cells")})
    cells: dict[str, str] = {}
    faults: dict[str, NotRead] = {}
    for header, slug in slugs.items():
        try:
            cells[slug] = _text(row.row.get(header))
        except NotRead as fault:
            faults[slug] = fault
    return SheetRow(row.number, cells, faults)


def _text(value: object) -> str:
    """A cell as it was typed. Raises NotRead for what a spreadsheet program made something else of."""
    if value is None:
        return ""
    if isinstance(value, date | datetime | time):
        raise NotRead("a_date", str(value))
    if isinstance(value, BadCell):
        raise NotRead("formula")
    if isinstance(value, MergedCell):
        raise NotRead("merged")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return said(str(value))
