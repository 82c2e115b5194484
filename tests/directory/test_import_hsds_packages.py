"""An HSDS package is taken over whole, in any of its forms, and the same again changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.actions.import_hsds_tables import model_of
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.record import HsdsRecord
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_capacity import ServiceCapacity
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import tell_text
from safety.models import AuditEntry
from tests.directory.hsds_packages import (
    KNOWN_FILES,
    folder,
    json_file,
    many,
    named,
    small,
    taken,
    whole,
    zipped,
)

pytestmark = pytest.mark.django_db


def stored() -> dict[str, list[dict[str, Any]]]:
    """Every record of every entity."""
    models = [m for m in apps.get_app_config("directory").get_models() if issubclass(m, HsdsRecord)]
    return {m._meta.db_table: list(m._default_manager.order_by("pk").values()) for m in models}


def test_every_file_of_the_package_is_taken_over_and_told_as_it_was_written(tmp_path: Path) -> None:
    files = whole()
    assert sorted(files) == KNOWN_FILES
    report = taken(folder(tmp_path / "p", files))
    assert (report.added.total(), report.refusals_total, report.dangling_total) == (24, 0, 0)
    for entity, shape in ENTITIES.items():
        (row,) = files[shape.file]
        record = model_of(entity)._default_manager.get(pk=row["id"])
        attributes = {f.column: f.attname for f in record._meta.concrete_fields}
        for field in shape.fields:
            value = getattr(record, attributes[field.name])
            assert tell_text(field, value, record.written) == row.get(field.name, ""), (entity, field.name)


@pytest.mark.promise(9)
def test_no_import_says_that_a_person_checked(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", whole()))
    service = Service.objects.get(pk=named("service"))
    assert service.assured_date is None
    assert service.written["assured_date"] == "2024-05-01"


def test_the_same_package_again_changes_nothing_at_all(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", whole())
    taken(path)
    before = stored()
    report = taken(path)
    assert report.is_unchanged
    assert report.unchanged.total() == 24
    assert stored() == before


def test_a_zip_a_folder_inside_it_and_the_tabular_json_say_the_same(tmp_path: Path) -> None:
    files = whole()
    taken(folder(tmp_path / "p", files))
    before = stored()
    inner = {f"export/{name}": rows for name, rows in files.items()}
    for path in (
        zipped(tmp_path / "a.zip", files),
        zipped(tmp_path / "b.zip", inner),
        json_file(tmp_path / "tabular.json", files),
    ):
        assert taken(path).is_unchanged, path
    assert stored() == before


def test_a_package_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    files = small()
    path = folder(tmp_path / "p", files)
    for file in path.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert taken(path).added.total() == 2


def test_a_package_of_3_0_without_the_files_of_3_1_is_taken(tmp_path: Path) -> None:
    files = {n: r for n, r in whole().items() if n not in ("url.csv", "units.csv", "service_capacity.csv")}
    assert taken(folder(tmp_path / "p", files)).added.total() == 21


def test_a_changed_field_changes_one_record_and_its_listing(tmp_path: Path) -> None:
    files = whole()
    path = folder(tmp_path / "p", files)
    taken(path)
    before = Organization.objects.get()
    files["services.csv"][0]["name"] = "Legal clinic"
    report = taken(folder(path, files))
    assert (report.changed["service"], report.changed.total(), report.added.total()) == (1, 1, 0)
    assert report.files["services.csv"]["changed"] == 1
    assert Organization.objects.get() == before
    page = Listing.objects.get(service_id=named("service"))
    assert "legal clinic" in page.words


def test_a_column_that_a_file_lacks_leaves_what_is_stored(tmp_path: Path) -> None:
    files = small()
    path = folder(tmp_path / "p", files)
    taken(path)
    assert Organization.objects.get().description == "Help by the lake"
    del files["organizations.csv"][0]["description"]
    taken(folder(path, files))
    assert Organization.objects.get().description == "Help by the lake"


def test_an_emptied_cell_empties_the_field(tmp_path: Path) -> None:
    files = small()
    path = folder(tmp_path / "p", files)
    taken(path)
    files["organizations.csv"][0]["description"] = ""
    report = taken(folder(path, files))
    assert report.changed["organization"] == 1
    organization = Organization.objects.get()
    assert (organization.description, organization.flags) == ("", ["description:missing"])


def test_rows_keep_their_order(tmp_path: Path) -> None:
    files = many(5)
    taken(folder(tmp_path / "p", files))
    told = [str(pk) for pk in Service.objects.order_by("position").values_list("pk", flat=True)]
    assert told == [row["id"] for row in files["services.csv"]]


def test_values_that_cannot_be_right_are_kept_and_flagged(tmp_path: Path) -> None:
    files = whole()
    files["locations.csv"][0]["latitude"] = "100"
    files["schedules.csv"][0] |= {"count": "3", "until": "2026-01-01"}
    taken(folder(tmp_path / "p", files))
    location = Location.objects.get()
    assert (location.latitude, location.flags) == (100, ["latitude:out_of_range"])
    assert location.placed_by == "community"
    assert ServiceCapacity.objects.get().flags == ["available:above_maximum"]
    assert Schedule.objects.get().flags == ["count:beside_until"]


def test_ids_that_are_no_uuids_find_their_records_again(tmp_path: Path) -> None:
    files = {
        "organizations.csv": [{"id": "org-1", "name": "Lake House", "description": "d"}],
        "services.csv": [{"id": "7", "organization_id": "org-1", "name": "Help", "status": "active"}],
        "attributes.csv": [{"id": "a", "link_id": "7", "link_entity": "service", "taxonomy_term_id": "t"}],
        "taxonomy_terms.csv": [{"id": "t", "name": "Advice", "description": "d"}],
    }
    path = folder(tmp_path / "p", files)
    assert taken(path).dangling_total == 0
    service = Service.objects.get()
    assert (service.given_id, service.organization.given_id) == ("7", "org-1")
    assert service.written["organization_id"] == "org-1"
    assert taken(path).is_unchanged
    # Another publisher's "7" is another record.
    assert taken(path, "other").added.total() == 4
    assert Service.objects.count() == 2


def test_a_publisher_cannot_touch_the_records_of_another(tmp_path: Path) -> None:
    files = whole()
    taken(folder(tmp_path / "p", files))
    before = Service.objects.get()
    files["services.csv"][0]["name"] = "Taken over"
    report = taken(folder(tmp_path / "p", files), "other")
    assert report.added.total() == 24
    assert Service.objects.get(publisher="feed").name == before.name
    other = Service.objects.get(publisher="other")
    assert other.given_id == named("service")
    assert other.organization_id == Organization.objects.get(publisher="other").pk
    assert Phone.objects.get(publisher="other").service_id == other.pk
    assert taken(folder(tmp_path / "p", files), "other").is_unchanged


def test_nobody_hangs_a_phone_on_the_service_of_another(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", small()))
    files = {
        "organizations.csv": [{"id": named("mine"), "name": "Other House", "description": "d"}],
        "phones.csv": [{"id": named("bad"), "service_id": named("service"), "number": "613-555-0199"}],
    }
    report = taken(folder(tmp_path / "q", files), "other")
    assert [r.reason for r in report.refusals] == ["service_id names a record of another publisher"]
    assert not Phone.objects.exists()


def test_dangling_ids_are_kept_and_told_with_file_and_row(tmp_path: Path) -> None:
    files = small()
    files["services.csv"][0]["program_id"] = named("nowhere")
    report = taken(folder(tmp_path / "p", files))
    assert [str(d) for d in report.dangling] == [
        f"services.csv, row 2: service.program_id names {named('nowhere')}, which isn't here"
    ]
    assert str(Service.objects.get().program_id) == named("nowhere")


def test_one_entry_of_the_audit_trail_tells_of_the_batch(tmp_path: Path) -> None:
    report = taken(folder(tmp_path / "secret-name", small()))
    (entry,) = AuditEntry.objects.filter(action="import_hsds").order_by("pk")
    details = json.loads(entry.details)
    assert (details["sha256"], details["added"]) == (report.digest, 2)
    assert "secret" not in entry.details


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", whole())
    report = taken(path, dry_run=True)
    assert (report.added.total(), report.dry_run) == (24, True)
    assert not Service.objects.exists()
    assert not AuditEntry.objects.filter(action="import_hsds").exists()


def test_how_many_statements_an_import_takes_does_not_depend_on_its_rows(tmp_path: Path) -> None:
    counts = []
    for count in (20, 400):
        path = folder(tmp_path / str(count), many(count))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            taken(path, f"feed-{count}", dry_run=True)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_place_stands_at_its_coordinates_or_in_its_community_or_postal_area(tmp_path: Path) -> None:
    files = whole()
    path = folder(tmp_path / "p", files)
    taken(path)
    assert Location.objects.values_list("placed_by", "community__name").get() == ("coordinates", "Kingston")
    files["locations.csv"][0] |= {"latitude": "", "longitude": ""}
    taken(folder(path, files))
    assert Location.objects.values_list("placed_by", "community__name").get() == ("community", "Kingston")
    files["addresses.csv"][0]["city"] = "Nowhere at all"
    taken(folder(path, files))
    assert Location.objects.values_list("placed_by", "community__name").get() == ("postal_area", "K7L")
    files["addresses.csv"][0] |= {"postal_code": "", "country": "US"}
    taken(folder(path, files))
    assert Location.objects.values_list("placed_by", "community__name").get() == ("nothing", None)


def test_coordinates_far_from_the_stated_city_are_not_believed(tmp_path: Path) -> None:
    files = whole()
    files["locations.csv"][0] |= {"latitude": "49.28", "longitude": "-123.12"}
    taken(folder(tmp_path / "p", files))
    assert Location.objects.values_list("placed_by", "community__name").get() == ("community", "Kingston")


@pytest.mark.parametrize(
    ("name", "reach", "province"),
    [("Canada", "country", ""), ("Québec", "province", "QC"), ("MyCity", "place", "")],
)
def test_a_service_without_a_place_reaches_as_far_as_its_area_says(
    tmp_path: Path, name: str, reach: str, province: str
) -> None:
    files = small() | {
        "service_areas.csv": [{"id": named("a"), "service_id": named("service"), "name": name}]
    }
    path = folder(tmp_path / "p", files)
    taken(path)
    service = Service.objects.get()
    assert (service.reach, service.province) == (reach, province)
    covered = list(service.coverage.order_by("id").values_list("kind", "province"))
    assert covered == ([] if reach == "place" else [(reach, province)])
    assert taken(path).is_unchanged


SQUARE = {"type": "Polygon", "coordinates": [[[-77, 44], [-76, 44], [-76, 45], [-77, 45], [-77, 44]]]}
BOW = {"type": "Polygon", "coordinates": [[[-77, 44], [-76, 45], [-76, 44], [-77, 45], [-77, 44]]]}


@pytest.mark.parametrize(
    ("extent", "kinds", "flags"),
    [
        (json.dumps(SQUARE), ["polygon"], []),
        (json.dumps({"type": "Feature", "geometry": SQUARE, "properties": {}}), ["polygon"], []),
        (json.dumps(BOW), [], ["extent:unreadable"]),
        ("extent", [], ["extent:unreadable"]),
    ],
)
def test_an_outline_is_covered_where_it_can_be_read_and_kept_where_not(
    tmp_path: Path, extent: str, kinds: list[str], flags: list[str]
) -> None:
    area = {
        "id": named("a"),
        "service_id": named("service"),
        "name": "Around",
        "extent": extent,
        "extent_type": "geojson",
    }
    path = folder(tmp_path / "p", small() | {"service_areas.csv": [area]})
    taken(path)
    service = Service.objects.get()
    assert list(service.coverage.order_by("id").values_list("kind", flat=True)) == kinds
    stored_area = service.service_areas.get()
    assert (stored_area.extent, stored_area.flags) == (extent, flags)
    assert taken(path).is_unchanged
