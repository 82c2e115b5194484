"""One steward alone leads nobody elsewhere, and shows nothing to more people: another one decides (promise 26)."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from directory.actions.break_glass import open_break_glass
from directory.actions.decide_change import publish_change
from directory.actions.refused import Refused
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.proposed_change import ProposedChange
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.rules.change_states import State
from directory.rules.holding import Hold
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, house, moment, page_of, second
from tests.roles import RoleClient

__all__ = ["house", "second"]
pytestmark = pytest.mark.promise(26)
NUMBER = "New number: 514 555 0134 (call or text)"


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, with a second factor."""
    return sign_in(steward)


def post(desk: RoleClient, record: Any, values: dict[str, Any]) -> Any:
    """Send the form of a record, as it stands but for `values`."""
    name = record._meta.model_name
    address = reverse(f"admin:directory_{name}_change", args=[record.pk])
    return desk.post(address, values)


def service_form(house: House, **values: Any) -> dict[str, Any]:
    return {"status": "active", "publish_to": "", "description": house.service.description} | values


def test_a_notice_with_a_number_is_on_the_site_once_another_steward_has_called(
    desk: RoleClient, house: House, visitor: RoleClient, second: User
) -> None:
    assert (
        post(desk, house.service, service_form(house, alert=NUMBER, wait_time="Two days")).status_code == 302
    )
    house.service.refresh_from_db()
    assert (house.service.alert, house.service.wait_time) == ("", "Two days")
    assert "514 555" not in page_of(visitor, house)
    change = ProposedChange.objects.get()
    assert (change.state, change.hold, change.made_by_id) == (State.HELD, Hold.CALL, house.steward.user)
    called = {"called": "613-555-0142", "spoke_with": "The director", "now": moment()}
    with pytest.raises(Refused):
        publish_change(change=change.pk, viewer=house.steward, **called)
    publish_change(change=change.pk, viewer=Viewer(user=second.pk), **called)
    assert "514 555 0134" in page_of(visitor, house)


@pytest.mark.parametrize(
    ("values", "hold"),
    [
        ({"alert": "Ask for Marc."}, Hold.CALL),
        ({"alert_fr": "Bonjour."}, Hold.REVIEW),
        ({"description": "Come to 12 King Street."}, Hold.CALL),
        ({"application_process": "Telegram: sisters"}, Hold.CALL),
    ],
)
def test_words_wait_for_the_same_as_a_keepers(
    values: dict[str, str], hold: Hold, desk: RoleClient, house: House
) -> None:
    post(desk, house.service, service_form(house, **values))
    assert ProposedChange.objects.get().hold == hold
    told = Service.objects.values(*values).get(pk=house.service.pk)
    assert not set(values.values()) & set(told.values())


def test_plain_words_are_written_at_once(desk: RoleClient, house: House) -> None:
    post(desk, house.service, service_form(house, alert="We are closed today.", description="Lunch at noon."))
    house.service.refresh_from_db()
    assert (house.service.alert, house.service.description) == ("We are closed today.", "Lunch at noon.")
    assert not ProposedChange.objects.exists()


def test_what_an_organization_says_of_itself_waits_too(desk: RoleClient, house: House) -> None:
    values = {"description": "Call 514 555 0134", "publish_to": "", "legal_status": ""}
    post(desk, house.organization, values)
    assert ProposedChange.objects.get().hold == Hold.CALL
    assert "514" not in Organization.objects.get(pk=house.organization.pk).description


def test_words_beside_a_listing_are_its_peoples(desk: RoleClient, house: House) -> None:
    phone = Phone.objects.filter(service=house.service).first()
    schedule = Schedule.objects.filter(service=house.service).first()
    assert phone is not None
    assert schedule is not None
    post(desk, phone, {"type": "voice", "description": "or 514 555 0134", "description_fr": ""})
    assert not Phone.objects.filter(description__contains="514").exists()
    post(desk, schedule, {"byday": schedule.byday, "freq": schedule.freq, "notes": "Ask for Marc at the bar"})
    assert not Schedule.objects.filter(notes__contains="Marc").exists()


def test_where_an_organization_has_nobody_here_another_steward_decides_too(
    desk: RoleClient, make_service: MakeService, second: User
) -> None:
    service = make_service("Pantry")
    post(desk, service, {"status": "active", "publish_to": "", "description": "", "alert": NUMBER})
    service.refresh_from_db()
    assert service.alert == ""
    change = ProposedChange.objects.get()
    called = {"called": "613-555-0142", "spoke_with": "The cook", "found_at": "Their door", "now": moment()}
    publish_change(change=change.pk, viewer=Viewer(user=second.pk), **called)
    service.refresh_from_db()
    assert service.alert == NUMBER


@pytest.mark.parametrize(
    ("needs", "hold"), [(["emergency_shelter"], Hold.CALL), (["legal_advice"], Hold.REVIEW)]
)
def test_what_was_over_begins_again_once_another_steward_has_read_it_or_called(
    needs: list[str], hold: Hold, desk: RoleClient, make_service: MakeService
) -> None:
    service = make_service("Beds", needs=needs, status="inactive")
    post(desk, service, {"status": "active", "publish_to": "", "description": ""})
    service.refresh_from_db()
    assert (service.status, ProposedChange.objects.get().hold) == ("inactive", hold)


@pytest.mark.parametrize(
    ("before", "choice"),
    [
        (["vetted"], "site"),
        (["named"], "vetted"),
        ([], "named"),
        (["site"], "site,open_data"),
        (["site"], ""),
    ],
)
def test_who_is_told_more_is_decided_by_two(
    before: list[str], choice: str, desk: RoleClient, house: House, second: User
) -> None:
    Service.objects.filter(pk=house.service.pk).update(publish_to=before)
    house.service.refresh_from_db()
    with_glass(house)
    post(desk, house.service, service_form(house, publish_to=choice))
    house.service.refresh_from_db()
    assert house.service.publish_to == before
    change = ProposedChange.objects.get()
    publish_change(change=change.pk, viewer=Viewer(user=second.pk), now=moment())
    house.service.refresh_from_db()
    assert house.service.publish_to == change.after["service.publish_to"] != before


def with_glass(house: House) -> None:
    """Sam sees what is for the named alone, for a reason that is told."""
    open_break_glass(
        organization=house.organization.pk,
        reason="They ask by telephone to be found by others.",
        viewer=house.steward,
        now=moment(),
    )


def test_all_listings_of_an_organization_are_not_shown_to_more_in_one_click(
    desk: RoleClient, house: House
) -> None:
    Organization.objects.filter(pk=house.organization.pk).update(publish_to=["vetted"])
    with_glass(house)
    answer = post(desk, house.organization, {"description": "", "publish_to": "site", "legal_status": ""})
    assert "Say it of each listing" in answer.text
    assert Organization.objects.get(pk=house.organization.pk).publish_to == ["vetted"]
    post(desk, house.organization, {"description": "", "publish_to": "nowhere", "legal_status": ""})
    assert Organization.objects.get(pk=house.organization.pk).publish_to == []


def test_one_steward_moves_no_place_and_gives_one_to_what_has_none(
    desk: RoleClient, make_service: MakeService
) -> None:
    service = make_service("Pantry", place={"latitude": 44.2, "longitude": -76.5})
    place = Location.objects.get(services__service=service)
    typed = {"placed_by": "coordinates", "community": place.community_id, "longitude": "-76.5"}
    answer = post(desk, place, typed | {"latitude": "44.9"})
    assert "another steward then decides" in answer.text
    assert reverse("review_correct", args=[service.pk]) in answer.text
    place.refresh_from_db()
    assert float(place.latitude) == 44.2
    Location.objects.filter(pk=place.pk).update(latitude=None, longitude=None, placed_by="community")
    post(
        desk,
        place,
        {"placed_by": "community", "community": place.community_id, "latitude": "", "longitude": ""},
    )
    assert post(desk, place, {**typed, "placed_by": "community", "latitude": "44.3"}).status_code == 302
    place.refresh_from_db()
    assert float(place.latitude) == 44.3
