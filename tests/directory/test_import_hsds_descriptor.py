"""What datapackage.json names and the package doesn't hold is told in one sentence; what is there is taken."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory.models.phone import Phone
from directory.models.service import Service
from tests.directory.hsds_packages import folder, named, reasons, small, table, taken, whole, zipped

pytestmark = pytest.mark.django_db
SAID = (
    "phones.csv (no id): datapackage.json names this file, but the package doesn't hold it:"
    " send it along, or take it out of datapackage.json"
)


def described(*paths: Any) -> bytes:
    return json.dumps(
        {"resources": [{"name": f"r{n}", "path": path} for n, path in enumerate(paths)]}
    ).encode()


@pytest.mark.parametrize("pack", [folder, zipped])
def test_a_file_that_is_named_and_not_there_is_told_once_and_the_rest_is_taken(
    tmp_path: Path, pack: Callable[..., Path]
) -> None:
    files: dict[str, Any] = whole()
    del files["phones.csv"]
    files["datapackage.json"] = described("services.csv", "data/phones.csv", ["phones.csv"], "pictures.csv")
    report = taken(pack(tmp_path / "p.zip", files))
    assert reasons(report) == [SAID]
    assert [str(one) for one in report.dangling] == [
        f"languages.csv, row 2: language.phone_id names {named('phone')}, which isn't here"
    ]
    assert Service.objects.count() == 1


def test_a_missing_core_file_that_is_named_is_told_in_one_sentence_not_two(tmp_path: Path) -> None:
    files = small() | {"datapackage.json": described("organizations.csv", "services.csv")}
    del files["organizations.csv"]
    report = taken(folder(tmp_path / "p", files))
    assert reasons(report) == [SAID.replace("phones", "organizations")]
    assert {one.field for one in report.dangling} == {"service.organization_id", "service.program_id"}


def test_what_is_stored_of_a_file_that_did_not_come_stays(tmp_path: Path) -> None:
    files: dict[str, Any] = whole()
    path = folder(tmp_path / "p", files)
    taken(path)
    del files["phones.csv"]
    report = taken(folder(path, files | {"datapackage.json": described("phones.csv")}), remove_missing=True)
    assert reasons(report) == [SAID]
    assert Phone.objects.count() == 1


def test_files_that_are_there_are_no_fault_however_their_names_are_written(tmp_path: Path) -> None:
    files: dict[str, Any] = small()
    text = b"\xef\xbb\xbf" + described("Services.csv", "./organizations.csv", "data\\services.csv", 7, None)
    report = taken(folder(tmp_path / "p", files | {"datapackage.json": text}))
    assert (report.refusals_total, report.notes) == (0, [])


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"\xff", b"[" * 100_000, b'{"resources": {}}', b'{"resources": [1, {}]}', b"[]"],
)
def test_a_descriptor_that_cannot_be_read_stops_nothing(tmp_path: Path, text: bytes) -> None:
    report = taken(folder(tmp_path / "p", small() | {"datapackage.json": text}))
    assert (report.refusals_total, report.added.total()) == (0, 2)
    is_json = text.startswith((b'{"', b"[]"))
    assert any(note.startswith("datapackage.json can't be read") for note in report.notes) is not is_json


def test_of_several_descriptors_in_an_archive_the_first_counts(tmp_path: Path) -> None:
    files = {f"data/{name}": table(rows) for name, rows in small().items()}
    files |= {"datapackage.json": described("phones.csv"), "old/datapackage.json": described("contacts.csv")}
    assert reasons(taken(zipped(tmp_path / "p.zip", files))) == [SAID]
