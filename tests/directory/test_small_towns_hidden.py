"""A protected place in a small community: no byte of its organization's texts names that community any more."""

import uuid
from pathlib import Path
from typing import Any

import pytest

from directory.actions.edit_record import edit_record
from directory.actions.project_listings import project_services
from directory.actions.protect_location import Protection, protect_location
from directory.actions.refused import Refused
from directory.models.address import Address
from directory.models.contact import Contact
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.metadata import Metadata
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.program import Program
from directory.models.publisher import Publisher
from directory.models.required_document import RequiredDocument
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_area import ServiceArea
from directory.models.taxonomy import Attribute
from directory.models.url import Url
from safety.viewer import Tier, Viewer
from tests.directory.conftest import MakeService
from tests.directory.hsds_packages import Files, folder, named, taken, whole
from tests.directory.sweep import found_in_tables
from tests.directory.test_import_table import imported, mapping

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
TOWN = "Atikokan"
"""2,753 people: it belongs to the area of Fort Frances."""
KNOWN = {"place", "place_name", "quarter"}
"""Tables of the gazetteer, where every community stands."""


def told() -> list[tuple[str, str]]:
    return [found for found in found_in_tables([TOWN]) if found[0] not in KNOWN]


def protect(service: Service) -> Protection:
    location = Location.objects.get(services__service=service)
    return protect_location(location_id=location.pk, viewer=STEWARD)


@pytest.fixture
def village(make_service: MakeService) -> Service:
    """A service in a small community, which all its texts name."""
    service = make_service("Clinic", f"{TOWN}, ON", street="12 Example Street", phone="1-866-555-0142")
    line = f"We help. Find us in {TOWN}. Call first."
    organization, publisher = service.organization, service.publisher
    assert organization is not None
    Organization.objects.filter(pk=organization.pk).update(
        description=line, description_fr=f"À {TOWN.upper()}.", alternate_name=f"{TOWN} House",
        website="https://www.atikokanhouse.example/",
    )  # fmt: skip
    Service.objects.filter(pk=service.pk).update(
        description=line, alternate_name=f"The {TOWN} clinic", application_process=f"Ask in {TOWN.lower()}.",
        eligibility_description=f"People of {TOWN}", fees_description=f"{TOWN}: none", alert=f"{TOWN} is open",
        written={"wait_time": f"{TOWN}, two days"},
    )  # fmt: skip
    here: dict[str, Any] = {"publisher": publisher, "service": service}
    ServiceArea.objects.create(**here, name=TOWN, name_fr=f"{TOWN} et environs")
    ServiceArea.objects.create(**here, name="Ontario")
    RequiredDocument.objects.create(**here, document=f"A card of {TOWN}")
    Phone.objects.create(**here, number="211", description=f"The line of {TOWN}")
    Schedule.objects.create(**here, description=f"In {TOWN} on Mondays", byday="MO")
    Contact.objects.create(**here, name="Desk", department=f"{TOWN} desk")
    Url.objects.create(**here, url="https://atikokan.example/")
    Program.objects.create(publisher=publisher, organization=organization, name="P", description=line)
    Attribute.objects.create(
        publisher=publisher, link_id=service.pk, link_entity="service", value=TOWN, label=TOWN,
        taxonomy_term_id=Attribute.objects.get(link_id=service.pk).taxonomy_term_id,
    )  # fmt: skip
    Metadata.objects.create(
        publisher=publisher, resource_id=organization.pk, resource_type="organization", field_name="description",
        previous_value=f"Once in {TOWN}", replacement_value=line,
    )  # fmt: skip
    Publisher.objects.filter(slug="list").update(may_redistribute=True)
    project_services([service.pk])
    return service


def test_no_table_names_the_community_of_a_place_whose_area_is_wider(village: Service) -> None:
    before = {table for table, _ in told()}
    assert {"organization", "service", "service_area", "hsds_document", "listing_page"} <= before
    report = protect(village)
    assert told() == []
    assert report.area == "on-fort-frances"
    village.refresh_from_db()
    assert (village.description, village.alternate_name) == ("We help. Call first.", "")
    assert [area.name for area in ServiceArea.objects.all()] == ["Ontario"]
    assert ("service", village.pk, "description") in {(c.entity, c.record_id, c.field) for c in report.cut}
    assert Listing.objects.filter(service_id=village.pk).exists()


def test_what_means_something_else_stays(make_service: MakeService) -> None:
    service = make_service("Advice", f"{TOWN}, ON")
    line = (
        "Of Atikokan Helpers. In Atikokan County. Off Atikokan Road. Région d’Atikokan. Also in Fort Frances."
    )
    Organization.objects.update(name="Atikokan Helpers", description=line, description_fr="Atikokan Helpers")
    protect(service)
    organization = Organization.objects.get()
    assert (organization.name, organization.description) == ("Atikokan Helpers", line)
    assert organization.description_fr == "Atikokan Helpers"


def test_a_community_that_is_its_own_area_may_be_told(make_service: MakeService) -> None:
    service = make_service("Advice", "Kingston, ON", description="In Kingston. Call.")
    protect(service)
    assert Service.objects.get().description == "In Kingston. Call."


def test_an_open_place_of_the_same_organization_keeps_its_town(make_service: MakeService) -> None:
    service = make_service("Advice", f"{TOWN}, ON")
    office = Location.objects.create(
        publisher=service.publisher, organization=service.organization, name="Atikokan office"
    )
    Address.objects.create(
        publisher=service.publisher, location=office, address_1="7 Other Road", city=TOWN, state_province="ON"
    )
    protect(service)
    assert Address.objects.get().city == TOWN
    assert Location.objects.get(pk=office.pk).name == "Atikokan office"


def package(**more: str) -> Files:
    files = whole()
    files["organizations.csv"][0]["description"] = f"Help. We are in {TOWN}."
    files["services.csv"][0] |= {"description": f"Rest. Our house is in {TOWN}. Call.", **more}
    files["service_areas.csv"].append(
        {"id": named("area2"), "service_id": named("service"), "name": f"{TOWN} and around"}
    )
    files["addresses.csv"][0] |= {"city": TOWN, "postal_code": ""}
    files["locations.csv"][0] |= {"latitude": "48.7567", "longitude": "-91.6241"}
    return files


def test_no_import_names_the_community_again(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", package())
    taken(path)
    assert {"organization", "service", "service_area"} <= {table for table, _ in told()}
    protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    assert told() == []
    for _ in range(2):
        taken(path)
        assert told() == []
    assert taken(path).is_unchanged
    assert Service.objects.get().description == "Rest. Call."
    taken(folder(path, package(alert=f"Closed today in {TOWN}")))
    assert told() == []


def test_a_shelter_that_comes_in_protected_names_no_community(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", package(name="Emergency shelter"))
    taken(path)
    assert told() == []
    assert Location.objects.get().area_id == "on-fort-frances"
    assert taken(path).is_unchanged
    Service.objects.update(description=f"Somebody wrote {TOWN}.")
    taken(folder(path, package(name="Emergency shelter", alert="New")))
    assert Service.objects.get().description == "Rest. Call."


def test_texts_of_another_organization_of_the_same_package_keep_the_community(tmp_path: Path) -> None:
    files = package(name="Emergency shelter")
    files["organizations.csv"].append(
        {"id": named("org2"), "name": "Other", "description": f"Help for {TOWN}."}
    )
    files["services.csv"].append(
        {"id": named("service2"), "organization_id": named("org2"), "name": "Transition house",
         "description": f"People from {TOWN} are welcome.", "status": "active"}
    )  # fmt: skip
    files["locations.csv"].append(
        {"id": named("place2"), "location_type": "physical", "organization_id": named("org2"),
         "latitude": "44.2312", "longitude": "-76.4860"}
    )  # fmt: skip
    files["service_at_location.csv"].append(
        {"id": named("site2"), "service_id": named("service2"), "location_id": named("place2")}
    )
    taken(folder(tmp_path / "p", files))
    assert Location.objects.filter(is_protected=True).count() == 2
    assert Organization.objects.get(name="Other").description == f"Help for {TOWN}."
    assert Organization.objects.get(pk=named("org")).description == "Help."


def test_nobody_types_the_community_in_again(village: Service) -> None:
    protect(village)
    for entity, record, values in (
        ("organization", village.organization_id, {"description": f"Visit us in {TOWN}"}),
        ("service_area", ServiceArea.objects.get().pk, {"name": TOWN}),
    ):
        assert record is not None
        with pytest.raises(Refused, match="tells where a protected place is"):
            edit_record(entity=entity, record_id=record, values=values, viewer=STEWARD)
    assert village.organization_id is not None
    edit_record(
        entity="organization", record_id=village.organization_id,
        values={"description": "Visit us in Fort Frances"}, viewer=STEWARD,
    )  # fmt: skip


HOUSE = {"id": "house", "name": "A House", "category": "Housing", "street": "12 Madeup Ave", "province": "ON"}
COLUMNS = {"address_1": "street", "city": "city", "state_province": "province", "postal_code": "code"}


def test_no_list_names_the_community_of_a_place_that_it_protects() -> None:
    by = mapping(place=COLUMNS, columns={"name": "name", "description": "description", "alert": "alert"})
    row = HOUSE | {
        "city": TOWN,
        "description": f"Rest. Our house is in {TOWN}. Call.",
        "alert": f"{TOWN} is full",
    }
    other = HOUSE | {"id": "other", "name": "B House", "city": "Kingston", "description": f"Also for {TOWN}."}
    for changed in (True, False):
        report = imported([row, other | {"organization": "Others"}], by=by)
        assert bool(report.added or report.changed) is changed
        assert not [table for table, _ in told() if table not in ("service", "listing", "listing_page")]
        service = Service.objects.get(name="A House")
        assert (service.description, service.alert) == ("Rest. Call.", "")
        assert Service.objects.get(name="B House").description == f"Also for {TOWN}."
