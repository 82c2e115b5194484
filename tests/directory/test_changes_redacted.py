"""What keepers once wrote of a place that is protected now: its words are erased from their changes, no others."""

import json
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from directory.actions.decide_change import publish_change, send_back_change
from directory.actions.propose_change import keep_draft, undo_change
from directory.actions.protect_location import protect_location
from directory.actions.refused import Refused
from directory.models.address import Address
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.rules.change_states import State
from safety.audit import AuditEntry
from safety.viewer import Tier, Viewer
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, house, moment, second
from tests.directory.sweep import found_in_tables
from tests.roles import role

__all__ = ["house", "second"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
TELLS = "Pay at the desk. It is at 77 Canary Lane. Thank you."
NEEDLES = ["Canary"]


def place_of(house: House) -> Location:
    """The clinic's place, with a street."""
    place = Location.objects.get(services__service=house.service)
    Address.objects.create(
        publisher=house.service.publisher, location=place, address_1="77 Canary Lane", city="Kingston",
        state_province="ON",
    )  # fmt: skip
    return place


def protect(place: Location) -> None:
    protect_location(location_id=place.pk, viewer=STEWARD)


def called(house: House, values: dict[str, Any]) -> ProposedChange:
    """A change that tells a street, published after a call."""
    (change,) = house.change(values)
    return publish_change(
        change=change.pk, viewer=house.steward, now=moment(), called="613-555-0142", spoke_with="The director"
    )


def test_a_published_change_keeps_all_but_the_words_that_tell(house: House) -> None:
    place = place_of(house)
    first = called(house, {"service.fees_description": TELLS})
    (then,) = house.change({"service.fees_description": "Nothing to pay."})
    (last,) = house.change({"service.alert": "Closed on Friday."})
    protect(place)
    assert found_in_tables(NEEDLES) == []
    for change in (first, then, last):
        change.refresh_from_db()
    assert first.after == {"service.fees_description": "…"}
    assert then.before == {"service.fees_description": "…"}
    assert then.after == {"service.fees_description": "Nothing to pay."}
    assert last.redacted_at is None
    assert {first.state, then.state, last.state} == {State.PUBLISHED}


def test_rows_and_hours_are_looked_through_too(house: House) -> None:
    place = place_of(house)
    phones = [{"number": "613-555-0142", "extension": "", "type": "voice",
               "description": "The desk at 77 Canary Lane", "description_fr": ""}]  # fmt: skip
    change = made(house, before={"phones": phones, "service.alert": "x"}, after={"phones": []})
    protect(place)
    change.refresh_from_db()
    assert change.before["phones"] == [phones[0] | {"description": "…"}]
    assert found_in_tables(NEEDLES) == []


def made(house: House, **told: Any) -> ProposedChange:
    """A published change as it was written once."""
    return ProposedChange.objects.create(
        organization=house.organization, service=house.service, task="contact", hold="",
        state=State.PUBLISHED, made_by_id=house.keeper.user, made_at=moment(), **told,
    )  # fmt: skip


def test_what_waits_is_sent_back_and_a_draft_goes(house: House) -> None:
    place = place_of(house)
    held = ProposedChange.objects.create(
        organization=house.organization, service=house.service, task="words", hold="review", state=State.HELD,
        made_by_id=house.keeper.user, made_at=moment(), before={"service.alert": ""},
        after={"service.alert": TELLS},
    )  # fmt: skip
    draft = keep_draft(
        organization=house.organization.pk, service=house.service.pk, task="words",
        values={"service.description": TELLS}, viewer=house.keeper, now=moment(),
    )  # fmt: skip
    assert draft is not None
    protect(place)
    held.refresh_from_db()
    draft.refresh_from_db()
    assert (held.state, draft.state) == (State.SENT_BACK, State.REPLACED)
    assert "protected place" in held.reason
    assert "lieu protégé" in held.reason
    assert found_in_tables(NEEDLES) == []
    with pytest.raises(Refused):
        publish_change(change=held.pk, viewer=house.steward, now=moment())


def test_no_draft_tells_the_door_afterwards(house: House) -> None:
    protect(place_of(house))
    asked = {
        "organization": house.organization.pk, "service": house.service.pk, "task": "words",
        "viewer": house.keeper, "now": moment(),
    }  # fmt: skip
    with pytest.raises(Refused):
        keep_draft(values={"service.description": TELLS}, **asked)  # type: ignore[arg-type]
    assert found_in_tables(NEEDLES) == []
    assert keep_draft(values={"service.description": "Come."}, **asked) is not None  # type: ignore[arg-type]


def test_the_reason_of_a_steward_tells_nothing_either(house: House) -> None:
    place = place_of(house)
    held = ProposedChange.objects.create(
        organization=house.organization, service=house.service, task="words", hold="review", state=State.HELD,
        made_by_id=house.keeper.user, made_at=moment(), before={"service.alert": ""},
        after={"service.alert": "Come."},
    )  # fmt: skip
    send_back_change(change=held.pk, reason="Is it still 77 Canary Lane?", viewer=house.steward, now=moment())
    protect(place)
    held.refresh_from_db()
    assert (held.reason, held.after) == ("…", {"service.alert": "Come."})


def test_nobody_brings_erased_words_back(house: House) -> None:
    place = place_of(house)
    called(house, {"service.fees_description": TELLS})
    (then,) = house.change({"service.fees_description": "Nothing to pay."})
    protect(place)
    with pytest.raises(Refused):
        undo_change(change=then.pk, viewer=house.keeper, now=moment())
    house.service.refresh_from_db()
    assert house.service.fees_description == "Nothing to pay."


def test_the_trail_says_what_was_erased_and_not_what_it_said(house: House) -> None:
    place = place_of(house)
    change = called(house, {"service.fees_description": TELLS})
    protect(place)
    entry = AuditEntry.objects.get(action="redact_change")
    assert (entry.subject_type, entry.subject_id) == ("service", house.service.pk)
    assert entry.organization == house.organization.pk
    assert entry.facts() == {"change": str(change.pk), "texts": 1}
    assert json.dumps(entry.facts(), sort_keys=True, separators=(",", ":")) == entry.details


def test_changes_of_a_parent_are_looked_through_too(
    house: House, make_service: MakeService, keeper: User
) -> None:
    other = make_service("Line")
    Organization.objects.filter(pk=house.organization.pk).update(parent_organization=other.organization)
    change = ProposedChange.objects.create(
        organization=other.organization, service=None, task="name", hold="", state=State.PUBLISHED,
        made_by=keeper, made_at=moment(), before={}, after={"organization.description": TELLS},
    )  # fmt: skip
    protect(place_of(house))
    change.refresh_from_db()
    assert change.after == {"organization.description": "…"}


def test_changes_of_others_stay(house: House, make_service: MakeService, keeper: User) -> None:
    other = make_service("Pantry")
    change = ProposedChange.objects.create(
        organization=other.organization, service=other, task="words", hold="", state=State.PUBLISHED,
        made_by=keeper, made_at=moment(), before={}, after={"service.alert": "We were at 77 Canary Lane."},
    )  # fmt: skip
    protect(place_of(house))
    change.refresh_from_db()
    assert other.organization_id != house.organization.pk
    assert change.redacted_at is None


@pytest.mark.parametrize(
    "told",
    [
        [["after"]],
        [["after", "service.none"]],
        [["called"]],
        [["made_by"]],
        [["state"]],
        [["after", "phones"]],
        [],
        {},
        [["before", "service.alert"], ["spoke_with"]],
    ],
)
def test_the_desk_can_erase_texts_and_do_nothing_else(house: House, told: Any) -> None:
    change = made(house, before={"service.alert": "a"}, after={"service.alert": "b", "phones": []})
    count = AuditEntry.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT redact_change(%s, %s::jsonb)", [change.pk, json.dumps(told)])
    change.refresh_from_db()
    assert (change.before, change.after) == ({"service.alert": "a"}, {"service.alert": "b", "phones": []})
    assert AuditEntry.objects.count() == count


def test_the_public_role_erases_nothing(house: House) -> None:
    change = made(house, before={"service.alert": "a"}, after={"service.alert": "b"})
    told = json.dumps([["after", "service.alert"]])
    with (
        pytest.raises(DatabaseError, match="permission"),
        transaction.atomic(),
        role("relais_public"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT redact_change(%s, %s::jsonb)", [change.pk, told])
