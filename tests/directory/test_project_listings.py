"""The projector: what is left out of finding, what a rebuild arrives at, and what it costs."""

import random
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.actions import project_listings
from directory.actions.project_listings import project_organizations, project_services, rebuild_listings
from directory.actions.project_pages import build_pages, write_pages
from directory.finding.gathered import gather
from directory.finding.vocabulary import read_vocabulary
from directory.models.coverage import Coverage, ServiceCoverage
from directory.models.listing import Listing, ListingPage
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.same_service import SameService
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.taxonomy import Attribute
from tests.directory.conftest import MakeService, community
from tests.directory.read_model import read_model

OUTLINE = MultiPolygon(Polygon(((-76.6, 44.2), (-76.4, 44.2), (-76.4, 44.3), (-76.6, 44.2))), srid=4326)


def _page(service: Service) -> dict[str, Any]:
    page: dict[str, Any] = ListingPage.objects.get(pk=Listing.objects.get(service_id=service.pk).pk).en
    return page


def test_of_one_service_from_two_publishers_only_the_golden_listing_shows(make_service: MakeService) -> None:
    kept, other = make_service("Clinic"), make_service("The clinic", is_demo=True)
    link = SameService.objects.create(kept=kept, other=other, likeness="phone_name", verdict="suggested")
    project_services([kept.pk, other.pk])
    assert Listing.objects.count() == 2
    SameService.objects.filter(pk=link.pk).update(verdict="linked")
    project_services([kept.pk, other.pk])
    assert [row.service_id for row in Listing.objects.all()] == [kept.pk]


def test_hours_that_can_not_be_right_are_not_stated(make_service: MakeService) -> None:
    service = make_service("Clinic", hours=[("MO", "09:00", "17:00")])
    assert _page(service)["week"]["stated"] is True
    Schedule.objects.update(flags=["count:beside_until"])
    project_services([service.pk])
    assert _page(service)["week"]["stated"] is False


@pytest.mark.parametrize("narrowed", [{"count": "5"}, {"bymonthday": "1"}, {"byweekno": "3"}])
def test_hours_of_some_days_only_are_not_told_as_every_weeks(
    make_service: MakeService, narrowed: dict[str, str]
) -> None:
    service = make_service("Clinic", hours=[("MO", "09:00", "17:00")])
    Schedule.objects.update(**narrowed)
    project_services([service.pk])
    assert _page(service)["week"]["stated"] is False


def test_a_place_whose_coordinates_can_not_be_right_stands_at_its_community(
    make_service: MakeService,
) -> None:
    service = make_service("Clinic", place={"latitude": 44.3, "longitude": -76.5})
    Location.objects.update(flags=["latitude:out_of_range"])
    project_services([service.pk])
    listing, town = Listing.objects.get(), community("Kingston", "ON")
    assert listing.point is not None
    assert (listing.point.x, listing.point.y) == (town.longitude, town.latitude)
    assert not listing.has_exact_point
    assert _page(service)["place"]["placed_by"] == "community"


@pytest.mark.promise(1)
def test_a_protected_service_covers_its_province_at_most(make_service: MakeService) -> None:
    """Even of records that the database would refuse: two walls, each holds alone."""
    service = make_service("Clinic")
    ServiceCoverage.objects.create(service=service, kind="polygon", outline=OUTLINE)
    ServiceCoverage.objects.create(service=service, kind="community", place=community("Kingston", "ON"))
    project_services([service.pk])
    rows = Coverage.objects.order_by("kind").values_list("kind", "province")
    assert [kind for kind, _ in rows] == ["community", "polygon"]
    pages = build_pages(gather([service.pk]), read_vocabulary("default"))
    pages.hides = [True]
    write_pages([str(service.pk)], pages)
    assert list(rows.all()) == [("province", "ON")]


def test_what_serves_a_province_or_the_country_covers_it(make_service: MakeService) -> None:
    make_service("Line", reach="country")
    make_service("Board", reach="province", province="QC")
    assert list(Coverage.objects.order_by("kind").values_list("kind", "province")) == [
        ("country", ""),
        ("province", "QC"),
    ]


@pytest.mark.promise(2)
def test_one_protected_place_hides_the_mailbox_at_the_others(make_service: MakeService) -> None:
    service = make_service("Clinic", email="canary@clinic.example")
    assert _page(service)["email"] == "canary@clinic.example"
    house = make_service("House", place={"is_protected": True})
    house.sites.update(service=service)
    project_services([service.pk, house.pk])
    assert "canary@clinic.example" not in str(read_model())


def test_one_number_that_hangs_on_service_and_place_is_told_once(make_service: MakeService) -> None:
    service = make_service("Clinic")
    Phone.objects.update(location=service.sites.get().location_id)
    project_services([service.pk])
    assert len(_page(service)["phones"]) == 1


def test_services_that_are_gone_leave_nothing_behind(make_service: MakeService) -> None:
    gone, also_gone = make_service("Clinic"), make_service("Board", reach="country")
    Publisher.objects.update(may_redistribute=True)
    rebuild_listings()
    assert Coverage.objects.exists()
    keys = [gone.pk, also_gone.pk]
    Service.objects.filter(pk=gone.pk).delete()
    project_services([gone.pk])
    Service.objects.filter(pk=also_gone.pk).delete()
    rebuild_listings()
    left = read_model()
    assert not any(str(key) in str(left) for key in keys)
    assert not left["listing"] + left["listing_page"] + left["coverage"]


def _edit_itself(chance: random.Random, service: Service) -> None:
    """One edit of a service or of what hangs on it."""
    own = Service.objects.filter(pk=service.pk)
    match chance.randrange(5):
        case 0:
            own.update(name=f"Name {chance.random()}", name_fr=chance.choice(["", "Nom"]))
        case 1:
            own.update(status=chance.choice(["active", "defunct"]))
        case 2:
            own.update(publish_to=chance.choice([None, [], ["site"], ["open_data"], ["site", "open_data"]]))
        case 3:
            Phone.objects.filter(service=service).update(number=f"613-555-01{chance.randrange(100):02d}")
        case 4:
            Attribute.objects.filter(link_id=service.pk).delete()


def _edit_around(chance: random.Random, service: Service, services: list[Service]) -> None:
    """One edit of a service's organization, places or coverage, and what the others need after it."""
    before, heir = service.organization_id, chance.choice(services)
    match chance.randrange(4):
        case 0:
            Organization.objects.filter(pk=before).update(name=f"House {chance.random()}")
        case 1:
            Service.objects.filter(pk=service.pk).update(organization=heir.organization_id)
            service.refresh_from_db()
        case 2:
            service.sites.update(service=heir)
        case 3:
            if not ServiceCoverage.objects.filter(service=service).delete()[0]:
                ServiceCoverage.objects.create(service=service, kind="province", province="ON")
    project_organizations([before])
    project_services([heir.pk])


def _edit(chance: random.Random, services: list[Service]) -> None:
    """One edit of any kind, and the projection that belongs to it."""
    service = chance.choice(services)
    if chance.random() < 0.5:
        _edit_itself(chance, service)
    else:
        _edit_around(chance, service, services)
    project_services([service.pk])


@pytest.mark.parametrize("seed", range(3))
def test_a_rebuild_arrives_at_the_same_tables_as_edit_after_edit(
    make_service: MakeService, seed: int
) -> None:
    chance = random.Random(seed)
    services = [
        make_service("Clinic", place={"latitude": 44.3, "longitude": -76.5}, street="12 Example Street"),
        make_service("House", place={"is_protected": True}, needs=["emergency_shelter"]),
        make_service("Line", reach="country", languages=["cre", "fra"], hours=[("MO,TU", "09:00", "17:00")]),
        make_service("Board", "Toronto, ON", needs=["drop_in", "food"]),
    ]
    Publisher.objects.update(may_redistribute=True)
    rebuild_listings()
    for _ in range(12):
        _edit(chance, services)
    before = read_model()
    assert before["hsds_document"]
    rebuild_listings()
    assert read_model() == before


def test_a_rebuild_makes_everything_anew_and_mends_what_was_spoiled(make_service: MakeService) -> None:
    make_service("Clinic", street="12 Example Street")
    make_service("Line", reach="country")
    Publisher.objects.update(may_redistribute=True)
    rebuild_listings()
    before = read_model()
    Listing.objects.update(province="XX")
    ListingPage.objects.update(en={})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE hsds_total SET total = 99")
        cursor.execute("UPDATE hsds_document SET location_id = gen_random_uuid() WHERE entity = 'service'")
        cursor.execute("DELETE FROM hsds_document WHERE entity <> 'service'")
        cursor.execute("DELETE FROM coverage")
    rebuild_listings()

    def timeless(rows: dict[str, list[str]]) -> dict[str, list[Any]]:
        return rows | {"hsds_document": [row.split('"modified_at"')[0] for row in rows["hsds_document"]]}

    assert timeless(read_model()) == timeless(before)


def test_a_batch_takes_the_same_statements_whatever_its_size(
    make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = [make_service(f"Clinic {n}", needs=["food"]) for n in range(6)]
    Publisher.objects.update(may_redistribute=True)
    rebuild_listings()

    def statements(of: list[Service]) -> int:
        with CaptureQueriesContext(connection) as asked:
            project_services([service.pk for service in of])
        return len(asked)

    assert statements(services[:1]) == statements(services) < 30
    monkeypatch.setattr(project_listings, "BATCH", 2)
    assert rebuild_listings() == 6
    assert Listing.objects.count() == 6


def test_nothing_is_written_where_nothing_changed(make_service: MakeService) -> None:
    make_service("Clinic", place={"latitude": 44.3, "longitude": -76.5}, hours=[("MO", "09:00", "17:00")])
    Publisher.objects.update(may_redistribute=True)
    rebuild_listings()

    def versions() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT ctid::text FROM listing UNION ALL SELECT ctid::text FROM listing_page UNION ALL"
                " SELECT ctid::text FROM coverage UNION ALL SELECT ctid::text FROM hsds_document ORDER BY 1"
            )
            return [row[0] for row in cursor.fetchall()]

    before = versions()
    rebuild_listings()
    assert versions() == before
