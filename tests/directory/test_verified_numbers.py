"""Who calls back calls a number that people told; where a feed alone told one, another, and says where it was found."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.assure_service import assure_service
from directory.actions.decide_change import numbers_for, numbers_to_call, publish_change
from directory.actions.refused import Refused
from directory.models.field_source import FieldSource
from directory.models.phone import Phone
from directory.models.proposed_change import ProposedChange
from directory.models.publisher import Publisher
from tests.cast import SignIn
from tests.directory.profiles import House, house, moment, second
from tests.directory.test_invitations import prove_again

__all__ = ["house", "second"]
pytestmark = [pytest.mark.promise(26), pytest.mark.django_db]
FED, NEW, FOUND = "613-555-0142", "613-555-0199", "613-555-0155"


@pytest.fixture
def change(house: House) -> ProposedChange:
    """Kim asks for another number of a listing whose own came with a feed, and nobody ever confirmed it."""
    FieldSource.objects.all().delete()
    phone = house.service.phones.get()
    row = {"id": str(phone.pk), "number": NEW, "extension": "", "type": "", "description": ""}
    (made,) = house.change({"phones": [row | {"description_fr": ""}]}, "contact")
    return made


def publish(house: House, change: ProposedChange, **call: str) -> ProposedChange:
    told: dict[str, Any] = {"spoke_with": "The director"} | call
    return publish_change(change=change.pk, viewer=house.steward, now=moment(), **told)


def test_a_feeds_number_alone_is_none_to_call_back(house: House, change: ProposedChange) -> None:
    assert numbers_to_call(house.organization.pk, house.service.pk) == [FED]
    assert numbers_for(change) == []
    with pytest.raises(Refused, match="where you found"):
        publish(house, change, called=FED)


@pytest.mark.parametrize("called", [NEW, "1 (613) 555 0199", "they rang me", " "])
def test_a_number_of_the_change_is_none_wherever_it_was_found(
    called: str, house: House, change: ProposedChange
) -> None:
    with pytest.raises(Refused):
        publish(house, change, called=called, found_at="Their website")
    assert house.service.phones.get().number == FED


def test_where_it_was_found_is_kept(house: House, change: ProposedChange) -> None:
    publish(house, change, called=FOUND, found_at="The register of charities")
    change.refresh_from_db()
    assert (change.called, change.found_at) == (FOUND, "The register of charities")
    assert house.service.phones.get().number == NEW


@pytest.mark.parametrize("by", ["a person", "the desk", "a talk"])
def test_what_people_told_is_called(by: str, house: House, change: ProposedChange) -> None:
    phone = house.service.phones.get()
    day = timezone.localdate()
    if by == "a person":
        FieldSource.objects.create(
            entity="phone", record_id=phone.pk, field="number", stated_on=day, confirmed_on=day
        )
    elif by == "the desk":
        relais, _is_new = Publisher.objects.get_or_create(slug="relais", defaults={"name": "Relais"})
        Phone.objects.update(publisher=relais)
    else:
        assure_service(service_id=house.service.pk, on=day, viewer=house.steward)
    assert numbers_for(change) == [FED]
    with pytest.raises(Refused, match="known before"):
        publish(house, change, called=FOUND, found_at="Their website")
    publish(house, change, called=FED)


def test_the_desk_asks_for_it(house: House, change: ProposedChange, steward: User, sign_in: SignIn) -> None:
    desk = sign_in(steward)
    prove_again(desk)
    page = desk.get(reverse("review_change", args=[change.pk])).text
    assert 'name="found_at"' in page
    assert 'type="radio"' not in page
    told = {"called": FOUND, "spoke_with": "The director"}
    address = reverse("review_publish", args=[change.pk])
    assert desk.post(address, told).status_code == 400
    assert desk.post(address, told | {"found_at": "The register of charities"}).status_code == 302
    change.refresh_from_db()
    assert change.found_at == "The register of charities"


def test_the_desk_says_that_nobody_looks_at_websites(
    steward: User, sign_in: SignIn, settings: Any, db: None
) -> None:
    desk, said = sign_in(steward), "Nobody looks at websites here"
    prove_again(desk)
    assert said in desk.get(reverse("review_dead")).text
    settings.CHECK_WEBSITES = True
    assert said not in desk.get(reverse("review_dead")).text
