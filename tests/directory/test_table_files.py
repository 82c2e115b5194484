"""A list that can't be read says where and why; one that can gives numbered rows."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from directory.hsds import table_files
from directory.hsds.table_files import TableFileError, read_mapping, read_table
from directory.rules.table_mapping import FileShape

PLAIN = FileShape()


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def fault(path: Path, shape: FileShape = PLAIN) -> str:
    with pytest.raises(TableFileError) as found:
        read_table(path, shape)
    return str(found.value)


def sheet(*rows: tuple[object, ...]) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_csv_gives_rows_numbered_from_its_header(tmp_path: Path, mark: bytes) -> None:
    path = written(tmp_path, "list.csv", mark + 'id,name\na,"Foyer ""Été"""\n\nb,House\n'.encode())
    table = read_table(path, PLAIN)
    assert [(row.number, row.row) for row in table.rows] == [
        (2, {"id": "a", "name": 'Foyer "Été"'}),
        (4, {"id": "b", "name": "House"}),
    ]
    assert len(table.digest) == 64


def test_another_delimiter_is_the_mappings_word(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", "id;name\na;House\n")
    assert read_table(path, FileShape(delimiter=";")).rows[0].row == {"id": "a", "name": "House"}


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("list.csv", "id,name\na,Été\n".encode("latin-1"), "line 2, byte 10: this is no UTF-8 text"),
        ("list.csv", "id,name,id\na,b,c\n", "column 3: the header 'id' stands twice"),
        ("list.csv", "id,,name\na,b,c\n", "column 2: the header has no name"),
        ("list.csv", "id,name\na,b,c\n", "row 2: 3 cells, but the header has 2"),
        ("list.csv", "id,name\na\n", "row 2: 1 cells, but the header has 2"),
        ("list.csv", 'id,name\na,"b\n', "row 2, line 2"),
        ("list.csv", "id,name\n", "the file has no rows"),
        ("list.csv", "  \n", "is empty"),
        ("list.json", '[{"id": "a"},\n {"id": "b"', "line 2, column 12"),
        ("list.json", '{"rows": []}', "no list of rows at the top"),
        ("list.json", "[" * 200_000, "nested too deeply"),
        ("list.json", "[1" + "0" * 5000 + "]", "list.json"),
        ("list.xlsx", b"PK\x03\x04 cut off", "damaged or cut off"),
        ("list.pdf", b"%PDF", "neither .csv, .json nor .xlsx"),
    ],
)
@pytest.mark.promise(25)
def test_a_file_that_cannot_be_read_says_where_and_why(
    tmp_path: Path, name: str, data: bytes | str, told: str
) -> None:
    assert told in fault(written(tmp_path, name, data))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "can't be opened" in fault(tmp_path / "list.csv")


def test_a_file_over_the_limit_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_files, "LARGEST_FILE", 5)
    assert "split it" in fault(written(tmp_path, "list.csv", "id,name\na,b\n"))


def test_a_sheet_that_unpacks_to_too_much_is_not_opened(tmp_path: Path) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 1000)
    data = bytearray(kept.getvalue())
    # The archive's own word for the unpacked size, in its central directory.
    data[data.index(b"PK\x01\x02") + 24 : data.index(b"PK\x01\x02") + 28] = (2**31).to_bytes(4, "little")
    assert "unpacks to" in fault(written(tmp_path, "list.xlsx", bytes(data)))


def test_json_rows_may_lie_deeper(tmp_path: Path) -> None:
    path = written(tmp_path, "list.json", json.dumps({"data": {"rows": [{"id": "a"}, 5]}}))
    table = read_table(path, FileShape(records="data.rows"))
    assert [(row.number, row.row) for row in table.rows] == [(1, {"id": "a"}), (2, 5)]


def test_a_sheet_gives_its_cells_as_they_are(tmp_path: Path) -> None:
    path = written(
        tmp_path, "list.xlsx", sheet(("id", "phone"), ("a", 6135550100), (None, None), ("b", None))
    )
    assert [(row.number, row.row) for row in read_table(path, PLAIN).rows] == [
        (2, {"id": "a", "phone": 6135550100}),
        (4, {"id": "b", "phone": None}),
    ]
    assert "there is no sheet 'Beds'" in fault(path, FileShape(sheet="Beds"))


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('key = "id', "map.toml is no TOML"),
        ('key = "id"\n[publisher]\nslug = "a"', "map.toml: [columns] name"),
        ("", "is empty"),
        (b"\xff", "no UTF-8"),
    ],
)
def test_a_mapping_that_cannot_be_read_says_why(tmp_path: Path, toml: bytes | str, told: str) -> None:
    with pytest.raises(TableFileError) as found:
        read_mapping(written(tmp_path, "map.toml", toml))
    assert told in str(found.value)
