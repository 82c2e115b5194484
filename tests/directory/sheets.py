"""Sheets for tests: a network with listings, what it downloads, and what it sends back."""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from directory.actions.project_listings import project_services
from directory.models.phone import Phone
from directory.models.service import Service
from directory.rules.sheet_columns import SHEET
from tests.directory.marks import as_shown
from tests.directory.profiles import House
from tests.roles import RoleClient

PLACES = {column.slug: place for place, column in enumerate(SHEET, 1)}
OLD, NEW = "613-555-0142", "613-555-0199"


def network(house: House, count: int) -> list[Service]:
    """Listings of the house's organization, `count` in all, in the order of the sheet."""
    publisher = house.organization.publisher
    made = [
        Service(publisher=publisher, organization=house.organization, name=f"Table {number:03}")
        for number in range(1, count)
    ]
    Service.objects.bulk_create(made)
    Phone.objects.bulk_create(Phone(publisher=publisher, service=one, number=OLD) for one in made)
    project_services([one.pk for one in made])
    return list(Service.objects.filter(organization=house.organization).order_by("name", "pk"))


def address(language: str = "en", name: str = "sheet", *args: Any) -> str:
    """Of a page of the sheet."""
    with translation.override(language):
        return reverse(name, args=args)


def download(browser: RoleClient, kind: str = "xlsx", language: str = "en") -> bytes:
    """The file that a keeper gets."""
    found = browser.get(address(language, "sheet_download", kind))
    assert found.status_code == 200
    content: bytes = found.content
    return content


def edited(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """A workbook with its first sheet changed."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(sheet: Worksheet, row: int, slug: str, text: Any) -> None:
    """Write into a cell, by the column's slug."""
    sheet.cell(row, PLACES[slug]).value = text


def told(sheet: Worksheet, row: int, slug: str) -> Any:
    """What a cell says."""
    return sheet.cell(row, PLACES[slug]).value


def with_cells(data: bytes, cells: Iterable[tuple[int, str, Any]]) -> bytes:
    """A workbook with (row, slug, text) written into it."""

    def change(sheet: Worksheet) -> None:
        for row, slug, text in cells:
            put(sheet, row, slug, text)

    return edited(data, change)


def lines_of(data: bytes, delimiter: str = ",") -> list[list[str]]:
    """The rows of a CSV, header first."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def csv_of(lines: Iterable[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV as a spreadsheet program writes it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return out.getvalue().encode(encoding)


def send(browser: RoleClient, data: bytes, language: str = "en", name: str = "mine.xlsx") -> Any:
    """Upload a file; the page that answers, after its redirect."""
    sent = {"file": SimpleUploadedFile(name, data)} | as_shown(browser)
    return browser.post(address(language), sent, follow=True)


def key_of(page: Any) -> str:
    """The draft that a page of an upload is about."""
    return str(page.request["PATH_INFO"].rstrip("/").rpartition("/")[2])


def confirm(browser: RoleClient, page: Any, language: str = "en") -> Any:
    """Say yes."""
    return browser.post(address(language, "sheet_confirm", key_of(page)), as_shown(browser), follow=True)
