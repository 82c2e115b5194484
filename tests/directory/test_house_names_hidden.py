"""The names of a protected place: by them people know the house, so that no text of its organization tells them."""

import uuid
from pathlib import Path

import pytest

from directory.actions.edit_record import edit_record
from directory.actions.project_listings import project_services
from directory.actions.protect_location import Protection, protect_location
from directory.actions.refused import Refused
from directory.models.address import Address
from directory.models.location import Location
from directory.models.metadata import Metadata
from directory.models.organization import Organization
from directory.models.publisher import Publisher
from directory.models.service import Service
from safety.viewer import Tier, Viewer
from tests.directory.conftest import MakeService
from tests.directory.hsds_packages import Files, folder, named, taken, whole
from tests.directory.sweep import found_in_tables

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
NEEDLES = ["Quillfeather", "Marigold", "Nightjar"]


def protect(service: Service) -> Protection:
    location = Location.objects.get(services__service=service)
    return protect_location(location_id=location.pk, viewer=STEWARD)


@pytest.fixture
def house(make_service: MakeService) -> Service:
    """A service at a place with three names of its own."""
    place = {"name": "Quillfeather House", "alternate_name": "The Marigold"}
    service = make_service("Clinic", place=place, street="12 Example Street")
    Address.objects.update(attention="Nightjar Lodge")
    return service


def tell(service: Service) -> None:
    """Say each of the names somewhere in the texts of its organization."""
    text = "Rest. Quillfeather House, our shelter, is open. The MARIGOLD has beds. Call first."
    Organization.objects.filter(pk=service.organization_id).update(description=text)
    Service.objects.filter(pk=service.pk).update(
        description="Ask at Nightjar Lodge. Call first.", alternate_name="Quillfeather",
        application_process="Write to quillfeather house.", url="https://quillfeather-house.example/",
    )  # fmt: skip
    Publisher.objects.filter(slug="list").update(may_redistribute=True)
    project_services([service.pk])


def test_its_names_go_from_every_table(house: Service) -> None:
    tell(house)
    Metadata.objects.create(
        publisher=house.publisher, resource_id=Location.objects.get().pk, resource_type="location", field_name="name",
        previous_value="Wrenfield Hall", replacement_value="Quillfeather House",
    )  # fmt: skip
    Organization.objects.update(description_fr="Repos. Autrefois Wrenfield Hall.")
    assert {"organization", "service", "hsds_document"} <= {table for table, _ in found_in_tables(NEEDLES)}
    report = protect(house)
    assert found_in_tables([*NEEDLES, "Wrenfield"]) == []
    assert Organization.objects.get().description == "Rest. Call first."
    assert Service.objects.get().description == "Call first."
    assert ("service", house.pk, "alternate_name") in {(c.entity, c.record_id, c.field) for c in report.cut}


def test_a_name_that_its_organization_or_service_bears_is_no_secret(house: Service) -> None:
    tell(house)
    Organization.objects.update(name="Quillfeather House")
    protect(house)
    organization = Organization.objects.get()
    assert organization.name == "Quillfeather House"
    assert organization.description == "Rest. Quillfeather House, our shelter, is open. Call first."
    assert found_in_tables(NEEDLES[1:]) == []


def test_common_words_are_no_names(make_service: MakeService) -> None:
    text = "Ask at the main office. The women's shelter has hope. Our house is warm. Downtown location."
    place = {"name": "Main office", "alternate_name": "Women's Shelter"}
    service = make_service("Clinic", place=place, street="12 Example Street", description=text)
    Address.objects.update(attention="Hope")
    protect(service)
    assert Service.objects.get().description == text


def package(**more: str) -> Files:
    files = whole()
    files["locations.csv"][0] |= {"name": "Quillfeather House", "alternate_name": "The Marigold"}
    files["addresses.csv"][0]["attention"] = "Nightjar Lodge"
    files["organizations.csv"][0]["description"] = "Help. Quillfeather House is ours. So is the Marigold."
    files["services.csv"][0] |= {"description": "Rest. Ask at Nightjar Lodge.", **more}
    return files


@pytest.mark.parametrize("name", ["Legal advice", "Emergency shelter"])
def test_no_import_tells_its_names_again(tmp_path: Path, name: str) -> None:
    path = folder(tmp_path / "p", package(name=name))
    taken(path)
    protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    for _ in range(2):
        assert found_in_tables(NEEDLES) == []
        taken(path)
    assert taken(path).is_unchanged
    assert Organization.objects.get().description == "Help."
    for row in (files := package(name=name, alert="Marigold is full"))["locations.csv"]:
        row |= {"name": "", "alternate_name": ""}
    taken(folder(path, files))
    assert found_in_tables(NEEDLES) == []


def test_nobody_types_them_in_again(house: Service) -> None:
    protect(house)
    with pytest.raises(Refused, match="tells where a protected place is"):
        edit_record(
            entity="service",
            record_id=house.pk,
            values={"description": "At Quillfeather House"},
            viewer=STEWARD,
        )
