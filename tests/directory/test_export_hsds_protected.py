"""Nothing that leads to a protected place leaves in any export, at no tier and in no form."""

import csv
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command

from directory.actions.project_listings import project_services
from directory.actions.protect_location import protect_location
from directory.hsds.export_disclosure import disclosure
from directory.hsds.nested import tell_items
from directory.hsds.nested_view import View
from directory.models.accessibility import Accessibility
from directory.models.address import Address
from directory.models.contact import Contact
from directory.models.location import Location, PlacedBy
from directory.models.metadata import Metadata
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.protected_address import ProtectedAddress
from directory.models.publisher import Publisher
from directory.models.service import Service
from directory.models.service_area import ServiceArea
from directory.models.service_at_location import ServiceAtLocation
from safety.viewer import Tier, Viewer

CANARIES = ("anary", "48.3821", "89.2477", "P7B 0Z9")


@pytest.fixture
def shelter(db: None) -> Service:
    """A service at an open place of which every field that may lead there holds a canary."""
    feed = Publisher.objects.create(slug="feed", name="Feed", may_redistribute=True)
    both = ["site", "open_data"]
    house = Organization.objects.create(
        publisher=feed, name="House", email="in@house.example", publish_to=both
    )
    service = Service.objects.create(
        publisher=feed, organization=house, name="Beds", email="beds@house.example"
    )
    place = Location.objects.create(
        publisher=feed,
        organization=house,
        name="Canary House",
        alternate_name="The Canary",
        description="Behind the Canary mill",
        url="https://canary.example/",
        transportation="Canary bus 12",
        latitude=48.38219,
        longitude=-89.24771,
        placed_by=PlacedBy.COORDINATES,
        external_identifier="CANARY-9 anary",
        written={"latitude": "48.382190"},
    )
    site = ServiceAtLocation.objects.create(
        publisher=feed, service=service, location=place, description="Ring at the Canary door"
    )
    Address.objects.create(
        publisher=feed, location=place, address_1="77 Canary Lane", city="Thunder Bay", state_province="ON",
        postal_code="P7B 0Z9",
    )  # fmt: skip
    Accessibility.objects.create(publisher=feed, location=place, description="Canary ramp")
    ServiceArea.objects.create(
        publisher=feed, service_at_location=site, name="Canary streets", extent="48.3821"
    )
    Contact.objects.create(publisher=feed, location=place, name="Canary keeper")
    Phone.objects.create(publisher=feed, location=place, service=service, number="1-888-555-0120")
    Metadata.objects.create(
        publisher=feed, resource_id=place.pk, field_name="transportation", previous_value="Canary bus 11"
    )
    project_services([service.pk])
    return service


def protect(service: Service) -> Location:
    """Protect its place; then put back, past every action, what a forgotten road might leave."""
    place = Location.objects.get()
    viewer = Viewer(user=uuid4(), organization=service.organization_id, tier=Tier.CUSTODIAN)
    protect_location(location_id=place.pk, viewer=viewer)
    for field_name in ("transportation", "latitude", "no field of ours"):
        Metadata.objects.create(
            publisher_id="feed", resource_id=place.pk, field_name=field_name, replacement_value="Canary"
        )
    ServiceArea.objects.create(
        publisher_id="feed", service=service, name="North-West", extent="Canary outline"
    )
    ProtectedAddress.objects.create(
        location=place,
        organization=service.organization,
        sealed=b"Canary sealed",
        stored_at=datetime.now(UTC),
    )
    project_services([service.pk])
    return place


def exports(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte of every export there is, with the name of its form."""
    for tier in ("public", "vetted", "custodian"):
        for form in ("csv", "json", "zip"):
            path = folder / f"{tier}-{form}"
            call_command("export_hsds", path, tier=tier, format=form)
            if form == "zip":
                with zipfile.ZipFile(path) as packed:
                    yield path.name, b"".join(packed.read(name) for name in packed.namelist())
            else:
                yield path.name, b"".join(file.read_bytes() for file in sorted(path.iterdir()))


@pytest.mark.promise(1)
def test_no_byte_of_a_protected_place_leaves_at_any_tier_in_any_form(
    shelter: Service, tmp_path: Path
) -> None:
    (tmp_path / "before").mkdir()
    assert all(b"77 Canary Lane" in told for _, told in exports(tmp_path / "before"))
    protect(shelter)
    (tmp_path / "after").mkdir()
    for name, told in exports(tmp_path / "after"):
        assert b"Beds" in told, name
        assert [canary for canary in CANARIES if canary.encode() in told] == [], name


@pytest.mark.promise(1)
def test_open_data_places_a_protected_site_by_its_area_alone(shelter: Service, tmp_path: Path) -> None:
    protect(shelter)
    call_command("export_hsds", tmp_path / "csv", tier="public")
    rows = {
        path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for path in (tmp_path / "csv").glob("*.csv")
    }
    assert rows["addresses"] == []
    assert {row["latitude"] + row["longitude"] for row in rows["locations"]} == {""}
    assert rows["phones"][0]["service_id"] == str(shelter.pk)


@pytest.mark.promise(2)
def test_what_stands_closer_to_a_protected_place_is_for_partners(shelter: Service, tmp_path: Path) -> None:
    protect(shelter)
    call_command("export_hsds", tmp_path / "out", tier="public", format="json")
    public = (tmp_path / "out" / "services.json").read_text(encoding="utf-8")
    partner = json.dumps(list(tell_items(View("service"), disclosure(Tier.VETTED))))
    for address in ("beds@house.example", "in@house.example"):
        assert address not in public
        assert address in partner
    tables = json.dumps(list(tell_items(View("service"), disclosure(Tier.PUBLIC))))
    assert "house.example" not in tables


def test_the_history_of_a_protected_place_tells_which_field_changed_and_no_more(shelter: Service) -> None:
    place = protect(shelter)
    told = next(tell_items(View("location"), disclosure(Tier.CUSTODIAN), [place.pk]))
    assert {change["field_name"] for change in told["metadata"]} >= {"transportation", "latitude"}
    assert {change["replacement_value"] for change in told["metadata"]} == {""}
    assert told.keys() <= {"id", "location_type", "phones", "metadata"}


@pytest.mark.promise(2)
def test_the_public_rows_hold_no_contact_and_nothing_internal(shelter: Service, tmp_path: Path) -> None:
    Service.objects.update(assurer_email="assurer@house.example")
    project_services([shelter.pk])
    call_command("export_hsds", tmp_path / "out", tier="public")
    told = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert b"77 Canary Lane" in told
    assert b"Canary keeper" not in told
    assert b"assurer@house.example" not in told
    assert b"Canary bus 11" not in told
    assert not (tmp_path / "out" / "metadata.csv").exists()
