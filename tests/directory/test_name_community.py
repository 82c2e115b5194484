"""A protected place's community is told by its organization's wish alone, after a warning and two approvals."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from directory.actions.edit_record import edit_record
from directory.actions.name_community import (
    approve_naming_community,
    ask_to_name_community,
    withdraw_naming_community,
)
from directory.actions.refused import Refused
from directory.models.area import Area
from directory.models.community_disclosure import CommunityDisclosure
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.place import Place
from directory.models.service import Service
from directory.rules.naming import Naming
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.directory.conftest import MakeService

pytestmark = pytest.mark.promise(1)
ANNA, BEA, CLEO = (uuid.UUID(int=number) for number in (1, 2, 3))


@pytest.fixture
def house(make_service: MakeService) -> Service:
    return make_service("House", "Belleville, ON", place={"is_protected": True})


def place_of(service: Service) -> Location:
    return Location.objects.get(services__service=service)


def small_town() -> Place:
    """A community of Belleville's area that is too small for one of its own."""
    found = (
        Place.objects.filter(area_id="on-belleville", kind="community", population__lt=5_000)
        .order_by("pk")
        .first()
    )
    assert found is not None
    return found


def by(service: Service, person: uuid.UUID) -> Viewer:
    return Viewer(user=person, organization=service.organization_id)


def ask(service: Service, person: uuid.UUID = ANNA) -> None:
    ask_to_name_community(
        location_id=place_of(service).pk,
        place_id=small_town().pk,
        warned_at=timezone.now(),
        viewer=by(service, person),
    )


def approve(service: Service, person: uuid.UUID) -> Naming:
    return approve_naming_community(location_id=place_of(service).pk, viewer=by(service, person))


def point_of(service: Service) -> tuple[float, float]:
    listing = Listing.objects.get(service_id=service.pk)
    assert listing.point is not None
    return listing.point.coords


def test_after_two_approvals_and_not_before_the_community_is_told(house: Service) -> None:
    before, town = point_of(house), small_town()
    ask(house)
    assert (place_of(house).area_id, point_of(house)) == ("on-belleville", before)
    assert approve(house, BEA) is Naming.APPROVED_ONCE
    assert (place_of(house).area_id, point_of(house)) == ("on-belleville", before)
    assert approve(house, CLEO) is Naming.NAMED
    area = place_of(house).area
    assert area is not None
    assert (area.name, area.is_by_agreement) == (town.name, True)
    assert point_of(house) == pytest.approx((town.longitude, town.latitude))


def test_one_person_does_not_approve_twice_nor_what_she_asked_for(house: Service) -> None:
    ask(house)
    with pytest.raises(Refused):
        approve(house, ANNA)
    approve(house, BEA)
    for person in (ANNA, BEA):
        with pytest.raises(Refused):
            approve(house, person)
    assert place_of(house).area_id == "on-belleville"


def test_withdrawn_it_stands_in_its_area_again_and_the_community_is_forgotten(house: Service) -> None:
    before = point_of(house)
    ask(house)
    approve(house, BEA)
    approve(house, CLEO)
    withdraw_naming_community(location_id=place_of(house).pk, viewer=by(house, ANNA))
    assert (place_of(house).area_id, point_of(house)) == ("on-belleville", before)
    assert not Area.objects.filter(is_by_agreement=True).exists()
    assert CommunityDisclosure.objects.get().place is None
    with pytest.raises(Refused):
        approve(house, CLEO)
    ask(house)


def test_a_wish_that_was_only_asked_can_be_withdrawn(house: Service) -> None:
    ask(house)
    withdraw_naming_community(location_id=place_of(house).pk, viewer=by(house, BEA))
    assert CommunityDisclosure.objects.get().place is None
    with pytest.raises(Refused):
        withdraw_naming_community(location_id=place_of(house).pk, viewer=by(house, BEA))


@pytest.mark.parametrize("minutes", [-61, 5])
def test_who_did_not_just_read_the_warning_cannot_ask(house: Service, minutes: int) -> None:
    with pytest.raises(Refused, match="warning"):
        ask_to_name_community(
            location_id=place_of(house).pk,
            place_id=small_town().pk,
            warned_at=timezone.now() + timedelta(minutes=minutes),
            viewer=by(house, ANNA),
        )


def test_only_a_community_of_its_own_area_can_be_named_and_one_at_a_time(
    house: Service, make_service: MakeService
) -> None:
    facts = {"location_id": place_of(house).pk, "warned_at": timezone.now(), "viewer": by(house, ANNA)}
    toronto = Place.objects.get(name="Toronto", kind="community").pk
    with pytest.raises(Refused, match="isn't in the area"):
        ask_to_name_community(place_id=toronto, **facts)
    ask(house)
    with pytest.raises(Refused, match="withdraw it first"):
        ask(house, BEA)
    with pytest.raises(Refused, match="Only a protected place"):
        ask(make_service("Clinic"))


def test_nobody_else_asks_approves_or_withdraws(house: Service) -> None:
    ask(house)
    place = place_of(house).pk
    for viewer in (Viewer(user=BEA), Viewer(user=BEA, organization=uuid.uuid4()), Viewer()):
        with pytest.raises(PermissionDenied):
            approve_naming_community(location_id=place, viewer=viewer)
        with pytest.raises(PermissionDenied):
            withdraw_naming_community(location_id=place, viewer=viewer)
    with pytest.raises(PermissionDenied):
        approve_naming_community(location_id=place, viewer=Viewer(organization=house.organization_id))


@pytest.mark.promise(16)
def test_each_step_leaves_a_row_that_does_not_name_the_community(house: Service) -> None:
    ask(house)
    approve(house, BEA)
    approve(house, CLEO)
    withdraw_naming_community(location_id=place_of(house).pk, viewer=by(house, CLEO))
    rows = AuditEntry.objects.filter(subject_id=place_of(house).pk)
    assert sorted((row.action, row.actor) for row in rows) == [
        ("approve_naming_community", BEA),
        ("approve_naming_community", CLEO),
        ("ask_to_name_community", ANNA),
        ("withdraw_naming_community", CLEO),
    ]
    assert {row.details for row in rows} == {"{}"}


def test_texts_name_the_community_as_long_as_its_organization_wants(house: Service) -> None:
    town = small_town().name
    for person in (BEA, CLEO):
        if person is BEA:
            ask(house)
        approve(house, person)
    values = {"description": f"Rest. We are in {town}."}
    edit_record(entity="service", record_id=house.pk, values=values, viewer=by(house, ANNA))
    withdraw_naming_community(location_id=place_of(house).pk, viewer=by(house, ANNA))
    house.refresh_from_db()
    assert house.description == "Rest."
    with pytest.raises(Refused, match="tells where a protected place is"):
        edit_record(entity="service", record_id=house.pk, values=values, viewer=by(house, ANNA))
