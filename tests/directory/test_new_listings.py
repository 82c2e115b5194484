"""New listings from the desk: nowhere public until a steward has read them or called back; shelters are protected."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import User
from directory.actions.decide_change import numbers_for, publish_change, send_back_change
from directory.actions.project_listings import rebuild_listings
from directory.actions.propose_change import undo_change
from directory.actions.propose_listing import keep_listing_draft, propose_listing, take_back_listing
from directory.actions.protect_location import protect_location
from directory.actions.refused import Refused
from directory.finding.profile import needs_of, phones_of
from directory.models.address import Address
from directory.models.door_trace import DoorTrace
from directory.models.listing import ListingPage
from directory.models.location import Location, PlacedBy
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.place import Place
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.vetting import VettingDecision
from directory.rules.change_states import State
from directory.rules.holding import Hold
from safety.audit import AuditEntry
from safety.viewer import VISITOR, Tier, Viewer
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, moment, second
from tests.directory.sweep import found_in_tables
from tests.directory.test_read_model import tables
from tests.roles import RoleClient, role

__all__ = ["house", "second"]
KNOWN, NEW = "613-555-0142", "613-555-0199"
HERE = {
    "kind": "new",
    "community": "Kingston, ON",
    "address_1": "12 Larch Street",
    "address_2": "",
    "postal_code": "",
}


def phone(number: str) -> dict[str, str]:
    return {"number": number, "extension": "", "type": "", "description": "", "description_fr": ""}


def wanted(**more: Any) -> dict[str, Any]:
    """A pantry in Kingston."""
    texts = {f"service.{name}": "" for name in ("name_fr", "description", "description_fr")}
    return {**texts, "service.name": "Larch pantry", "needs": ["food"], "phones": [], "place": HERE, **more}


SHELTER = {"service.name": "Larch home", "needs": ["emergency_shelter", "food"]}
"""A shelter by what it offers."""


def ask(house: House, key: UUID | None = None, viewer: Viewer | None = None, **more: Any) -> ProposedChange:
    """Kim asks for a listing."""
    return propose_listing(
        organization=house.organization.pk,
        values=wanted(**more),
        viewer=viewer or house.keeper,
        now=moment(),
        key=key,
    )


def publish(house: House, change: ProposedChange, **call: str) -> ProposedChange:
    return publish_change(change=change.pk, viewer=house.steward, now=moment(), **call)


def call(house: House, change: ProposedChange) -> ProposedChange:
    return publish(house, change, called=KNOWN, spoke_with="The director")


def found(name: str) -> bool:
    """Whether any public page tells it."""
    return ListingPage.objects.filter(en__icontains=name).exists()


def test_it_waits_for_a_reader_and_is_nowhere_until_then(house: House, visitor: RoleClient) -> None:
    before = tables()
    change = ask(house)
    assert (change.state, change.hold, change.before) == (State.HELD, Hold.REVIEW, {})
    assert not Service.objects.filter(pk=change.service_id).exists()
    assert found_in_tables(["Larch pantry"]) == [("proposed_change", "Larch pantry")]
    assert tables() == before
    publish(house, change)
    service = Service.objects.get(pk=change.service_id)
    assert service.organization_id == house.organization.pk
    page = visitor.get(f"/en/listing/{service.sites.get().pk}/")
    assert page.status_code == 200
    assert "Larch pantry" in page.text
    assert "12 Larch Street" in page.text
    assert needs_of(service.pk) == ["food"]
    assert service.assured_date is None


def test_what_is_told_is_what_a_rebuild_tells(house: House) -> None:
    publish(house, ask(house))
    call(house, ask(house, **SHELTER, place={"kind": "protected", "community": "Kingston, ON"}))
    before = tables()
    rebuild_listings()
    assert tables() == before


@pytest.mark.promise(26)
@pytest.mark.parametrize(
    "more",
    [
        {"needs": ["employment"]},
        {"needs": ["food", "peer_support"]},
        {"needs": ["overnight_dropin"]},
        {"phones": [phone(NEW)]},
        {"service.description": f"Call {NEW}."},
    ],
)
def test_what_could_draw_people_in_waits_for_a_call(more: dict[str, Any], house: House) -> None:
    change = ask(house, **more)
    assert change.hold == Hold.CALL
    assert numbers_for(change) == [KNOWN]
    for called, spoke_with in (("", ""), (NEW, "Desk"), (KNOWN, " ")):
        with pytest.raises(Refused):
            publish(house, change, called=called, spoke_with=spoke_with)
    assert not found("Larch pantry")
    call(house, change)
    assert found("Larch pantry")
    assert ProposedChange.objects.get(pk=change.pk).called == KNOWN


def test_a_number_that_its_listings_show_needs_no_call(house: House) -> None:
    change = ask(house, phones=[phone("(613) 555-0142")])
    assert change.hold == Hold.REVIEW
    publish(house, change)
    assert [row.number for row in phones_of(change.service_id)] == ["(613) 555-0142"]


@pytest.mark.promise(2)
def test_a_shelter_is_protected_and_no_street_of_it_is_stored(house: House) -> None:
    with pytest.raises(Refused, match="no street is kept"):
        ask(house, **SHELTER)
    assert found_in_tables(["Larch Street"]) == []
    change = ask(house, **SHELTER, place=HERE | {"address_1": ""})
    assert change.hold == Hold.CALL
    assert change.after["place"].keys() == {"kind", "area", "location"}
    call(house, change)
    place = Location.objects.get(services__service_id=change.service_id)
    assert (place.is_protected, place.placed_by, place.community) == (True, PlacedBy.AREA, None)
    assert place.area_id == Place.objects.get(name="Kingston", province="ON", kind="community").area_id
    assert found("Larch home")


@pytest.mark.promise(1)
def test_the_village_of_a_protected_place_stands_nowhere_and_no_text_may_name_it(house: House) -> None:
    village = Place.objects.filter(kind="community", population__range=(300, 3000), area__isnull=False)
    town = next(
        place
        for place in village.select_related("area").order_by("pk")
        if place.name not in place.area.name and len(place.name) > 7 and " " not in place.name
        and not Place.objects.filter(name=place.name).exclude(pk=place.pk).exists()
    )  # fmt: skip
    words = f"{town.name}, {town.province}"
    asked = SHELTER | {"place": {"kind": "protected", "community": words}}
    with pytest.raises(Refused, match="where a protected place is"):
        ask(house, **asked, **{"service.description": f"A house in {town.name} for women."})
    change = ask(house, **asked)
    assert town.name not in json.dumps(change.after)
    call(house, change)
    with pytest.raises(Refused, match="where a protected place is"):
        house.change({"service.description": f"Our house in {town.name}."})
    open_place = publish(house, ask(house, place=HERE | {"community": "Kingston, ON"}))
    assert open_place.state == State.PUBLISHED
    told = [table for table, _word in found_in_tables([town.name])]
    assert set(told) <= {"place", "area", "directory_place"}


def test_what_is_sent_back_or_taken_back_leaves_nothing_behind(house: House) -> None:
    asked = SHELTER | {"place": {"kind": "protected", "community": "Madoc, ON"}}
    change = ask(house, **asked)
    send_back_change(change=change.pk, reason="Nobody knew of it.", viewer=house.steward, now=moment())
    again = ask(house, key=change.service_id, **asked)
    assert again.service_id == change.service_id
    take_back_listing(change=again.pk, viewer=house.keeper, now=moment())
    again.refresh_from_db()
    assert again.state == State.REPLACED
    assert not DoorTrace.objects.exists()
    with pytest.raises(Refused):
        call(house, again)


def test_a_place_of_its_own_is_used_again(house: House) -> None:
    mine = Location.objects.get(services__service=house.service)
    own = {"kind": "own", "location": str(mine.pk)}
    change = publish(house, ask(house, place=own))
    assert Location.objects.get(services__service_id=change.service_id) == mine
    with pytest.raises(Refused, match="place is protected"):
        ask(house, **SHELTER, place=own)
    protect_location(location_id=mine.pk, viewer=Viewer(user=uuid4(), tier=Tier.CUSTODIAN))
    call(house, ask(house, **SHELTER, place=own))
    assert ServiceAtLocation.objects.filter(location=mine).count() == 3


def test_a_place_of_others_is_not_there(house: House, make_service: MakeService) -> None:
    foreign = Location.objects.get(services__service=make_service("Elsewhere"))
    for place in (str(foreign.pk), str(uuid4())):
        with pytest.raises(Refused):
            ask(house, place={"kind": "own", "location": place})


def test_the_door_of_its_own_protected_place_is_refused(house: House, make_service: MakeService) -> None:
    """Of anybody else's nobody is told: tests/directory/test_doors_told_to_nobody.py."""
    hidden = make_service("Hidden", street="12 Larch Street")
    place = Location.objects.get(services__service=hidden)
    Service.objects.filter(pk=hidden.pk).update(organization=house.organization)
    protect_location(location_id=place.pk, viewer=Viewer(user=uuid4(), tier=Tier.CUSTODIAN))
    with pytest.raises(Refused, match="tells where a protected place is"):
        ask(house)
    assert not ProposedChange.objects.exists()


@pytest.mark.parametrize(
    ("place", "reach"),
    [({"kind": "province", "province": "ON"}, "province"), ({"kind": "country"}, "country")],
)
def test_a_line_stands_at_no_place(place: dict[str, str], reach: str, house: House) -> None:
    change = publish(house, ask(house, place=place))
    service = Service.objects.get(pk=change.service_id)
    assert (service.reach, service.province) == (reach, place.get("province", ""))
    assert not service.sites.exists()
    assert found("Larch pantry")


@pytest.mark.parametrize(
    "more",
    [
        {"needs": []},
        {"needs": ["no_such_thing"]},
        {"service.name": ""},
        {"place": {"kind": "province", "province": "XX"}},
        {"place": {"kind": "anywhere"}},
        {"place": HERE | {"community": "Nowhereville"}},
        {"service.name": "Larch \x00"},
    ],
)
def test_what_can_not_be_made_is_refused_before_it_waits(more: dict[str, Any], house: House) -> None:
    with pytest.raises(Refused):
        ask(house, **more)
    assert not ProposedChange.objects.exists()


def test_only_keepers_of_an_organization_that_is_not_shut_out_ask(
    house: House, navigator: User, outsider: User, steward: User
) -> None:
    others = [VISITOR, house.steward, Viewer(user=outsider.pk, organization=house.organization.pk)]
    for viewer in (*others, employ(navigator, house.organization, Role.WORKER)):
        with pytest.raises(PermissionDenied):
            ask(house, viewer=viewer)
    facts = {"organization": house.organization, "kind": "community", "reason": "x", "decided_by": steward}
    VettingDecision.objects.create(outcome="suspended", decided_at=moment(), **facts)
    with pytest.raises(PermissionDenied):
        ask(house)


def test_a_key_of_something_else_is_refused(house: House, make_service: MakeService) -> None:
    for key in (uuid4(), house.service.pk, make_service("Elsewhere").pk):
        with pytest.raises(Refused):
            ask(house, key=key)
    published = publish(house, ask(house))
    with pytest.raises(Refused):
        ask(house, key=published.service_id)


def test_a_draft_waits_for_nobody(house: House) -> None:
    asked = {
        "organization": house.organization.pk,
        "values": wanted(),
        "viewer": house.keeper,
        "now": moment(),
    }
    draft = keep_listing_draft(**asked)
    assert draft.state == State.DRAFT
    assert not ProposedChange.objects.held().exists()
    sent = ask(house, key=draft.service_id)
    draft.refresh_from_db()
    assert (draft.state, sent.state, sent.service_id) == (State.REPLACED, State.HELD, draft.service_id)


def test_drafts_are_counted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.actions.propose_listing.MOST", 1)
    asked = {
        "organization": house.organization.pk,
        "values": wanted(),
        "viewer": house.keeper,
        "now": moment(),
    }
    draft = keep_listing_draft(**asked)
    with pytest.raises(Refused, match="too many drafts"):
        keep_listing_draft(**asked)
    keep_listing_draft(**asked, key=draft.service_id)
    assert ProposedChange.objects.drafts().count() == 1


def test_undoing_takes_it_off_the_site_once_somebody_has_read_that(house: House) -> None:
    change = publish(house, ask(house))
    (undone,) = undo_change(change=change.pk, viewer=house.keeper, now=moment())
    assert (undone.state, undone.hold, undone.task) == (State.HELD, Hold.REVIEW, "closing")
    assert found("Larch pantry")
    publish(house, undone)
    change.refresh_from_db()
    assert change.state == State.UNDONE
    assert not found("Larch pantry")


def test_each_step_leaves_its_row(house: House) -> None:
    change = publish(house, ask(house))
    told = AuditEntry.objects.filter(subject_id=change.service_id).values_list("action", flat=True)
    assert {"propose_change", "publish_change", "make_listing"} <= set(told)
    texts = AuditEntry.objects.values_list("details", flat=True)
    assert not [text for text in texts if "Larch" in text]


def test_a_street_that_becomes_protected_goes_from_the_change_that_told_it(house: House) -> None:
    change = publish(house, ask(house))
    place = Location.objects.get(services__service_id=change.service_id)
    protect_location(location_id=place.pk, viewer=Viewer(user=uuid4(), tier=Tier.CUSTODIAN))
    change.refresh_from_db()
    assert change.after["place"]["address_1"] == "…"
    assert not Address.objects.filter(location=place).exists()
    assert found_in_tables(["Larch Street"]) == []


def test_the_public_role_reads_nothing_of_what_waits(house: House) -> None:
    ask(house)
    with role("relais_public"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM listing_page WHERE en::text LIKE '%%Larch%%'")
        assert cursor.fetchone() == (0,)


def test_a_listing_of_a_feeds_organization_is_its_own(house: House) -> None:
    change = publish(house, ask(house))
    service = Service.objects.get(pk=change.service_id)
    assert Organization.objects.get(pk=house.organization.pk).publisher_id == "list"
    assert service.publisher_id == "relais"
