"""Protecting a place that was public: nothing that leads to its door remains in any table of the database."""

import uuid
from typing import Any

import pytest
from django.apps import apps
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.utils import timezone

from directory.actions.forget_again import forget_again
from directory.actions.load_vocabulary import term_id
from directory.actions.project_listings import project_services
from directory.actions.protect_location import Protection, protect_location
from directory.actions.refused import Refused
from directory.actions.shut_places import NOT_FOR_EVERYBODY
from directory.models.accessibility import Accessibility
from directory.models.address import Address
from directory.models.contact import Contact
from directory.models.coverage import ServiceCoverage
from directory.models.field_source import FieldSource
from directory.models.import_conflict import ImportConflict
from directory.models.language import Language
from directory.models.listing import Listing
from directory.models.location import Location, PlacedBy
from directory.models.metadata import Metadata
from directory.models.phone import Phone
from directory.models.program import Program
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_area import ServiceArea
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute
from directory.models.url import Url
from safety.audit import AuditEntry
from safety.viewer import Tier, Viewer
from tests.directory.conftest import MakeService
from tests.directory.sweep import as_bytes, found_in_tables

pytestmark = pytest.mark.promise(2)
STREET, CODE, LATITUDE, LONGITUDE = "12 Example Street", "K7L 9Z9", 44.231234, -76.481234
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
# A number is there to be called, a language to be spoken; what kind of place it is, is one of three words.
STAYS = {
    *("phone.number", "phone.extension", "phone.type", "language.name", "language.code"),
    *("service_area.name", "service_area.name_fr", "location.location_type"),
}


def planted(model: type[Model]) -> dict[str, Any]:
    """A canary in every text of a record, and in what was written of it."""
    table = model._meta.db_table
    texts = [
        field.name
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "TextField" and f"{table}.{field.name}" not in STAYS
    ]
    return {name: f"canary {table} {name}" for name in texts} | {"written": {"field": f"canary {table}"}}


def fill(service: Service) -> Location:
    """Canaries in every text of the place of `service` and of all that hangs on it, and in its history."""
    location = Location.objects.get(services__service=service)
    site = ServiceAtLocation.objects.get(service=service)
    Location.objects.filter(pk=location.pk).update(**planted(Location), flags=["canary:flag"])
    ServiceAtLocation.objects.filter(pk=site.pk).update(**planted(ServiceAtLocation))
    here: list[tuple[type[Model], dict[str, Any]]] = [
        (Address, {"location": location}),
        (Accessibility, {"location": location}),
        (Contact, {"location": location}),
        (Contact, {"service_at_location": site}),
        (Phone, {"location": location, "number": "613-555-0155"}),
        (Phone, {"service_at_location": site, "number": "1-866-555-0155"}),
        (Schedule, {"location": location}),
        (Schedule, {"service_at_location": site}),
        (Language, {"location": location}),
        (ServiceArea, {"service_at_location": site}),
        (ServiceArea, {"service": service}),
    ]
    ids = [("location", location.pk), ("service_at_location", site.pk)]
    for model, owner in here:
        row = model._default_manager.create(publisher=service.publisher, **(planted(model) | owner))
        ids.append((model._meta.db_table, row.pk))
    for entity, key in ids:
        _plant_about(service, entity, key)
    about_service = planted(Metadata) | {"resource_id": service.pk}
    Metadata.objects.create(publisher=service.publisher, **about_service)
    return location


def _plant_about(service: Service, entity: str, key: uuid.UUID) -> None:
    Metadata.objects.create(publisher=service.publisher, **(planted(Metadata) | {"resource_id": key}))
    FieldSource.objects.create(
        entity=entity, record_id=key, field="name", source_url="https://canary.example"
    )
    ImportConflict.objects.create(
        publisher=service.publisher, entity=entity, record_id=key, field="name", offered="canary",
        first_seen_at=timezone.now(),
    )  # fmt: skip
    if entity != "service_at_location":
        tie = {"link_id": key, "taxonomy_term_id": term_id("legal_advice")}
        Attribute.objects.create(publisher=service.publisher, **(planted(Attribute) | tie))


@pytest.fixture
def open_place(make_service: MakeService) -> Service:
    """A service at a public place with a street and a point."""
    place = {"latitude": LATITUDE, "longitude": LONGITUDE}
    return make_service("Clinic", place=place, street=STREET, phone="1-866-555-0142")


def protect(service: Service) -> Protection:
    location = Location.objects.get(services__service=service)
    return protect_location(location_id=location.pk, viewer=STEWARD)


@pytest.mark.promise(1)
def test_no_byte_of_the_door_remains_in_any_column_of_any_table(open_place: Service) -> None:
    location = fill(open_place)
    project_services([open_place.pk])
    before = {table for table, _ in found_in_tables(["canary"])}
    hanging = {
        "address",
        "accessibility",
        "contact",
        "phone",
        "schedule",
        "language",
        "service_area",
        "attribute",
    }
    assert {"location", "metadata", "field_source", "import_conflict", *hanging} <= before
    protect_location(location_id=location.pk, viewer=STEWARD)
    assert found_in_tables(["canary", STREET, "44.23123", "76.48123"]) == []
    assert found_in_tables([as_bytes(LATITUDE), as_bytes(LONGITUDE)]) == []


@pytest.mark.promise(1)
def test_what_is_left_is_the_area_and_its_one_point(open_place: Service) -> None:
    report = protect(open_place)
    place = Location.objects.select_related("area").get(services__service=open_place)
    assert (place.is_protected, place.placed_by, place.area_id) == (True, PlacedBy.AREA, "on-kingston")
    assert (report.area, place.community) == ("on-kingston", None)
    listing = Listing.objects.get(service_id=open_place.pk)
    assert listing.point is not None
    assert place.area is not None
    assert listing.point.coords == pytest.approx((place.area.longitude, place.area.latitude))


@pytest.mark.promise(1)
def test_where_in_the_area_it_stood_changes_no_byte_of_what_is_stored(make_service: MakeService) -> None:
    told = []
    for latitude, street in ((44.231234, STREET), (44.251111, "98 Other Road")):
        place = {"latitude": latitude, "longitude": LONGITUDE}
        service = make_service("Clinic", place=place, street=street)
        protect(service)
        row = Location.objects.filter(services__service=service).values().get()
        told.append({name: value for name, value in row.items() if name not in ("id", "organization_id")})
    assert told[0] == told[1]


def test_a_text_of_its_organization_that_tells_the_street_loses_that_sentence(open_place: Service) -> None:
    organization = open_place.organization
    organization.description = f"We help. Visit us at {STREET.upper()}. Call first."
    organization.save()
    program = Program.objects.create(
        publisher=open_place.publisher,
        organization=organization,
        name="P",
        description=f"{LATITUDE}, {LONGITUDE}",
    )
    Url.objects.create(
        publisher=open_place.publisher, organization=organization, url="https://maps.example/?q=12+Example+St"
    )
    Service.objects.filter(pk=open_place.pk).update(written={"alert": f"Now at {STREET}", "fees": "none"})
    offered = f"Come to {STREET}."
    ImportConflict.objects.create(
        publisher=open_place.publisher, entity="service", record_id=open_place.pk, field="description",
        offered=offered, first_seen_at=timezone.now(),
    )  # fmt: skip
    report = protect(open_place)
    assert found_in_tables([STREET, "12 example", "12+Example", "44.23123"]) == []
    organization.refresh_from_db()
    assert organization.description == "We help. Call first."
    assert Service.objects.get(pk=open_place.pk).written == {"fees": "none"}
    told = {(cut.entity, cut.record_id, cut.field) for cut in report.cut}
    assert ("organization", organization.pk, "description") in told
    assert ("program", program.pk, "description") in told


def test_the_history_of_a_street_is_looked_for_too(open_place: Service) -> None:
    address = Address.objects.get(location__services__service=open_place)
    Metadata.objects.create(
        publisher=open_place.publisher, resource_id=address.pk, resource_type="address", field_name="address_1",
        previous_value="7 Former Lane", replacement_value=STREET,
    )  # fmt: skip
    Service.objects.filter(pk=open_place.pk).update(description="We were at 7 Former Lane before. We moved.")
    protect(open_place)
    assert found_in_tables(["Former"]) == []
    assert Service.objects.get(pk=open_place.pk).description == "We moved."


def test_a_name_that_tells_the_street_is_refused_and_nothing_changes(open_place: Service) -> None:
    Service.objects.filter(pk=open_place.pk).update(name="The house at 12 Example")
    with pytest.raises(Refused, match="give it another one"):
        protect(open_place)
    assert Address.objects.filter(address_1=STREET).exists()
    assert not AuditEntry.objects.filter(action="protect_location").exists()


def test_numbers_stay_and_those_of_a_town_wait_for_the_keeper(open_place: Service) -> None:
    fill(open_place)
    report = protect(open_place)
    flagged = Phone.objects.filter(flags__contains=[NOT_FOR_EVERYBODY])
    assert [phone.number for phone in flagged] == ["613-555-0155"]
    assert report.numbers == (flagged.get().pk,)
    assert Phone.objects.filter(number="1-866-555-0155").exists()


def test_hours_stay_as_far_as_they_are_hours(open_place: Service) -> None:
    location = Location.objects.get(services__service=open_place)
    hours = {"opens_at": "09:00", "closes_at": "17:00:00Z", "byday": "MO,+1TU", "dtstart": "2026-01-05"}
    Schedule.objects.create(
        publisher=open_place.publisher, location=location, **hours, until="12 Example Street"
    )
    protect(open_place)
    kept = Schedule.objects.get(location=location)
    assert {name: getattr(kept, name) for name in hours} == hours
    assert kept.until == ""


def test_a_person_of_the_place_goes_and_one_of_the_organization_stays(open_place: Service) -> None:
    location = Location.objects.get(services__service=open_place)
    facts = {"publisher": open_place.publisher, "location": location}
    Contact.objects.create(**facts, name="At the door")
    Contact.objects.create(**facts, organization=open_place.organization, name="Director")
    protect(open_place)
    assert list(Contact.objects.values_list("name", "location")) == [("Director", None)]


def test_another_place_with_this_street_is_told_and_left_alone(
    open_place: Service, make_service: MakeService
) -> None:
    other = make_service("Office", street="12 EXAMPLE St., Unit 4")
    make_service("Elsewhere", "Toronto, ON", street=STREET)
    report = protect(open_place)
    shared = Location.objects.get(services__service=other)
    assert report.shared == (shared.pk,)
    assert not shared.is_protected
    assert Address.objects.filter(location=shared).exists()


@pytest.mark.promise(1)
def test_what_its_services_covered_by_outline_or_community_goes(open_place: Service) -> None:
    ring = Polygon(((-76.5, 44.2), (-76.4, 44.2), (-76.4, 44.3), (-76.5, 44.2)))
    ServiceCoverage.objects.create(service=open_place, kind="polygon", outline=MultiPolygon(ring))
    community = Location.objects.get(services__service=open_place).community
    ServiceCoverage.objects.create(service=open_place, kind="community", place=community)
    ServiceCoverage.objects.create(service=open_place, kind="province", province="ON")
    protect(open_place)
    assert [row.kind for row in ServiceCoverage.objects.all().order_by("pk")] == ["province"]


def test_one_audit_row_tells_how_much_and_none_of_what(open_place: Service) -> None:
    location = fill(open_place)
    protect(open_place)
    entry = AuditEntry.objects.get(action="protect_location")
    assert entry.subject_id == location.pk
    assert {type(fact) for fact in entry.facts().values()} == {int}


def test_only_its_organization_or_a_custodian_may_protect_it(open_place: Service) -> None:
    location = Location.objects.get(services__service=open_place)
    for viewer in (Viewer(), Viewer(organization=uuid.uuid4()), Viewer(user=uuid.uuid4(), tier=Tier.PARTY)):
        with pytest.raises(PermissionDenied):
            protect_location(location_id=location.pk, viewer=viewer)
    own = Viewer(user=uuid.uuid4(), organization=open_place.organization_id)
    protect_location(location_id=location.pk, viewer=own)
    assert Location.objects.get(pk=location.pk).is_protected


def test_protecting_it_again_takes_away_what_came_since(open_place: Service) -> None:
    protect(open_place)
    location = Location.objects.get(services__service=open_place)
    Phone.objects.create(
        publisher=open_place.publisher,
        location=location,
        number="211",
        description="canary: ring at the back",
    )
    assert protect(open_place).area == "on-kingston"
    assert found_in_tables(["canary"]) == []


def test_what_is_told_anew_of_the_door_is_forgotten_again_by_what_was_kept_of_it(open_place: Service) -> None:
    location = Location.objects.get(services__service=open_place)
    Location.objects.filter(pk=location.pk).update(external_identifier="CIVIC-99")
    Address.objects.filter(location=location).update(postal_code=CODE)
    protect(open_place)
    ServiceAtLocation.objects.filter(service=open_place).update(description="canary: the back door")
    description = f"Open to all. Come to 12 Example St., {CODE}. Near {LATITUDE}."
    Service.objects.filter(pk=open_place.pk).update(
        description=description, name="12 Example", alert="Civic 99"
    )
    cut = forget_again([location.pk])
    assert found_in_tables(["canary", "12 example", CODE, "44.23123", "civic 99"]) == []
    service = Service.objects.get(pk=open_place.pk)
    assert (service.description, service.name) == ("Open to all.", "…")
    assert {row.field for row in cut} == {"description", "name", "alert"}


def test_a_place_without_a_community_gets_the_area_around_its_point_or_city(
    make_service: MakeService,
) -> None:
    by_point = make_service("Point", place={"latitude": LATITUDE, "longitude": LONGITUDE, "community": None})
    by_city = make_service("City", street=STREET, place={"placed_by": "nothing", "community": None})
    nowhere = make_service("Nowhere", place={"placed_by": "nothing", "community": None})
    assert [protect(service).area for service in (by_point, by_city, nowhere)] == [
        "on-kingston", "on-kingston", "",
    ]  # fmt: skip
    assert Location.objects.get(services__service=nowhere).placed_by == PlacedBy.NOTHING


def test_every_record_that_can_hang_on_a_place_is_known_to_the_test() -> None:
    """A new entity with a link to a location has to be thought of here."""
    linked = {
        model._meta.db_table
        for model in apps.get_app_config("directory").get_models()
        for field in model._meta.concrete_fields
        if field.name in ("location", "service_at_location")
    }
    assert linked == {
        "accessibility", "address", "community_disclosure", "contact", "door_trace", "language", "opened_place",
        "phone", "protected_address", "schedule", "service_area", "service_at_location",
    }  # fmt: skip


def test_the_command_protects_and_tells_nothing_of_the_door(
    open_place: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Location.objects.get(services__service=open_place)
    street = Address.objects.filter(location=place).values_list("address_1", flat=True)[0]
    call_command("protect_location", str(place.pk))
    told = capsys.readouterr().out
    assert told.startswith("Protected. Published area: ")
    assert street not in told
    place.refresh_from_db()
    assert place.is_protected
    with pytest.raises(CommandError, match="There is no location"):
        call_command("protect_location", str(uuid.uuid4()))
