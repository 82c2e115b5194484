"""Half a character in JSON refuses the row or item where it stands, and is told; nothing becomes a question mark."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.models.organization import Organization
from tests.directory.hsds_packages import named, reasons, taken

pytestmark = pytest.mark.django_db
# Told apart by name: the linter takes all half characters for the same.
HALVES = {
    "first": "\ud800",
    "second": "\ude00",
    "before a whole one": "\ud83d\ud83d\ude00",
    "before a backslash": "\ud83d\\ude00",
}


def organization(number: int, description: str) -> dict[str, Any]:
    return {"id": named(f"o{number}"), "name": f"House {number}", "website": "", "description": description}


def written(path: Path, form: str, rows: list[dict[str, Any]]) -> Path:
    values: dict[str, Any] = {
        "list": rows,
        "page": {"contents": rows},
        "tabular": {"organizations.csv": rows},
    }
    text = "\n".join(map(json.dumps, rows)) if form == "ndjson" else json.dumps(values[form])
    name = path / ("a.ndjson" if form == "ndjson" else "a.json")
    name.write_text(text + "\n", encoding="ascii")
    return name


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
@pytest.mark.parametrize(
    ("form", "pointer"),
    [("list", "[1]"), ("page", "contents[1]"), ("tabular", "organizations.csv[1]"), ("ndjson", "")],
)
def test_the_row_is_refused_with_its_place_and_the_others_are_taken(
    tmp_path: Path, form: str, pointer: str, half: str
) -> None:
    rows = [
        organization(0, "a smile \U0001f600"),
        organization(1, f"x{half}y"),
        organization(2, r"no half: \ud800, \\"),
    ]
    path = written(tmp_path, form, rows)
    report = taken(path)
    place = f", {pointer}" if pointer else ""
    assert reasons(report) == [
        f"{path.name}, row 2{place} ({named('o1')}): description holds half a character (a lone surrogate)"
    ]
    stored = Organization.objects.order_by("name").values_list("name", "description")
    assert list(stored) == [("House 0", "a smile \U0001f600"), ("House 2", r"no half: \ud800, \\")]


def test_half_a_character_deep_in_an_item_refuses_the_item_with_the_path(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [organization(0, "d"), organization(1, "d")]
    rows[0]["phones"] = [{"id": named("p"), "number": "613-555-0142", "description": "\udfff"}]
    report = taken(written(tmp_path, "list", rows))
    assert reasons(report) == [
        f"a.json, row 1, [0].phones[0] ({named('p')}): description holds half a character (a lone surrogate)"
    ]
    assert [one.name for one in Organization.objects.all()] == ["House 1"]


@pytest.mark.parametrize("before", range(14))
def test_escapes_that_two_readings_divide_stay_whole(tmp_path: Path, before: int) -> None:
    """The file is read 65,536 bytes at a time: an escape may begin at the end of one reading."""
    rows = [organization(0, ""), organization(1, "\U0001f600\\\U0001f601"), organization(2, "\ud800")]
    short = json.dumps(rows).index("\\ud83d")
    rows[0]["description"] = "x" * (65_536 - short - before)
    report = taken(written(tmp_path, "list", rows))
    assert [refusal.line for refusal in report.refusals] == [3]
    assert Organization.objects.get(pk=named("o1")).description == "\U0001f600\\\U0001f601"


def test_a_file_of_escapes_is_read_to_its_end(tmp_path: Path) -> None:
    rows = [organization(0, "é" * 60_000), organization(1, "\\" * 100_000)]
    assert taken(written(tmp_path, "list", rows)).refusals_total == 0
    assert [len(one.description) for one in Organization.objects.order_by("name")] == [60_000, 100_000]
