"""The pages of an address, of protecting and opening a place, of its sealed street, and of who may find a listing."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from directory.actions.project_listings import project_services
from directory.models.address import Address
from directory.models.location import Location
from directory.models.membership import Role
from directory.models.proposed_change import ProposedChange
from directory.models.protected_address import ProtectedAddress
from directory.rules.change_states import State
from safety.audit import AuditEntry
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, page_of, second
from tests.directory.sweep import found_in_tables
from tests.directory.test_invitations import grow_old, prove_again
from tests.directory.test_profile_pages import browser, fields_of
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]


@pytest.fixture
def place(house: House) -> Location:
    """The clinic's place, with a street."""
    found = Location.objects.get(services__service=house.service)
    Address.objects.create(
        publisher=house.service.publisher, location=found, address_1="77 Canary Lane", city="Kingston",
        state_province="ON",
    )  # fmt: skip
    project_services([house.service.pk])
    return found


def door(name: str, house: House, place: Location | None = None, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"profile_{name}", args=[house.service.pk, *([place.pk] if place else [])])


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("task", ["where", "shown"])
def test_a_form_that_is_sent_as_it_stands_changes_nothing(
    task: str, language: str, house: House, browser: RoleClient, place: Location
) -> None:
    address = door(task, house, language=language)
    answer = browser.post(address, fields_of(browser.get(address).text))
    assert answer.status_code == 302
    assert not ProposedChange.objects.exists()


def test_a_new_address_waits_and_the_diff_reads_in_words(
    house: House, browser: RoleClient, visitor: RoleClient, place: Location
) -> None:
    address = door("where", house)
    sent = fields_of(browser.get(address).text)
    assert sent["address_1"] == "77 Canary Lane"
    looked = browser.post(address, sent | {"address_1": "5 Wren Road", "preview": "1"}).text
    assert "Street and number" in looked
    assert "5 Wren Road" in looked
    page = browser.post(address, sent | {"address_1": "5 Wren Road"}, follow=True).text
    assert "Somebody reads it before it is on the site." in page
    assert "77 Canary Lane" in page_of(visitor, house)
    wrong = browser.post(address, sent | {"community": "Nowhereville"})
    assert wrong.status_code == 400
    assert "for example Kingston, ON" in wrong.text


def protect(house: House, browser: RoleClient, place: Location) -> str:
    answer = browser.post(door("protect", house, place), {"understood": "1"}, follow=True)
    return str(answer.text)


def test_a_place_is_protected_by_whoever_understands_what_is_forgotten(
    house: House, browser: RoleClient, place: Location
) -> None:
    page = browser.post(door("protect", house, place), follow=True).text
    assert "tick that you understand" in page
    assert "Protect this place" in page
    page = protect(house, browser, place)
    assert "This place is protected now." in page
    assert "Canary" not in page
    assert "Protect this place" not in page
    assert found_in_tables(["77 Canary"]) == []


def test_a_region_is_asked_for_by_its_community(house: House, browser: RoleClient, place: Location) -> None:
    protect(house, browser, place)
    address = door("region", house, place)
    for wrong in ("", "Nowhereville"):
        assert browser.post(address, {"community": wrong}).status_code == 400
    page = browser.post(address, {"community": "Halifax, NS"}, follow=True).text
    assert "Saved. Somebody reads it before it is on the site." in page
    change = ProposedChange.objects.held().get()
    assert list(change.after) == [f"area/{place.pk}"]


def test_opening_waits_and_says_so(house: House, browser: RoleClient, place: Location) -> None:
    protect(house, browser, place)
    page = browser.post(door("open", house, place), follow=True).text
    assert "Saved. Somebody reads it before it is on the site." in page
    assert "You asked for it." in page
    assert ProposedChange.objects.held().count() == 1


@pytest.mark.promise(2)
@pytest.mark.promise(14)
def test_the_street_of_a_protected_place_is_sealed_and_read_on_record(
    house: House, browser: RoleClient, place: Location
) -> None:
    protect(house, browser, place)
    prove_again(browser)
    address = door("street", house, place)
    page = browser.get(address).text
    assert "No street is kept." in page
    typed = {"address_1": "9 Siskin Court", "city": "Kingston", "state_province": "ON", "keep": "1"}
    assert browser.post(address, typed | {"address_1": ""}).status_code == 400
    page = browser.post(address, typed, follow=True).text
    assert "The street is sealed and kept." in page
    assert "Siskin" not in page
    assert found_in_tables(["Siskin"]) == []
    assert not AuditEntry.objects.filter(action="read_protected_address").exists()
    shown = browser.post(address, {"read": "1"}).text
    assert "9 Siskin Court" in shown
    assert "Kingston ON" in shown
    assert AuditEntry.objects.filter(action="read_protected_address").count() == 1
    assert "Siskin" not in browser.get(door("where", house)).text
    browser.post(address, {"remove": "1"})
    assert not ProtectedAddress.objects.exists()


@pytest.mark.promise(17)
@pytest.mark.parametrize("seconds", [0, 7200], ids=["just signed in", "two hours ago"])
def test_fresh_proof_is_asked_before_a_street_is_read_or_written(
    house: House, browser: RoleClient, place: Location, seconds: int
) -> None:
    """Promise 17: a sign-in is no such proof, for who steals a session has that."""
    protect(house, browser, place)
    address = door("street", house, place)
    grow_old(browser, seconds)
    assert "reauthenticate" in browser.get(address)["Location"]
    assert browser.post(address, {"read": "1"})["Location"] == address
    browser.post(
        address, {"address_1": "9 Siskin Court", "city": "Kingston", "state_province": "ON", "keep": "1"}
    )
    assert not ProtectedAddress.objects.exists()
    assert not AuditEntry.objects.filter(action="read_protected_address").exists()


def test_an_open_place_has_no_sealed_street(house: House, browser: RoleClient, place: Location) -> None:
    prove_again(browser)
    assert browser.get(door("street", house, place)).status_code == 404


def test_going_off_the_public_site_waits(house: House, browser: RoleClient, place: Location) -> None:
    address = door("shown", house)
    page = browser.post(address, fields_of(browser.get(address).text) | {"shown": "vetted"}, follow=True).text
    assert "Somebody reads it before it is on the site." in page
    change = ProposedChange.objects.get()
    assert (change.state, change.after) == (State.HELD, {"service.publish_to": ["vetted"]})


def test_a_listing_by_phone_says_so(house: House, browser: RoleClient) -> None:
    house.service.sites.all().delete()
    assert "stands at no place" in browser.get(door("where", house)).text


@pytest.mark.parametrize("who", ["navigator", "outsider"])
def test_nobody_else_has_these_pages(
    who: str,
    house: House,
    place: Location,
    sign_in: SignIn,
    make_service: MakeService,
    request: pytest.FixtureRequest,
) -> None:
    person: User = request.getfixturevalue(who)
    other = make_service("Elsewhere").organization
    assert other is not None
    if who == "navigator":
        employ(person, house.organization, Role.WORKER)
    else:
        employ(person, other)
    wanted = 403 if who == "navigator" else 404
    stranger = sign_in(person)
    for name in ("where", "shown"):
        assert stranger.get(door(name, house)).status_code == wanted
    for name in ("protect", "open", "street"):
        assert stranger.post(door(name, house, place), {"understood": "1"}).status_code == wanted
    place.refresh_from_db()
    assert not place.is_protected
