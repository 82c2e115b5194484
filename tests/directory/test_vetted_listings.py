"""The read model of the vetted tier: tables of its own, the same statements, invisible to the public role."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from directory.actions.project_listings import project_services, rebuild_listings
from directory.finding.answer import Answer, answer, known_values
from directory.finding.windows import Window
from directory.models.bed_report import BedReport
from directory.models.coverage import CoverageKind, ServiceCoverage
from directory.models.listing import Listing, ListingPage
from directory.models.service import Reach, Service
from directory.models.vetted_listing import VettedCoverage, VettedFacts, VettedListing, VettedListingPage
from directory.rules.query import read
from safety.viewer import Tier
from tests.directory.conftest import MakeService
from tests.directory.plans import strew
from tests.directory.read_model import read_model
from tests.directory.vetted_cast import CANARIES, for_vetted, with_contact
from tests.roles import RoleClient, role

NOW = datetime.now(UTC)
TABLES = (
    "vetted_listing",
    "vetted_listing_page",
    "vetted_coverage",
    "vetted_facts",
    "bed_report",
    "night_link",
)
PROTECTED = {"is_protected": True}
BLANK_PAGES = """INSERT INTO listing_page (id, en, fr) SELECT id, '{"service":"' || id || '"}', '{}' FROM listing l
     WHERE NOT EXISTS (SELECT FROM listing_page p WHERE p.id = l.id)"""


def found(tier: Tier = Tier.VETTED, **asked: str) -> Answer:
    pairs = [("near", "Kingston, ON"), *asked.items()]
    reading = read(pairs, known_values(), at_desk=tier >= Tier.VETTED)
    assert reading.faults == ()
    told = answer(reading, "en", NOW, Window(tier))
    assert told.faults == ()
    return told


def names(told: Answer) -> list[str]:
    return [result.facts["name"] for result in (*told.results, *told.elsewhere)]


def vetted_rows() -> list[Any]:
    models = (VettedListing, VettedListingPage, VettedFacts)
    return [list(model.objects.order_by("pk").values()) for model in models] + [
        list(VettedCoverage.objects.order_by("listing_id", "kind").values("listing_id", "kind", "province"))
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.promise(3)
def test_the_public_role_reads_none_of_them(table: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, role("relais_public"), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")


def test_a_listing_for_vetted_organizations_is_in_no_public_table(make_service: MakeService) -> None:
    make_service("Stays")
    before = read_model()
    service = make_service("Marrowgate", reach=Reach.PROVINCE, province="ON")
    ServiceCoverage.objects.create(service=service, kind=CoverageKind.PROVINCE, province="QC")
    for_vetted(service)
    assert read_model() == before
    assert VettedListing.objects.get().service_id == service.pk
    assert "Marrowgate" in VettedListingPage.objects.get().en["name"]
    assert set(VettedCoverage.objects.values_list("province", flat=True)) == {"ON", "QC"}


def test_it_is_found_at_the_vetted_tier_and_not_below(make_service: MakeService) -> None:
    make_service("Stays")
    for_vetted(make_service("Marrowgate"))
    for_vetted(make_service("Marrowgate line", reach=Reach.COUNTRY))
    assert sorted(names(found())) == ["Marrowgate", "Marrowgate line", "Stays"]
    assert names(found(Tier.PUBLIC)) == ["Stays"]
    assert sorted(names(found(q="marrowgate"))) == ["Marrowgate", "Marrowgate line"]
    assert found(q="marrowgate").facets["legal_advice"] == 1


def test_one_that_covers_the_place_from_another_province_is_found(make_service: MakeService) -> None:
    service = make_service("Marrowgate", reach=Reach.PROVINCE, province="QC")
    ServiceCoverage.objects.create(service=service, kind=CoverageKind.PROVINCE, province="ON")
    for_vetted(service)
    assert names(found()) == ["Marrowgate"]


def test_it_goes_public_and_back_without_a_trace(make_service: MakeService) -> None:
    service = make_service("Drop-in")
    public = read_model()
    for_vetted(with_contact(service))
    assert not Listing.objects.exists()
    assert not ListingPage.objects.exists()
    assert VettedFacts.objects.count() == 1
    Service.objects.filter(pk=service.pk).update(publish_to=["site"])
    project_services([service.pk])
    assert not VettedListing.objects.exists()
    assert not VettedListingPage.objects.exists()
    assert {name: rows for name, rows in read_model().items() if name.startswith("listing")} == {
        name: rows for name, rows in public.items() if name.startswith("listing")
    }
    assert names(found(Tier.PUBLIC)) == ["Drop-in"]


def test_both_kinds_of_open_data_leave_it_out(visitor: RoleClient, make_service: MakeService) -> None:
    service, other = make_service("Marrowgate"), make_service("Drop-in")
    service.publisher.may_redistribute = True
    service.publisher.save()
    Service.objects.filter(pk=service.pk).update(publish_to=["vetted", "open_data"])
    project_services([service.pk, other.pk])
    told = str(read_model()["hsds_document"])
    assert "Drop-in" in told
    assert "Marrowgate" not in told
    assert visitor.get(f"/hsds/services/{service.pk}").status_code == 404
    assert b"Marrowgate" not in visitor.get("/api/search", {"near": "Kingston, ON"}).content
    assert visitor.get(f"/en/listing/{VettedListing.objects.get().pk}/").status_code == 404


def test_more_facts_come_with_a_public_listing_and_change_nothing_public(make_service: MakeService) -> None:
    service = make_service("Drop-in")
    before = read_model()
    with_contact(service)
    assert read_model() == before
    (result,) = found().results
    (contact,) = result.facts["vetted"]["contacts"]
    assert (contact["name"], contact["email"], contact["phones"][0]["number"]) == (
        CANARIES[0],
        CANARIES[2],
        CANARIES[1],
    )
    (public,) = found(Tier.PUBLIC).results
    assert "vetted" not in public.facts
    assert not any(word in json.dumps(public.facts) for word in CANARIES)


def test_a_protected_place_tells_its_mailbox_and_never_its_street(make_service: MakeService) -> None:
    service = make_service("Safe house", place=PROTECTED, email="desk@house.example")
    (result,) = found().results
    assert result.facts["vetted"] == {"email": "desk@house.example"}
    assert result.facts["address"] == []
    assert result.km is None
    assert str(service.pk) == result.facts["service"]


def test_where_there_is_nothing_more_there_is_no_row(make_service: MakeService) -> None:
    make_service("Drop-in", email="desk@open.example")
    assert not VettedFacts.objects.exists()
    (result,) = found().results
    assert result.facts["vetted"] == {}
    assert result.facts["beds"] is None


def test_rebuilding_makes_identical_vetted_tables(make_service: MakeService) -> None:
    service = with_contact(make_service("Marrowgate", reach=Reach.PROVINCE, province="ON"))
    for_vetted(service)
    before = vetted_rows()
    assert all(before)
    VettedListing.objects.update(words="spoilt")
    VettedFacts.objects.update(en={"email": "old@canary.example"})
    rebuild_listings()
    assert vetted_rows() == before
    gone = {"service_id": "00000000-0000-0000-0000-000000000001", "en": {}, "fr": {}}
    VettedFacts.objects.create(id="00000000-0000-0000-0000-000000000002", **gone)
    rebuild_listings()
    assert vetted_rows() == before


def test_a_search_of_the_desk_is_two_statements(make_service: MakeService) -> None:
    for_vetted(make_service("Marrowgate"))
    found()
    with CaptureQueriesContext(connection) as caught:
        found(language="fra", open="now", age="30")
    assert len(caught) == 2


def test_beds_tonight_are_those_reported_and_not_over(make_service: MakeService) -> None:
    ages = {"Just now": 0, "Old": 12, "Almost": 11, "Full": 0}
    for name, hours in ages.items():
        service = make_service(name, needs=["emergency_shelter"])
        band = "none" if name == "Full" else "few"
        BedReport.objects.create(service_id=service.pk, band=band, reported_at=NOW - timedelta(hours=hours))
    make_service("Silent", needs=["emergency_shelter"])
    assert sorted(names(found(beds="tonight"))) == ["Almost", "Just now"]
    assert len(names(found())) == 5
    told = {result.facts["name"]: result.facts["beds"] for result in found().results}
    assert told["Just now"]["band"] == "few"
    assert told["Silent"] is None


def test_both_tables_are_walked_by_their_indexes_nearest_first(make_service: MakeService) -> None:
    make_service("Drop-in")
    for_vetted(make_service("Marrowgate"))
    strew(1200)
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute("ANALYZE listing; ANALYZE vetted_listing")
    with role("relais_owner"), connection.cursor() as cursor:
        # The strewn ones get a page that says nothing: what counts is the way to it.
        cursor.execute(BLANK_PAGES)
    with CaptureQueriesContext(connection) as caught, pytest.raises(KeyError):
        found()
    page = next(query["sql"] for query in caught.captured_queries if "shown AS" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {page}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Merge Append" in plan
    assert "Index Scan using listing_near_by_tags on listing" in plan
    assert "Index Scan using vetted_listing_near_by_tags on vetted_listing" in plan
    assert "Index Scan using listing_page_pkey on listing_page" in plan
