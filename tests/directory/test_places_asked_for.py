"""Another place that waits is one row: asked for again it is replaced, written anew, or taken back by its people."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from directory.actions.propose_place import propose_place
from directory.actions.refused import Refused
from directory.actions.take_back_change import take_back_change
from directory.models.door_trace import DoorTrace
from directory.models.listing import ListingPage
from directory.models.location import Location
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.rules.change_states import State
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.directory.profiles import House, employ, house, moment, second
from tests.directory.test_more_places import HIDDEN, THERE, add, publish
from tests.directory.test_profile_pages import browser, fields_of
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]
pytestmark = pytest.mark.django_db


def held() -> list[ProposedChange]:
    return list(ProposedChange.objects.held())


def take_back(change: ProposedChange, viewer: Viewer) -> None:
    take_back_change(change=change.pk, viewer=viewer, now=moment())


@pytest.mark.parametrize("place", [THERE, HIDDEN], ids=["new", "protected"])
def test_the_same_place_asked_for_again_is_one_row(place: dict[str, str], house: House) -> None:
    add(house, **place)
    latest = add(house, **place)
    assert held() == [latest]
    (stored,) = latest.after.values()
    assert not DoorTrace.objects.exclude(location_id=stored["location"]).exists()


def test_another_place_is_another_row(house: House) -> None:
    first, other = add(house), add(house, address_1="9 Finch Road")
    assert {change.pk for change in held()} == {first.pk, other.pk}


def test_a_place_of_its_own_is_one_row_too(house: House) -> None:
    place = Location.objects.create(
        publisher=house.service.publisher,
        organization=house.organization,
        placed_by="community",
        community=house.service.sites.get().location.community,
    )
    for _twice in range(2):
        add(house, kind="own", location=str(place.pk))
    assert len(held()) == 1


def test_what_waits_is_written_anew(house: House) -> None:
    before = add(house)
    kept = add(house, address_1="9 Finch Road")
    named = {"organization": house.organization.pk, "service": house.service.pk, "viewer": house.keeper}
    anew: dict[str, Any] = named | {"place": THERE | {"address_1": "7 Wren Road"}, "now": moment()}
    (after,) = propose_place(**anew, instead=before.pk)
    assert {change.pk for change in held()} == {kept.pk, after.pk}
    with pytest.raises(Refused, match="decided already"):
        propose_place(**anew, instead=before.pk)
    publish(house, after)
    assert ListingPage.objects.filter(en__icontains="7 Wren Road").exists()
    assert not ListingPage.objects.filter(en__icontains="5 Wren Road").exists()


def test_what_waits_is_taken_back_and_nothing_of_it_stays(house: House) -> None:
    change = add(house, **HIDDEN)
    assert DoorTrace.objects.exists()
    take_back(change, house.keeper)
    assert not DoorTrace.objects.exists()
    change.refresh_from_db()
    assert change.state == State.REPLACED
    row = AuditEntry.objects.get(action="take_back_change")
    assert (row.actor, row.subject_id) == (house.keeper.user, house.service.pk)
    with pytest.raises(Refused):
        take_back(change, house.keeper)


@pytest.mark.promise(26)
def test_whoever_leads_takes_back_what_a_stolen_session_asked_for(house: House) -> None:
    lou = User.objects.create_user("lou@relais.example", "correct horse battery")
    lead = employ(lou, house.organization, Role.LEAD)
    (change,) = house.change({"service.url": "https://another.example"}, "contact")
    assert ListingPage.objects.get().en["being_checked"]
    take_back(change, lead)
    assert not held()
    assert not ListingPage.objects.get().en.get("being_checked")


def test_nobody_else_takes_it_back(house: House, navigator: User) -> None:
    change = add(house)
    elsewhere = Organization.objects.create(publisher=house.service.publisher, name="Elsewhere")
    for viewer in (employ(navigator, elsewhere), house.steward):
        with pytest.raises(PermissionDenied):
            take_back(change, viewer)
    assert held() == [change]


def test_on_its_page(house: House, browser: RoleClient) -> None:
    change = add(house)
    where = reverse("profile_where", args=[house.service.pk])
    again = f"{reverse('profile_another_place', args=[house.service.pk])}?again={change.pk}"
    assert again in browser.get(where).text
    form = fields_of(browser.get(again).text)
    assert (form["address_1"], form["community"], form["where"]) == ("5 Wren Road", "Belleville, ON", "new")
    assert browser.post(again, form | {"address_1": "7 Wren Road"}).status_code == 302
    (anew,) = held()
    assert [place["address_1"] for place in anew.after.values()] == ["7 Wren Road"]
    assert browser.get(again).status_code == 404
    back = reverse("profile_undo", args=[anew.pk])
    for page in (where, reverse("profile_listing", args=[house.service.pk])):
        assert back in browser.get(page).text
    assert "It is taken back." in browser.post(back, follow=True).text
    assert not held()
