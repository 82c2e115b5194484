"""A keeper changes listings by a sheet, in a real browser: download, edit, send back, look, say yes."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from accounts.demo import demo_password
from directory.rules.sheet_columns import SHEET
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.serving import Site
from tests.browser.test_profile import CLINIC, LISTINGS, SEEN, seen
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
SHEETS = {"en": "All listings in one sheet", "fr": "Toutes les fiches dans un tableau"}
LOOK = {"en": "What your sheet would change", "fr": "Ce que votre tableau changerait"}
WOULD = {"en": "1 listing would change.", "fr": "1 fiche changerait."}
COLUMN = {"en": "column A (Number of the listing)", "fr": "colonne A (Numéro de la fiche)"}
DONE = {"en": "1 change is on the site now.", "fr": "1 changement est sur le site maintenant."}
WAITS = {"en": "we call you back on a number that we know already", "fr": "nous vous rappelons à un numéro"}
CHECKED = {"en": "A change is being checked", "fr": "Un changement est en cours de vérification"}
COST = {"en": "Nothing to pay on the first visit.", "fr": "Rien à payer à la première visite."}
NEW = "416-555-0188"
ANOTHERS = "0b9dc1ae-9a31-4a6e-8a05-1b5dd8d1a0b5"
PLACES = {column.slug: place for place, column in enumerate(SHEET)}


def _download(visit: Visit, words: str, folder: Path) -> Path:
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("link", name=words).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def _row_of(rows: list[list[str]], name: str) -> int:
    """Where a listing stands, by its name in either language."""
    (found,) = [n for n, row in enumerate(rows) if row[1].startswith(name) or row[2].startswith(name)]
    return found


def _edited_workbook(path: Path, language: str) -> None:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
    row = _row_of(rows, CLINIC[language]) + 1
    slug = "fees_description" + ("_fr" if language == "fr" else "")
    sheet.cell(row, PLACES[slug] + 1).value = COST[language]
    sheet.cell(row, PLACES["phones"] + 1).value = NEW
    sheet.cell(sheet.max_row + 1, 1).value = ANOTHERS
    book.save(path)


@pytest.mark.promise(26)
@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_a_sheet_is_downloaded_changed_and_sent_back(
    language: str, javascript: bool, visiting: Visiting, site: Site, tmp_path: Path
) -> None:
    visit = visiting(javascript=javascript)
    people.sign_in(visit, site, language, "keeper")
    visit.page.get_by_role("link", name=LISTINGS[language]).click()
    visit.page.get_by_role("link", name=SHEETS[language]).click()
    seen(visit, language, "sheet", axe=javascript)
    path = _download(visit, ".xlsx", tmp_path)
    _edited_workbook(path, language)
    visit.page.locator("#id_file").set_input_files(path)
    visit.page.locator("form .go").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(LOOK[language])
    main = visit.page.locator("main")
    expect(main).to_contain_text(WOULD[language])
    expect(main.locator(".faults")).to_contain_text(COLUMN[language])
    expect(main.locator(".offers")).to_contain_text(COST[language])
    expect(main.locator(".offers")).to_contain_text(WAITS[language])
    seen(visit, language, "sheet-look", axe=javascript)
    visit.page.set_viewport_size({"width": 320, "height": 700})
    assert not visit.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    main.locator(".buttons .go:not(.plain)").click()
    expect(visit.page.get_by_role("status")).to_contain_text(DONE[language])
    expect(visit.page.get_by_role("status")).to_contain_text(WAITS[language])
    seen(visit, language, "sheet-done", axe=javascript)
    visit.page.get_by_role("link", name=LISTINGS[language]).click()
    visit.page.get_by_role("link", name=CLINIC[language]).click()
    visit.page.get_by_role("link", name=SEEN[language]).click()
    public = visit.page.locator("main")
    expect(public).to_contain_text(COST[language])
    expect(public).to_contain_text(CHECKED[language])
    expect(public).not_to_contain_text(NEW)


@pytest.mark.parametrize(("language", "delimiter"), [("en", ","), ("fr", ";")])
def test_a_wrong_file_is_answered_beside_the_form(
    language: str, delimiter: str, visiting: Visiting, site: Site, tmp_path: Path
) -> None:
    visit = visiting()
    people.sign_in(visit, site, language, "keeper")
    visit.page.get_by_role("link", name=LISTINGS[language]).click()
    visit.page.get_by_role("link", name=SHEETS[language]).click()
    text = _download(visit, ".csv", tmp_path).read_bytes().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert len(lines[0]) == len(SHEET)
    picture = tmp_path / "picture.xlsx"
    picture.write_bytes(b"\x89PNG" + bytes(range(256)))
    visit.page.locator("#id_file").set_input_files(picture)
    visit.page.locator("form .go").click()
    expect(visit.page.get_by_role("alert")).to_be_visible()
    seen(visit, language, "sheet-wrong")


TOKENS = {"en": "Tokens for your program", "fr": "Jetons pour votre logiciel"}
NEW_TOKEN = {"en": "Your new token", "fr": "Votre nouveau jeton"}


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_a_lead_makes_a_token_and_takes_it_back(
    language: str, javascript: bool, visiting: Visiting, site: Site
) -> None:
    visit = visiting(javascript=javascript)
    people.sign_in(visit, site, language, "intake")
    visit.page.get_by_role("link", name=TOKENS[language]).click()
    if visit.page.locator("input[name=password]").count():
        visit.page.locator("input[name=password]").fill(demo_password())
        visit.page.locator("main button[type=submit]").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(TOKENS[language])
    visit.page.locator("#id_name").fill("Base")
    visit.page.locator("form .go:not(.plain)").click()
    expect(visit.page.get_by_role("status")).to_contain_text(NEW_TOKEN[language])
    expect(visit.page.locator("code.secret")).to_contain_text("relais_")
    seen(visit, language, "tokens", axe=javascript)
    visit.page.set_viewport_size({"width": 320, "height": 700})
    assert not visit.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    visit.page.locator("form .go.plain").first.click()
    expect(visit.page.get_by_role("status")).to_be_visible()
    expect(visit.page.locator("code.secret")).to_have_count(0)
