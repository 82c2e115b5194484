"""A refused item of JSON lands nowhere, whatever refused it, and what other records name stays."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service import Service
from tests.directory.hsds_packages import json_file, named, reasons, taken

pytestmark = pytest.mark.django_db


def service(n: int = 0, place: int | None = None, **more: Any) -> dict[str, Any]:
    """A service with all around it: its organization, hours, phones, and a place with a phone."""
    at = n if place is None else place
    location = {"id": named(f"place{at}"), "location_type": "physical", "name": f"Place {at}",
                "phones": [{"id": named(f"at{at}"), "number": f"613-555-018{at}"}]}  # fmt: skip
    return {
        "id": named(f"service{n}"), "name": f"Advice {n}", "status": "active",
        "organization": {"id": named("org"), "name": "House", "description": "d"},
        "phones": [{"id": named(f"phone{n}"), "number": f"613-555-010{n}"}],
        "schedules": [{"id": named(f"hours{n}"), "freq": "WEEKLY"}],
        "service_at_locations": [{"id": named(f"site{n}"), "location": location}],
    } | more  # fmt: skip


def landed() -> dict[str, list[str]]:
    models = (Organization, Service, Location)
    found = {m._meta.db_table: sorted(m.objects.values_list("name", flat=True)) for m in models}
    return {
        **found,
        "phone": sorted(Phone.objects.values_list("number", flat=True)),
        "schedule": [str(row.freq) for row in Schedule.objects.all()],
    }


NOTHING: dict[str, list[str]] = {
    "organization": [],
    "service": [],
    "location": [],
    "phone": [],
    "schedule": [],
}


def test_a_service_of_somebody_elses_organization_leaves_no_place_behind(tmp_path: Path) -> None:
    taken(json_file(tmp_path / "a.json", [service()]), "second")
    before = landed()
    item = service(1, organization_id=named("org"))
    del item["organization"]
    report = taken(json_file(tmp_path / "b.json", [item]))
    assert "organization_id names a record of another publisher" in reasons(report)[0]
    assert any("the item that holds it was refused" in reason for reason in reasons(report))
    assert landed() == before


def test_an_item_whose_id_a_table_told_before_leaves_no_phone_behind(tmp_path: Path) -> None:
    path = tmp_path / "p"
    path.mkdir()
    row = {"id": named("service0"), "name": "Of the table", "status": "active"}
    (path / "rows.json").write_text(json.dumps({"services.csv": [row]}))
    (path / "services.json").write_text(json.dumps([service(), service(1)]))
    report = taken(path)
    assert [reason for reason in reasons(report) if "rows.json, row 1 has the same id" in reason]
    assert landed() == {
        "organization": ["House"], "service": ["Advice 1", "Of the table"], "location": ["Place 1"],
        "phone": ["613-555-0101", "613-555-0181"], "schedule": ["WEEKLY"],
    }  # fmt: skip


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_pairing_of_a_refused_service_holds_a_place_that_stays_only_where_others_name_it(
    tmp_path: Path, *, is_shared: bool
) -> None:
    path = tmp_path / "p"
    path.mkdir()
    bad = service(0, status="wrong")
    sites = bad.pop("service_at_locations")
    items = [site | {"service_id": named("service0")} for site in sites]
    (path / "services.json").write_text(json.dumps([bad, *([service(1, place=0)] if is_shared else [])]))
    (path / "service_at_locations.json").write_text(json.dumps(items))
    report = taken(path)
    assert "status is 'wrong'" in "\n".join(reasons(report))
    shared = {
        "organization": ["House"], "service": ["Advice 1"], "location": ["Place 0"],
        "phone": ["613-555-0101", "613-555-0180"], "schedule": ["WEEKLY"],
    }  # fmt: skip
    assert landed() == (shared if is_shared else NOTHING)
    assert not taken(path).added.total()


@pytest.mark.parametrize(
    "fault", [{"status": "wrong"}, {"schedules": [{"id": named("hours0"), "freq": "NEVER"}]}]
)
def test_an_item_that_can_not_be_read_changes_nothing_of_what_is_stored(
    tmp_path: Path, fault: dict[str, Any]
) -> None:
    taken(json_file(tmp_path / "a.json", [service()]))
    before = landed()
    changed = service(0, description="New", **fault)
    changed["phones"][0]["number"] = "613-555-0199"
    changed["service_at_locations"][0]["location"]["name"] = "Other"
    assert taken(json_file(tmp_path / "b.json", [changed])).refusals_total == 1
    assert landed() == before
    assert not Service.objects.get().description
