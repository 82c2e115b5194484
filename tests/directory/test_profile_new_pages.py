"""The pages of a new listing: written, looked at, kept, sent, written anew; a steward calls back and shows it."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from directory.actions.decide_change import send_back_change
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.rules.change_states import State
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, moment, second
from tests.directory.test_profile_pages import browser, fields_of, proved
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]
PANTRY = {
    "name": "Larch pantry",
    "main": "food",
    "where": "new",
    "community": "Kingston, ON",
    "address_1": "12 Larch Street",
}


def door(language: str = "en", change: ProposedChange | None = None) -> str:
    with translation.override(language):
        return reverse("profile_new_again", args=[change.pk]) if change else reverse("profile_new")


def send(browser: RoleClient, change: ProposedChange | None = None, **more: str) -> Any:
    address = door(change=change)
    return browser.post(address, fields_of(browser.get(address).text) | PANTRY | more, follow=True)


def test_a_listing_is_asked_for_and_stands_on_the_page_as_waiting(house: House, browser: RoleClient) -> None:
    assert reverse("profile_new") in browser.get(reverse("profile")).text
    page = send(browser, **{"also-daily_life": "clothing"}).text
    assert "Somebody reads it before it is on the site." in page
    assert "Larch pantry" in page
    assert "Waits to be checked." in page
    change = ProposedChange.objects.get()
    assert change.after["needs"] == ["food", "clothing"]
    assert change.after["place"]["community"] == "Kingston, ON"


def test_it_is_looked_at_first(house: House, browser: RoleClient) -> None:
    page = send(browser, preview="1").text
    assert "What you changed" in page
    assert "12 Larch Street, Kingston, ON" in page
    assert not ProposedChange.objects.exists()
    assert fields_of(page)["address_1"] == "12 Larch Street"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "A listing needs a name"),
        ({"main": ""}, "This field is required."),
        ({"where": ""}, "This field is required."),
        ({"community": ""}, "for example Kingston, ON"),
        ({"community": "Hamilton"}, "Hamilton, ON"),
        ({"community": "K7L 1A1"}, "for example Kingston, ON"),
        ({"community": "Nowhereville"}, "for example Kingston, ON"),
        ({"where": "protected"}, "Of a protected place no street is kept."),
        ({"where": "province"}, "Choose the province that it serves."),
        ({"number": "call us"}, "This is not a telephone number."),
        ({"main": "emergency_shelter"}, "no street is kept"),
    ],
)
def test_what_is_wrong_stands_beside_it_and_nothing_is_lost(
    sent: dict[str, str], words: str, house: House, browser: RoleClient
) -> None:
    answer = send(browser, description="We have bread.", **sent)
    if sent == {"community": "Hamilton"}:
        # One large city of that name is meant for sure.
        assert ProposedChange.objects.get().after["place"]["community"] == "Hamilton, ON"
        return
    assert answer.status_code == 400
    assert words in answer.text
    assert fields_of(answer.text)["description"] == "We have bread."
    assert not ProposedChange.objects.exists()


def test_a_draft_is_gone_on_with_and_a_listing_that_waits_is_taken_back(
    house: House, browser: RoleClient
) -> None:
    page = send(browser, draft="1").text
    assert "Kept as a draft." in page
    draft = ProposedChange.objects.get()
    again = browser.get(door(change=draft)).text
    assert "You see a draft." in again
    assert fields_of(again)["name"] == "Larch pantry"
    assert fields_of(again)["where"] == "new"
    send(browser, draft, name="Larch food bank")
    (waits,) = ProposedChange.objects.held()
    assert waits.service_id == draft.service_id
    assert waits.after["service.name"] == "Larch food bank"
    page = browser.post(reverse("profile_new_take_back", args=[waits.pk]), follow=True).text
    assert "Taken back." in page
    assert "Larch food bank" not in page
    assert browser.get(door(change=waits)).status_code == 404


def test_what_was_sent_back_says_why_and_is_written_anew(house: House, browser: RoleClient) -> None:
    send(browser)
    (change,) = ProposedChange.objects.held()
    send_back_change(change=change.pk, reason="Which floor?", viewer=house.steward, now=moment())
    assert "Which floor?" in browser.get(reverse("profile")).text
    send(browser, change, address_2="Second floor")
    (anew,) = ProposedChange.objects.held()
    page = browser.get(reverse("profile")).text
    assert "Which floor?" not in page
    assert anew.after["place"]["address_2"] == "Second floor"


@pytest.mark.promise(26)
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "a protected place, told as: Kingston"), ("fr", "un lieu protégé, indiqué ainsi")],
)
def test_a_steward_reads_a_shelter_in_words_and_calls_back(
    language: str, words: str, house: House, browser: RoleClient, steward: User, sign_in: SignIn
) -> None:
    page = send(browser, main="emergency_shelter", where="protected", address_1="").text
    assert "we call you back on a number that we know already" in page
    (change,) = ProposedChange.objects.held()
    desk = proved(sign_in(steward))
    with translation.override(language):
        queue, address = reverse("review_changes"), reverse("review_change", args=[change.pk])
    assert "Larch pantry" in desk.get(queue).text
    told = desk.get(address).text
    assert "Larch pantry" in told
    if language == "en":
        assert words in told
        assert "Shelter or transition house" in told
    publish = reverse("review_publish", args=[change.pk])
    assert desk.post(publish, {}).status_code == 400
    assert not Service.objects.filter(pk=change.service_id).exists()
    desk.post(publish, {"called": "613-555-0142", "spoke_with": "Ana, director"})
    change.refresh_from_db()
    assert change.state == State.PUBLISHED
    with translation.override("en"):
        own = browser.get(reverse("profile_listing", args=[change.service_id])).text
    assert "Larch pantry" in own
    assert "Changed lately" in own


def test_another_organizations_wish_is_answered_as_none(
    house: House, browser: RoleClient, outsider: User, sign_in: SignIn, make_service: MakeService
) -> None:
    send(browser)
    (change,) = ProposedChange.objects.held()
    other = make_service("Elsewhere").organization
    assert other is not None
    employ(outsider, other)
    stranger = sign_in(outsider)
    assert stranger.get(door(change=change)).status_code == 404
    assert stranger.post(reverse("profile_new_take_back", args=[change.pk])).status_code == 404
    assert "Larch" not in stranger.get(reverse("profile")).text
    assert sign_in(User.objects.get(pk=house.steward.user)).get(door()).status_code == 403
