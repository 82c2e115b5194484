"""What else a file may be: huge, packed, in other letters, with formulas; each is answered by a sentence."""

import io
import zipfile
from typing import Any

import pytest
from django.test.client import encode_multipart
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.models import User
from directory.hsds.sheet_files import LARGEST_FILE, MOST_ROWS, read_sheet, write_csv, write_xlsx
from directory.models.sheet_draft import SheetDraft
from directory.rules.sheet_columns import COLUMNS, SHEET
from directory.rules.sheet_text import NotRead
from directory.views.sheet_words import file_words
from tests.cast import SignIn
from tests.directory.profiles import House, house, second
from tests.directory.sheets import (
    PLACES,
    address,
    csv_of,
    download,
    edited,
    lines_of,
    put,
    send,
    told,
    with_cells,
)
from tests.roles import RoleClient

__all__ = ["house", "second"]
KEY = "0b9dc1ae-9a31-4a6e-8a05-1b5dd8d1a0b5"
FORMULAS = ("=cmd|' /C calc'!A0", "+1 613 555 0142", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "'=1")


@pytest.fixture
def browser(house: House, keeper: User, sign_in: SignIn) -> RoleClient:
    """Kim's browser."""
    return sign_in(keeper)


def cells(**more: str) -> dict[str, str]:
    """A listing's cells, most of them empty."""
    return {column.slug: "" for column in COLUMNS} | more


def zipped(members: dict[str, bytes]) -> bytes:
    """A packed archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def repacked(data: bytes, change: dict[str, bytes]) -> bytes:
    """A workbook with members of its archive replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | change)


def sheet_xml(rows: str, size: str) -> bytes:
    """The XML of a worksheet that claims a size."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    told_size = f'<dimension ref="{size}"/>'
    return f'<worksheet xmlns="{main}">{told_size}<sheetData>{rows}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_export_begins_a_formula(text: str) -> None:
    listing = {KEY: cells(name=text, description=text)}
    book = load_workbook(io.BytesIO(write_xlsx(listing, "en")))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "inlineStr", "n"}, [c.value for c in row]
            assert all(cell.quotePrefix for cell in row if cell.value is not None)
    for language, delimiter in (("en", ","), ("fr", ";")):
        for line in lines_of(write_csv(listing, language), delimiter):
            assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "＝"))]
        for data in (write_csv(listing, language), write_xlsx(listing, language)):
            (row,) = read_sheet(data).rows
            assert row.cells["name"] == text.strip().removeprefix("'")


def test_the_second_sheet_explains_each_column_in_both_languages() -> None:
    book = load_workbook(io.BytesIO(write_xlsx({}, "fr")))
    assert book.sheetnames == ["Fiches", "Quoi écrire"]
    rows = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(SHEET)
    assert all(all(row[:4]) for row in rows)
    assert any(row[5] and "Femmes" in str(row[5]) for row in rows)


def _bad() -> dict[str, tuple[bytes, str]]:
    good = write_xlsx({KEY: cells(name="A")}, "en")
    lines = lines_of(write_csv({KEY: cells(name="A")}, "en"))
    wide = sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>', "A1:XFD1048576")
    far = sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "A1:XFD1048576")
    bomb = sheet_xml(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * 45_000_000 + "</t></is></c></row>", "A1"
    )
    first = "xl/worksheets/sheet1.xml"
    no_id = [[cell for place, cell in enumerate(line) if place != 0] for line in lines]
    return {
        "nothing": (b"", "This file is empty."),
        "a header alone": (csv_of(lines[:1]), "This file is empty."),
        "no sheet": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "cannot be read"),
        "an old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save it as .xlsx"),
        "cut off": (good[: len(good) // 2], "cannot be read"),
        "another archive": (zipped({"a.txt": b"hello"}), "cannot be read"),
        "a bomb": (repacked(good, {first: bomb}), "far larger inside than it looks"),
        "very wide": (repacked(good, {first: wide}), "cannot be read"),
        "very long": (repacked(good, {first: far}), "cannot be read"),
        "no ids": (csv_of(no_id), "“Number of the listing” is missing"),
        "a column twice": (csv_of([[*line, line[1]] for line in lines]), "cannot be read"),
        "both languages": (
            csv_of([[*lines[0], "Nom (anglais)"], [*lines[1], "B"]]),
            "A column stands here twice.",
        ),
        "too many rows": (csv_of([lines[0], *[lines[1]] * (MOST_ROWS + 1)]), "too many rows"),
        "old letters": ("Nom;Coût\nŽ€\x81".encode("utf-16-le"), "letters of this file cannot be read"),
    }


@pytest.mark.promise(25)
@pytest.mark.parametrize("kind", sorted(_bad()))
def test_a_file_that_cannot_be_read_is_answered_by_a_sentence(kind: str, browser: RoleClient) -> None:
    data, words = _bad()[kind]
    page = send(browser, data)
    assert page.status_code == 400
    assert words in page.text
    assert "Nothing was changed." in page.text
    assert not SheetDraft.objects.exists()


def test_a_huge_file_is_not_kept_beyond_its_limit(browser: RoleClient) -> None:
    page = send(browser, b"PK\x03\x04" + b"x" * LARGEST_FILE)
    assert page.status_code == 400
    assert "This file is too large: at most 5 MB." in page.text
    assert "too large" not in send(browser, b"x" * LARGEST_FILE).text


def test_no_file_at_all_is_answered(browser: RoleClient) -> None:
    assert browser.post(address()).status_code == 400
    boundary = "edge"
    body = encode_multipart(boundary, {"file": "words"})
    found = browser.post(address(), body, content_type=f"multipart/form-data; boundary={boundary}")
    assert found.status_code == 400


def test_the_form_is_protected_though_its_limit_is_set_first(
    house: House, keeper: User, sign_in: SignIn
) -> None:
    strict = sign_in(keeper)
    strict.handler.enforce_csrf_checks = True
    assert strict.post(address(), {}).status_code == 403


def _header(sheet: Any, slug: str, text: str) -> None:
    sheet.cell(1, PLACES[slug]).value = text


def test_a_column_of_another_name_is_told_and_one_that_is_gone_changes_nothing(browser: RoleClient) -> None:
    def change(sheet: Any) -> None:
        _header(sheet, "description", "My own notes")
        put(sheet, 2, "description", "for us")
        sheet.delete_cols(PLACES["email"])

    page = send(browser, edited(download(browser), change))
    assert "We do not know these columns, and read nothing of them: “My own notes”." in page.text
    assert "1 row changes nothing." in page.text


def test_dates_formulas_and_merged_cells_are_asked_about(browser: RoleClient) -> None:
    import datetime

    def change(sheet: Any) -> None:
        put(sheet, 2, "facts_age", datetime.date(2026, 12, 10))
        put(sheet, 2, "email", "=A1")
        sheet.merge_cells(start_row=2, end_row=2, start_column=PLACES["name"], end_column=PLACES["name_fr"])

    page = send(browser, edited(download(browser), change)).text
    assert "made a date or a time of this" in page
    assert "has a formula or an error" in page
    assert "is merged with another" in page
    assert 'id="offers"' not in page


def test_a_sheet_that_was_sorted_and_saved_as_numbers_is_read(house: House, browser: RoleClient) -> None:
    house.change({"service.fees_description": "5"})
    data = with_cells(download(browser), [(2, "fees_description", 5), (2, "alert", "Closed on Friday.")])
    page = send(browser, data)
    assert "Closed on Friday." in page.text
    assert page.text.count("<ins>") == 1


def test_what_no_sheet_can_hold_is_left_out_of_it(house: House, browser: RoleClient) -> None:
    house.service.description = "A bell \x07 rings"
    house.service.save(update_fields=["description"])
    seen: list[str] = []
    edited(download(browser), lambda sheet: seen.append(str(told(sheet, 2, "description"))))
    assert seen[0].split() == ["A", "bell", "rings"]
    assert "1 row changes nothing." in send(browser, download(browser)).text


@given(
    st.binary(max_size=300) | st.text(max_size=200).map(str.encode) | st.binary().map(b"PK\x03\x04".__add__)
)
def test_any_bytes_are_rows_or_a_fault_with_a_sentence(data: bytes) -> None:
    try:
        found = read_sheet(data).rows
    except NotRead as fault:
        found, words = [], file_words(fault)
    assert found or words
