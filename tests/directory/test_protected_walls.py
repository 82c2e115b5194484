"""What is finer than an area is refused for a protected place by the database itself, whoever writes."""

import uuid
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import IntegrityError, connection, transaction

from directory.actions.load_areas import forget_old_areas
from directory.actions.load_places import load_places
from directory.models.accessibility import Accessibility
from directory.models.address import Address
from directory.models.area import Area
from directory.models.coverage import ServiceCoverage
from directory.models.location import Location
from directory.models.place import Place
from directory.models.protected_address import ProtectedAddress
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute
from safety.viewer import VISITOR
from tests.directory.conftest import MakeService, community
from tests.directory.sweep import found_in_tables
from tests.roles import role

pytestmark = pytest.mark.promise(1)
PROTECTED = {"is_protected": True}


@pytest.fixture
def house(make_service: MakeService) -> Service:
    return make_service("House", place=PROTECTED)


def place_of(service: Service) -> Location:
    return Location.objects.get(services__service=service)


FINER: list[dict[str, Any]] = [
    {"name": "Canary House"},
    {"alternate_name": "The house behind the church"},
    {"description": "Behind the church"},
    {"url": "https://house.example/door"},
    {"external_identifier_type": "civic"},
    {"given_id": "12-example-street"},
    {"latitude": 44.2},
    {"written": {"latitude": "44.2"}},
    {"flags": ["latitude:out_of_range"]},
    {"placed_by": "community"},
]


@pytest.mark.parametrize("finer", FINER, ids=lambda finer: next(iter(finer)))
def test_a_protected_place_keeps_nothing_but_its_area(house: Service, finer: dict[str, Any]) -> None:
    with (
        pytest.raises(IntegrityError, match="location_"),
        transaction.atomic(),
    ):
        Location.objects.filter(pk=place_of(house).pk).update(**finer)


def test_it_keeps_no_community(house: Service) -> None:
    with pytest.raises(IntegrityError, match="location_protected_has_only_its_area"), transaction.atomic():
        Location.objects.filter(pk=place_of(house).pk).update(community=community("Kingston", "ON"))


def test_only_what_is_protected_has_an_area(make_service: MakeService) -> None:
    place = place_of(make_service("Clinic"))
    with pytest.raises(IntegrityError, match="location_has_an_area_if_protected"), transaction.atomic():
        Location.objects.filter(pk=place.pk).update(area_id="on-kingston", placed_by="area")


def test_ways_in_are_refused_from_either_side(house: Service, make_service: MakeService) -> None:
    with pytest.raises(IntegrityError, match="keeps no accessibility"), transaction.atomic():
        Accessibility.objects.create(publisher=house.publisher, location=place_of(house), description="Ramp")
    clinic = make_service("Clinic")
    Accessibility.objects.create(publisher=clinic.publisher, location=place_of(clinic), description="Ramp")
    with pytest.raises(IntegrityError, match="before protecting it"), transaction.atomic():
        Location.objects.filter(pk=place_of(clinic).pk).update(
            **PROTECTED, community=None, placed_by="nothing"
        )


def test_a_street_that_came_before_its_protected_place_refuses_it(house: Service) -> None:
    """Links have no constraint: a feed may give the address of a place that it names later."""
    key = uuid.uuid4()
    Address.objects.create(publisher=house.publisher, location_id=key, address_1="12 Example Street")
    with pytest.raises(IntegrityError, match="before protecting it"), transaction.atomic():
        Location.objects.create(id=key, publisher=house.publisher, is_protected=True)
    Address.objects.filter(location_id=key).delete()
    Location.objects.create(id=key, publisher=house.publisher, is_protected=True)


def outline() -> MultiPolygon:
    return MultiPolygon(Polygon(((-76.5, 44.2), (-76.4, 44.2), (-76.4, 44.3), (-76.5, 44.2))))


@pytest.mark.parametrize("kind", ["community", "polygon"])
def test_a_service_of_a_protected_place_covers_nothing_below_a_province(house: Service, kind: str) -> None:
    finer = {"outline": outline()} if kind == "polygon" else {"place": community("Kingston", "ON")}
    with pytest.raises(IntegrityError, match="finer than its province"), transaction.atomic():
        ServiceCoverage.objects.create(service=house, kind=kind, **finer)
    ServiceCoverage.objects.create(service=house, kind="province", province="ON")


def test_a_service_that_comes_to_a_protected_place_loses_its_outline(
    house: Service, make_service: MakeService
) -> None:
    for number, comes in enumerate(("by a new pair", "by a pair that moves")):
        service = make_service(f"Clinic {number}")
        ServiceCoverage.objects.create(service=service, kind="polygon", outline=outline())
        if comes == "by a new pair":
            ServiceAtLocation.objects.create(
                publisher=service.publisher, service=service, location=place_of(house)
            )
        else:
            ServiceAtLocation.objects.filter(service=service).update(location=place_of(house))
        assert not ServiceCoverage.objects.filter(service=service).exists(), comes


def test_a_place_whose_service_covers_an_outline_is_not_protected_by_a_bare_update(
    make_service: MakeService,
) -> None:
    clinic = make_service("Clinic")
    ServiceCoverage.objects.create(service=clinic, kind="polygon", outline=outline())
    with pytest.raises(IntegrityError, match="before protecting it"), transaction.atomic():
        Location.objects.filter(pk=place_of(clinic).pk).update(
            **PROTECTED, community=None, placed_by="nothing"
        )


def test_a_named_community_needs_its_two_approvals_in_the_database_too(house: Service) -> None:
    Area.objects.create(
        slug="community-on-deseronto-1", name="Deseronto", name_fr="Deseronto", province="ON", is_by_agreement=True,
        zone="America/Toronto", people=1_800, latitude=44.2, longitude=-77.05,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="two approvals"), transaction.atomic():
        Location.objects.filter(pk=place_of(house).pk).update(area_id="community-on-deseronto-1")


def test_an_area_without_people_enough_is_refused(db: None) -> None:
    facts = {"name": "x", "name_fr": "x", "zone": "America/Toronto", "latitude": 44, "longitude": -77}
    with pytest.raises(IntegrityError, match="area_has_people_enough"), transaction.atomic():
        Area.objects.create(slug="on-small", province="ON", people=4_999, **facts)
    Area.objects.create(slug="nu-everybody", province="NU", people=5_000, **facts)


def test_an_open_place_has_no_sealed_street(make_service: MakeService) -> None:
    clinic = make_service("Clinic")
    with pytest.raises(IntegrityError, match="only a protected place"), transaction.atomic():
        ProtectedAddress.objects.create(
            location=place_of(clinic),
            organization=clinic.organization,
            sealed=b"x",
            stored_at="2026-11-22T00:00Z",
        )


def test_every_community_and_postal_area_of_the_gazetteer_has_its_area(db: None) -> None:
    assert not Place.objects.filter(area=None).exists()
    assert Area.objects.count() > 1_000
    assert set(Area.objects.values_list("province", flat=True)) == set(
        Place.objects.values_list("province", flat=True)
    )
    kenora = Area.objects.get(pk="on-kenora")
    assert (kenora.name, kenora.name_fr) == ("Kenora area", "Kenora et environs")


def test_loading_the_gazetteer_again_changes_nothing(db: None) -> None:
    before = list(Area.objects.order_by("pk").values())
    places = list(Place.objects.order_by("pk").values_list("pk", "area_id"))
    load_places(viewer=VISITOR)
    assert list(Area.objects.order_by("pk").values()) == before
    assert list(Place.objects.order_by("pk").values_list("pk", "area_id")) == places


def test_who_stood_in_an_area_that_is_no_more_stands_in_the_nearest_one(house: Service) -> None:
    kept = set(Area.objects.exclude(pk="on-kingston").values_list("pk", flat=True))
    Place.objects.filter(area_id="on-kingston").update(area=None)
    forget_old_areas(kept)
    area = place_of(house).area
    assert area is not None
    assert area.province == "ON"
    assert not Area.objects.filter(pk="on-kingston").exists()


def test_places_protected_before_there_were_areas_get_theirs_and_lose_their_town(
    make_service: MakeService,
) -> None:
    """What the migration does, on a place as it was kept before."""
    place = place_of(make_service("House", "Kenora, ON"))
    walls = ("location_protected_has_only_its_area", "location_has_an_area_if_protected")
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in walls:
            cursor.execute(f"ALTER TABLE location DROP CONSTRAINT {name}")
    old = {
        "is_protected": True,
        "name": "Canary House",
        "given_id": "12-example",
        "written": {"name": "Canary"},
    }
    Location.objects.filter(pk=place.pk).update(**old)
    Attribute.objects.create(publisher=place.publisher, link_id=place.pk, value="Canary")
    migration = import_module("directory.migrations.0006_protected_places")
    with connection.schema_editor() as editor:
        migration.keep_areas_only(apps, editor)
    place.refresh_from_db()
    assert (place.area_id, place.community, place.placed_by) == ("on-kenora", None, "area")
    assert found_in_tables(["canary", "12-example"]) == []
