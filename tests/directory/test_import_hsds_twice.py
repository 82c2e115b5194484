"""A key that stands twice in one object of JSON: nobody knows which is meant, so it is told with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.actions.import_hsds import CannotImport
from directory.models.organization import Organization
from directory.models.service import Service
from tests.directory.hsds_packages import folder, named, reasons, small, taken

pytestmark = pytest.mark.django_db
GOOD = {"id": named("good"), "name": "Good", "status": "active"}
BAD = f'"id": "{named("bad")}", "status": "active"'
NAME = f'{{{BAD}, "name": "A", "name": "B"}}'
ONE = f'{{"id": "{named("p")}", "number": "211"}}'
OTHER = f'{{"id": "{named("q")}", "number": "211", "number": "311"}}'
PHONE = f'{{{BAD}, "name": "A", "phones": [{ONE}, {OTHER}]}}'
WHICH = "stands twice in one object: which one counts?"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("bad", "place"), [(NAME, "name"), (PHONE, "phones[1].number")])
@pytest.mark.parametrize(
    ("file", "text", "at"),
    [
        ("a.json", "%s", ""),
        ("a.json", "[{good}, %s]", "[1]."),
        ("a.json", '{"total_items": 2, "contents": [{good}, %s]}', "contents[1]."),
        ("a.ndjson", "{good}\n%s\n", ""),
        ("a.json", "{good}\n%s\n", ""),
    ],
)
def test_an_item_is_refused_with_its_place(
    tmp_path: Path, file: str, text: str, at: str, bad: str, place: str
) -> None:
    path = written(tmp_path / file, text.replace("{good}", json.dumps(GOOD)) % bad)
    report = taken(path)
    row = 2 if "{good}" in text else 1
    assert reasons(report) == [f"{file}, row {row} ({named('bad')}): key '{at}{place}' {WHICH}"]
    assert list(Service.objects.values_list("name", flat=True)) == (["Good"] if row == 2 else [])


def test_half_characters_elsewhere_hide_no_key(tmp_path: Path) -> None:
    text = NAME.replace('"A"', '"\\ud800"')
    assert WHICH in reasons(taken(written(tmp_path / "a.json", f"[{text}]")))[0]


@pytest.mark.parametrize("key", ["contents", "total_items", "anything"])
def test_a_page_with_a_key_twice_is_not_taken(tmp_path: Path, key: str) -> None:
    more = {"contents": "[]"}.get(key, "1")
    text = f'{{"{key}": {more}, "contents": [{json.dumps(GOOD)}], "{key}": {more}}}'
    if key == "contents":
        text = f'{{"contents": [{json.dumps(GOOD)}], "contents": [{NAME}]}}'
    with pytest.raises(
        CannotImport, match=f"a.json: key '{key}' {WHICH[:-1]}.; nothing of the file is taken"
    ):
        taken(written(tmp_path / "a.json", text))
    assert not Service.objects.exists()


def test_rows_by_file_are_told_too(tmp_path: Path) -> None:
    org = f'{{"id": "{named("org")}", "name": "A", "description": "d", "name": "B"}}'
    other = {"id": named("other"), "name": "Other", "description": "d"}
    path = written(tmp_path / "t.json", f'{{"organizations.csv": [{org}, {json.dumps(other)}]}}')
    at = "organizations.csv[0].name"
    assert reasons(taken(path)) == [f"t.json, row 1 ({named('org')}): key '{at}' {WHICH}"]
    assert Organization.objects.filter(publisher="feed").get().name == "Other"


def test_a_file_that_stands_twice_among_rows_by_file_is_not_taken(tmp_path: Path) -> None:
    rows = json.dumps([{"id": named("org"), "name": "A", "description": "d"}])
    path = written(tmp_path / "t.json", f'{{"organizations.csv": {rows}, "organizations.csv": {rows}}}')
    with pytest.raises(CannotImport, match=r"key 'organizations\.csv' stands twice"):
        taken(path)


def test_a_descriptor_is_told_and_the_tables_are_taken(tmp_path: Path) -> None:
    files: dict[str, Any] = small()
    text = '{"resources": [{"path": "services.csv", "path": "phones.csv"}]}'
    report = taken(folder(tmp_path / "p", files | {"datapackage.json": text.encode()}))
    assert reasons(report) == [
        f"datapackage.json (no id): key 'resources[0].path' {WHICH} Nobody asked what the file names"
    ]
    assert Service.objects.count() == 1


@pytest.mark.parametrize("file", ["a.json", "a.ndjson"])
def test_what_is_refused_for_it_is_not_thought_missing(tmp_path: Path, file: str) -> None:
    both = [GOOD, GOOD | {"id": named("bad")}]
    taken(written(tmp_path / "first.json", json.dumps(both)))
    lines = f"{json.dumps(GOOD)}\n{NAME}\n"
    report = taken(written(tmp_path / file, lines), remove_missing=True, allow_removing=100)
    assert (report.removed.total(), Service.objects.count()) == (0, 2)
    twice = NAME.replace('"name": "A"', f'"id": "{named("x")}"')
    report = taken(
        written(tmp_path / file, f"{json.dumps(GOOD)}\n{twice}\n"), remove_missing=True, allow_removing=100
    )
    assert (report.removed.total(), Service.objects.count()) == (0, 2)
