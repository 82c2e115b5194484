"""The read model: one projector writes it, it holds only what the public may know, and it can be made anew."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from directory.actions.project_listings import project_services, rebuild_listings
from directory.finding.facts import PUBLIC, Teller, public_point
from directory.finding.gathered import LanguageRow, PhoneRow, ScheduleRow, gather
from directory.models.address import Address
from directory.models.contact import Contact
from directory.models.listing import Listing, ListingPage
from directory.models.location import Location
from directory.models.phone import Phone
from directory.models.service import Service
from tests.directory.conftest import MakeService
from tests.roles import RoleClient, role

PROTECTED = {"is_protected": True}


def tables() -> list[tuple[Any, ...]]:
    """Every row of the read model, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(l) - 'point', ST_AsText(point), p.en, p.fr "
            "FROM listing l JOIN listing_page p USING (id) ORDER BY l.id"
        )
        return list(cursor.fetchall())


def public_bytes(service: Service) -> str:
    """All that the public role can read of a service, as text."""
    with role("relais_public"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(string_agg(l::text || p::text || coalesce(ST_AsText(point), ''), ' '), '')"
            " FROM listing l JOIN listing_page p USING (id) WHERE service_id = %s",
            [service.pk],
        )
        return str(cursor.fetchone()[0])


def test_rebuilding_makes_identical_tables(make_service: MakeService) -> None:
    make_service("Clinic", place={"latitude": 44.3, "longitude": -76.5}, street="12 Example Street")
    make_service("Line", reach="country", languages=["cre", "fra"], hours=[("MO,TU", "09:00", "17:00")])
    before = tables()
    rebuild_listings()
    assert len(before) == 2
    assert tables() == before


def test_a_change_is_seen_after_its_projection(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service("Old name")
    Service.objects.filter(pk=service.pk).update(name="New name")
    project_services([service.pk])
    found = visitor.get("/api/search", {"near": "Kingston"}).json()
    assert [r["service"] for r in found["results"]] == ["New name"]


@pytest.mark.parametrize("status", ["inactive", "defunct"])
def test_what_no_longer_runs_is_not_listed(make_service: MakeService, status: str) -> None:
    service = make_service()
    Service.objects.filter(pk=service.pk).update(status=status)
    project_services([service.pk])
    assert not Listing.objects.exists()
    assert not ListingPage.objects.exists()


def test_a_failed_change_leaves_the_read_model_as_it_was(make_service: MakeService) -> None:
    service = make_service("Old name")
    before = tables()

    def change_and_die() -> None:
        with transaction.atomic():
            Service.objects.filter(pk=service.pk).update(name="New name")
            project_services([service.pk])
            raise RuntimeError("killed in the middle")

    with pytest.raises(RuntimeError):
        change_and_die()
    assert tables() == before


@pytest.mark.promise(1)
@pytest.mark.promise(2)
def test_a_protected_place_stands_at_its_area_and_has_no_street(make_service: MakeService) -> None:
    service = make_service("House", place=PROTECTED, needs=["emergency_shelter"])
    listing = Listing.objects.get(service_id=service.pk)
    area = Location.objects.get(services__service=service).area
    assert area is not None
    assert listing.point is not None
    assert (listing.point.x, listing.point.y) == (area.longitude, area.latitude)
    assert not listing.has_exact_point
    page = ListingPage.objects.get(pk=listing.pk)
    assert (page.en["place"]["name"], page.fr["place"]["name"]) == (area.name, area.name_fr)
    assert (listing.province, listing.zone) == (area.province, area.zone)
    assert page.en["address"] == []
    assert page.en["is_protected"] is True


@pytest.mark.promise(2)
def test_fields_that_only_the_vetted_see_are_not_in_the_read_model(make_service: MakeService) -> None:
    canary = "canary-7f3a@house.example"
    hidden = make_service("House", place=PROTECTED, email=canary, assurer_email=canary)
    assert canary not in public_bytes(hidden)
    shown = make_service("Clinic", email=canary, assurer_email="assurer-7f3a@clinic.example")
    assert canary in public_bytes(shown)
    assert "assurer-7f3a" not in public_bytes(shown)


@pytest.mark.promise(2)
def test_the_direct_line_of_a_person_is_not_in_the_read_model(make_service: MakeService) -> None:
    service = make_service("Clinic")
    person = Contact.objects.create(publisher=service.publisher, service=service, name="Canary Person")
    Phone.objects.create(publisher=service.publisher, service=service, contact=person, number="613-555-0199")
    project_services([service.pk])
    told = public_bytes(service)
    assert "613-555-0142" in told
    assert "613-555-0199" not in told
    assert "Canary Person" not in told


@pytest.mark.promise(1)
def test_the_projector_never_takes_the_true_point_of_a_protected_place(make_service: MakeService) -> None:
    """Even of a record that the database would refuse: two walls, each holds alone."""
    service = make_service("House", place=PROTECTED)
    batch = gather([service.pk])
    site = batch.sites[str(service.pk)][0]._replace(latitude=44.3, longitude=-76.5, placed_by="coordinates")
    teller = Teller(batch, batch.services[0], site)
    assert not teller.has_exact_point
    assert public_point(site) == (site.place_longitude, site.place_latitude)


@pytest.mark.promise(2)
def test_every_field_that_is_told_without_asking_is_public_of_a_protected_place_too() -> None:
    told = {
        "service": "name name_fr description description_fr eligibility_description eligibility_description_fr"
        " application_process application_process_fr fees_description fees_description_fr alert alert_fr status reach"
        " province assured_date url copied_on minimum_age maximum_age",
        "organization": "name name_fr website",
        "service_fact": "dimension term stated low high",
        "phone": " ".join(PhoneRow._fields[1:]),
        # The note is asked of the table before it is read.
        "language": " ".join(name for name in LanguageRow._fields[1:] if name != "note"),
        # Own days are hours too. Their notes are asked of the place (test_own_days.py), as is the clock
        # (test_clocks_hidden.py).
        "schedule": " ".join({*ScheduleRow._fields[1:]} - {"is_flagged", "own_days", "zone"}),
    }
    names = {f"{entity}.{field}" for entity, fields in told.items() for field in fields.split()}
    assert names <= PUBLIC[True]


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    "geometry",
    [
        {"latitude": 44.3, "longitude": -76.5, "placed_by": "coordinates"},
        {"transportation": "Bus 12"},
        {"external_identifier": "civic-1234"},
    ],
)
def test_the_database_refuses_a_protected_place_with_geometry(
    make_service: MakeService, geometry: dict[str, Any]
) -> None:
    service = make_service("House")
    location = Location.objects.get(services__service=service)
    with pytest.raises(IntegrityError), transaction.atomic():
        Location.objects.filter(pk=location.pk).update(is_protected=True, **geometry)


@pytest.mark.promise(1)
def test_the_database_refuses_a_street_for_a_protected_place_from_either_side(
    make_service: MakeService,
) -> None:
    service = make_service("House", place=PROTECTED)
    location = Location.objects.get(services__service=service)
    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.create(
            publisher=service.publisher,
            location=location,
            address_1="12 Example Street",
            city="Kingston",
            state_province="ON",
        )
    with_street = make_service("Clinic", street="14 Example Street")
    other = Location.objects.get(services__service=with_street)
    with pytest.raises(IntegrityError), transaction.atomic():
        Location.objects.filter(pk=other.pk).update(is_protected=True)


def test_languages_and_hours_reach_the_page_in_its_language(make_service: MakeService) -> None:
    service = make_service(
        "Clinic", languages=["cmn"], hours=[("MO,TU,WE,TH,FR", "09:00", "17:00"), ("SA", "22:00", "02:00")]
    )
    page = ListingPage.objects.get(pk=Listing.objects.get(service_id=service.pk).pk)
    assert page.en["week"]["spans"][-1] == [5, 1320, 1560]
    assert page.en["languages"][0]["name"] != page.fr["languages"][0]["name"]
    json.dumps(page.fr)


def test_a_translation_that_is_missing_is_shown_in_the_other_language_and_said_so(
    make_service: MakeService,
) -> None:
    service = make_service("Clinic", description="Only English.", description_fr="")
    page = ListingPage.objects.get(pk=Listing.objects.get(service_id=service.pk).pk)
    assert (page.fr["description"], page.fr["description_lang"]) == ("Only English.", "en")
    assert (page.en["description"], page.en["description_lang"]) == ("Only English.", "")
