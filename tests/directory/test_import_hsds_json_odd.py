"""JSON that is odd as a whole: another coding, words that are none of JSON's, rows by file that are no rows."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.actions.import_hsds import CannotImport
from directory.models.service import Service
from tests.directory.hsds_packages import json_file, named, reasons, taken

pytestmark = pytest.mark.django_db
SERVICE = {"id": named("s1"), "name": "Été", "status": "active"}


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("file", ["a.json", "a.ndjson"])
@pytest.mark.parametrize("text", ["%s\n", "[%s]", '{\n"contents": [%s]}'])
def test_another_coding_is_told_in_one_sentence(tmp_path: Path, coding: str, file: str, text: str) -> None:
    path = tmp_path / file
    path.write_bytes((text % json.dumps(SERVICE)).encode(coding))
    with pytest.raises(
        CannotImport, match=rf"^{file}, byte 1: this is no UTF-8 text; save the file as UTF-8\.$"
    ):
        taken(path)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_words_of_python_make_a_line_no_json(tmp_path: Path, word: str) -> None:
    path = tmp_path / "a.ndjson"
    bad = json.dumps(SERVICE | {"id": named("s2"), "minimum_age": "?"}).replace('"?"', word)
    path.write_text(f"{bad}\n{json.dumps(SERVICE)}\n", encoding="utf-8")
    assert reasons(taken(path)) == [f"a.ndjson, row 1 ({named('s2')}): this is no JSON ({word})"]
    assert Service.objects.get().name == "Été"


@pytest.mark.parametrize("rows", [{"id": named("s1")}, "none", 7, None, True])
def test_what_is_no_list_of_rows_is_told(tmp_path: Path, rows: Any) -> None:
    report = taken(json_file(tmp_path / "t.json", {"units.csv": [], "services.csv": rows, "phones.csv": []}))
    assert reasons(report) == ["t.json, row 1 (no id): services.csv: a list of rows belongs here"]


def test_rows_that_are_no_rows_keep_what_is_stored(tmp_path: Path) -> None:
    taken(json_file(tmp_path / "a.json", {"services.csv": [SERVICE]}))
    taken(json_file(tmp_path / "a.json", {"services.csv": {}}), remove_missing=True, allow_removing=100)
    assert Service.objects.count() == 1


def test_a_key_with_a_point_in_it_is_told_like_any_that_hsds_has_not(tmp_path: Path) -> None:
    report = taken(json_file(tmp_path / "t.json", {"services.csv": [SERVICE | {"na.me": "x"}]}))
    assert report.notes == ["t.json: key 'service.na.me' is none of HSDS and is left out"]
