"""A list that is wrong, large, or stopped in the middle: a clear sentence, and nothing is lost."""

import os
import signal
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from openpyxl import Workbook

from directory.actions import import_table as action
from directory.actions.import_hsds import CannotImport
from directory.actions.load_bench_rows import BENCH
from directory.actions.load_demo_rows import DEMO
from directory.models.listing import Listing
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.service import Service
from directory.rules.publishing import RESERVED_PUBLISHERS
from tests.directory.hsds_packages import folder, small, taken
from tests.directory.processes import Running, begin, wait_for

MAP_TOML = """
key = "id"
[publisher]
slug = "our-list"
name = "Our list"
[columns]
name = "name"
description = "description"
copied_on = "seen"
[phones]
columns = "phone"
[place]
default_community = "Kingston, ON"
"""
HEADER = ("id", "name", "description", "phone", "seen")
GOOD = ("a", "Clinic", "Advice", "613-555-0101", "2026-01-03")


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    """The mapping of all these lists."""
    path = tmp_path / "map.toml"
    path.write_text(MAP_TOML, encoding="utf-8")
    return path


def csv_of(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "list.csv"
    path.write_text("".join("\t".join(row) + "\n" for row in (HEADER, *rows)), encoding="utf-8")
    return path


def xlsx_of(folder: Path, *rows: tuple[object, ...]) -> Path:
    path, book = folder / "list.xlsx", Workbook()
    assert book.active is not None
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(path)
    return path


def out_of(path: Path, map_file: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    call_command("import_table", str(path), mapping=map_file)
    return capsys.readouterr().out.splitlines()


@pytest.mark.django_db
def test_a_huge_cell_refuses_its_row_alone(
    tmp_path: Path, map_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_of(tmp_path, GOOD, ("b", "Huge", "x" * 200_000, "", ""))
    assert out_of(path, map_file, capsys) == [
        "2 rows: 1 added, 0 changed, 0 unchanged, 1 refused",
        "row 3 (b): column description is longer than 20000 characters",
    ]


@pytest.mark.django_db
def test_a_row_with_too_few_or_too_many_cells_is_refused_alone(
    tmp_path: Path, map_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_of(tmp_path, GOOD, ("b", "Short"), ("c", "Long", "", "", "", "613-555-0103"))
    counts, short, long = out_of(path, map_file, capsys)
    assert counts == "3 rows: 1 added, 0 changed, 0 unchanged, 2 refused"
    assert short.startswith("row 3 (no key): 2 cells, but the header has 5: write each cell")
    assert long.startswith("row 4 (no key): 6 cells, but the header has 5: put a cell")


@pytest.mark.django_db
def test_a_sheets_numbers_and_merged_cells_become_phones_and_texts(tmp_path: Path, map_file: Path) -> None:
    rows = [(key, "Clinic", "Advice", 6135550101.0, 46053) for key in ("a", "b")]
    path, book = tmp_path / "list.xlsx", Workbook()
    assert book.active is not None
    for row in (HEADER, *rows):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.active.merge_cells("D2:D3")
    book.save(path)
    call_command("import_table", str(path), mapping=map_file)
    assert {s.description for s in Service.objects.all()} == {"Advice"}
    numbers = Phone.objects.values_list("service__source_key", "number").order_by("service__source_key")
    assert [*numbers] == [("a", "6135550101"), ("b", "6135550101")]


@pytest.mark.django_db
def test_a_formula_without_its_result_refuses_its_row_and_a_sheets_day_is_one(
    tmp_path: Path, map_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = xlsx_of(tmp_path, (*GOOD[:4], 46053), ("b", "Line", None, "=D2", None))
    assert out_of(path, map_file, capsys)[1].startswith(
        "row 3 (b): column phone holds a formula without its result"
    )
    assert str(Service.objects.get().copied_on) == "2026-01-31"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "list.csv is empty"),
        (b"id\tname\tdescription\tphone\tseen\n", "the file has no rows"),
        (
            b"id\tname\tdescription\tphone\tseen\na\tCaf\x8e\t\t\t\n",
            "this is no UTF-8 text; save the file as UTF-8",
        ),
        (
            b"id\tname\tabout\tphone\tseen\na\tb\tc\td\te\n",
            "there is no column 'description' that the mapping names",
        ),
        (b"id\tname\tname\tphone\tseen\na\tb\tc\td\te\n", "the header 'name' stands twice"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_changes_nothing(
    tmp_path: Path, map_file: Path, data: bytes, told: str
) -> None:
    call_command("import_table", str(csv_of(tmp_path, GOOD)), mapping=map_file)
    (tmp_path / "list.csv").write_bytes(data)
    with pytest.raises(CommandError, match=told):
        call_command("import_table", str(tmp_path / "list.csv"), mapping=map_file)
    assert Service.objects.get().description == "Advice"


# --- whose list it is


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["relais", DEMO, BENCH])
def test_a_list_cannot_take_the_name_of_the_sites_own_records(
    tmp_path: Path, map_file: Path, slug: str
) -> None:
    Publisher.objects.update_or_create(slug=slug, defaults={"name": "Made", "is_demo": True})
    map_file.write_text(MAP_TOML.replace("our-list", slug), encoding="utf-8")
    with pytest.raises(
        CommandError, match=rf"\[publisher\] slug: '{slug}' is a name of Relais's own records"
    ):
        call_command("import_table", str(csv_of(tmp_path, GOOD)), mapping=map_file)
    assert Publisher.objects.get(slug=slug).is_demo
    assert slug in RESERVED_PUBLISHERS


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["relais", DEMO, BENCH])
def test_a_feed_cannot_take_it_either(tmp_path: Path, slug: str) -> None:
    with pytest.raises(CannotImport, match=f"'{slug}' is a name of Relais's own records"):
        taken(folder(tmp_path / "p", small()), slug)
    assert not Service.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("stored", "written"), [("true", "false"), ("false", "true")])
def test_no_import_changes_whether_records_are_a_demonstration(
    tmp_path: Path, map_file: Path, stored: str, written: str
) -> None:
    path, name = csv_of(tmp_path, GOOD), 'name = "Our list"\n'
    map_file.write_text(MAP_TOML.replace(name, f"{name}is_demo = {stored}\n"), encoding="utf-8")
    call_command("import_table", str(path), mapping=map_file)
    map_file.write_text(MAP_TOML.replace(name, f"{name}is_demo = {written}\n"), encoding="utf-8")
    with pytest.raises(CommandError, match=f"write is_demo = {stored} in"):
        call_command("import_table", str(path), mapping=map_file)
    assert str(Publisher.objects.get(slug="our-list").is_demo).lower() == stored


# --- stopped, and two at once: with processes of their own


def test_an_import_that_is_killed_in_the_middle_leaves_nothing(
    cloned_database: str,
    held: psycopg.Connection,
    begun: list[Running],
    tmp_path: Path,
    map_file: Path,
) -> None:
    begun.append(
        begin(cloned_database, "import_table", str(csv_of(tmp_path, GOOD)), "--mapping", str(map_file))
    )
    wait_for(cloned_database, 1)
    os.kill(begun[0].pid, signal.SIGKILL)
    begun[0].wait()
    held.rollback()
    for model in (Publisher.objects.filter(slug="our-list"), Service.objects.all(), Listing.objects.all()):
        assert not model.exists()


def test_two_imports_of_one_list_run_one_after_the_other(
    cloned_database: str,
    held: psycopg.Connection,
    begun: list[Running],
    tmp_path: Path,
    map_file: Path,
) -> None:
    path = csv_of(tmp_path, GOOD, ("b", "Line", "", "613-555-0102", ""))
    begun += [begin(cloned_database, "import_table", str(path), "--mapping", str(map_file)) for _ in range(2)]
    wait_for(cloned_database, 2)
    held.rollback()
    assert [process.wait() for process in begun] == [0, 0]
    assert sorted(Service.objects.values_list("source_key", flat=True)) == ["a", "b"]
    assert Listing.objects.count() == 2


@pytest.mark.django_db
def test_an_import_waits_for_another_longer_than_the_site_lets_a_request_take(
    tmp_path: Path, map_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    take_turn = action._publish

    def publish(mapping: object) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            seen.extend(cursor.fetchone())
        return take_turn(mapping)  # type: ignore[arg-type]

    monkeypatch.setattr(action, "_publish", publish)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '15s'")
    call_command("import_table", str(csv_of(tmp_path, GOOD)), mapping=map_file)
    assert seen == ["0"]
