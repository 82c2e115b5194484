"""Addresses, tiers and who may find a listing: read before they change; protecting is at once, and forgets the door."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from directory.actions.decide_change import publish_change
from directory.actions.keep_address import Street, keep_protected_address
from directory.actions.propose_change import undo_change
from directory.actions.propose_region import propose_region
from directory.actions.refused import Refused
from directory.finding.profile import service_profile
from directory.finding.sheet import profiles_of
from directory.models.address import Address
from directory.models.location import Location, PlacedBy
from directory.models.place import Place
from directory.models.proposed_change import ProposedChange
from directory.models.service_at_location import ServiceAtLocation
from directory.models.vetted_listing import VettedListing
from directory.models.vetting import VettingDecision
from directory.rules.change_states import State
from directory.rules.holding import Hold
from safety.audit import AuditEntry
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, house, moment, page_of, second
from tests.directory.sweep import found_in_tables
from tests.roles import RoleClient

__all__ = ["house", "second"]


@pytest.fixture
def place(house: House) -> Location:
    """The clinic's place, with a street and a point."""
    found = Location.objects.get(services__service=house.service)
    Address.objects.create(
        publisher=house.service.publisher, location=found, address_1="77 Canary Lane", city="Kingston",
        state_province="ON", postal_code="K7L 1A1",
    )  # fmt: skip
    found.latitude, found.longitude, found.placed_by = 44.23, -76.48, PlacedBy.COORDINATES
    found.save()
    return found


def where(house: House, place: Location) -> dict[str, str]:
    told: dict[str, str] = service_profile(house.service)[f"where/{place.pk}"]
    return told


def move(house: House, place: Location, **more: str) -> ProposedChange:
    (change,) = house.change({f"where/{place.pk}": where(house, place) | more}, "where")
    return change


def tier(house: House, place: Location | UUID, wanted: str) -> list[ProposedChange]:
    key = place if isinstance(place, UUID) else place.pk
    return house.change({f"tier/{key}": wanted}, "where")


def publish(house: House, change: ProposedChange) -> None:
    publish_change(change=change.pk, viewer=house.steward, now=moment())


def test_what_is_told_of_a_place(house: House, place: Location) -> None:
    assert where(house, place) == {
        "community": "Kingston, ON",
        "address_1": "77 Canary Lane",
        "address_2": "",
        "postal_code": "K7L 1A1",
        "directions": "",
    }
    assert service_profile(house.service)[f"tier/{place.pk}"] == "open"
    assert profiles_of([house.service])[house.service.pk] == service_profile(house.service)


def test_a_new_street_is_read_first_and_the_point_is_forgotten(
    house: House, place: Location, visitor: RoleClient
) -> None:
    house.change({"service.fees_description": "Hello."})
    change = move(house, place, address_1="5 Wren Road", postal_code="", directions="Behind the hall.")
    assert (change.state, change.hold) == (State.HELD, Hold.REVIEW)
    page = page_of(visitor, house)
    assert "77 Canary Lane" in page
    assert "Wren" not in page
    publish(house, change)
    page = page_of(visitor, house)
    assert "5 Wren Road" in page
    assert "Behind the hall." in page
    assert "Canary" not in page
    place.refresh_from_db()
    assert (place.latitude, place.placed_by) == (None, PlacedBy.COMMUNITY)


def test_a_unit_alone_moves_nobody(house: House, place: Location) -> None:
    publish(house, move(house, place, address_2="Unit 4"))
    place.refresh_from_db()
    assert (place.latitude, place.placed_by) == (44.23, PlacedBy.COORDINATES)


def test_another_town_is_its_city_and_province(house: House, place: Location, visitor: RoleClient) -> None:
    publish(house, move(house, place, community="Gatineau, QC", address_1="5 rue Wren"))
    street = Address.objects.get(location=place)
    assert (street.city, street.state_province) == ("Gatineau", "QC")
    assert "Gatineau" in page_of(visitor, house)


def test_what_goes_wrong_is_refused_before_it_waits(house: House, place: Location) -> None:
    for more in ({"community": "Nowhereville"}, {"community": ""}, {"address_1": ""}):
        with pytest.raises(Refused):
            move(house, place, **more)
    assert not ProposedChange.objects.exists()


def test_a_place_that_others_use_too_is_a_stewards(
    house: House, place: Location, make_service: MakeService
) -> None:
    other = make_service("Elsewhere")
    ServiceAtLocation.objects.create(publisher=other.publisher, service=other, location=place)
    with pytest.raises(Refused, match="another organization"):
        move(house, place, address_1="5 Wren Road")
    with pytest.raises(Refused, match="another organization"):
        tier(house, place, "protected")
    foreign = Location.objects.exclude(pk=place.pk).get(services__service=other)
    for key in (foreign.pk, uuid4()):
        with pytest.raises(Refused):
            tier(house, key, "protected")


def test_a_place_that_names_no_organization_is_protected_by_a_steward(house: House, place: Location) -> None:
    Location.objects.filter(pk=place.pk).update(organization=None)
    with pytest.raises(Refused, match="a steward has to do this"):
        tier(house, place, "protected")
    publish(house, move(house, place, address_2="Unit 4"))


@pytest.mark.promise(2)
def test_protecting_is_at_once_and_forgets_the_street_everywhere(
    house: House, place: Location, visitor: RoleClient
) -> None:
    waits = move(house, place, address_1="78 Canary Lane")
    (change,) = tier(house, place, "protected")
    assert change.state == State.PUBLISHED
    waits.refresh_from_db()
    place.refresh_from_db()
    assert place.is_protected
    assert "Canary" not in page_of(visitor, house)
    assert found_in_tables(["77 Canary"]) == []
    assert f"where/{place.pk}" not in service_profile(house.service)
    assert "protect_location" in AuditEntry.objects.values_list("action", flat=True)
    with pytest.raises(Refused):
        house.change({f"where/{place.pk}": {"community": "Kingston, ON", "address_1": "1 A Street"}})


def test_a_change_that_waited_for_another_street_is_not_published_afterwards(
    house: House, place: Location
) -> None:
    waits = move(house, place, address_1="5 Wren Road")
    tier(house, place, "protected")
    with pytest.raises(Refused):
        publish(house, waits)


def test_opening_is_read_first_and_brings_nothing_back(
    house: House, place: Location, visitor: RoleClient
) -> None:
    (change,) = tier(house, place, "protected")
    (asked,) = undo_change(change=change.pk, viewer=house.keeper, now=moment())
    assert (asked.state, asked.hold) == (State.HELD, Hold.REVIEW)
    place.refresh_from_db()
    assert place.is_protected
    publish(house, asked)
    place.refresh_from_db()
    assert not place.is_protected
    assert "Canary" not in page_of(visitor, house)
    publish(house, move(house, place, community="Kingston, ON", address_1="77 Canary Lane"))
    assert "77 Canary Lane" in page_of(visitor, house)


@pytest.mark.promise(1)
def test_the_region_of_a_protected_place_is_asked_for_by_a_community_that_is_forgotten(
    house: House, place: Location, visitor: RoleClient
) -> None:
    tier(house, place, "protected")
    village = next(
        one
        for one in Place.objects.filter(kind="community", population__range=(300, 3000), province="NS")
        .select_related("area")
        .order_by("pk")
        if one.area and one.name not in one.area.name and len(one.name) > 7 and " " not in one.name
        and not Place.objects.filter(name=one.name).exclude(pk=one.pk).exists()
    )  # fmt: skip
    asked = {"organization": house.organization.pk, "service": house.service.pk, "place": place.pk}
    house.change({"service.alert": f"We are in {village.name}."})
    (change,) = propose_region(community=f"{village.name}, NS", viewer=house.keeper, now=moment(), **asked)
    assert (change.hold, change.after) == (Hold.REVIEW, {f"area/{place.pk}": village.area_id})
    assert village.area.name not in page_of(visitor, house)
    with pytest.raises(Refused, match="where a protected place is"):
        house.change({"service.description": f"A house in {village.name}."})
    publish(house, change)
    place.refresh_from_db()
    assert (place.area_id, place.placed_by, place.community) == (village.area_id, PlacedBy.AREA, None)
    page = page_of(visitor, house)
    assert village.area.name in page
    assert village.name not in page
    with pytest.raises(Refused):
        propose_region(community="Nowhereville", viewer=house.keeper, now=moment(), **asked)


def test_an_open_place_has_no_region(house: House, place: Location) -> None:
    with pytest.raises(Refused):
        house.change({f"area/{place.pk}": place.community.area_id if place.community else ""}, "where")


def test_what_keeps_a_sealed_street_is_not_opened(house: House, place: Location) -> None:
    tier(house, place, "protected")
    sealed = Street(address_1="77 Canary Lane", city="Kingston", state_province="ON")
    keep_protected_address(location_id=place.pk, street=sealed, viewer=house.keeper)
    with pytest.raises(Refused, match="sealed street"):
        tier(house, place, "open")


@pytest.mark.parametrize("outcome", ["expired", "suspended"])
def test_an_organization_that_is_not_let_in_may_protect_unless_it_is_shut_out(
    outcome: str, house: House, place: Location, steward: User
) -> None:
    VettingDecision.objects.create(
        organization=house.organization, kind="community", reason="x", decided_by=steward,
        outcome=outcome, decided_at=moment(),
    )  # fmt: skip
    if outcome == "suspended":
        with pytest.raises(PermissionDenied):
            tier(house, place, "protected")
    else:
        (change,) = tier(house, place, "protected")
        assert change.state == State.PUBLISHED


def shown(house: House, answer: Any) -> ProposedChange:
    (change,) = house.change({"service.publish_to": answer}, "shown")
    return change


def test_going_off_the_public_site_is_read_first_and_coming_back_too(
    house: House, visitor: RoleClient
) -> None:
    address = f"/en/listing/{house.service.sites.get().pk}/"
    change = shown(house, ["vetted"])
    assert (change.state, change.hold) == (State.HELD, Hold.REVIEW)
    assert visitor.get(address).status_code == 200
    publish(house, change)
    assert visitor.get(address).status_code == 404
    assert VettedListing.objects.filter(service_id=house.service.pk).exists()
    back = shown(house, ["site"])
    assert visitor.get(address).status_code == 404
    publish(house, back)
    assert visitor.get(address).status_code == 200
