"""What can't be taken is refused with file, row and reason; the rest goes on, and what was stored stays."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from directory.actions.import_hsds import CannotImport
from directory.hsds import package_csv, package_json_watched, package_source
from directory.hsds.package import opened_package
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from directory.rules.hsds_package import PackageError
from tests.directory.hsds_packages import folder, many, named, reasons, small, table, taken, whole, zipped

Files = dict[str, Any]


def two() -> Files:
    """Two services, of which the first is named in refusals."""
    return many(2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {"status": "open"},
            "status is 'open': it must be one of active, inactive, defunct, temporarily closed",
        ),
        ({"name": " "}, "name is missing"),
        ({"id": ""}, "id is missing"),
    ],
)
def test_a_row_with_a_wrong_or_missing_value_is_refused_alone(
    tmp_path: Path, row: dict[str, str], sentence: str
) -> None:
    files = two()
    key = "no id" if "id" in row else files["services.csv"][0]["id"]
    files["services.csv"][0] |= row
    report = taken(folder(tmp_path / "p", files))
    assert reasons(report)[0] == f"services.csv, row 2 ({key}): {sentence}"
    assert [s.name for s in Service.objects.all()] == ["Help 1"]


@pytest.mark.django_db
def test_what_belongs_to_a_refused_row_is_refused_with_it_and_stored_rows_stay(tmp_path: Path) -> None:
    files = whole()
    path = folder(tmp_path / "p", files)
    taken(path)
    files["services.csv"][0] |= {"status": "open", "name": "New name"}
    files["phones.csv"][0]["number"] = "613-555-0199"
    files["organizations.csv"][0]["name"] = "River House"
    report = taken(folder(path, files))
    told = reasons(report)
    assert f"phones.csv, row 2 ({named('phone')}): the record that service_id names was refused" in told
    assert f"languages.csv, row 2 ({named('language')}): the record that phone_id names was refused" in told
    assert Service.objects.get().name == "Legal advice"
    assert Phone.objects.get().number == "613-555-0142"
    assert Organization.objects.get().name == "River House"


@pytest.mark.django_db
def test_of_two_rows_with_one_id_the_first_is_taken(tmp_path: Path) -> None:
    files = two()
    files["services.csv"].append(files["services.csv"][0] | {"name": "Second"})
    report = taken(folder(tmp_path / "p", files))
    assert reasons(report) == [f"services.csv, row 4 ({named('s0')}): row 2 has the same id"]
    assert Service.objects.get(pk=named("s0")).name == "Help 0"
    assert Phone.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{id},{org},Help,active,too many", "5 cells, but the header has 4"),
        (b"{id},{org}", "2 cells, but the header has 4"),
        (b"{id},{org},Caf\xe9,active", "byte 109 is no UTF-8 text: save the file as UTF-8"),
        (b"{id},{org},Ca\x00fe,active", "the line holds a NUL character"),
        (b'{id},{org},"Ca"fe,active', "the row is broken: ',' expected after '\"'"),
    ],
)
def test_a_broken_line_is_refused_and_the_next_one_read(tmp_path: Path, line: bytes, sentence: str) -> None:
    ids = {b"{id}": named("s0").encode(), b"{org}": named("org").encode()}
    for mark, value in ids.items():
        line = line.replace(mark, value)
    files = two()
    rows = b"id,organization_id,name,status\n" + line + b"\n"
    rows += table(files["services.csv"][1:]).partition(b"\n")[2]
    report = taken(folder(tmp_path / "p", files | {"services.csv": rows}))
    first = reasons(report)[0]
    assert first.startswith("services.csv, row 2 (")
    assert first.endswith(f"): {sentence}")
    assert [s.name for s in Service.objects.all()] == ["Help 1"]


@pytest.mark.django_db
def test_an_open_quotation_mark_takes_only_its_own_line(tmp_path: Path) -> None:
    files = many(3)
    rows = table(files["services.csv"]).splitlines(keepends=True)
    rows[1] = rows[1].replace(b"Help 0", b'"Help 0')
    report = taken(folder(tmp_path / "p", files | {"services.csv": b"".join(rows)}))
    assert report.refusals[0].line == 2
    assert sorted(s.name for s in Service.objects.all()) == ["Help 1", "Help 2"]


@pytest.mark.django_db
def test_a_cell_without_an_end_is_refused_with_its_row(tmp_path: Path) -> None:
    files = many(2)
    files["services.csv"][0]["description"] = "x" * 200_001
    report = taken(folder(tmp_path / "p", files))
    assert reasons(report)[0].startswith("services.csv, row 2 (no id): the row is broken: field larger than")
    assert [s.name for s in Service.objects.all()] == ["Help 1"]


@pytest.mark.django_db
def test_a_row_counts_from_the_line_where_it_begins(tmp_path: Path) -> None:
    files = many(3)
    files["services.csv"][0]["description"] = "one\ntwo\nthree"
    files["services.csv"][1]["status"] = "open"
    report = taken(folder(tmp_path / "p", files))
    assert report.refusals[0].line == 5


@pytest.mark.django_db
def test_a_line_without_an_end_is_passed_over_without_being_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_csv, "LONGEST_LINE", 1024**2)
    files = two()
    rows = table(files["services.csv"]).splitlines(keepends=True)
    asked: list[int] = []
    long = b"x" * 5 * 1024**2
    path = folder(tmp_path / "p", files | {"services.csv": rows[0] + long + b"\n" + rows[2]})
    real = package_csv._Lines._skip

    def counted(lines: Any) -> None:
        asked.append(1)
        real(lines)

    monkeypatch.setattr(package_csv._Lines, "_skip", counted)
    report = taken(path)
    assert reasons(report)[0] == "services.csv, row 2 (no id): the line is longer than 1 MB"
    assert asked == [1]
    assert [s.name for s in Service.objects.all()] == ["Help 1"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (b"", "services.csv (no id): the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"a,b,Help,active\n", "there is no header with the names of HSDS columns"),
        (b"name,status\nHelp,active\n", "the header has no column id"),
        (b"id,name,name\n1,2,3\n", "the header has name twice"),
    ],
)
def test_a_file_without_rows_or_header_is_refused_and_the_others_taken(
    tmp_path: Path, rows: bytes, sentence: str
) -> None:
    report = taken(folder(tmp_path / "p", small() | {"services.csv": rows}))
    assert sentence in reasons(report)[0]
    assert Organization.objects.count() == 1


@pytest.mark.django_db
def test_files_and_columns_that_hsds_does_not_have_are_told_and_left_out(tmp_path: Path) -> None:
    files = small() | {"extra.csv": [{"id": "1"}], "datapackage.json": b"{}"}
    files["services.csv"][0]["colour"] = "blue"
    path = folder(tmp_path / "p", files)
    (path / "notes.txt").write_text("x")
    report = taken(path)
    assert report.refusals_total == 0
    assert report.added.total() == 2
    assert "services.csv: column 'colour' is none of service in HSDS and is left out" in report.notes
    assert "extra.csv is no file of an HSDS package and is left out" in report.notes
    assert "notes.txt is no file of an HSDS package and is left out" in report.notes


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"phones.csv": [{"id": "1"}]},
            "p lacks its core: neither services.csv nor organizations.csv is there.",
        ),
        (
            {"things.csv": [{"id": "1"}]},
            "p holds no file of an HSDS package: services.csv, organizations.csv or HSDS as JSON is missing.",
        ),
    ],
)
def test_a_package_without_its_core_is_no_package(tmp_path: Path, files: Files, sentence: str) -> None:
    with pytest.raises(PackageError) as fault:
        taken(folder(tmp_path / "p", files))
    assert str(fault.value) == sentence


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["services.csv", "organizations.csv"])
def test_a_missing_core_file_that_others_name_is_told(tmp_path: Path, missing: str) -> None:
    files = many(1)
    del files[missing]
    report = taken(folder(tmp_path / "p", files))
    assert any(r.file == missing and "the file is missing" in r.reason for r in report.refusals)


def test_a_path_that_is_missing_or_no_package_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"x")
    (tmp_path / "no.zip").write_bytes(b"no zip at all")
    for name, sentence in (
        ("gone", "gone can't be opened: No such file or directory."),
        ("list.xlsx", "list.xlsx is neither a folder nor a .zip, .csv, .json or .ndjson file."),
        ("no.zip", "no.zip is no zip archive, or it was cut off."),
    ):
        with pytest.raises(PackageError) as fault, opened_package(tmp_path / name):
            pass
        assert str(fault.value) == sentence


def test_a_zip_cut_off_in_the_middle_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", small())
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(PackageError, match="no zip archive, or it was cut off"), opened_package(path):
        pass


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", small() | {"phones.csv": b"0" * 5 * 1024**2})
    with pytest.raises(PackageError, match="a zip bomb"), opened_package(path):
        pass


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_source, "LARGEST_PACKAGE", 100)
    with (
        pytest.raises(PackageError, match="GB unpacked"),
        opened_package(zipped(tmp_path / "a.zip", small())),
    ):
        pass


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "C:\\services.csv", "a/../../b.csv"]
)
def test_a_zip_whose_names_lead_out_of_it_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "id\n")
    with pytest.raises(PackageError, match="leads out of it"), opened_package(tmp_path / "a.zip"):
        pass


@pytest.mark.django_db
def test_a_damaged_zip_lands_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, rows in many(50).items():
            archive.writestr(name, table(rows))
    data = bytearray((tmp_path / "a.zip").read_bytes())
    at = data.index(b"Help 40")
    data[at : at + 4] = b"HELP"
    (tmp_path / "a.zip").write_bytes(bytes(data))
    with pytest.raises(CannotImport, match=r"services\.csv: the archive is damaged"):
        taken(tmp_path / "a.zip")
    assert not Organization.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("Okimaw Ohci Healing Lodge", ""),
        ("Red Willow Healing Centre", "Minimum security, for offenders who serve a federal sentence"),
        ("Pavillon de ressourcement du Lac", "Exploité par le Service correctionnel du Canada"),
    ],
)
def test_a_prison_that_is_called_a_healing_lodge_is_refused(
    tmp_path: Path, name: str, description: str
) -> None:
    files = small()
    files["services.csv"][0] |= {"name": name, "description": description}
    report = taken(folder(tmp_path / "p", files))
    assert [r.reason for r in report.refusals] == [
        "this is a correctional healing lodge, which is a prison and is never listed"
    ]
    assert not Service.objects.exists()


@pytest.mark.django_db
def test_a_healing_lodge_where_people_come_by_choice_is_taken(tmp_path: Path) -> None:
    files = small()
    files["services.csv"][0] |= {
        "name": "Cedar Healing Lodge",
        "description": "Ceremony and time on the land",
    }
    assert taken(folder(tmp_path / "p", files)).refusals_total == 0


def test_the_command_tells_by_its_status_what_became_of_it(db: None, tmp_path: Path) -> None:
    files = two()
    path = folder(tmp_path / "p", files)
    call_command("import_hsds", path, publisher="feed")
    files["services.csv"][0]["status"] = "open"
    with pytest.raises(SystemExit) as stopped:
        call_command("import_hsds", folder(path, files), publisher="feed", report=tmp_path / "r.json")
    assert stopped.value.code == 1
    assert '"row": 2' in (tmp_path / "r.json").read_text()
    with pytest.raises(CommandError) as fault:
        call_command("import_hsds", tmp_path / "gone", publisher="feed")
    assert fault.value.returncode == 2


def test_a_line_of_json_that_goes_on_and_on_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_json_watched, "LARGEST_ITEM", 100_000)
    (tmp_path / "a.json").write_bytes(b'[{"id": "' + b"x" * 300_000 + b'"}]')
    with opened_package(tmp_path / "a.json") as package:
        (part,) = package.parts()
        with pytest.raises(PackageError, match="is larger than"):
            list(part.units)
