"""A place is protected here and its feed goes on telling its door: no byte of it comes back, however often it comes."""

import csv
import uuid
from pathlib import Path

import pytest
from django.core.management import call_command

from directory.actions.protect_location import protect_location
from directory.models.location import Location
from directory.models.service import Service
from safety.viewer import Tier, Viewer
from tests.directory.sweep import as_bytes, found_in_tables

pytestmark = pytest.mark.promise(2)
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
ORGANIZATION, SERVICE, PLACE, SITE, ADDRESS, PHONE = (str(uuid.UUID(int=n, version=4)) for n in range(1, 7))
LATITUDE, LONGITUDE = 44.231234, -76.481234
PACKAGE: dict[str, list[dict[str, str]]] = {
    "organizations": [{"id": ORGANIZATION, "name": "House", "description": "Safe. At 12 Canary Street."}],
    "services": [
        {
            "id": SERVICE,
            "organization_id": ORGANIZATION,
            "name": "Beds",
            "status": "active",
            "description": "Rest. Come to 12 Canary Street. Call first.",
        }
    ],
    "locations": [
        {
            "id": PLACE,
            "organization_id": ORGANIZATION,
            "location_type": "physical",
            "name": "Canary House",
            "alternate_name": "The canary house",
            "description": "Behind the canary cage",
            "transportation": "Canary bus 7",
            "latitude": str(LATITUDE),
            "longitude": str(LONGITUDE),
            "external_identifier": "CANARY-77",
        }
    ],
    "service_at_location": [
        {"id": SITE, "service_id": SERVICE, "location_id": PLACE, "description": "Ring the canary bell"}
    ],
    "addresses": [
        {
            "id": ADDRESS,
            "location_id": PLACE,
            "address_1": "12 Canary Street",
            "city": "Kingston",
            "state_province": "ON",
            "postal_code": "K7L 9Z9",
            "country": "CA",
            "address_type": "physical",
        }
    ],
    "phones": [{"id": PHONE, "location_id": PLACE, "number": "1-866-555-0142", "description": "Canary door"}],
    "accessibility": [{"id": str(uuid.uuid4()), "location_id": PLACE, "description": "Canary ramp"}],
    "contacts": [{"id": str(uuid.uuid4()), "location_id": PLACE, "name": "Canary Keeper"}],
    "schedules": [
        {"id": str(uuid.uuid4()), "location_id": PLACE, "freq": "WEEKLY", "notes": "Canary gate after dark"}
    ],
    "service_areas": [
        {"id": str(uuid.uuid4()), "service_id": SERVICE, "uri": "https://canary.example/outline"}
    ],
    "metadata": [
        {
            "id": str(uuid.uuid4()),
            "resource_id": resource,
            "resource_type": kind,
            "last_action_date": "2026-01-05",
            "last_action_type": "update",
            "field_name": "address_1",
            "previous_value": "11 Canary Street",
            "replacement_value": "12 Canary Street",
            "updated_by": "canary",
        }
        for kind, resource in (("address", ADDRESS), ("location", PLACE), ("service", SERVICE))
    ],
}


def import_package(folder: Path) -> None:
    for name, rows in PACKAGE.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    call_command("import_hsds", str(folder), publisher="feed")


def traces() -> list[tuple[str, str]]:
    return found_in_tables(["canary", "K7L 9Z9", "44.23123", as_bytes(LATITUDE), as_bytes(LONGITUDE)])


@pytest.mark.promise(1)
def test_an_import_never_brings_a_protected_door_back(db: None, tmp_path: Path) -> None:
    import_package(tmp_path)
    assert {"location", "address", "phone", "service", "organization", "metadata"} <= {t for t, _ in traces()}
    report = protect_location(location_id=uuid.UUID(PLACE), viewer=STEWARD)
    assert report.area == "on-kingston"
    assert traces() == []
    for _ in range(2):
        import_package(tmp_path)
        assert traces() == []
    place = Location.objects.get(pk=PLACE)
    assert (place.is_protected, place.area_id, place.placed_by) == (True, "on-kingston", "area")
    assert Service.objects.get(pk=SERVICE).description == "Rest. Call first."
