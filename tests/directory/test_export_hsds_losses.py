"""What the JSON of an export has no place for is told with it, by table and reason: nothing is lost unsaid."""

import csv
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from directory.hsds.export_losses import REPORT, TABULAR
from directory.models.location import Location
from directory.rules.hsds_shape import ENTITIES, Kind
from tests.directory.hsds_packages import Files, folder, named, reasons, taken, whole
from tests.own_json import empty_directory

pytestmark = pytest.mark.django_db
Cells = dict[tuple[str, str, str], str]


def odd() -> Files:
    """A package of which much has no place in JSON."""
    files = whole()
    files["units.csv"].append({"id": named("rooms"), "name": "rooms"})
    files["phones.csv"] += [
        {"id": named("loose"), "service_id": named("gone"), "number": "211", "extension": "7"},
        {"id": named("nobody's"), "number": "811", "extension": "x 1"},
    ]
    files["phones.csv"][0]["extension"] = "x12"
    files["locations.csv"][0]["latitude"] = "44.23120"
    files["schedules.csv"][0] |= {"timezone": "America/Toronto", "count": "1e400"}
    files["service_capacity.csv"][0]["maximum"] = "2.00000000000000000001"
    files["services.csv"][0] |= {"last_modified": "yesterday", "minimum_age": "16"}
    files["contacts.csv"][0]["location_id"] = "nowhere 7"
    files["attributes.csv"].append({"id": named("tied"), "link_id": named("taxonomy"), "value": "v"})
    return files


def exported(path: Path, form: str, **options: Any) -> Path:
    call_command(
        "export_hsds", path, **({"tier": "custodian", "publisher": "feed", "format": form} | options)
    )
    return path


def cells_in(path: Path) -> Cells:
    """Every cell that says anything, of every file."""
    found: Cells = {}
    for name, entity in ENTITIES.items():
        if not (path / entity.file).exists():
            continue
        with (path / entity.file).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {(name, row["id"], field): cell for field, cell in row.items() if cell}
    return found


def lines(path: Path) -> list[str]:
    """The report's counts."""
    return [line for line in (path / REPORT).read_text("utf-8").split("\n\n")[1].splitlines() if line]


def test_what_no_item_holds_stands_in_the_tabular_form_and_comes_back(tmp_path: Path) -> None:
    with transaction.atomic():
        taken(folder(tmp_path / "p", odd()))
        before = cells_in(exported(tmp_path / "csv", "csv"))
        told = exported(tmp_path / "json", "json")
        transaction.set_rollback(True)
    rows = json.loads((told / TABULAR).read_text("utf-8"))
    ids = {file: [row["id"] for row in rows[file]] for file in rows}
    assert ids == {
        "units.csv": [named("rooms")],
        "phones.csv": [named("loose"), named("nobody's")],
        "attributes.csv": [named("tied")],
        "meta_table_descriptions.csv": [named("meta")],
    }
    assert rows["phones.csv"] == [
        {"id": named("loose"), "service_id": named("gone"), "number": "211", "extension": 7},
        {"id": named("nobody's"), "number": "811", "extension": "x 1"},
    ]
    empty_directory()
    assert reasons(taken(told)) == []
    after = cells_in(exported(tmp_path / "again", "csv"))
    assert {f"{e}.{f}" for (e, _, f), cell in before.items() if after.get((e, _, f)) != cell} == {
        line.partition(":")[0] for line in lines(told) if "." in line.partition(":")[0]
    }
    assert after.keys() <= before.keys()


def test_each_table_and_reason_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken(folder(tmp_path / "p", odd()))
    capsys.readouterr()
    told = exported(tmp_path / "json", "json")
    unheld = f"records that no item holds; they stand in {TABULAR}"
    no_number = "no numbers, or too large ones: JSON has a place for nothing else"
    expected = [
        f"unit: 1 {unheld}",
        "service.last_modified: 1 no moments: JSON has a place for nothing else",
        "location.latitude: 1 numbers written in another way (45.10 as 45.1)",
        "location.longitude: 1 numbers written in another way (45.10 as 45.1)",
        "contact.location_id: 1 told as ids of Relais's own: what the publisher wrote is no UUID",
        f"phone: 2 {unheld}",
        f"phone.extension: 1 {no_number}",
        f"schedule.count: 1 {no_number}",
        f"schedule.timezone: 1 {no_number}",
        "cost_option.amount: 1 numbers written in another way (45.10 as 45.1)",
        "service_capacity.maximum: 1 numbers with more digits than JSON's have",
        f"attribute: 1 {unheld}",
        f"meta_table_description: 1 {unheld}",
    ]
    assert lines(told) == expected
    printed = capsys.readouterr().err.splitlines()
    assert [line.removeprefix(f"{REPORT}: ") for line in printed if line.startswith(REPORT)] == expected
    assert f"phone.extension of {named('phone')}: {no_number}" in (told / REPORT).read_text("utf-8")
    assert "x12" not in (told / REPORT).read_text("utf-8")


def test_the_report_goes_into_the_zip_too(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", odd()))
    with zipfile.ZipFile(exported(tmp_path / "out.zip", "json")) as packed:
        assert {REPORT, TABULAR, "services.json"} <= {*packed.namelist()}
        assert b"phone.extension: 1 " in packed.read(REPORT)


def test_where_nothing_is_lost_nothing_is_told(tmp_path: Path) -> None:
    files = whole()
    del files["meta_table_descriptions.csv"]
    files["cost_options.csv"][0]["amount"] = "12.5"
    files["locations.csv"][0]["longitude"] = "-76.486"
    taken(folder(tmp_path / "p", files))
    names = {path.name for path in exported(tmp_path / "json", "json").iterdir()}
    assert names & {REPORT, TABULAR} == set()


def test_ids_that_are_no_uuids_are_one_id_in_items_and_rows(tmp_path: Path) -> None:
    files = whole()
    files["services.csv"][0]["id"] = "svc-1"
    for name in ("service_at_location.csv", "phones.csv", "metadata.csv"):
        files[name][0]["service_id" if name != "metadata.csv" else "resource_id"] = "svc-1"
    files["phones.csv"].append({"id": "tel 2", "contact_id": "gone", "number": "211"})
    taken(folder(tmp_path / "p", files))
    told = exported(tmp_path / "json", "json")
    own = "told as ids of Relais's own: what the publisher wrote is no UUID"
    assert [line for line in lines(told) if own in line] == [
        f"service.id: 1 {own}",
        f"service_at_location.service_id: 1 {own}",
        f"phone.id: 1 {own}",
        f"phone.service_id: 1 {own}",
        f"metadata.resource_id: 1 {own}",
    ]
    row = json.loads((told / TABULAR).read_text("utf-8"))["phones.csv"][0]
    assert (row["id"] != "tel 2", row["contact_id"], row["number"]) == (True, "gone", "211")


def test_what_hangs_on_anothers_record_is_told(tmp_path: Path) -> None:
    """Of one publisher alone, a place of another's organization is told, and whose it is isn't."""
    files = whole()
    taken(folder(tmp_path / "a", {"organizations.csv": files["organizations.csv"]}), "other")
    files["organizations.csv"][0]["id"] = named("mine")
    taken(folder(tmp_path / "b", {k: files[k] for k in ("organizations.csv", "taxonomies.csv")}))
    Location.objects.create(
        id=named("place"), publisher_id="feed", location_type="virtual", organization_id=named("org")
    )
    assert lines(exported(tmp_path / "json", "json")) == [
        "location.organization_id: 1 ids of records that hold these in no item of the export"
    ]


def test_open_data_as_json_tells_what_it_lacks_too(tmp_path: Path) -> None:
    call_command("load_demo", small=True, verbosity=0)
    told = exported(tmp_path / "json", "json", tier="public", publisher="")
    table = exported(tmp_path / "csv", "csv", tier="public", publisher="")
    report = (told / REPORT).read_text("utf-8") if (told / REPORT).exists() else ""
    rows = json.loads((told / TABULAR).read_text("utf-8")) if (told / TABULAR).exists() else {}
    said: set[str] = {row["id"] for file in rows for row in rows[file]}
    text = "".join(path.read_text("utf-8") for path in told.glob("*.json"))
    for entity, id_, _field in cells_in(table):
        assert id_ in said or id_ in text, (entity, id_)
    assert "Nothing of it is missing" in report or not rows


ODD = (
    "=1", " x ", "é\r\nb\rc\n", "2026-02-30", "-1", "1e5", "999999999999999", "ftp:/x", "x@", "\u202e", "NaN", "0x1",
    "12,5", "\\N", "\\.", "true", "2026-01-01T00:00:00+14:00", "24:00", "-0", "+5", "１２", "http://é.example/ü?q=a b",
    "a@b.example",
)  # fmt: skip


def oddly_told(chance: random.Random) -> Files:
    """The whole package; every other field says something odd, ids and what a row can't do without left out."""
    files = whole()
    for entity in ENTITIES.values():
        free = [f for f in entity.fields if not (f.choices or f.essential or f.kind in (Kind.ID, Kind.REF))]
        for row in files[entity.file]:
            row |= {field.name: chance.choice(ODD) for field in free if chance.random() < 0.5}
    return files


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_written_comes_back_or_is_told(tmp_path: Path, seed: int) -> None:
    package = folder(tmp_path / "p", oddly_told(random.Random(seed)))
    with transaction.atomic():
        assert reasons(taken(package)) == []
        before = cells_in(exported(tmp_path / "csv", "csv"))
        told = exported(tmp_path / "json", "json")
        transaction.set_rollback(True)
    assert before == cells_in(package)
    empty_directory()
    assert reasons(taken(told)) == []
    after = cells_in(exported(tmp_path / "again", "csv"))
    said = {line.partition(":")[0] for line in lines(told)}
    differing = {cell for cell in before.keys() | after.keys() if before.get(cell) != after.get(cell)}
    assert {f"{entity}.{field}" for entity, _, field in differing} <= said
