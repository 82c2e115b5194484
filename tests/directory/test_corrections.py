"""A steward corrects a listing that nobody here keeps: who told it stands beside it, and promise 26 holds as ever."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.correct_listing import correct_listing, undo_correction
from directory.actions.decide_change import numbers_for, publish_change
from directory.actions.mark_phone import mark_phone
from directory.actions.refused import Refused
from directory.models.import_conflict import ImportConflict
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.rules.change_states import State
from directory.rules.dead_phones import Heard
from directory.rules.holding import Hold
from directory.rules.told_source import Source, Via
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.hsds_packages import folder, named, small, taken
from tests.directory.profiles import House, employ, house, moment, page_of, second
from tests.directory.test_invitations import grow_old, prove_again
from tests.directory.test_profile_pages import fields_of
from tests.roles import RoleClient

__all__ = ["house", "second"]
OLD, NEW = "613-555-0142", "613-555-0199"
TOLD = {"told_by": "Mona, who runs it", "told_via": "telephone"}
TASKS = ("who", "offers", "languages", "contact", "name", "closing")


@pytest.fixture
def pantry(make_service: MakeService) -> Service:
    """A pantry whose organization has nobody here."""
    return make_service("Pantry", hours=[("MO,TU,WE,TH,FR", "09:00", "17:00")])


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, who has just proved anew who that is."""
    browser = sign_in(steward)
    prove_again(browser)
    return browser


def door(service: Service, task: str) -> str:
    """The address of a task."""
    if task in ("hours", "where"):
        return reverse(f"review_correct_{task}", args=[service.pk])
    return reverse("review_correct_task", args=[service.pk, task])


def source(**facts: Any) -> Source:
    """Mona said so on the telephone today."""
    return Source(**{"by": "Mona", "via": Via.TELEPHONE, "on": timezone.localdate()} | facts)


def correct(service: Service, viewer: Viewer, values: dict[str, Any], **more: Any) -> list[ProposedChange]:
    """As the page does it."""
    asked = {"organization": service.organization_id, "service": service.pk, "task": "name", "values": values}
    return correct_listing(**asked | {"source": source(), "viewer": viewer, "now": moment()} | more)


def of(service: Service, steward: User) -> House:
    """For `page_of`."""
    return House(service, Viewer(), Viewer(user=steward.pk))


def numbers(service: Service) -> list[str]:
    return list(Phone.objects.filter(service=service).values_list("number", flat=True))


def test_hours_are_corrected_and_say_who_told_them(
    pantry: Service, desk: RoleClient, visitor: RoleClient, steward: User
) -> None:
    page = desk.get(reverse("review_correct", args=[pantry.pk])).text
    for task in (*TASKS, "hours", "where"):
        assert door(pantry, task) in page
    sent = fields_of(desk.get(door(pantry, "hours")).text) | {"day-4": "10-12"}
    untold = desk.post(door(pantry, "hours"), sent)
    assert untold.status_code == 400
    assert fields_of(untold.text)["day-4"] == "10-12"
    assert not ProposedChange.objects.exists()
    done = desk.post(door(pantry, "hours"), sent | TOLD, follow=True).text
    assert "Saved. It is on the site now." in done
    assert "Told by: Mona, who runs it, on the telephone, on" in done
    assert "10:00 to 12:00" in page_of(visitor, of(pantry, steward))
    row = AuditEntry.objects.get(action="correct_listing")
    assert (row.actor, row.subject_id) == (steward.pk, pantry.pk)
    assert "Mona" not in str(row.facts())
    again = fields_of(desk.get(door(pantry, "who")).text)
    assert (again["told_by"], again["told_via"]) == ("Mona, who runs it", "telephone")


@pytest.mark.parametrize("task", TASKS)
def test_a_form_that_is_sent_as_it_stands_changes_nothing(
    task: str, pantry: Service, desk: RoleClient
) -> None:
    answer = desk.post(door(pantry, task), fields_of(desk.get(door(pantry, task)).text) | TOLD)
    assert answer.status_code == 302
    assert not ProposedChange.objects.exists()


@pytest.mark.promise(26)
def test_a_new_number_waits_for_another_steward_who_calls(
    pantry: Service, desk: RoleClient, visitor: RoleClient, steward: User, second: User
) -> None:
    sent = fields_of(desk.get(door(pantry, "contact")).text)
    done = desk.post(door(pantry, "contact"), sent | TOLD | {"number-0": NEW}, follow=True).text
    assert "another steward calls back on a number that we know already" in done
    shown = page_of(visitor, of(pantry, steward))
    assert NEW not in shown
    assert "A change is being checked: telephone number." in shown
    change = ProposedChange.objects.get()
    assert (change.hold, change.told_by, change.told_on) == (Hold.CALL, TOLD["told_by"], timezone.localdate())
    called = {"called": OLD, "spoke_with": "Mona", "now": moment()}
    with pytest.raises(Refused):
        publish_change(change=change.pk, viewer=Viewer(user=steward.pk), **called)
    with pytest.raises(Refused):
        publish_change(change=change.pk, viewer=Viewer(user=second.pk), **called | {"called": NEW})
    assert "Told by: Mona" in desk.get(reverse("review_change", args=[change.pk])).text
    publish_change(change=change.pk, viewer=Viewer(user=second.pk), **called)
    assert NEW in page_of(visitor, of(pantry, steward))


@pytest.mark.promise(26)
@pytest.mark.parametrize(
    ("values", "hold"),
    [
        ({"service.name": "Another"}, Hold.CALL),
        ({"service.url": "https://elsewhere.example"}, Hold.CALL),
        ({"service.email": "x@elsewhere.example"}, Hold.CALL),
        ({"service.alert": "Call 514 555 0134"}, Hold.CALL),
        ({"service.status": "inactive"}, Hold.REVIEW),
        ({"facts": [["age", "", True, "16", None]]}, Hold.REVIEW),
        ({"service.fees_description": "Free."}, Hold.NOTHING),
    ],
)
def test_it_waits_for_the_same_as_a_keepers(
    values: dict[str, Any], hold: Hold, pantry: Service, steward: User
) -> None:
    (made,) = correct(pantry, Viewer(user=steward.pk), values)
    assert made.hold == hold


@pytest.mark.promise(26)
def test_where_the_one_number_is_dead_another_who_heard_it_may_find_a_number(
    pantry: Service, steward: User, second: User
) -> None:
    (change,) = correct(pantry, Viewer(user=steward.pk), {"service.url": "https://new.example"})
    marked = {"service": pantry.pk, "number": OLD, "heard": Heard.NOT_IN_SERVICE, "now": moment()}
    mark_phone(viewer=Viewer(user=steward.pk), **marked)
    assert numbers_for(change) == [OLD], "its author's word alone opens nothing"
    mark_phone(viewer=Viewer(user=second.pk), **marked)
    assert numbers_for(change) == []
    found = {"called": "613-555-0107", "spoke_with": "Mona", "now": moment()}
    with pytest.raises(Refused, match="where you found"):
        publish_change(change=change.pk, viewer=Viewer(user=second.pk), **found)
    found["found_at"] = "The town's page"
    assert publish_change(change=change.pk, viewer=Viewer(user=second.pk), **found).state == State.PUBLISHED


def test_the_organizations_own_number_is_corrected_too(pantry: Service, desk: RoleClient) -> None:
    address = reverse("review_correct_owner", args=[pantry.organization_id, "contact"])
    sent = fields_of(desk.get(address).text)
    page = desk.post(address, sent | TOLD | {"number-0": NEW}, follow=True).text
    assert NEW in page
    assert ProposedChange.objects.get().service_id is None


def test_where_it_is_waits_for_a_reader(pantry: Service, desk: RoleClient) -> None:
    sent = fields_of(desk.get(door(pantry, "where")).text)
    sent |= TOLD | {"address_1": "12 Wren Road"}
    done = desk.post(door(pantry, "where"), sent, follow=True).text
    assert "Another steward reads it before it is on the site." in done


def test_the_kind_of_a_number_is_told_in_words(pantry: Service, desk: RoleClient) -> None:
    Phone.objects.filter(service=pantry).update(type="voice")
    page = desk.get(door(pantry, "contact")).text
    assert '<option value="voice" selected>to call</option>' in page
    assert ">voice<" not in page


def test_without_an_address_no_link_leads_to_one(
    pantry: Service, make_service: MakeService, desk: RoleClient
) -> None:
    line = make_service("Line", town="")
    for service, has_address in ((pantry, True), (line, False)):
        page = desk.get(reverse("review_correct", args=[service.pk])).text
        assert (door(service, "where") in page) == has_address


@pytest.mark.parametrize("role", [Role.KEEPER, Role.LEAD])
def test_who_keeps_a_listing_changes_it(
    role: Role, pantry: Service, desk: RoleClient, keeper: User, steward: User
) -> None:
    assert pantry.organization is not None
    sent = fields_of(desk.get(door(pantry, "name")).text) | TOLD | {"fees_description": "Free."}
    employ(keeper, pantry.organization, role)
    page = desk.post(door(pantry, "name"), sent, follow=True).text
    assert "Nothing was saved: this organization has people here who keep its listings." in page
    assert door(pantry, "name") not in page
    assert desk.get(door(pantry, "hours")).status_code == 302
    with pytest.raises(PermissionDenied):
        correct(pantry, Viewer(user=steward.pk), {"service.fees_description": "Free."})
    Membership.objects.update(ended_at=moment())
    assert correct(pantry, Viewer(user=steward.pk), {"service.fees_description": "Free."})


def test_who_leads_its_network_keeps_it_too(
    house: House, pantry: Service, keeper: User, steward: User
) -> None:
    Organization.objects.filter(pk=pantry.organization_id).update(parent_organization=house.organization)
    Membership.objects.update(ended_at=moment())
    employ(keeper, house.organization, Role.LEAD)
    viewer = Viewer(user=steward.pk)
    assert correct(pantry, viewer, {"service.fees_description": "Free."}), (
        "a feed's word makes nobody a parent"
    )
    Organization.objects.filter(pk=pantry.organization_id).update(publisher=_ours())
    with pytest.raises(PermissionDenied):
        correct(pantry, viewer, {"service.fees_description": "Nothing."})


def _ours() -> Any:
    from directory.models.publisher import Publisher

    return Publisher.objects.get_or_create(slug="relais", defaults={"name": "Relais"})[0]


def test_only_stewards_correct_and_only_with_fresh_proof(
    pantry: Service, house: House, keeper: User, desk: RoleClient, sign_in: SignIn
) -> None:
    with pytest.raises(PermissionDenied):
        correct(pantry, house.keeper, {"service.fees_description": "Free."})
    assert sign_in(keeper).get(door(pantry, "name")).status_code == 403
    sent = fields_of(desk.get(door(pantry, "name")).text) | TOLD | {"fees_description": "Free."}
    grow_old(desk)
    desk.post(door(pantry, "name"), sent)
    assert not ProposedChange.objects.exists()


@pytest.mark.parametrize(
    "told", [{"by": " "}, {"by": "x" * 301}, {"on": timezone.localdate() + timedelta(days=9)}]
)
def test_nobody_and_no_day_are_no_source(told: dict[str, Any], pantry: Service, steward: User) -> None:
    with pytest.raises(Refused):
        correct(pantry, Viewer(user=steward.pk), {"service.fees_description": "Free."}, source=source(**told))


def test_it_is_undone_by_the_same_rule(pantry: Service, desk: RoleClient, steward: User) -> None:
    (change,) = correct(pantry, Viewer(user=steward.pk), {"service.fees_description": "Free."})
    page = desk.post(reverse("review_correct_undo", args=[change.pk]), follow=True).text
    assert "A steward took back what stewards had written." in page
    pantry.refresh_from_db()
    change.refresh_from_db()
    assert (pantry.fees_description, change.state) == ("", State.UNDONE)
    with pytest.raises(Refused):
        undo_correction(change=change.pk, viewer=Viewer(user=steward.pk), now=moment())


def test_the_whole_page_is_seen_before_it_is_saved(pantry: Service, desk: RoleClient) -> None:
    sent = fields_of(desk.get(door(pantry, "name")).text) | {"description": "Lunch for everybody."}
    seen = desk.post(door(pantry, "name"), sent | TOLD | {"page": "1"}).text
    assert "This is how everybody would see it once it is on the site." in seen
    assert "Lunch for everybody." in seen
    assert not ProposedChange.objects.exists()
    desk.post(door(pantry, "name"), fields_of(seen))
    assert ProposedChange.objects.get().told_by == TOLD["told_by"]


def test_no_feed_overwrites_it(tmp_path: Path, db: None, steward: User, second: User) -> None:
    def tell(**values: str) -> int:
        files = small()
        files["services.csv"][0] |= values
        files["phones.csv"] = [{"id": named("phone-of-feed"), "service_id": named("service"), "number": OLD}]
        return int(taken(folder(tmp_path / "p", files)).conflicts)

    tell()
    service = Service.objects.get(pk=UUID(named("service")))
    phone = Phone.objects.get(service=service)
    row = {
        "id": str(phone.pk),
        "number": NEW,
        "extension": "",
        "type": "",
        "description": "",
        "description_fr": "",
    }
    values = {"phones": [row], "service.fees_description": "Free."}
    made = correct(service, Viewer(user=steward.pk), values)
    (waiting,) = [change for change in made if change.hold]
    called = {"called": OLD, "spoke_with": "Mona", "now": moment()}
    publish_change(change=waiting.pk, viewer=Viewer(user=second.pk), **called)
    assert tell(fees_description="Fifty dollars.") == 2
    service.refresh_from_db()
    assert (service.fees_description, numbers(service)) == ("Free.", [NEW])
    assert ImportConflict.objects.filter(decision="").count() == 2
