"""Whoever imports a list is told what became of every row, before anything is written if they ask so."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.actions import import_table as action
from directory.actions.table_report import RowReport, report_csv
from directory.models.language import Language
from directory.models.publisher import Publisher
from directory.models.service import Service
from tests.directory.conftest import MakeService
from tests.directory.test_import_table import LIST, MAPPING, imported, mapping, page

pytestmark = pytest.mark.django_db

MAP_TOML = """
key = "id"
[publisher]
slug = "our-list"
name = "Our list"
[columns]
name = "name"
[hours]
text = "hours"
[phones]
columns = ["phone"]
[place]
default_community = "Kingston, ON"
"""
ROWS = (
    "id,name,phone,hours\na,Clinic,613-555-0101,Mon-Fri 8-8\nb,,613-555-0102,\n=c,Other,613-555-0101,24/7\n"
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A list with a row that is understood, one in part and one refused; and its mapping."""
    table, map_file = tmp_path / "list.csv", tmp_path / "map.toml"
    table.write_text(ROWS, encoding="utf-8")
    map_file.write_text(MAP_TOML, encoding="utf-8")
    return table, map_file


def told(report: Path) -> list[dict[str, str]]:
    return [*csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines())]


def test_the_command_tells_every_row_that_needs_a_word(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_table", str(files[0]), mapping=files[1])
    assert capsys.readouterr().out.splitlines() == [
        "3 rows: 2 added, 0 changed, 0 unchanged, 1 refused",
        "row 2 (a): note: hours 'Mon-Fri 8-8' are kept as words: not understood: 'Mon-Fri 8-8'",
        "row 3 (b): no name",
        "2 rows share a phone number with another service: perhaps the same, see --report.",
    ]


def test_the_report_has_a_line_for_each_row_and_no_formula(files: tuple[Path, Path], tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    call_command("import_table", str(files[0]), mapping=files[1], report=report)
    rows = told(report)
    assert [(row["row"], row["key"], row["became"], row["reason"]) for row in rows] == [
        ("2", "a", "added", ""),
        ("3", "b", "refused", "no name"),
        ("4", "'=c", "added", ""),
    ]
    assert rows[0]["warnings"].startswith("hours 'Mon-Fri 8-8' are kept as words")
    assert (rows[0]["same_phone_as"], rows[2]["same_phone_as"]) == ("'=c", "a")


def test_the_report_may_be_json(files: tuple[Path, Path], tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    call_command("import_table", str(files[0]), mapping=files[1], report=report)
    whole = json.loads(report.read_text(encoding="utf-8"))
    assert whole["refused"][0]["reason"] == "no name"
    assert [row["became"] for row in whole["rows"]] == ["added", "refused", "added"]


def test_a_dry_run_reports_the_same_and_writes_nothing(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dry, wet = tmp_path / "dry.csv", tmp_path / "wet.csv"
    call_command("import_table", str(files[0]), mapping=files[1], report=dry, dry_run=True)
    assert "Nothing was written" in capsys.readouterr().out
    assert not Publisher.objects.filter(slug="our-list").exists()
    call_command("import_table", str(files[0]), mapping=files[1], report=wet)
    assert told(dry) == told(wet)


def test_a_report_that_cannot_be_kept_is_told_before_anything_is_imported(files: tuple[Path, Path]) -> None:
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command(
            "import_table", str(files[0]), mapping=files[1], report=files[0].parent / "no" / "report.csv"
        )
    assert not Publisher.objects.filter(slug="our-list").exists()


def test_a_refused_file_leaves_no_report(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[0].write_text("id;name\n", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_table", str(files[0]), mapping=files[1], report=tmp_path / "report.csv")
    assert not (tmp_path / "report.csv").exists()


def test_a_column_that_the_mapping_names_and_the_file_lacks_stops_the_import(
    files: tuple[Path, Path],
) -> None:
    call_command("import_table", str(files[0]), mapping=files[1])
    files[0].write_text(ROWS.replace("phone,hours", "telephone,hours"), encoding="utf-8")
    with pytest.raises(
        CommandError, match=r"no column 'phone'.*There are: 'id', 'name', 'telephone', 'hours'"
    ):
        call_command("import_table", str(files[0]), mapping=files[1])
    assert Service.objects.get(source_key="a").phones.get().number == "613-555-0101", "nothing is lost"


def test_a_stored_service_of_another_publisher_with_the_same_number_is_a_candidate(
    make_service: MakeService,
) -> None:
    other = make_service("Clinic", phone="+1 613 555 0144")
    make_service("Line", phone="211")
    report = imported(LIST)
    same = {row.key: row.same_phone for row in report.rows if row.same_phone}
    assert same == {"clinic": (f"list: {other.pk}",)}
    assert report.candidates == 1


def test_the_report_tells_a_place_and_a_language_that_nobody_knows() -> None:
    odd = {"address": "12 Oak Ave, Xyzzyville, ON", "languages": ["Quenya", "ASL", "Serbian"]}
    report = imported([{"id": "odd", "name": "Odd", "category": "Legal"} | odd])
    assert report.rows[0].warnings == (
        "language 'Quenya' is kept as words: it is none that one can search for",
        "no one place of the town's name is known: no place is stated for it",
    )
    codes = dict(Language.objects.values_list("name", "code"))
    assert codes == {"Quenya": "", "ASL": "ase", "Serbian": "srp"}


def test_a_code_never_moves_a_town_into_its_own_province() -> None:
    far = {"address": "12 Oak Ave, Kingston, ON V6B 1A1"}
    report = imported([{"id": "far", "name": "Far", "category": "Legal"} | far])
    assert report.rows[0].warnings == ("postal code V6B lies far from the town: the town is believed",)
    assert (page("far")["place"]["name"], page("far")["place"]["province"]) == ("Kingston", "ON")


def test_whoever_waits_is_told_how_far_it_has_come(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(action, "STEP", 2)
    call_command("import_table", str(files[0]), mapping=files[1])
    assert capsys.readouterr().err.splitlines() == [
        "list.csv: 3 rows read",
        "list.csv: 2 of 3 rows understood",
        "list.csv: compared with what is stored",
        "list.csv: written; 2 services to show",
        "list.csv: 2 of 2 services shown",
        "list.csv: done",
    ]


cells = (
    st.none()
    | st.text(max_size=12)
    | st.sampled_from(["Legal", "Housing", "ontario", "24/7", "988", "Confidential"])
)
rows = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ["id", "name", "category", "scope", "address", "phone", "hours_text", "url"], cells
    ),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows | st.text(max_size=3), min_size=1, max_size=6))
@pytest.mark.promise(25)
def test_whatever_the_rows_hold_each_is_accounted_for_and_a_second_import_adds_nothing(
    found: list[Any],
) -> None:
    by = mapping(publisher=MAPPING["publisher"] | {"slug": "any-list"})
    report = imported(found, by=by)
    again = imported(found, by=by)
    for told_of in (report, again):
        assert told_of.added + told_of.changed + told_of.unchanged + len(told_of.refused) == len(found)
        assert [row.row for row in told_of.rows] == [*range(1, len(found) + 1)]
    assert (again.added, again.changed, len(again.refused)) == (0, 0, len(report.refused))


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_cell_of_a_report_begins_like_a_formula(key: str, reason: str) -> None:
    (row,) = [*csv.DictReader(report_csv([RowReport(1, key, "refused", reason)]).splitlines(keepends=True))][
        :1
    ]
    for text in (row["key"], row["reason"]):
        assert not (text or "").startswith(("=", "+", "-", "@", "\t"))
