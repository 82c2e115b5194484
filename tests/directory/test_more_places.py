"""Another place of a listing, and what it offers: asked for at the desk, read or called back before anybody sees it."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from accounts.models import User
from directory.actions.decide_change import publish_change, send_back_change
from directory.actions.project_listings import rebuild_listings
from directory.actions.propose_change import undo_change
from directory.actions.propose_place import propose_place, propose_without_place
from directory.actions.protect_location import protect_location
from directory.actions.refused import Refused
from directory.finding.profile import needs_of, service_profile
from directory.finding.sheet import profiles_of
from directory.models.door_trace import DoorTrace
from directory.models.listing import Listing, ListingPage
from directory.models.location import Location
from directory.models.proposed_change import ProposedChange
from directory.models.publisher import Publisher
from directory.models.schedule import Schedule
from directory.models.service import Reach, Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute
from directory.rules.change_states import State
from directory.rules.holding import Hold
from safety.audit import AuditEntry
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, let_in, moment, second, verify
from tests.directory.test_profile_pages import browser, fields_of
from tests.directory.test_read_model import tables
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]
KNOWN = "613-555-0142"
THERE = {
    "kind": "new",
    "community": "Belleville, ON",
    "address_1": "5 Wren Road",
    "address_2": "",
    "postal_code": "",
}
HIDDEN = {"kind": "protected", "community": "Madoc, ON"}


def own(house: House) -> None:
    """The clinic's records are its own, and no feed's."""
    publisher, _is_new = Publisher.objects.get_or_create(slug="relais", defaults={"name": "Relais"})
    for model in (Attribute, ServiceAtLocation, Service):
        model._default_manager.update(publisher=publisher)
    house.service.refresh_from_db()


def add(house: House, **more: Any) -> ProposedChange:
    named = {"organization": house.organization.pk, "service": house.service.pk, "viewer": house.keeper}
    (change,) = propose_place(**named, place=THERE | more, now=moment())  # type: ignore[arg-type]
    return change


def take_off(house: House, place: UUID) -> ProposedChange:
    named = {"organization": house.organization.pk, "service": house.service.pk, "viewer": house.keeper}
    (change,) = propose_without_place(**named, place=place, now=moment())  # type: ignore[arg-type]
    return change


def publish(house: House, change: ProposedChange, **call: str) -> None:
    publish_change(change=change.pk, viewer=house.steward, now=moment(), **call)


def called(house: House, change: ProposedChange) -> None:
    publish(house, change, called=KNOWN, spoke_with="The director")


def told(words: str) -> bool:
    return ListingPage.objects.filter(en__icontains=words).exists()


def test_another_place_is_nowhere_until_it_was_read(house: House, visitor: RoleClient) -> None:
    before = tables()
    change = add(house)
    assert (change.state, change.hold) == (State.HELD, Hold.REVIEW)
    assert tables() == before
    assert Location.objects.count() == 1
    publish(house, change)
    assert house.service.sites.count() == 2
    assert told("5 Wren Road")
    site = house.service.sites.get(location__community__name="Belleville")
    page = visitor.get(f"/en/listing/{site.pk}/").text
    assert "Clinic" in page
    assert "5 Wren Road" in page
    assert profiles_of([house.service])[house.service.pk] == service_profile(house.service)
    after = tables()
    rebuild_listings()
    assert tables() == after


@pytest.mark.promise(26)
def test_where_people_are_drawn_in_a_new_place_waits_for_a_call(
    make_service: MakeService, keeper: User, steward: User, second: User, house: House
) -> None:
    jobs = make_service("Jobs", needs=["employment"])
    assert jobs.organization is not None
    let_in(jobs.organization, steward, second)
    verify(jobs.phones.get())
    office = House(jobs, employ(keeper, jobs.organization), house.steward)
    change = add(office)
    assert change.hold == Hold.CALL
    with pytest.raises(Refused):
        publish(office, change)
    called(office, change)
    assert told("5 Wren Road")


@pytest.mark.promise(26)
def test_a_number_beside_the_street_waits_for_a_call(house: House) -> None:
    assert add(house, address_2="Do not come: call 514-555-0188").hold == Hold.CALL


@pytest.mark.promise(1)
def test_a_protected_place_keeps_its_region_alone(house: House) -> None:
    change = add(house, **HIDDEN)
    (value,) = change.after.values()
    assert "Madoc" not in str(change.after)
    assert DoorTrace.objects.filter(location_id=value["location"]).exists()
    publish(house, change)
    assert Location.objects.get(pk=value["location"]).is_protected
    assert not told("Madoc")


def test_what_was_kept_of_a_protected_place_goes_with_a_no(house: House) -> None:
    change = add(house, **HIDDEN)
    send_back_change(change=change.pk, reason="Nobody knows it.", viewer=house.steward, now=moment())
    assert not DoorTrace.objects.exists()


def test_where_people_stay_no_street_is_kept(
    make_service: MakeService, keeper: User, steward: User, second: User, house: House
) -> None:
    beds = make_service("Beds", needs=["emergency_shelter"], place={"is_protected": True})
    assert beds.organization is not None
    let_in(beds.organization, steward, second)
    verify(beds.phones.get())
    shelter = House(beds, employ(keeper, beds.organization), house.steward)
    with pytest.raises(Refused, match="no street is kept"):
        add(shelter)
    change = add(shelter, address_1="", community="Madoc, ON")
    assert change.hold == Hold.CALL
    called(shelter, change)
    assert all(beds.sites.values_list("location__is_protected", flat=True))


def test_a_place_of_its_own_and_never_anothers(house: House, make_service: MakeService) -> None:
    other = make_service("Elsewhere", "Belleville, ON")
    foreign = other.sites.get().location_id
    with pytest.raises(Refused):
        add(house, kind="own", location=str(foreign))
    mine = house.service.sites.get().location_id
    with pytest.raises(Refused, match="already"):
        add(house, kind="own", location=str(mine))


@pytest.mark.parametrize("kind", ["province", "country"])
def test_a_place_is_a_place(kind: str, house: House) -> None:
    with pytest.raises(Refused):
        add(house, kind=kind, province="ON")
    Service.objects.filter(pk=house.service.pk).update(reach=Reach.COUNTRY)
    with pytest.raises(Refused, match="ask a steward"):
        add(house)


def test_a_place_is_taken_off_after_somebody_read_it_and_comes_back_by_undoing(house: House) -> None:
    own(house)
    publish(house, add(house))
    site = house.service.sites.get(location__community__name="Belleville")
    Schedule.objects.create(
        publisher_id="relais", service_at_location=site, byday="MO", opens_at="09:00", closes_at="10:00"
    )
    change = take_off(house, site.location_id)
    assert change.hold == Hold.REVIEW
    assert told("5 Wren Road")
    publish(house, change)
    assert not told("5 Wren Road")
    assert not Listing.objects.filter(pk=site.pk).exists()
    assert not Schedule.objects.filter(service_at_location=site.pk).exists()
    (again,) = undo_change(change=change.pk, viewer=house.keeper, now=moment())
    publish(house, again)
    assert told("5 Wren Road")


def test_adding_is_undone_by_taking_off(house: House) -> None:
    own(house)
    change = add(house)
    publish(house, change)
    (back,) = undo_change(change=change.pk, viewer=house.keeper, now=moment())
    publish(house, back)
    assert house.service.sites.count() == 1
    assert ProposedChange.objects.get(pk=change.pk).state == State.UNDONE


def test_the_last_place_stays_and_so_does_a_feeds(house: House) -> None:
    with pytest.raises(Refused, match="one place at least"):
        take_off(house, house.service.sites.get().location_id)
    first = house.service.sites.get().location_id
    publish(house, add(house))
    with pytest.raises(Refused, match="came with a feed"):
        take_off(house, first)


def test_what_it_offers_is_read_first(house: House) -> None:
    own(house)
    (change,) = house.change({"needs": ["food", "legal_advice"]}, "offers")
    assert change.hold == Hold.REVIEW
    assert needs_of(house.service.pk) == ["legal_advice"]
    publish(house, change)
    assert needs_of(house.service.pk) == ["food", "legal_advice"]
    (less,) = house.change({"needs": ["food"]}, "offers")
    publish(house, less)
    assert needs_of(house.service.pk) == ["food"]
    after = tables()
    rebuild_listings()
    assert tables() == after
    (back,) = undo_change(change=less.pk, viewer=house.keeper, now=moment())
    publish(house, back)
    assert needs_of(house.service.pk) == ["food", "legal_advice"]


@pytest.mark.promise(26)
@pytest.mark.parametrize("lure", ["safe_ride", "employment", "peer_support", "overnight_dropin"])
def test_what_draws_people_in_from_now_on_waits_for_a_call(lure: str, house: House) -> None:
    (change,) = house.change({"needs": ["legal_advice", lure]}, "offers")
    assert change.hold == Hold.CALL
    called(house, change)
    assert lure in needs_of(house.service.pk)


def test_beds_are_offered_at_a_protected_place_alone(house: House) -> None:
    with pytest.raises(Refused, match="Protect its place first"):
        house.change({"needs": ["legal_advice", "emergency_shelter"]}, "offers")
    place = house.service.sites.get().location_id
    house.change({f"tier/{place}": "protected"}, "where")
    (change,) = house.change({"needs": ["legal_advice", "emergency_shelter"]}, "offers")
    called(house, change)
    assert "emergency_shelter" in needs_of(house.service.pk)


@pytest.mark.parametrize("needs", [[], ["no_such_kind"], ["food"] * 13])
def test_what_is_not_on_the_list_is_refused(needs: list[str], house: House) -> None:
    with pytest.raises(Refused):
        house.change({"needs": needs}, "offers")


def test_what_a_feed_says_that_it_offers_is_a_stewards_to_take_away(house: House) -> None:
    with pytest.raises(Refused, match="came with a feed"):
        house.change({"needs": ["food"]}, "offers")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages(language: str, house: House, browser: RoleClient) -> None:
    own(house)
    prefix = "/en/desk/organization/listing" if language == "en" else "/fr/bureau/organisme/fiche"
    page = browser.get(f"{prefix}/{house.service.pk}/").text
    with_offers = reverse("profile_offers", args=[house.service.pk])
    if language == "en":
        assert with_offers in page
    form = fields_of(browser.get(with_offers).text)
    assert form["main"] == "legal_advice"
    answer = browser.post(with_offers, form | {"main": "food", "also-legal_help": "legal_advice"})
    assert answer.status_code == 302
    assert ProposedChange.objects.get().after == {"needs": ["food", "legal_advice"]}


def test_a_place_is_asked_for_on_its_page(house: House, browser: RoleClient, sign_in: SignIn) -> None:
    where = browser.get(reverse("profile_where", args=[house.service.pk])).text
    address = reverse("profile_another_place", args=[house.service.pk])
    assert address in where
    form = fields_of(browser.get(address).text) | {"where": "new", "address_1": "5 Wren Road"}
    wrong = browser.post(address, form)
    assert wrong.status_code == 400
    assert "5 Wren Road" in wrong.text
    right = browser.post(address, form | {"community": "Belleville, ON"}, follow=True)
    assert "Somebody reads it before it is on the site." in right.text
    assert "5 Wren Road" in browser.get(reverse("profile_listing", args=[house.service.pk])).text
    publish(house, ProposedChange.objects.get())
    site = house.service.sites.get(location__community__name="Belleville")
    off = reverse("profile_take_off_place", args=[house.service.pk, site.location_id])
    assert off in browser.get(reverse("profile_where_of", args=[house.service.pk, site.location_id])).text
    browser.post(off, {})
    assert ProposedChange.objects.held().count() == 0
    assert browser.post(off, {"understood": "1"}).status_code == 302


def test_anothers_listing_is_not_there(house: House, make_service: MakeService, browser: RoleClient) -> None:
    foreign = make_service("Elsewhere").pk
    for name in ("profile_another_place", "profile_offers", "profile_vetted"):
        assert browser.get(reverse(name, args=[foreign])).status_code == 404


def test_the_lines_of_another_place_are_asked_about_where_a_place_is_hidden(
    house: House, browser: RoleClient
) -> None:
    address = reverse("profile_another_place", args=[house.service.pk])
    form = fields_of(browser.get(address).text) | {"where": "new", "community": "Belleville, ON"}
    form |= {"address_1": "Suite B", "address_2": "The red brick house behind the church"}
    hidden = Location.objects.get(services__service=house.service)
    protect_location(location_id=hidden.pk, viewer=Viewer(user=house.steward.user, tier=Tier.CUSTODIAN))
    page = browser.post(address, form).text
    assert "Does this tell where the place is?" in page
    assert not ProposedChange.objects.exists()
    back = browser.post(address, form | {"change": "1"})
    assert (back.status_code, "The red brick house" in back.text) == (200, True)
    answer = re.search(r'name="telling" value="([^"]+)"', page)
    assert answer
    browser.post(address, form | {"telling": answer[1]})
    assert ProposedChange.objects.get().state == State.HELD
    assert AuditEntry.objects.filter(action="confirm_tells_nothing").count() == 1
