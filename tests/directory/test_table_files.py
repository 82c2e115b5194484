"""A list that can't be read says where and why; one that can gives numbered rows."""

import datetime
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from directory.hsds import table_files, table_sheets
from directory.hsds.table_faults import TableFileError
from directory.hsds.table_files import read_mapping, read_table
from directory.rules.table_cells import BadCell, MergedCell, as_date, as_text
from directory.rules.table_mapping import FileShape
from directory.rules.table_records import BadRow

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


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    header = delimiter.join(['"id, or key; both"', "name"])
    path = written(tmp_path, "list.tsv", f"{header}\na{delimiter}House\n")
    assert read_table(path, PLAIN).rows[0].row == {"id, or key; both": "a", "name": "House"}


def test_another_delimiter_is_the_mappings_word(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", "id;a,b,c\na;House\n")
    assert read_table(path, FileShape(delimiter=";")).rows[0].row == {"id": "a", "a,b,c": "House"}


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("id,name\na,Été à l’œuvre – 5 €\n".encode("cp1252"), ""),
        ("id,name\na,Été à l’œuvre – 5 €\n".encode("utf-16"), ""),
        ("id,name\na,Été à l’œuvre – 5 €\n".encode("utf-32"), ""),
        ("id,name\na,Été à l’œuvre – 5 €\n".encode("utf-16-le"), "utf-16-le"),
        ("id,name\na,Été à l’œuvre – 5 €\n".encode("mac-roman"), "mac-roman"),
    ],
    ids=["windows", "utf-16", "utf-32", "utf-16-le named", "mac-roman named"],
)
def test_any_usual_encoding_is_found_or_named(tmp_path: Path, data: bytes, encoding: str) -> None:
    table = read_table(written(tmp_path, "list.csv", data), FileShape(encoding=encoding))
    assert table.rows[0].row == {"id": "a", "name": "Été à l’œuvre – 5 €"}


def test_a_named_encoding_that_does_not_fit_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", b"id,name\na,\x81\n")
    assert "line 2, byte 10: this is no text in cp1252" in fault(path, FileShape(encoding="cp1252"))


def test_a_title_above_the_header_is_left_out_and_told_if_the_mapping_forgets_it(tmp_path: Path) -> None:
    titled = "Our list,,\nid,name,phone\na,House,988\n"
    path = written(tmp_path, "list.csv", titled)
    assert "row 1, column 2" not in fault(path, FileShape(header_row=9))
    assert "[file] header_row = 2" in fault(written(tmp_path, "gap.csv", "Our list,,x\nid,name,phone\n"))
    assert read_table(path, FileShape(header_row=2)).rows == (
        (3, {"id": "a", "name": "House", "phone": "988"}),
    )


def test_a_row_that_does_not_fit_the_header_is_bad_alone(tmp_path: Path) -> None:
    path = written(
        tmp_path, "list.csv", "id,name,phone\na,House,988\nb,Home\nc,Hall, 2nd floor,988\nd,Hut,,\n"
    )
    first, short, long, last = read_table(path, PLAIN).rows
    assert (first.row, last.row) == (
        {"id": "a", "name": "House", "phone": "988"},
        {"id": "d", "name": "Hut", "phone": ""},
    )
    assert isinstance(short.row, BadRow)
    assert isinstance(long.row, BadRow)
    assert (short.number, long.number) == (3, 4)
    assert short.row.reason.startswith("2 cells, but the header has 3: write each cell")
    assert long.row.reason.startswith("4 cells, but the header has 3: put a cell that has the delimiter")


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "\ufeffsep=;\n"])
def test_a_first_line_may_name_the_delimiter_and_counts_as_no_row(tmp_path: Path, line: str) -> None:
    path = written(tmp_path, "list.csv", f"{line}id;a,b,c,d\na;House\n")
    assert read_table(path, PLAIN).rows == ((2, {"id": "a", "a,b,c,d": "House"}),)
    torn = written(tmp_path, "torn.csv", f'{line}id;name\na;"b\n')
    assert "row 2, line 3" in fault(torn)


def test_a_delimiter_of_the_mapping_goes_before_that_of_the_first_line(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", "sep=;\nid|name;x\na|b\n")
    assert read_table(path, FileShape(delimiter="|")).rows[0].row == {"id": "a", "name;x": "b"}


def test_a_huge_cell_is_read_so_that_its_row_alone_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", f"id,name\na,{'x' * 200_000}\nb,House\n")
    assert len(read_table(path, PLAIN).rows) == 2


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("list.csv", "id,name\na,Été\n".encode("mac-roman"), "line 2, byte 10: this is no UTF-8 text"),
        (
            "list.csv",
            "id,name\na,Été\n".encode("cp850"),
            "or say what it is in the mapping: [file] encoding =",
        ),
        ("list.csv", "id,name\na,b\n".encode("utf-16-le"), "this looks like UTF-16"),
        ("list.csv", b"\xff\xfei\0d\0,", "this is no text in utf-16"),
        ("list.csv", "id,name,id\na,b,c\n", "column 3: the header 'id' stands twice"),
        ("list.csv", "id,,name\na,b,c\n", "column 2: the header has no name"),
        ("list.csv", "id,name\na,b,c\n", "no row fits the header; row 2: 3 cells, but the header has 2"),
        ("list.csv", "id,name\na\n", "no row fits the header; row 2: 1 cells, but the header has 2"),
        ("list.csv", 'id,name\na,"b\n', "row 2, line 2"),
        ("list.csv", "id,name\n", "the file has no rows"),
        ("list.csv", "  \n", "is empty"),
        ("list.json", '[{"id": "a"},\n {"id": "b"', "line 2, column 12"),
        ("list.json", '{"rows": []}', "no list of rows at the top"),
        ("list.json", "[" * 200_000, "nested too deeply"),
        ("list.json", "[1" + "0" * 5000 + "]", "list.json"),
        ("list.xlsx", b"PK\x03\x04 cut off", "damaged or cut off"),
        ("list.pdf", b"%PDF", "neither .csv (or .tsv), .json nor .xlsx"),
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


def test_a_key_that_stands_twice_in_json_refuses_its_row_or_the_file(tmp_path: Path) -> None:
    rows = '[{"id": "a", "to": {"x": 1, "x": 2}}, {"id": "b", "to": {"x": 1}}]'
    table = read_table(written(tmp_path, "list.json", rows), PLAIN)
    which = "stands twice in one object: which one counts?"
    assert [row.row for row in table.rows] == [BadRow(f"key 'to.x' {which}"), {"id": "b", "to": {"x": 1}}]
    path = written(tmp_path, "list.json", '{"rows": [], "rows": [{"id": "a"}]}')
    assert f"key 'rows' {which}" in fault(path, FileShape(records="rows"))


def test_a_sheet_gives_its_cells_as_they_are(tmp_path: Path) -> None:
    path = written(
        tmp_path, "list.xlsx", sheet(("id", "phone"), ("a", 6135550100), (None, None), ("b", None))
    )
    assert [(row.number, row.row) for row in read_table(path, PLAIN).rows] == [
        (2, {"id": "a", "phone": 6135550100}),
        (4, {"id": "b", "phone": None}),
    ]
    assert "there is no sheet 'Beds'" in fault(path, FileShape(sheet="Beds"))


def test_a_sheet_with_a_title_and_merged_cells_needs_the_row_of_its_header(tmp_path: Path) -> None:
    book, kept = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (("Services 2026", None, "Contact"), ("id", "name", "phone"), ("a", "House", 988)):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.save(kept)
    path = written(tmp_path, "list.xlsx", kept.getvalue())
    assert (
        "row 1, column 2: the header has no name here. If this row is a title or its cells are merged"
        in fault(path)
    )
    assert read_table(path, FileShape(header_row=2)).rows == (
        (3, {"id": "a", "name": "House", "phone": 988}),
    )


def merged(folder: Path, ranges: list[str], *rows: tuple[object, ...]) -> list[object]:
    """The rows of a sheet below the names id, town, street, phone."""
    book, kept = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (("id", "town", "street", "phone"), *rows):
        book.active.append(row)
    for each in ranges:
        # Without making each cell of it, as a spreadsheet program saves it.
        book.active.merged_cells.add(each)
    book.save(kept)
    return [row.row for row in read_table(written(folder, "list.xlsx", kept.getvalue()), PLAIN).rows]


def test_what_is_written_once_over_several_rows_holds_for_each(tmp_path: Path) -> None:
    found = merged(
        tmp_path,
        ["B2:B3", "C3:C4"],
        ("a", "Kenora", None, 988), ("b", None, "Oak St", 988), ("c", "Thunder Bay", None, 988), ("d", None, None, 988),
    )  # fmt: skip
    assert [(row["town"], row["street"]) for row in found if isinstance(row, dict)] == [
        ("Kenora", None), ("Kenora", "Oak St"), ("Thunder Bay", "Oak St"), (None, None),
    ]  # fmt: skip


def test_what_is_written_over_several_columns_is_the_firsts_and_the_others_are_known_as_merged(
    tmp_path: Path,
) -> None:
    (found,) = merged(tmp_path, ["B2:C2"], ("a", "Kenora", None, 988))
    assert found == {"id": "a", "town": "Kenora", "street": MergedCell("Kenora"), "phone": 988}
    assert [as_text(value) for value in (found["town"], found["street"])] == ["Kenora", ""]


def test_merged_cells_make_no_row_of_an_empty_one_and_reach_no_further_than_the_table(tmp_path: Path) -> None:
    found = merged(tmp_path, ["B2:H1048576"], ("a", "Kenora", None, None), ("b", None, None, None))
    assert [row["town"] for row in found if isinstance(row, dict)] == ["Kenora", "Kenora"]


def test_a_cell_to_the_right_of_a_sheets_table_refuses_its_row_alone(tmp_path: Path) -> None:
    first, second = merged(
        tmp_path, [], ("a", "Kenora", "Oak St", 988, "a remark"), ("b", "Kenora", None, 988)
    )
    assert isinstance(first, BadRow)
    assert "clear what stands to the right of the table" in first.reason
    assert isinstance(second, dict)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.datetime(2026, 1, 5), "2026-01-05"),  # noqa: DTZ001  # sheets know no zone
        (datetime.datetime(2026, 1, 5, 9, 30), "2026-01-05 09:30"),  # noqa: DTZ001
        (datetime.date(2026, 1, 5), "2026-01-05"),
        (datetime.time(9), "09:00"),
        (datetime.time(23, 59), "23:59"),
        (datetime.timedelta(hours=24), "24:00"),
        (3.0, "3"),
        (6135550100.0, "6135550100"),
        (16135550100, "16135550100"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_cell_of_a_sheet_reads_as_the_sheet_shows_it(tmp_path: Path, value: object, text: str) -> None:
    path = written(tmp_path, "list.xlsx", sheet(("id", "cell"), ("a", value)))
    (row,) = (row.row for row in read_table(path, PLAIN).rows)
    assert isinstance(row, dict)
    assert as_text(row["cell"]) == text


def test_a_formula_without_its_result_and_an_error_are_no_empty_cells(tmp_path: Path) -> None:
    path = written(
        tmp_path, "list.xlsx", sheet(("id", "phone", "n"), ("a", "=A1", None), ("b", "#REF!", 46053))
    )
    first, second = (row.row for row in read_table(path, PLAIN).rows)
    assert first == {"id": "a", "phone": table_sheets.NOT_COMPUTED, "n": None}
    assert second == {"id": "b", "phone": BadCell("holds the spreadsheet's own error #REF!"), "n": 46053}


def test_a_day_of_a_sheet_is_a_day_whether_it_is_formatted_as_one_or_not(tmp_path: Path) -> None:
    day = datetime.datetime(2026, 1, 31)  # noqa: DTZ001  # sheets know no zone
    path = written(tmp_path, "list.xlsx", sheet(("id", "day"), ("a", day), ("b", 46053), ("c", "46053")))
    days = [as_date(row.row["day"]) for row in read_table(path, PLAIN).rows if isinstance(row.row, dict)]
    assert days == [datetime.date(2026, 1, 31)] * 3


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200) | st.text(max_size=100).map(str.encode),
    st.sampled_from([".csv", ".json", ".xlsx"]),
)
@pytest.mark.promise(25)
def test_any_bytes_give_rows_or_a_sentence(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = written(tmp_path, f"list{suffix}", data)
    try:
        told = read_table(path, PLAIN).name
    except TableFileError as said:
        told = str(said)
    assert told.startswith(path.name)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('key = "id', "map.toml is no TOML"),
        ('key = "id"\n[publisher]\nslug = "a"', "map.toml: [columns] name"),
        ("", "is empty"),
        (b"\xff", "no text in utf-8"),
    ],
)
def test_a_mapping_that_cannot_be_read_says_why(tmp_path: Path, toml: bytes | str, told: str) -> None:
    with pytest.raises(TableFileError) as found:
        read_mapping(written(tmp_path, "map.toml", toml))
    assert told in str(found.value)
