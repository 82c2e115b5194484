"""Open data: what agreed to be there is there, as far as everybody may see it, and nothing else."""

import json
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from directory.actions.load_vocabulary import term_id
from directory.actions.project_listings import (
    project_organizations,
    project_services,
    project_terms,
    rebuild_listings,
)
from directory.actions.services_concerned import model_of
from directory.finding.documents import seen_by_all
from directory.models.hsds_document import HsdsDocument, HsdsTotal
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_area import ServiceArea
from directory.models.taxonomy import Taxonomy, TaxonomyTerm
from directory.rules.hsds_shape import ENTITIES, Kind
from directory.rules.hsds_values import tell_json
from tests.directory.conftest import MakeService
from tests.directory.read_model import documents, read_model

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
OPTED_IN = ["site", "open_data"]
OWNERS = ("service", "location", "organization", "service_at_location")


@pytest.fixture
def open_service(make_service: MakeService) -> MakeService:
    """`make_service`, by a publisher whose licence lets us pass its records on."""

    def made(*words: Any, **facts: Any) -> Service:
        service = make_service(*words, **facts)
        Publisher.objects.filter(pk=service.publisher_id).update(may_redistribute=True)
        project_services([service.pk])
        return service

    return made


NOT_KEPT_WHEN_PROTECTED = ("location", "address", "accessibility")
"""The database itself refuses these, or texts in them."""


def _canary(entity: str, field: str) -> str:
    return f"canary-{entity}-{field}-end"


def _texts(entity: str) -> dict[str, str]:
    """Every free text of an entity, each with a word of its own."""
    plain = (f for f in ENTITIES[entity].fields if f.kind in (Kind.TEXT, Kind.URI) and not f.choices)
    return {field.name: _canary(entity, field.name) for field in plain}


def _hang_everything_on(service: Service) -> None:
    """One record of every entity that may hang on a service, its place or organization, a canary in each text."""
    site = service.sites.get()
    owners = {
        "service_id": service.pk,
        "organization_id": service.organization_id,
        "service_at_location_id": site.pk,
        "location_id": site.location_id,
        "link_id": service.pk,
        "resource_id": service.pk,
    }
    hides = site.location.is_protected
    for entity in ENTITIES:
        if hides and entity in NOT_KEPT_WHEN_PROTECTED:
            continue
        if entity in OWNERS:
            model_of(entity).objects.filter(pk=_pk(entity, service)).update(**_texts(entity))
            continue
        names = {f.name for f in ENTITIES[entity].fields}
        links = {name: key for name, key in owners.items() if name in names}
        model_of(entity).objects.create(publisher=service.publisher, **_texts(entity), **links)
    Service.objects.filter(pk=service.pk).update(program_id=model_of("program").objects.get().pk)
    contact = model_of("contact").objects.get()
    Phone.objects.create(publisher=service.publisher, service=service, contact=contact, number="613-555-0177")


def _pk(entity: str, service: Service) -> uuid.UUID:
    site = service.sites.get()
    keys = {"service": service.pk, "organization": service.organization_id, "service_at_location": site.pk}
    return keys.get(entity, site.location_id)


NESTED = {nesting.entity for entity in OWNERS for nesting in ENTITIES[entity].many}


@pytest.mark.promise(2)
@pytest.mark.parametrize("hides", [False, True])
def test_documents_hold_each_field_that_everybody_may_see_and_no_other(
    open_service: MakeService, hides: bool
) -> None:
    place = {"is_protected": True} if hides else {}
    service = open_service("House", place=place, publish_to=OPTED_IN)
    _hang_everything_on(service)
    project_services([service.pk])
    everything = json.dumps(read_model())
    told = json.dumps([row.document for row in HsdsDocument.objects.order_by("entity", "id")])
    for entity in [*OWNERS, *NESTED - {"attribute"}]:
        for name, canary in _texts(entity).items():
            seen, is_root = seen_by_all(entity, name), entity in OWNERS
            if not (seen.protected if hides else seen.open):
                assert canary not in everything, canary
            elif is_root or seen_by_all(entity, "id")[hides]:
                is_kept = not (hides and entity in NOT_KEPT_WHEN_PROTECTED)
                assert (canary in told) is is_kept, canary
    assert "613-555-0177" not in everything


@pytest.mark.promise(1)
def test_a_protected_place_has_its_area_for_a_service_area_and_no_geometry(open_service: MakeService) -> None:
    service = open_service("House", place={"is_protected": True}, publish_to=OPTED_IN)
    ServiceArea.objects.create(
        publisher=service.publisher, service_at_location=service.sites.get(), name="Our street"
    )
    project_services([service.pk])
    place = Location.objects.get(services__service=service)
    row = HsdsDocument.objects.get(entity="service_at_location")
    assert [area["name"] for area in row.document["service_areas"]] == [place.area.name]
    assert row.point is not None
    assert (row.point.x, row.point.y) == (place.area.longitude, place.area.latitude)
    assert set(documents("location")[str(place.pk)]) == {"id", "location_type"}


def test_values_are_told_as_the_rules_tell_them(open_service: MakeService) -> None:
    service = open_service(
        "Clinic",
        place={"latitude": 44.0, "longitude": -76.5},
        minimum_age=Decimal("12.500"),
        maximum_age=Decimal(30),
    )
    phone = Phone.objects.get(service=service)
    for extension in ("12", " 7 ", "12.50", "x9", "", "0012", "-3", ".5", "5."):
        Phone.objects.filter(pk=phone.pk).update(extension=extension)
        project_services([service.pk])
        told = documents("service")[str(service.pk)]["phones"][0]
        field = ENTITIES["phone"].field("extension")
        assert field is not None
        assert told.get("extension") == tell_json(field, extension, {}), extension
    for entity, record in (("service", service), ("location", Location.objects.get())):
        document = documents(entity)[str(record.pk)]
        for field in ENTITIES[entity].fields:
            if field.kind is not Kind.REF and all(seen_by_all(entity, field.name)):
                assert document.get(field.name) == tell_json(field, getattr(record, field.name), {}), field


@pytest.mark.parametrize(
    ("facts", "is_in"),
    [
        ({}, True),
        ({"needs": ["emergency_shelter"]}, False),
        ({"needs": ["drop_in"]}, False),
        ({"needs": ["sex_worker_led"]}, False),
        ({"needs": ["elder_support"]}, False),
        ({"needs": ["leaving_care"]}, False),
        ({"needs": ["emergency_shelter"], "publish_to": OPTED_IN}, True),
        ({"place": {"is_protected": True}}, False),
        ({"place": {"is_protected": True}, "publish_to": OPTED_IN}, True),
        ({"publish_to": ["site"]}, False),
        ({"status": "defunct"}, False),
    ],
)
def test_open_data_holds_what_the_rule_lets_in(
    open_service: MakeService, facts: dict[str, Any], is_in: bool
) -> None:
    service = open_service("Clinic", **facts)
    entities = ("service", "organization", "service_at_location", "location")
    assert {e for e in entities if documents(e)} == (set(entities) if is_in else set())
    totals = dict(HsdsTotal.objects.values_list("entity", "total"))
    assert [totals[entity] for entity in entities] == [int(is_in)] * 4
    assert Listing.objects.filter(service_id=service.pk).exists() == (facts.get("status") != "defunct")


def test_what_may_not_be_passed_on_is_not(make_service: MakeService) -> None:
    make_service("Clinic")
    assert not HsdsDocument.objects.filter(entity="service").exists()


def test_who_did_not_agree_to_the_site_is_not_on_it(open_service: MakeService) -> None:
    service = open_service("Clinic", publish_to=["open_data"])
    assert not Listing.objects.exists()
    assert list(documents("service")) == [str(service.pk)]
    Service.objects.filter(pk=service.pk).update(publish_to=None)
    Organization.objects.filter(pk=service.organization_id).update(publish_to=[])
    project_organizations([service.organization_id])
    assert not Listing.objects.exists()
    assert not documents("service")


def test_a_document_keeps_its_moment_until_it_becomes_another(open_service: MakeService) -> None:
    service = open_service("Clinic")
    rebuild_listings()
    HsdsDocument.objects.update(modified_at=LONG_AGO)
    Service.objects.filter(pk=service.pk).update(assurer_email="canary@clinic.example", source_key="7")
    Organization.objects.filter(pk=service.organization_id).update(tax_id="canary")
    project_services([service.pk])
    rebuild_listings()
    assert set(HsdsDocument.objects.values_list("modified_at", flat=True)) == {LONG_AGO}
    Service.objects.filter(pk=service.pk).update(assured_date=date(2026, 1, 2))
    project_services([service.pk])
    moved = HsdsDocument.objects.exclude(modified_at=LONG_AGO)
    assert [(row.entity, row.document["assured_date"]) for row in moved] == [("service", "2026-01-02")]


def test_an_organization_is_told_anew_when_it_alone_changed(open_service: MakeService) -> None:
    service = open_service("Clinic")
    Organization.objects.filter(pk=service.organization_id).update(name="Harbour House")
    project_organizations([service.organization_id])
    assert documents("organization")[str(service.organization_id)]["name"] == "Harbour House"
    assert Listing.objects.get().words.startswith("clinic harbour house")


def test_terms_are_in_open_data_while_a_service_bears_them_and_our_own_always(
    open_service: MakeService,
) -> None:
    service = open_service("Clinic", needs=[])
    taxonomy = Taxonomy.objects.create(publisher=service.publisher, name="Codes")
    facts = {"publisher": service.publisher, "taxonomy_detail": taxonomy, "taxonomy": "Codes"}
    term = TaxonomyTerm.objects.create(code="A1", name="Advice", **facts)
    TaxonomyTerm.objects.create(code="A2", name="Nobody's", **facts)
    tie = model_of("attribute").objects.create(
        publisher=service.publisher, link_id=service.pk, taxonomy_term=term
    )
    project_services([service.pk])
    project_terms([term_id("legal_advice")])
    codes = {document["code"] for document in documents("taxonomy_term").values()}
    assert {"A1", "legal_advice"} <= codes
    assert "A2" not in codes
    (tied,) = documents("service")[str(service.pk)]["attributes"]
    assert tied["taxonomy_term"]["taxonomy_detail"]["name"] == "Codes"
    TaxonomyTerm.objects.filter(pk=term.pk).update(name="Counsel")
    project_terms([term.pk])
    assert documents("taxonomy_term")[str(term.pk)]["name"] == "Counsel"
    assert documents("service")[str(service.pk)]["attributes"][0]["taxonomy_term"]["name"] == "Counsel"
    tie.delete()
    project_services([service.pk])
    codes = {document["code"] for document in documents("taxonomy_term").values()}
    assert "legal_advice" in codes
    assert "A1" not in codes


def test_words_in_french_find_a_document_until_they_are_gone(open_service: MakeService) -> None:
    service = open_service("Clinic", name_fr="Aide juridique")

    def is_found(words: str) -> bool:
        rows = HsdsDocument.objects.filter(entity="service", id=service.pk)
        return rows.extra(where=["search @@ plainto_tsquery('relais_fr', %s)"], params=[words]).exists()

    assert is_found("juridiques")
    Service.objects.filter(pk=service.pk).update(name_fr="")
    project_services([service.pk])
    assert not is_found("juridiques")


def test_a_flagged_schedule_stands_in_open_data_as_it_was_given(open_service: MakeService) -> None:
    service = open_service("Clinic", hours=[("MO", "09:00", "17:00")])
    Schedule.objects.update(count="3", until="2026-12-31", flags=["count:beside_until"])
    project_services([service.pk])
    (told,) = documents("service")[str(service.pk)]["schedules"]
    assert (told["count"], told["until"]) == (3, "2026-12-31")
