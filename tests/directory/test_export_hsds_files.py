"""The files of an export: whole or not there at all, the same bytes for the same data, told as they were written."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from directory.hsds import export
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.service import Service
from directory.rules.hsds_package import derived_id
from directory.rules.hsds_shape import ENTITIES, LEFT_OUT
from safety.audit import AuditEntry
from tests.hsds_stored import store_items, store_rows
from tests.hsds_walk import items_in, root_of

FIXTURES = Path(__file__).resolve().parents[1] / "hsds_fixtures"
GONE = "6f0c00aa-3b1d-4c5e-9a70-0242ac1200aa"


@pytest.fixture
def feed(db: None) -> Publisher:
    """A publisher with a service and everything on it."""
    publisher = Publisher.objects.create(slug="feed", name="Feed", licence="Words of the feed's own")
    store_items("service", items_in(FIXTURES / "service.json"), publisher)
    return publisher


def exported(path: Path, **options: Any) -> Path:
    """`path`, once export_hsds has filled it at the custodian's tier."""
    call_command("export_hsds", path, **({"tier": "custodian", "publisher": "feed"} | options))
    return path


def rows_of(entity: str, folder: Path) -> list[dict[str, str]]:
    """The rows of the entity's file."""
    with (folder / ENTITIES[entity].file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_entity_has_a_file_with_the_standards_own_columns(feed: Publisher, tmp_path: Path) -> None:
    folder = exported(tmp_path / "out")
    for entity in ENTITIES.values():
        header = (folder / entity.file).read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == [field.name for field in entity.fields]
    names = {path.name for path in folder.iterdir()}
    assert names == {entity.file for entity in ENTITIES.values()} | {"datapackage.json"}


def test_a_cell_says_what_was_written_until_the_column_is_edited(feed: Publisher, tmp_path: Path) -> None:
    before = rows_of("service", exported(tmp_path / "before"))[0]
    assert (before["assured_date"], before["last_modified"]) == ("2026-02-30", "2026-03-01T12:00:00.5-05:00")
    Service.objects.update(assured_date="2026-04-05", last_modified="2026-05-01T12:00:00Z")
    after = rows_of("service", exported(tmp_path / "after"))[0]
    assert (after["assured_date"], after["last_modified"]) == ("2026-04-05", "2026-05-01T12:00:00Z")


def test_every_parent_of_a_record_is_named_in_its_one_row(feed: Publisher, tmp_path: Path) -> None:
    phones = rows_of("phone", exported(tmp_path / "out"))
    named = {name for name, value in phones[0].items() if name.endswith("_id") and value}
    assert named == {"service_id", "organization_id", "location_id", "service_at_location_id", "contact_id"}
    assert len(phones) == 2


def test_rows_come_back_cell_for_cell(feed: Publisher, tmp_path: Path) -> None:
    other = Publisher.objects.create(slug="tabular", name="Tabular")
    rows = [
        {"id": GONE, "service_id": GONE, "number": '"+1 807 555 0117"', "extension": "x 12", "type": "a\nb, «c»"},
        {"id": "6f0c00ab-3b1d-4c5e-9a70-0242ac1200ab", "number": " 211 ", "extension": "007"},
    ]  # fmt: skip
    store_rows("phone", rows, other)
    store_rows(
        "location", [{"id": GONE, "location_type": "virtual", "latitude": "45.10", "longitude": "n/a"}], other
    )
    folder = exported(tmp_path / "out", publisher="tabular")
    told = rows_of("phone", folder)
    assert [{name: row[name] for name in one} for one, row in zip(rows, told, strict=True)] == rows
    place = rows_of("location", folder)[0]
    assert (place["latitude"], place["longitude"]) == ("45.10", "n/a")


def test_ids_that_are_no_uuids_are_told_as_they_were_given(feed: Publisher, tmp_path: Path) -> None:
    Service.objects.update(given_id="svc-1")
    Phone.objects.filter(number="807-555-0118").update(given_id="tel 2")
    folder = exported(tmp_path / "given")
    assert rows_of("service", folder)[0]["id"] == "svc-1"
    assert {row["service_id"] for row in rows_of("phone", folder)} == {"svc-1"}
    assert "tel 2" in {row["id"] for row in rows_of("phone", folder)}
    assert rows_of("metadata", folder)[1]["resource_id"] == "svc-1"
    everything = rows_of("phone", exported(tmp_path / "all", publisher=""))
    assert all(UUID(row["service_id"]) for row in everything)
    page = json.loads(
        (exported(tmp_path / "json", format="json") / "services.json").read_text(encoding="utf-8")
    )
    assert UUID(page["contents"][0]["id"])


def test_a_ref_to_what_never_came_is_told_as_it_was_written(feed: Publisher, tmp_path: Path) -> None:
    tied = {
        "organization_id": derived_id("feed", "organization", "org-7"),
        "written": {"organization_id": "org-7"},
    }
    Service.objects.update(**tied)
    assert rows_of("service", exported(tmp_path / "as_given"))[0]["organization_id"] == "org-7"
    Service.objects.update(organization_id=GONE)
    assert rows_of("service", exported(tmp_path / "edited"))[0]["organization_id"] == GONE


def test_the_descriptor_tells_each_file_and_the_publishers_licence_alone(
    feed: Publisher, tmp_path: Path
) -> None:
    package = json.loads((exported(tmp_path / "one") / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"title": "Words of the feed's own"}]
    service = next(part for part in package["resources"] if part["name"] == "service")
    assert service["path"] == "services.csv"
    types = {field["name"]: field["type"] for field in service["schema"]["fields"]}
    assert types["minimum_age"] == "number"
    assert types["assured_date"] == "date"
    everyone = json.loads(
        (exported(tmp_path / "all", publisher="") / "datapackage.json").read_text(encoding="utf-8")
    )
    assert "licenses" not in everyone


def test_json_is_one_page_for_each_root_with_all_its_items(feed: Publisher, tmp_path: Path) -> None:
    folder = exported(tmp_path / "out", format="json")
    pages = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.iterdir()}
    assert {name: page["total_items"] for name, page in pages.items()} == {
        "services": 1, "organizations": 1, "service_at_location": 2, "locations": 2, "taxonomies": 1,
        "taxonomy_terms": 1,
    }  # fmt: skip
    assert pages["services"]["contents"] == items_in(FIXTURES / "service.json")


def test_an_export_of_nothing_is_still_one(db: None, tmp_path: Path) -> None:
    Publisher.objects.create(slug="empty", name="Empty")
    page = json.loads(
        (exported(tmp_path / "out", publisher="empty", format="json") / "services.json").read_text()
    )
    assert (page["total_items"], page["empty"], page["contents"]) == (0, True, [])
    assert rows_of("service", exported(tmp_path / "csv", publisher="empty")) == []


def test_the_same_data_are_the_same_zip(feed: Publisher, tmp_path: Path) -> None:
    one, two = exported(tmp_path / "one.zip"), exported(tmp_path / "two", format="zip")
    assert one.read_bytes() == two.read_bytes()
    folder = exported(tmp_path / "folder")
    with zipfile.ZipFile(one) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }
        assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_only_its_owner_may_read_an_export(feed: Publisher, tmp_path: Path) -> None:
    folder, packed = exported(tmp_path / "out"), exported(tmp_path / "out.zip")
    assert {path.stat().st_mode & 0o077 for path in (folder, packed, *folder.iterdir())} == {0}


def test_what_is_there_is_never_overwritten(feed: Publisher, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "letter.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(CommandError, match="there already"):
        exported(taken)
    assert [path.name for path in taken.iterdir()] == ["letter.txt"]
    (tmp_path / "old.zip").write_bytes(b"keep me")
    with pytest.raises(CommandError, match="there already"):
        exported(tmp_path / "old.zip")
    assert (tmp_path / "old.zip").read_bytes() == b"keep me"
    assert not AuditEntry.objects.filter(action="export_hsds").exists()


def test_an_empty_folder_is_filled(feed: Publisher, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert rows_of("service", exported(tmp_path / "out"))


def test_a_path_or_publisher_that_is_not_there_is_a_clear_sentence(feed: Publisher, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="does not exist"):
        exported(tmp_path / "no" / "where")
    with pytest.raises(CommandError, match="no publisher 'nobody'"):
        exported(tmp_path / "out", publisher="nobody")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "json", "zip"])
def test_an_export_that_breaks_off_leaves_no_half_file(
    form: str, feed: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any) -> Iterator[Any]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(export, "tell_items" if form == "json" else "tell_rows", broken)
    with pytest.raises(KeyboardInterrupt):
        exported(tmp_path / "out", format=form)
    assert list(tmp_path.iterdir()) == []
    assert not AuditEntry.objects.filter(action="export_hsds").exists()


def test_what_a_killed_run_left_is_cleared_away(feed: Publisher, tmp_path: Path) -> None:
    left = tmp_path / ".out.unfinished"
    left.mkdir()
    (left / "services.csv").write_text("half", encoding="utf-8")
    exported(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_one_audit_row_tells_the_tier_and_how_much_and_of_nobody(feed: Publisher, tmp_path: Path) -> None:
    exported(tmp_path / "out")
    entry = AuditEntry.objects.get(action="export_hsds")
    facts = entry.facts()
    assert (facts["tier"], facts["format"], facts["publisher"], facts["files"]) == (
        "custodian",
        "csv",
        "feed",
        24,
    )
    assert facts["records"] == sum(len(rows_of(entity, tmp_path / "out")) for entity in ENTITIES)


def test_the_default_is_open_data(feed: Publisher, tmp_path: Path) -> None:
    call_command("export_hsds", tmp_path / "out")
    assert not (tmp_path / "out" / "contacts.csv").exists()
    assert rows_of("service", tmp_path / "out") == []


def test_the_zip_of_open_data_can_be_written_to_what_cannot_be_rewound(db: None) -> None:
    class Pipe(io.RawIOBase):
        """Takes bytes and can't go back."""

        def __init__(self) -> None:
            self.taken = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.taken += bytes(data)
            return len(bytes(data))

    pipe = Pipe()
    export.zip_open_data(pipe)  # type: ignore[arg-type]  # it takes bytes, that is all that is asked
    with zipfile.ZipFile(io.BytesIO(pipe.taken)) as packed:
        assert packed.testzip() is None
        assert "services.csv" in packed.namelist()


def test_the_fixtures_names_are_roots() -> None:
    assert {root_of(path.stem) for path in FIXTURES.glob("*.json")} == set(LEFT_OUT)
