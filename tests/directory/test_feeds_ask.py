"""A number that a feed newly tells of a confirmed listing waits for a call, once; the old ones stay (promise 26)."""

from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions.assure_service import assure_service
from directory.actions.decide_change import publish_change, send_back_change
from directory.models.import_conflict import ImportConflict
from directory.models.listing import ListingPage
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.rules.change_states import State
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.directory.hsds_packages import Files, folder, named, small, taken
from tests.directory.profiles import moment
from tests.directory.test_import_table import imported, mapping
from tests.roles import RoleClient

pytestmark = [pytest.mark.promise(26), pytest.mark.django_db]
OLD, NEW, OTHER = "613-555-0142", "613-555-0199", "613-555-0177"
SERVICE = UUID(named("service"))


def files(*phones: dict[str, str], **values: str) -> Files:
    found = small()
    found["services.csv"][0] |= values
    found["phones.csv"] = [{"service_id": named("service")} | phone for phone in phones]
    return found


OURS = {"id": named("ours"), "number": OLD}
THEIRS = {"id": named("theirs"), "number": NEW}


@pytest.fixture
def sam(tmp_path: Path, steward: User) -> Viewer:
    """A listing came with a feed; Sam called its people, and it is true."""
    taken(folder(tmp_path, files(OURS)))
    viewer = Viewer(user=steward.pk)
    assure_service(service_id=SERVICE, on=timezone.localdate(), viewer=viewer)
    return viewer


def numbers() -> list[str]:
    (page,) = ListingPage.objects.values_list("en", flat=True)
    return [phone["number"] for phone in page["phones"]]


def asked() -> ProposedChange:
    return ProposedChange.objects.held().get()


def test_it_is_asked_about_once_however_often_the_feed_tells_it(sam: Viewer, tmp_path: Path) -> None:
    for _time in range(3):
        report = taken(folder(tmp_path, files(OURS, THEIRS)))
        assert (report.waiting, report.added.total(), numbers()) == (1, 0, [OLD])
    change = asked()
    assert (change.author, change.made_by, change.hold) == (change.feed.name, None, "call")  # type: ignore[union-attr]
    assert [row["number"] for row in change.after["phones"]] == [OLD, NEW]
    assert AuditEntry.objects.filter(action="propose_change").count() == 1
    assert ListingPage.objects.get().en["being_checked"] == ["phones"]


def test_a_call_shows_it_and_the_feed_adds_no_second_one(sam: Viewer, tmp_path: Path) -> None:
    taken(folder(tmp_path, files(OURS, THEIRS)))
    publish_change(change=asked().pk, viewer=sam, now=moment(), called=OLD, spoke_with="The director")
    assert numbers() == [OLD, NEW]
    taken(folder(tmp_path, files(OURS, THEIRS)))
    assert numbers() == [OLD, NEW]
    assert not ProposedChange.objects.held().exists()


def test_what_was_sent_back_is_not_asked_again_and_another_number_is(sam: Viewer, tmp_path: Path) -> None:
    taken(folder(tmp_path, files(OURS, THEIRS)))
    send_back_change(change=asked().pk, reason="Nobody there knows it.", viewer=sam, now=moment())
    taken(folder(tmp_path, files(OURS, THEIRS)))
    assert not ProposedChange.objects.held().exists()
    taken(folder(tmp_path, files(OURS, THEIRS, {"id": named("third"), "number": OTHER})))
    assert [row["number"] for row in asked().after["phones"]] == [OLD, OTHER]
    assert numbers() == [OLD]


def test_a_question_that_is_out_of_date_is_asked_anew(sam: Viewer, tmp_path: Path) -> None:
    taken(folder(tmp_path, files(OURS, THEIRS)))
    first = asked()
    taken(folder(tmp_path, files(OURS, THEIRS, {"id": named("third"), "number": OTHER})))
    first.refresh_from_db()
    assert first.state == State.REPLACED
    assert [row["number"] for row in asked().after["phones"]] == [OLD, NEW, OTHER]


def test_a_changed_number_that_only_a_steward_confirmed_stays_too(sam: Viewer, tmp_path: Path) -> None:
    taken(folder(tmp_path, files(OURS | {"number": NEW})))
    assert numbers() == [OLD]
    (row,) = asked().after["phones"]
    assert (row["id"], row["number"]) == (named("ours"), NEW)


def test_while_it_waits_the_old_one_is_not_removed(sam: Viewer, tmp_path: Path) -> None:
    taken(folder(tmp_path, files(THEIRS)), remove_missing=True, allow_removing=100)
    assert numbers() == [OLD]
    send_back_change(change=asked().pk, reason="No.", viewer=sam, now=moment())
    assert Phone.objects.get().number == OLD


def test_the_same_number_under_another_id_is_no_news(sam: Viewer, tmp_path: Path) -> None:
    again = {"id": named("again"), "number": "(613) 555-0142"}
    report = taken(folder(tmp_path, files(again)), remove_missing=True, allow_removing=100)
    assert report.waiting == 0
    assert Phone.objects.get().pk == UUID(named("again"))


def test_a_number_of_another_service_is_not_moved_there(sam: Viewer, tmp_path: Path) -> None:
    other = {"id": named("other"), "organization_id": named("org"), "name": "Thief's", "status": "active"}
    both = files(OURS, THEIRS | {"service_id": named("other")})
    both["services.csv"].append(other)
    taken(folder(tmp_path, both))
    assert Phone.objects.get(pk=named("theirs")).service_id == UUID(named("other"))
    both["phones.csv"][1]["service_id"] = named("service")
    taken(folder(tmp_path, both))
    assert Phone.objects.get(pk=named("theirs")).service_id == UUID(named("other"))
    assert asked().service_id == SERVICE


def test_a_confirmed_listing_stays_with_its_organization(sam: Viewer, tmp_path: Path) -> None:
    moved = files(OURS, organization_id=named("thief"))
    moved["organizations.csv"].append({"id": named("thief"), "name": "Lake House", "description": "x"})
    report = taken(folder(tmp_path, moved))
    assert Service.objects.get(pk=SERVICE).organization_id == UUID(named("org"))
    assert any("stay with their organization" in note for note in report.notes)


def test_the_organizations_own_numbers_and_texts_wait_too(sam: Viewer, tmp_path: Path) -> None:
    more = files(
        OURS, {"id": named("desk"), "service_id": "", "organization_id": named("org"), "number": NEW}
    )
    more["organizations.csv"][0]["description"] = f"Write to help@new.example or call {NEW}."
    taken(folder(tmp_path, more))
    assert asked().service is None
    assert Organization.objects.get().description == "Help by the lake"
    assert ImportConflict.objects.filter(entity="organization", field="description").count() == 1


def test_a_plain_text_of_a_confirmed_listing_comes_in(sam: Viewer, tmp_path: Path) -> None:
    taken(folder(tmp_path, files(OURS, description="Open all year.", email="thief@new.example")))
    service = Service.objects.get()
    assert (service.description, service.email) == ("Open all year.", "")
    assert ImportConflict.objects.get().field == "email"


def test_what_nobody_confirmed_comes_with_the_feed(tmp_path: Path) -> None:
    taken(folder(tmp_path, files(OURS)))
    report = taken(folder(tmp_path, files(OURS | {"number": NEW}, {"id": named("third"), "number": OTHER})))
    assert report.waiting == 0
    assert numbers() == [NEW, OTHER]


def test_a_lists_new_number_waits_and_the_old_one_stays(steward: User) -> None:
    row = {"id": "a", "name": "Clinic", "category": "Legal", "address": "12 Canary Lane, Kingston, ON"}
    imported([row | {"phone": OLD}], by=mapping())
    service = Service.objects.get()
    viewer = Viewer(user=steward.pk)
    assure_service(service_id=service.pk, on=timezone.localdate(), viewer=viewer)
    for _time in range(2):
        imported([row | {"phone": NEW, "name": "Another clinic"}], by=mapping())
        assert numbers() == [OLD]
    assert asked().service_id == service.pk
    service.refresh_from_db()
    assert service.name == "Clinic"
    assert ImportConflict.objects.get().field == "name"


AROUND = {
    "schedules.csv": {"description": f"By appointment: {NEW}", "freq": "WEEKLY", "byday": "MO"},
    "languages.csv": {"code": "eng", "note": f"call {NEW}"},
    "required_documents.csv": {"document": f"Ask at {NEW}"},
    "cost_options.csv": {"option": f"Pay at {NEW}"},
    "url.csv": {"url": "https://thief.example"},
}


@pytest.mark.parametrize("file", AROUND)
def test_what_stands_around_tells_no_new_way_either(
    file: str, sam: Viewer, tmp_path: Path, visitor: RoleClient
) -> None:
    for _time in range(2):
        more = files(OURS)
        more[file] = [{"id": named("around"), "service_id": named("service")} | AROUND[file]]
        taken(folder(tmp_path, more))
        told = visitor.get(f"/hsds/services/{SERVICE}").text + str(
            ListingPage.objects.values_list("en", "fr")
        )
        assert NEW not in told
        assert "thief.example" not in told
    conflict = ImportConflict.objects.get()
    assert NEW in conflict.offered or "thief.example" in conflict.offered


def test_a_text_that_tells_the_number_that_is_shown_comes_in(sam: Viewer, tmp_path: Path) -> None:
    taken(folder(tmp_path, files(OURS, description=f"Ring {OLD} first.")))
    assert Service.objects.get().description == f"Ring {OLD} first."
    assert not ImportConflict.objects.exists()


def test_a_place_of_a_confirmed_listing_says_no_other_number(sam: Viewer, tmp_path: Path) -> None:
    more = files(OURS)
    more["locations.csv"] = [{"id": named("hut"), "location_type": "virtual", "name": "Hut"}]
    more["service_at_location.csv"] = [
        {"id": named("at"), "service_id": named("service"), "location_id": named("hut")}
    ]
    taken(folder(tmp_path, more))
    more["locations.csv"][0]["transportation"] = f"Call {NEW} for a ride"
    more["service_at_location.csv"][0]["description"] = f"Or {NEW}"
    taken(folder(tmp_path, more))
    assert Location.objects.get().transportation == ""
    assert sorted(ImportConflict.objects.values_list("entity", flat=True)) == [
        "location",
        "service_at_location",
    ]
