"""Lists that are text: CSV of any usual encoding and delimiter, and JSON."""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator

from directory.hsds.table_faults import TableFileError, header_names, named_row, unfit_row
from directory.rules.json_once import Keys, Once, twice_in
from directory.rules.table_mapping import FileShape
from directory.rules.table_records import BadRow, NumberedRow

LONGEST_FIELD = 10_000_000
"""Characters of one cell: far more than a field takes, so that the row is refused and not the file."""

# The longer marks first: that of UTF-16 is the beginning of that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
# A first line for spreadsheet programs, which read it and don't show it: the rows count from the next one.
_NAMED_DELIMITER = re.compile(r'"?sep=([^\w\s"]|[ \t])"?(?:\r\n|\r|\n)', re.IGNORECASE)
TOO_FEW = "write each cell, empty ones too, and put a cell with a line break in its text into double quotes"
TWICE = "key {!r} stands twice in one object: which one counts?"
TOO_MANY = "put a cell that has the delimiter in its text into double quotes"
# What English and French need beyond ASCII: other encodings of an old machine give letters that stand here too seldom.
_USUAL = frozenset("ÀÂÇÈÉÊËÎÏÔÙÛÜàâçèéêëîïôùûüÿœŒæÆñ«»°·–—‘’“”…•€™®©½¼¾²³ºª\u00a0\u00ad\u00b4")


def decoded(data: bytes, encoding: str = "") -> str:
    """Return the text of a file: in the encoding that is named, that its first bytes name, UTF-8, or Windows-1252.

    Windows-1252 is taken only where all that is no ASCII is a letter or sign of English and French.
    Raises TableFileError with line and byte, and what to do.
    """
    if found := encoding or next((name for mark, name in _MARKS if data.startswith(mark)), ""):
        return _decoded_as(data, found)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _old_windows(data, fault)
    if "\0" in text[:1000]:
        raise TableFileError('this looks like UTF-16: write [file] encoding = "utf-16-le" into the mapping.')
    return text


def _decoded_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        raise TableFileError(f"{_at(data, fault.start)}: this is no text in {encoding}.") from None


def _at(data: bytes, place: int) -> str:
    line = data.count(b"\n", 0, place) + 1
    return f"line {line}, byte {place}"


def _old_windows(data: bytes, fault: UnicodeDecodeError) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = "\0"
    if {character for character in text if not character.isascii()} <= _USUAL and "\0" not in text:
        return text
    raise TableFileError(
        f"{_at(data, fault.start)}: this is no UTF-8 text; save the file as UTF-8, or say what it is in the mapping:"
        ' [file] encoding = "windows-1252"'
    ) from None


def read_csv(data: bytes, shape: FileShape) -> Iterator[NumberedRow]:
    """Every row under its number; the header's row says the names. Raises TableFileError."""
    text = decoded(data, shape.encoding)
    csv.field_size_limit(LONGEST_FIELD)
    named = _NAMED_DELIMITER.match(text)
    text = text[named.end() :] if named else text
    delimiter = shape.delimiter or (named[1] if named else _delimiter(text, shape.header_row))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    names: list[str] = []
    try:
        for number, cells in enumerate(lines, 1):
            if number == shape.header_row:
                names = header_names(cells, number)
            elif number > shape.header_row and (row := _csv_row(names, cells, number)):
                yield row
    except csv.Error as fault:
        line = lines.line_num + (1 if named else 0)
        raise TableFileError(f"row {number + 1}, line {line}: {fault}.") from None


def _csv_row(names: list[str], cells: list[str], number: int) -> NumberedRow | None:
    if len(cells) < len(names) and any(cell.strip() for cell in cells):
        return unfit_row(names, cells, number, TOO_FEW)
    return named_row(names, cells, number, TOO_MANY)


def _delimiter(text: str, header_row: int) -> str:
    """The sign that stands most often between the names of the header, outside of quotes."""
    line = next((line for at, line in enumerate(io.StringIO(text), 1) if at == header_row), "")
    plain = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=plain.count)


def read_json(data: bytes, shape: FileShape) -> Iterator[NumberedRow]:
    """Every element of the list that the shape names. Raises TableFileError."""
    keys = Keys()
    try:
        value: object = json.loads(decoded(data, shape.encoding), object_pairs_hook=keys.of_pairs)
    except json.JSONDecodeError as fault:
        raise TableFileError(f"line {fault.lineno}, column {fault.colno}: {fault.msg}.") from None
    except RecursionError:
        raise TableFileError("lists are nested too deeply.") from None
    except ValueError as fault:
        raise TableFileError(f"{fault}.") from None
    for part in filter(None, shape.records.split(".")):
        if isinstance(value, Once):
            raise TableFileError(TWICE.format(value.again[0]))
        value = value.get(part) if isinstance(value, dict) else None
    if not isinstance(value, list):
        where = f"under {shape.records!r}" if shape.records else "at the top; name it by [file] records"
        raise TableFileError(f"there is no list of rows {where}.")
    for number, row in enumerate(value, 1):
        place = next(twice_in(row), "") if keys.are_any_twice else ""
        yield NumberedRow(number, BadRow(TWICE.format(place)) if place else row)
