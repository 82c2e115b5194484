"""Keepers change what a listing says: at once, or held; the public page keeps the old value meanwhile (promise 26)."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection

from accounts.models import User
from directory.actions.decide_change import numbers_to_call, publish_change, send_back_change
from directory.actions.project_listings import rebuild_listings
from directory.actions.propose_change import keep_draft, undo_change
from directory.actions.refused import Refused
from directory.finding.profile import phones_of, service_profile
from directory.models.membership import Membership, Role
from directory.models.phone import Phone
from directory.models.proposed_change import ProposedChange
from directory.models.vetting import VettingDecision
from directory.rules.change_states import State
from directory.rules.holding import Hold
from safety.audit import AuditEntry
from safety.viewer import VISITOR, Viewer
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, moment, page_of, second, verify
from tests.directory.test_read_model import tables
from tests.roles import RoleClient, role

__all__ = ["house", "second"]
OLD, NEW = "613-555-0142", "613-555-0199"


def numbers(house: House, number: str) -> list[dict[str, str]]:
    """The clinic's one number, changed."""
    (row,) = service_profile(house.service)["phones"]
    return [row | {"number": number}]


def test_plain_words_are_on_the_public_page_at_once(house: House, visitor: RoleClient) -> None:
    (change,) = house.change(
        {"service.fees_description": "Nothing to pay.", "service.fees_description_fr": "Gratuit."}
    )
    assert change.state == State.PUBLISHED
    assert "Nothing to pay." in page_of(visitor, house)
    assert "Gratuit." in page_of(visitor, house, "fr")
    assert ProposedChange.objects.to_look_at().get() == change
    told = AuditEntry.objects.filter(action="propose_change").get()
    assert (told.actor, told.subject_id) == (house.keeper.user, house.service.pk)
    assert "Nothing" not in told.details


@pytest.mark.promise(26)
def test_a_new_number_waits_and_the_page_says_so(house: House, visitor: RoleClient) -> None:
    (change,) = house.change({"phones": numbers(house, NEW)}, "contact")
    assert (change.state, change.hold) == (State.HELD, Hold.CALL)
    page = page_of(visitor, house)
    assert OLD in page
    assert NEW not in page
    assert "A change is being checked: telephone number." in page
    before = tables()
    rebuild_listings()
    assert tables() == before
    publish_change(
        change=change.pk, viewer=house.steward, now=moment(), called=OLD, spoke_with="The director"
    )
    page = page_of(visitor, house)
    assert NEW in page
    assert OLD not in page
    assert "being checked" not in page


@pytest.mark.promise(26)
@pytest.mark.parametrize(
    "values",
    [
        {"service.email": "new@house.example"},
        {"service.url": "https://new.example"},
        {"service.name": "Another clinic"},
        {"service.name_fr": "Une autre clinique"},
        {"service.description": f"Call {NEW}."},
        {"service.alert": "Now at new.example"},
        {"phones": []},
        {
            "phones": [
                {
                    "id": "",
                    "number": NEW,
                    "extension": "",
                    "type": "text",
                    "description": "",
                    "description_fr": "",
                }
            ]
        },
        {"languages": [{"id": "", "code": "eng", "name": "English", "note": f"call {NEW}"}]},
    ],
)
def test_nothing_that_could_redirect_is_published_by_its_author(
    values: dict[str, Any], house: House, visitor: RoleClient
) -> None:
    before = page_of(visitor, house)
    (change,) = house.change(values)
    assert change.hold == Hold.CALL
    page = page_of(visitor, house)
    assert NEW not in page
    assert "new.example" not in page
    assert "Another clinic" not in page
    assert OLD in page
    assert before.partition("<h1>")[2].partition("</h1>")[0] in page


@pytest.mark.promise(26)
def test_the_organizations_own_number_waits_too(house: House, visitor: RoleClient) -> None:
    phones_of(house.service.pk).delete()
    own = Phone.objects.create(
        publisher=house.organization.publisher, organization=house.organization, number=OLD
    )
    verify(own)
    row = {"id": "", "number": NEW, "extension": "", "type": "", "description": "", "description_fr": ""}
    (change,) = house.change({"organization.phones": [row]}, "contact", service=None)
    assert change.hold == Hold.CALL
    page = page_of(visitor, house)
    assert OLD in page
    assert "A change is being checked: telephone number." in page
    publish_change(change=change.pk, viewer=house.steward, now=moment(), called=OLD, spoke_with="Desk")
    assert NEW in page_of(visitor, house)


@pytest.mark.promise(26)
@pytest.mark.parametrize(
    ("called", "spoke_with"), [("", "Desk"), (OLD, " "), (NEW, "Desk"), ("somewhere", "Desk")]
)
def test_a_call_back_goes_to_a_number_that_was_known_before(
    called: str, spoke_with: str, house: House
) -> None:
    (change,) = house.change({"phones": numbers(house, NEW)})
    assert numbers_to_call(house.organization.pk, house.service.pk) == [OLD]
    with pytest.raises(Refused):
        publish_change(
            change=change.pk, viewer=house.steward, now=moment(), called=called, spoke_with=spoke_with
        )
    assert phones_of(house.service.pk).get().number == OLD


@pytest.mark.promise(26)
def test_the_database_publishes_no_number_without_a_call(house: House, steward: User) -> None:
    (change,) = house.change({"phones": numbers(house, NEW)})
    for statement in (
        "UPDATE proposed_change SET state = 'published'",
        f"UPDATE proposed_change SET state = 'published', decided_by_id = '{steward.pk}'",
        f"UPDATE proposed_change SET decided_by_id = '{house.keeper.user}'",
        "UPDATE proposed_change SET hold = ''",
        "UPDATE proposed_change SET after = before",
        "DELETE FROM proposed_change",
    ):
        with pytest.raises(DatabaseError), role("relais_portal"):
            connection.cursor().execute(statement)
    change.refresh_from_db()
    assert change.state == State.HELD


def test_the_public_reads_none_of_it(house: House) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_public"):
        connection.cursor().execute("SELECT 1 FROM proposed_change")


def test_what_is_sent_back_says_why_and_changes_nothing(house: House, visitor: RoleClient) -> None:
    (change,) = house.change({"phones": numbers(house, NEW)})
    with pytest.raises(Refused):
        send_back_change(change=change.pk, reason=" ", viewer=house.steward, now=moment())
    send_back_change(change=change.pk, reason="Nobody there knew of it.", viewer=house.steward, now=moment())
    page = page_of(visitor, house)
    assert OLD in page
    assert "being checked" not in page
    with pytest.raises(Refused):
        publish_change(change=change.pk, viewer=house.steward, now=moment(), called=OLD, spoke_with="Desk")


def test_one_number_among_other_changes_holds_back_itself_alone(house: House, visitor: RoleClient) -> None:
    made = house.change({"phones": numbers(house, NEW), "service.fees_description": "Free of charge."})
    assert {change.hold: change.state for change in made} == {
        Hold.CALL: State.HELD,
        Hold.NOTHING: State.PUBLISHED,
    }
    assert "Free of charge." in page_of(visitor, house)


def test_closing_waits_for_a_reader_and_needs_no_call(house: House, visitor: RoleClient) -> None:
    (change,) = house.change({"service.status": "temporarily closed"}, "closing")
    assert change.hold == Hold.REVIEW
    assert "being checked" not in page_of(visitor, house)
    publish_change(change=change.pk, viewer=house.steward, now=moment())
    assert "Closed for a while" in page_of(visitor, house)


def test_taking_fewer_people_waits_for_a_reader(house: House) -> None:
    (narrower,) = house.change({"facts": [["with", "pet", False, None, None]]}, "who")
    assert narrower.hold == Hold.REVIEW
    (wider,) = house.change({"facts": [["with", "pet", True, None, None]]}, "who")
    assert wider.state == State.PUBLISHED
    narrower.refresh_from_db()
    assert narrower.state == State.REPLACED


def test_hours_are_told_on_the_next_request(house: House, visitor: RoleClient) -> None:
    key = f"hours/{house.service.pk}/"
    hours = service_profile(house.service)[key]
    days = [[[540, 1200]]] * 4 + [[[600, 720], [780, 1140]], [[1320, 1560]], []]
    own = [{"on": "2099-12-24", "opens_at": "09:00", "closes_at": "12:00", "note": "", "note_fr": ""}]
    told = {"days": days, "on_holidays": "closed", "own_days": own, "note": "Ring twice."}
    (change,) = house.change({key: hours | told}, "hours")
    assert change.state == State.PUBLISHED
    page = page_of(visitor, house)
    for line in ("10:00 to 12:00, 13:00 to 19:00", "22:00 to 2:00", "24 December 2099", "Ring twice."):
        assert line in page, line
    stored = service_profile(house.service)[key]
    assert stored == hours | told
    assert house.service.schedules.count() == 5


@pytest.mark.parametrize(
    ("state", "told"),
    [("always", "Day and night"), ("appointment", "By appointment"), ("not_stated", "")],
)
def test_day_and_night_by_appointment_and_not_stated_come_back_as_they_were(
    state: str, told: str, house: House, visitor: RoleClient
) -> None:
    key = f"hours/{house.service.pk}/"
    hours = service_profile(house.service)[key]
    house.change({key: hours | {"state": state, "days": []}}, "hours")
    assert service_profile(house.service).get(key, {"state": "not_stated"})["state"] == state
    assert told in page_of(visitor, house)


def test_undoing_is_a_change_of_its_own(house: House, visitor: RoleClient) -> None:
    (change,) = house.change({"service.fees_description": "Ten dollars."})
    (undone,) = undo_change(change=change.pk, viewer=house.keeper, now=moment())
    change.refresh_from_db()
    assert (change.state, undone.state, undone.undoes_id) == (State.UNDONE, State.PUBLISHED, change.pk)
    assert "Ten dollars." not in page_of(visitor, house)
    with pytest.raises(Refused):
        undo_change(change=change.pk, viewer=house.keeper, now=moment())


@pytest.mark.promise(26)
def test_undoing_a_number_waits_for_a_call_as_well(house: House, visitor: RoleClient) -> None:
    (change,) = house.change({"phones": numbers(house, NEW)})
    publish_change(change=change.pk, viewer=house.steward, now=moment(), called=OLD, spoke_with="Desk")
    (undone,) = undo_change(change=change.pk, viewer=house.keeper, now=moment())
    change.refresh_from_db()
    assert (change.state, undone.state) == (State.PUBLISHED, State.HELD)
    publish_change(change=undone.pk, viewer=house.steward, now=moment(), called=NEW, spoke_with="Desk")
    change.refresh_from_db()
    assert change.state == State.UNDONE
    assert OLD in page_of(visitor, house)


def test_what_was_changed_again_since_is_neither_undone_nor_published(house: House) -> None:
    (change,) = house.change({"service.fees_description": "Ten dollars."})
    house.change({"service.fees_description": "Free."})
    with pytest.raises(Refused):
        undo_change(change=change.pk, viewer=house.keeper, now=moment())
    (held,) = house.change({"phones": numbers(house, NEW)})
    phones_of(house.service.pk).update(number="613-555-0177")
    with pytest.raises(Refused):
        publish_change(
            change=held.pk, viewer=house.steward, now=moment(), called="613-555-0177", spoke_with="Desk"
        )


def test_a_draft_shows_nowhere_until_it_is_published(house: House, visitor: RoleClient) -> None:
    asked: dict[str, Any] = {
        "organization": house.organization.pk,
        "service": house.service.pk,
        "task": "words",
        "viewer": house.keeper,
    }
    values = {"service.fees_description": "Perhaps."}
    first = keep_draft(values=values, now=moment(), **asked)
    assert first
    second = keep_draft(values={"service.fees_description": "Maybe."}, now=moment(), **asked)
    assert ProposedChange.objects.drafts().get() == second
    assert "Maybe." not in page_of(visitor, house)
    house.change(values)
    assert not ProposedChange.objects.drafts().exists()
    assert "Perhaps." in page_of(visitor, house)


@pytest.mark.parametrize("mine", [Role.WORKER, None])
def test_only_keepers_and_leads_of_the_very_organization_change_it(
    mine: Role | None, house: House, navigator: User, outsider: User, make_service: MakeService
) -> None:
    other = make_service("Elsewhere").organization
    assert other is not None
    viewers = [VISITOR, Viewer(user=navigator.pk), house.steward, employ(outsider, other, Role.LEAD)]
    viewers.append(Viewer(user=outsider.pk, organization=house.organization.pk))
    if mine:
        viewers.append(employ(navigator, house.organization, mine))
    for viewer in viewers:
        with pytest.raises(PermissionDenied):
            house.change({"service.fees_description": "x"}, viewer=viewer)
        with pytest.raises(PermissionDenied):
            house.change({"organization.description": "x"}, viewer=viewer, service=None)


def test_another_organizations_listing_is_not_there(house: House, make_service: MakeService) -> None:
    foreign = make_service("Elsewhere")
    for service in (foreign.pk, uuid4()):
        with pytest.raises(Refused):
            house.change({"service.fees_description": "x"}, service=service)


def test_who_left_changes_nothing_more(house: House) -> None:
    Membership.objects.update(ended_at=moment())
    with pytest.raises(PermissionDenied):
        house.change({"service.fees_description": "x"})


def test_what_is_shut_out_changes_nothing_and_what_is_not_let_in_is_read_first(
    house: House, steward: User
) -> None:
    facts = {"organization": house.organization, "kind": "community", "reason": "x", "decided_by": steward}
    VettingDecision.objects.create(outcome="expired", decided_at=moment(), **facts)
    (change,) = house.change({"service.fees_description": "Free."})
    assert change.hold == Hold.REVIEW
    VettingDecision.objects.create(outcome="suspended", decided_at=moment(), **facts)
    with pytest.raises(PermissionDenied):
        house.change({"service.fees_description": "Free again."})
    with pytest.raises(Refused):
        publish_change(change=change.pk, viewer=house.steward, now=moment())


@pytest.mark.parametrize("who", ["keeper", "navigator"])
def test_only_stewards_decide(who: str, house: House, request: pytest.FixtureRequest) -> None:
    person: User = request.getfixturevalue(who)
    (change,) = house.change({"phones": numbers(house, NEW)})
    viewer = Viewer(user=person.pk, organization=house.organization.pk)
    for act in (
        lambda: publish_change(change=change.pk, viewer=viewer, now=moment(), called=OLD, spoke_with="x"),
        lambda: send_back_change(change=change.pk, reason="x", viewer=viewer, now=moment()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_steward_does_not_decide_about_their_own(house: House, steward: User) -> None:
    viewer = employ(steward, house.organization)
    (change,) = house.change({"phones": numbers(house, NEW)}, viewer=viewer)
    with pytest.raises(Refused):
        publish_change(change=change.pk, viewer=viewer, now=moment(), called=OLD, spoke_with="x")


def test_what_can_not_be_published_is_refused_before_it_waits(house: House) -> None:
    with pytest.raises(Refused):
        house.change({"service.name": ""})
    with pytest.raises(Refused):
        house.change({"phones": numbers(house, NEW + "\x00")})
    with pytest.raises(ValueError, match="no part"):
        house.change({"service.organization": "x"})
    assert not ProposedChange.objects.exists()


def test_the_same_again_is_no_change(house: House) -> None:
    assert house.change(service_profile(house.service)) == []
    assert not ProposedChange.objects.exists()


def test_too_many_wait(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.actions.propose_change.MOST_HELD", 1)
    house.change({"service.email": "a@house.example"})
    with pytest.raises(Refused):
        house.change({"service.url": "https://house.example"})
