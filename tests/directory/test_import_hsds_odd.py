"""Odd values of everyday feeds: kept, flagged or refused in a sentence that is true, and nothing stops for ever."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection

from directory.actions import import_hsds
from directory.actions.import_hsds import CannotImport
from directory.hsds.package import opened_package
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from directory.models.url import Url
from directory.rules.hsds_package import Broken, PackageError
from tests.directory.hsds_packages import folder, json_file, named, reasons, small, taken, whole

READ = """
import sys
from pathlib import Path
from directory.hsds.package import opened_package
with opened_package(Path(sys.argv[1])) as package:
    for part in package.parts():
        for _, found in part.units:
            print(found.reason)
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "kept"), [({"latitude": "100"}, "latitude:out_of_range"), ({"longitude": "-181"}, "longitude")]
)
def test_a_coordinate_that_goes_wrong_later_is_flagged_and_the_place_is_placed_by_its_address(
    tmp_path: Path, wrong: dict[str, str], kept: str
) -> None:
    files = whole()
    path = folder(tmp_path / "p", files)
    taken(path)
    assert Location.objects.get().placed_by == "coordinates"
    files["locations.csv"][0] |= wrong
    report = taken(folder(path, files))
    assert (report.refusals_total, report.changed["location"]) == (0, 1)
    place = Location.objects.get()
    assert place.flags[0].startswith(kept)
    assert place.placed_by != "coordinates"
    assert taken(path).is_unchanged


@pytest.mark.django_db
def test_a_wall_of_the_database_is_told_as_a_fault_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def into_the_wall(*_args: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE location SET placed_by = 'coordinates', latitude = 100")

    monkeypatch.setattr(import_hsds, "link_services", into_the_wall)
    with pytest.raises(CannotImport) as caught:
        taken(folder(tmp_path / "p", whole()))
    assert "location: location_placed_by_coordinates_has_them" in str(caught.value)
    assert "fault of the program" in str(caught.value)
    assert isinstance(caught.value.__cause__, IntegrityError)


@pytest.mark.django_db
def test_a_record_that_somebody_else_brought_meanwhile_is_told_as_a_race(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice(*_args: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO organization SELECT * FROM organization LIMIT 1")

    monkeypatch.setattr(import_hsds, "link_services", twice)
    with pytest.raises(CannotImport, match=r"at the same moment.*run it again"):
        taken(folder(tmp_path / "p", whole()))


ITEM = '{"id": "x", "name": "A", "status": "active", "minimum_age": %s}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", ITEM),
        ("b.json", f"[{ITEM}]"),
        ("c.json", f'{{"services.csv": [{ITEM}]}}'),
        ("d.ndjson", f"{ITEM}\n"),
    ],
)
def test_a_number_without_an_end_is_refused_and_the_process_lives(
    tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text % ("9" * 6000))
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False
    )
    assert "a number has more than 1000 digits" in done.stdout + done.stderr
    assert done.returncode == (0 if name.endswith("ndjson") else 1)  # not a signal's


def test_a_number_is_measured_across_what_the_reader_takes_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    before = 65_536 - len(ITEM.partition("%s")[0]) - 1 - 900
    path.write_text(f"[{' ' * before}{ITEM % ('9' * 1800)}]")
    with pytest.raises(PackageError, match="more than 1000 digits"), opened_package(path) as package:
        [list(part.units) for part in package.parts()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "number", ["1e999999", "-1e9999999", "1E-99999999", "9" * 900, '"%s"' % ("9" * 6000)]
)
def test_a_number_beyond_all_measure_is_kept_and_flagged(tmp_path: Path, number: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(ITEM % number)
    assert taken(path).refusals_total == 0
    service = Service.objects.get()
    assert service.flags == ([] if "E-" in number else ["minimum_age:out_of_range"])
    assert service.written["minimum_age"].lower().replace("+", "") == number.strip('"').lower()


def test_an_exponent_that_nothing_can_hold_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(ITEM % "1e99999999999999999999")
    with (
        pytest.raises(PackageError, match="larger than any that can be kept"),
        opened_package(path) as package,
    ):
        [list(part.units) for part in package.parts()]


PHONE = {"id": named("p1"), "number": "613-555-0101"}
ORG = {"id": named("o1"), "name": "Lake House", "description": "d"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"phones": PHONE}, "phones: a list belongs here, not an object"),
        ({"organization": [ORG]}, "organization: an object belongs here, not a list"),
        (
            {"organization": ORG | {"contacts": {"id": "c"}}},
            "organization.contacts: a list belongs here, not an object",
        ),
    ],
)
def test_json_of_the_wrong_shape_is_refused_with_its_path(
    tmp_path: Path, more: dict[str, Any], sentence: str
) -> None:
    service = {"id": named("s1"), "name": "A", "status": "active"}
    report = taken(json_file(tmp_path / "a.json", service | more))
    assert reasons(report)[0].endswith(sentence)
    assert (Service.objects.count(), Phone.objects.count(), Organization.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_word_where_records_belong_is_noted_truly_and_nothing_at_all_is_not(tmp_path: Path) -> None:
    service = {"id": named("s1"), "name": "A", "status": "active", "organization": [], "contacts": {}}
    report = taken(json_file(tmp_path / "a.json", service | {"phones": "613-555-0101", "program": ""}))
    assert report.notes == [
        "a.json: key 'service.phones' holds a plain value where records belong, and it is left out"
    ]
    assert Service.objects.count() == 1


@pytest.mark.django_db
def test_addresses_that_are_none_are_flagged_and_a_page_without_a_scheme_gets_one(tmp_path: Path) -> None:
    files = whole()
    files["organizations.csv"][0] |= {"email": "not an email", "website": "www.x.example", "uri": "u r i"}
    files["url.csv"][0]["url"] = "x y"
    path = folder(tmp_path / "p", files)
    assert taken(path).refusals_total == 0
    organization = Organization.objects.get()
    assert (organization.website, organization.written) == (
        "https://www.x.example",
        {"website": "www.x.example"},
    )
    assert organization.flags == ["email:not_an_email", "uri:not_a_uri"]
    assert (organization.email, organization.uri) == ("not an email", "u r i")
    assert Url.objects.get().flags == ["url:not_a_uri"]
    assert taken(path).is_unchanged


def read(path: Path, data: bytes) -> tuple[list[str], list[str]]:
    """Names of services in a CSV file, and what is refused of it."""
    file = path / "services.csv"
    file.write_bytes(data)
    names, refused = [], []
    with opened_package(file) as package:
        for part in package.parts():
            for _, found in part.units:
                if isinstance(found, Broken):
                    refused.append(found.reason)
                else:
                    names.append(str(found[0][2][3]))
        return names, refused + [fault.reason for fault in package.told.faults]


def test_lines_that_end_as_on_old_macs_are_read(tmp_path: Path) -> None:
    rows = b'id,name,status\r1,"Help\rand more",active\r2,' + b"x" * 70_000 + b",active\r3,End,active"
    names, refused = read(tmp_path, rows)
    assert ([name[:20] for name in names], refused) == (["Help\rand more", "x" * 20, "End"], [])


def test_a_line_of_an_old_mac_without_an_end_is_passed_over(tmp_path: Path) -> None:
    rows = b"id,name,status\r1," + b"x" * 5 * 1024**2 + b",active\r3,End,active\r"
    assert read(tmp_path, rows) == (["End"], ["the line is longer than 4 MB"])


def test_two_kinds_of_line_ends_are_told_in_words_for_people(tmp_path: Path) -> None:
    names, refused = read(tmp_path, b"id,name,status\n1,He\rlp,active\n2,End,active\n")
    assert names == ["End"]
    assert refused == [
        "the row is broken: a line end within it is another than those of the file: save the file with one kind"
        " of line end"
    ]


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told_with_what_to_do(tmp_path: Path, coding: str) -> None:
    names, refused = read(tmp_path, "id,name,status\n1,Help,active\n".encode(coding))
    assert (names, refused) == ([], ["the file is UTF-16: save it as UTF-8 (in Excel: CSV UTF-8)"])


def test_a_line_of_nuls_makes_no_file_utf_16(tmp_path: Path) -> None:
    names, refused = read(tmp_path, b"id,name,status\n1,Help,active\n" + b"\x00" * 500 + b"\n2,More,active\n")
    assert (names, refused) == (["Help", "More"], ["the line holds a NUL character"])


def test_what_stands_where_json_breaks_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'[{"id": "1", "name": "Jane Example", "minimum_age": NaN, "status": "active"}]')
    with opened_package(path) as package, pytest.raises(PackageError) as told:
        _ = [list(part.units) for part in package.parts()]
    assert "this is no JSON" in str(told.value)
    assert "Jane" not in str(told.value)
    assert "status" not in str(told.value)


@pytest.mark.django_db
def test_an_id_that_names_nothing_is_told_as_it_was_given(tmp_path: Path) -> None:
    files = small()
    files["services.csv"][0]["program_id"] = "tx"
    report = taken(folder(tmp_path / "p", files))
    assert [str(one) for one in report.dangling] == [
        "services.csv, row 2: service.program_id names tx, which isn't here"
    ]


@pytest.mark.django_db
def test_columns_that_a_file_lacks_keep_what_was_written_and_flagged_of_them(tmp_path: Path) -> None:
    files = small()
    files["organizations.csv"][0] |= {"email": "not an email"}
    files["services.csv"][0] |= {"minimum_age": "sixteen", "url": "www.x.example"}
    taken(folder(tmp_path / "p", files))
    for name in ("minimum_age", "url", "assured_date"):
        del files["services.csv"][0][name]
    del files["organizations.csv"][0]["email"]
    files["services.csv"][0]["description"] = "Another"
    taken(folder(tmp_path / "p", files))
    service = Service.objects.get()
    assert service.description == "Another"
    told = {"minimum_age": "sixteen", "url": "www.x.example", "assured_date": "2024-05-01"}
    assert {name: service.written.get(name) for name in told} == told
    assert service.flags == ["minimum_age:not_a_number"]
    assert Organization.objects.get().flags == ["email:not_an_email"]
    assert taken(folder(tmp_path / "p", files)).is_unchanged


S = {"id": named("js"), "name": "S", "status": "active"}
FULL = S | {
    "assured_date": "2024-05-01",
    "minimum_age": "sixteen",
    "last_modified": "2024-05-02T10:00:00+02:00",
}
PLAIN = {"id": named("jl"), "service": S, "location": {"id": named("jp"), "location_type": "virtual"}}


@pytest.mark.django_db
@pytest.mark.parametrize("items", [[PLAIN, FULL], [FULL, PLAIN]], ids=["plain first", "full first"])
def test_what_any_of_several_items_wrote_is_kept(tmp_path: Path, items: list[dict[str, Any]]) -> None:
    taken(json_file(tmp_path / "a.json", items))
    service = Service.objects.get()
    assert service.written == {
        "assured_date": "2024-05-01",
        "minimum_age": "sixteen",
        "last_modified": "2024-05-02T10:00:00+02:00",
    }
    assert service.flags == ["minimum_age:not_a_number"]
    assert taken(tmp_path / "a.json").is_unchanged


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"minimum_age": "seventeen"}, "minimum_age"),
        ({"minimum_age": 16}, "minimum_age"),
        ({"assured_date": "2025-05-01"}, "assured_date"),
    ],
)
def test_items_that_write_otherwise_contradict_each_other(
    tmp_path: Path, other: dict[str, Any], field: str
) -> None:
    report = taken(json_file(tmp_path / "a.json", [FULL, S | other]))
    assert reasons(report) == [
        f"a.json, row 2, [1] ({named('js')}): an item before tells service {named('js')} with another {field}"
    ]
    assert Service.objects.get().written["minimum_age"] == "sixteen"


@pytest.mark.django_db
def test_a_field_that_a_later_item_tells_is_missing_in_none(tmp_path: Path) -> None:
    bare = {"id": named("o"), "name": "Lake House", "website": "https://x.example"}
    taken(json_file(tmp_path / "a.json", [bare, bare | {"description": "By the lake"}]))
    assert (Organization.objects.get().description, Organization.objects.get().flags) == ("By the lake", [])
    assert json.loads((tmp_path / "a.json").read_text())[0] == bare
