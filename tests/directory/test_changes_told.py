"""An organization is told what waits in its name, and what became of it, by a real mail server (promises 13 and 26)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions.decide_change import publish_change, send_back_change
from directory.models.membership import Membership, Role
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from safety.notices import deliver
from safety.viewer import Viewer
from tests.directory.profiles import House, employ, house, moment, second
from tests.postbox import Postbox, postbox

__all__ = ["house", "postbox", "second"]
pytestmark = [pytest.mark.promise(26), pytest.mark.django_db]
OLD, NEW = "613-555-0142", "613-555-0199"
ALARM, ITEM = "Please look at your desk today", "You have an item"


@pytest.fixture
def lead(house: House) -> User:
    """Lou leads the organization whose clinic Kim keeps."""
    lou = User.objects.create_user("lou@relais.example", "correct horse battery")
    employ(lou, house.organization, Role.LEAD)
    return lou


def as_lead(lead: User, house: House) -> Viewer:
    return Viewer(user=lead.pk, organization=house.organization.pk)


def phones(service: Service) -> dict[str, list[dict[str, str]]]:
    row = {"id": str(service.phones.get().pk), "number": NEW, "extension": "", "type": ""}
    return {"phones": [row | {"description": "", "description_fr": ""}]}


def ask(house: House, **more: Any) -> ProposedChange:
    (change,) = house.change(phones(house.service), task="contact", **more)
    return change


def told(postbox: Postbox) -> dict[str, str]:
    """Who got a letter just now, and under what heading."""
    postbox.letters.clear()
    deliver(timezone.now())
    return {str(letter["To"]): str(letter["Subject"]).strip().split(" / ")[0] for letter in postbox.letters}


def later() -> datetime:
    """When a person may get another letter."""
    return moment() + timedelta(minutes=11)


def test_leads_are_alarmed_when_it_was_not_one_of_them_who_asked(
    house: House, lead: User, keeper: User, postbox: Postbox
) -> None:
    ask(house)
    assert told(postbox) == {lead.email: ALARM, keeper.email: ITEM}
    for letter in postbox.letters:
        said = letter.get_payload(decode=True).decode()
        assert "/en/desk/" in said
        assert "/fr/bureau/" in said
        assert not any(word in said for word in (NEW, OLD, house.service.name, house.organization.name))


def test_an_alarm_is_not_held_back_by_another_letter_of_the_hour(
    house: House, lead: User, postbox: Postbox
) -> None:
    (change,) = house.change(
        {"service.url": "https://a.example"}, task="contact", viewer=as_lead(lead, house)
    )
    publish_change(change=change.pk, viewer=house.steward, now=moment(), called=OLD, spoke_with="Lou")
    ask(house)
    postbox.letters.clear()
    deliver(timezone.now())
    mine = [str(one["Subject"]).strip().split(" / ")[0] for one in postbox.letters if one["To"] == lead.email]
    assert sorted(mine) == [ALARM, ITEM]


def test_of_what_a_lead_asked_all_leads_hear_without_alarm(
    house: House, lead: User, postbox: Postbox
) -> None:
    other = User.objects.create_user("mo@relais.example", "correct horse battery")
    employ(other, house.organization, Role.LEAD)
    ask(house, viewer=as_lead(lead, house))
    assert told(postbox) == {lead.email: ITEM, other.email: ITEM}


def test_a_program_is_no_lead_whosever_token_it_has(house: House, lead: User, postbox: Postbox) -> None:
    (change,) = house.change(phones(house.service), task="push", viewer=as_lead(lead, house))
    assert change.task == "push"
    postbox.letters.clear()
    deliver(timezone.now())
    assert ALARM in {str(one["Subject"]).strip().split(" / ")[0] for one in postbox.letters}


@pytest.mark.parametrize("is_published", [True, False])
def test_who_asked_and_who_leads_hear_what_became_of_it(
    is_published: bool, house: House, lead: User, keeper: User, postbox: Postbox
) -> None:
    change = ask(house)
    told(postbox)
    if is_published:
        publish_change(change=change.pk, viewer=house.steward, now=later(), called=OLD, spoke_with="Lou")
    else:
        send_back_change(change=change.pk, reason="Nobody asked for it.", viewer=house.steward, now=later())
    assert told(postbox) == {lead.email: ITEM, keeper.email: ITEM}


def test_who_left_is_told_nothing(house: House, lead: User, keeper: User, postbox: Postbox) -> None:
    change = ask(house)
    told(postbox)
    Membership.objects.filter(user=keeper).update(ended_at=moment())
    send_back_change(change=change.pk, reason="Nobody asked for it.", viewer=house.steward, now=later())
    assert told(postbox) == {lead.email: ITEM}


def test_what_is_only_read_first_writes_no_letter(house: House, lead: User, postbox: Postbox) -> None:
    (change,) = house.change({"service.status": "inactive"}, task="closing")
    assert change.hold == "review"
    assert told(postbox) == {}
