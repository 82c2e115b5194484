"""What stewards write in the administration: by actions, each with its audit row, told by the listing at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.break_glass import open_break_glass
from directory.actions.edit_record import edit_record
from directory.actions.link_services import keep_apart, link_services
from directory.actions.own_terms import term_id
from directory.actions.refused import Refused
from directory.actions.state_facts import state_facts
from directory.models.field_source import FieldSource
from directory.models.import_conflict import Decision, ImportConflict
from directory.models.listing import Listing, ListingPage
from directory.models.location import Location
from directory.models.need import Need
from directory.models.publisher import Publisher
from directory.models.same_service import Likeness, SameService, Verdict
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.models.taxonomy import TaxonomyTerm
from directory.models.term_mapping import TermMapping
from directory.rules.eligibility_terms import Fact
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

SERVICE = {"description": "Walk in.", "status": "active", "publish_to": ""}


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, with a second factor."""
    return sign_in(steward)


@pytest.fixture
def viewer(steward: User) -> Viewer:
    """Sam."""
    return Viewer(user=steward.pk)


def _page(model: str, key: Any) -> str:
    return reverse(f"admin:directory_{model}_change", args=[key])


def _page_of(service: Service) -> dict[str, Any]:
    return dict(ListingPage.objects.get(pk=Listing.objects.get(service_id=service.pk).pk).en)


def _entry(action: str) -> AuditEntry:
    return AuditEntry.objects.get(action=action)


def test_a_changed_description_is_told_by_the_listing_with_an_audit_row(
    desk: RoleClient, steward: User, make_service: MakeService
) -> None:
    service = make_service()
    Service.objects.filter(pk=service.pk).update(written={"description": "old", "fees": "x"})
    answer = desk.post(_page("service", service.pk), SERVICE)
    assert answer.status_code == 302
    assert _page_of(service)["description"] == "Walk in."
    service.refresh_from_db()
    assert service.written == {"fees": "x"}
    entry = _entry("edit_record")
    assert (entry.actor, entry.subject_type, entry.subject_id) == (steward.pk, "service", service.pk)
    assert entry.facts() == {"fields": "description"}


def test_saving_without_a_change_leaves_no_row(desk: RoleClient, make_service: MakeService) -> None:
    service = make_service()
    desk.post(_page("service", service.pk), SERVICE | {"description": ""})
    assert not AuditEntry.objects.filter(action="edit_record").exists()


def test_a_service_that_ended_leaves_the_site_in_the_same_moment(
    desk: RoleClient, make_service: MakeService
) -> None:
    service = make_service()
    desk.post(_page("service", service.pk), SERVICE | {"status": "defunct"})
    assert not Listing.objects.filter(service_id=service.pk).exists()


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("site", ["site"]), ("site,open_data", ["site", "open_data"]), ("vetted", ["vetted"]), ("", None)],
)
def test_where_it_may_appear_is_one_choice(
    choice: str, kept: list[str] | None, desk: RoleClient, viewer: Viewer, make_service: MakeService
) -> None:
    service = make_service(publish_to=["site", "open_data"])
    reason = "They ask by telephone to be taken off the open data."
    open_break_glass(organization=service.organization_id, reason=reason, viewer=viewer, now=timezone.now())
    desk.post(_page("service", service.pk), SERVICE | {"publish_to": choice})
    service.refresh_from_db()
    assert service.publish_to == kept
    page = desk.get(_page("service", service.pk)).content.decode()
    assert f'<option value="{choice}" selected>' in page


def test_who_spoke_with_them_assures_the_day(
    desk: RoleClient, steward: User, make_service: MakeService
) -> None:
    service, today = make_service(), timezone.localdate()
    desk.post(_page("service", service.pk), SERVICE | {"spoken_on": today.isoformat()})
    service.refresh_from_db()
    assert (service.assured_date, service.assurer_email) == (today, steward.email)
    assert _page_of(service)["checked_on"] == today.isoformat()
    assert _entry("assure_service").facts() == {"on": today.isoformat()}


def test_a_talk_that_is_still_to_come_is_refused_and_nothing_is_saved(
    desk: RoleClient, make_service: MakeService
) -> None:
    service, tomorrow = make_service(), timezone.localdate() + timedelta(days=1)
    answer = desk.post(_page("service", service.pk), SERVICE | {"spoken_on": tomorrow.isoformat()})
    assert "still to come" in answer.content.decode()
    assert "Walk in." in answer.content.decode()
    service.refresh_from_db()
    assert (service.assured_date, service.description) == (None, "")
    assert not AuditEntry.objects.filter(actor__isnull=False).exists()


PLACE = {"placed_by": "area", "description": "", "transportation": ""}


@pytest.fixture
def house(make_service: MakeService) -> Location:
    """A place that is protected."""
    service = make_service(place={"is_protected": True})
    return Location.objects.get(services__service=service)


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    "typed",
    [
        {"placed_by": "coordinates", "latitude": "44.23", "longitude": "-76.48"},
        {"placed_by": "nothing", "latitude": "44.23"},
        {"placed_by": "nothing", "transportation": "Behind the church"},
        {"placed_by": "nothing", "external_identifier": "12345"},
    ],
)
def test_a_protected_place_is_given_no_coordinates_and_the_form_says_so(
    typed: dict[str, str], desk: RoleClient, house: Location
) -> None:
    answer = desk.post(_page("location", house.pk), PLACE | typed)
    assert answer.status_code == 200
    assert "A protected place keeps no street" in answer.content.decode()
    before = house.latitude, house.transportation, house.external_identifier, house.placed_by
    house.refresh_from_db()
    assert (house.latitude, house.transportation, house.external_identifier, house.placed_by) == before


def test_coordinates_that_are_no_place_on_earth_are_refused(
    desk: RoleClient, make_service: MakeService
) -> None:
    service = make_service()
    place = Location.objects.get(services__service=service)
    typed = {"placed_by": "coordinates", "latitude": "100", "longitude": "0", "community": place.community_id}
    answer = desk.post(_page("location", place.pk), typed)
    assert "needs a latitude and a longitude that exist" in answer.content.decode()


def test_what_the_standard_cannot_do_without_is_not_emptied(
    viewer: Viewer, make_service: MakeService
) -> None:
    service = make_service()
    for values in ({"name": ""}, {"status": "perhaps"}, {"description": "\x00"}, {"minimum_age": "old"}):
        with pytest.raises(Refused):
            edit_record(entity="service", record_id=service.pk, values=values, viewer=viewer)
    with pytest.raises(Refused, match="gone"):
        edit_record(entity="service", record_id=uuid4(), values={"name": "x"}, viewer=viewer)


@pytest.mark.parametrize("field", ["assured_date", "publisher", "written", "is_protected", "id"])
def test_bookkeeping_has_actions_of_its_own(field: str, viewer: Viewer) -> None:
    with pytest.raises(ValueError, match=field):
        edit_record(entity="service", record_id=uuid4(), values={field: None}, viewer=viewer)


def test_flags_follow_what_was_edited(viewer: Viewer, make_service: MakeService) -> None:
    service = make_service(minimum_age=30, maximum_age=20, flags=["url:odd", "minimum_age:above_maximum_age"])
    edit_record(entity="service", record_id=service.pk, values={"maximum_age": 40}, viewer=viewer)
    service.refresh_from_db()
    assert service.flags == ["url:odd"]


def test_a_change_of_an_organization_reaches_all_its_listings(
    desk: RoleClient, make_service: MakeService, viewer: Viewer
) -> None:
    service = make_service()
    values = {"name": "Another House"}
    edit_record(entity="organization", record_id=service.organization_id, values=values, viewer=viewer)
    assert _page_of(service)["organization"] == "Another House"


@pytest.fixture
def pair(make_service: MakeService) -> tuple[Service, Service]:
    """The same clinic from two publishers."""
    return make_service("Clinic"), make_service("The clinic")


def _listed(*services: Service) -> list[bool]:
    return [Listing.objects.filter(service_id=service.pk).exists() for service in services]


def test_one_golden_listing_of_two_linked_services(pair: tuple[Service, Service], viewer: Viewer) -> None:
    kept, other = pair
    link_services(kept_id=kept.pk, other_id=other.pk, viewer=viewer)
    assert _listed(kept, other) == [True, False]
    link_services(kept_id=other.pk, other_id=kept.pk, viewer=viewer)
    assert _listed(kept, other) == [False, True]
    keep_apart(kept_id=kept.pk, other_id=other.pk, viewer=viewer)
    assert _listed(kept, other) == [True, True]
    assert SameService.objects.count() == 1
    assert _entry("keep_apart").facts() == {"other": str(other.pk)}


def test_links_make_no_chain(
    pair: tuple[Service, Service], make_service: MakeService, viewer: Viewer
) -> None:
    (kept, other), third = pair, make_service("Third")
    link_services(kept_id=kept.pk, other_id=other.pk, viewer=viewer)
    for one, two in ((other, third), (third, kept), (third, other), (kept, kept)):
        with pytest.raises(Refused):
            link_services(kept_id=one.pk, other_id=two.pk, viewer=viewer)
    with pytest.raises(Refused, match="no such service"):
        link_services(kept_id=kept.pk, other_id=uuid4(), viewer=viewer)


def test_a_suggestion_is_decided_in_the_list_and_a_new_pair_in_a_form(
    pair: tuple[Service, Service], desk: RoleClient
) -> None:
    kept, other = pair
    suggested = SameService.objects.create(kept=kept, other=other, likeness=Likeness.PHONE_AND_NAME)
    address = reverse("admin:directory_sameservice_changelist")
    desk.post(address, {"action": "link_the_other_way", "_selected_action": suggested.pk})
    assert _listed(kept, other) == [False, True]
    desk.post(address, {"action": "apart", "_selected_action": suggested.pk})
    assert _listed(kept, other) == [True, True]
    added = {"kept": str(kept.pk), "other": str(other.pk)}
    desk.post(reverse("admin:directory_sameservice_add"), added)
    assert _listed(kept, other) == [True, False]
    suggested.refresh_from_db()
    assert suggested.verdict == Verdict.LINKED


@pytest.fixture
def conflict(make_service: MakeService) -> ImportConflict:
    """The feed says other words than the organization confirmed."""
    service = make_service(description="Confirmed words.")
    facts = {"entity": "service", "record_id": service.pk, "field": "description"}
    FieldSource.objects.create(confirmed_on=timezone.localdate(), **facts)
    return ImportConflict.objects.create(
        publisher=service.publisher, offered="The feed's words.", first_seen_at=timezone.now(), **facts
    )


@pytest.mark.parametrize(("action", "text"), [("keep", "Confirmed words."), ("take", "The feed's words.")])
def test_a_disagreement_is_decided_once(
    action: str, text: str, conflict: ImportConflict, desk: RoleClient
) -> None:
    address = reverse("admin:directory_importconflict_changelist")
    assert "Confirmed words." in desk.get(_page("importconflict", conflict.pk)).content.decode()
    desk.post(address, {"action": action, "_selected_action": conflict.pk})
    assert _page_of(Service.objects.get(pk=conflict.record_id))["description"] == text
    assert _entry("decide_conflict").facts() == {"field": "description", "decision": action}
    is_confirmed = FieldSource.objects.get(record_id=conflict.record_id).confirmed_on is not None
    assert is_confirmed == (action == "keep")
    answer = desk.post(address, {"action": "take", "_selected_action": conflict.pk}, follow=True)
    assert "decided already" in answer.content.decode()
    assert AuditEntry.objects.filter(action="decide_conflict").count() == 1


@pytest.mark.parametrize(
    ("field", "offered"), [("assured_date", "2026-01-01"), ("minimum_age", "old"), ("status", "gone")]
)
def test_what_cannot_be_right_is_not_taken(
    field: str, offered: str, conflict: ImportConflict, desk: RoleClient
) -> None:
    ImportConflict.objects.update(field=field, offered=offered)
    address = reverse("admin:directory_importconflict_changelist")
    desk.post(address, {"action": "take", "_selected_action": conflict.pk})
    conflict.refresh_from_db()
    assert conflict.decision == Decision.OPEN


def test_a_term_is_edited_and_retired_by_its_page(desk: RoleClient, make_service: MakeService) -> None:
    service, dental = make_service(needs=["dental"]), term_id("dental")
    words = {"name": "Care for teeth", "name_fr": "Soins pour les dents"}
    assert desk.post(_page("taxonomyterm", dental), words).status_code == 302
    assert _page_of(service)["kinds"] == ["Care for teeth"]
    need = Need.objects.get(slug="dental")
    assert (need.name_fr, need.description, need.is_offered) == ("Soins pour les dents", "", False)
    assert {"edit_term", "retire_term"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_a_term_is_added_by_a_page_and_a_taken_slug_is_told(desk: RoleClient, db: None) -> None:
    address = reverse("admin:directory_taxonomyterm_add")
    words = {"taxonomy": "relais", "group": "health_care", "name": "Eye care", "name_fr": "Soins des yeux"}
    answer = desk.post(address, words | {"code": "dental"})
    assert "There is a term of this slug already." in answer.content.decode()
    assert desk.post(address, words | {"code": "eye_care"}).status_code == 302
    assert Need.objects.get(slug="eye_care").parent == "health_care"


def test_a_foreign_term_is_shown_and_not_edited(desk: RoleClient, db: None) -> None:
    publisher = Publisher.objects.create(slug="feed", name="Feed")
    term = _term_of(publisher)
    assert desk.get(_page("taxonomyterm", term)).status_code == 200
    assert desk.post(_page("taxonomyterm", term), {"name": "Ours"}).status_code == 403


def _term_of(publisher: Publisher) -> UUID:
    """A term of somebody else's taxonomy."""
    return TaxonomyTerm.objects.create(publisher=publisher, name="Theirs", code="T-1", taxonomy="theirs").pk


def test_a_mapping_is_added_and_removed_by_its_page(desk: RoleClient, db: None) -> None:
    address = reverse("admin:directory_termmapping_add")
    wrong = desk.post(address, {"taxonomy": "Theirs", "code": "T-1", "slug": "teeth"})
    assert "a slug of our vocabulary" in wrong.content.decode()
    assert desk.post(address, {"taxonomy": "Theirs", "code": "T-1", "slug": "dental"}).status_code == 302
    mapping = TermMapping.objects.get()
    assert mapping.taxonomy == "theirs"
    desk.post(reverse("admin:directory_termmapping_delete", args=[mapping.pk]), {"post": "yes"})
    assert not TermMapping.objects.exists()
    assert {"add_mapping", "remove_mapping"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_what_is_known_of_a_publisher_is_edited_and_told(desk: RoleClient, make_service: MakeService) -> None:
    service = make_service()
    desk.post(_page("publisher", "list"), {"name": "A network", "cadence": "weekly", "licence": "CC BY 4.0"})
    assert _page_of(service)["source"]["publisher"] == "A network"
    assert _entry("edit_publisher").facts() == {"publisher": "list", "fields": "cadence licence name"}


def test_facts_are_replaced_whole_or_not_at_all(viewer: Viewer, make_service: MakeService) -> None:
    service = make_service()
    state_facts(service_id=service.pk, facts=[Fact("gender", "woman"), Fact("gender", "man")], viewer=viewer)
    state_facts(service_id=service.pk, facts=[Fact("accept", "no_id", stated=False)], viewer=viewer)
    with pytest.raises(Refused, match="no such term"):
        state_facts(service_id=service.pk, facts=[Fact("gender", "cat")], viewer=viewer)
    assert [str(fact) for fact in ServiceFact.objects.all()] == ["accept:no_id"]
    facts = [entry.facts() for entry in AuditEntry.objects.filter(action="state_facts").order_by("at", "id")]
    assert {"dimensions": "accept"} in facts


def test_a_click_that_would_tell_too_many_services_anew_is_refused(
    viewer: Viewer, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = make_service()
    monkeypatch.setattr("directory.actions.edit_record.MOST_AT_ONCE", 0)
    with pytest.raises(Refused, match="more than the 0"):
        edit_record(entity="service", record_id=service.pk, values={"description": "x"}, viewer=viewer)
    service.refresh_from_db()
    assert service.description == ""


def test_what_a_steward_wrote_is_confirmed_field_by_field(viewer: Viewer, make_service: MakeService) -> None:
    service = make_service("Clinic", description="Old words.")
    for words in ("New words.", "Newer words."):
        values = {"description": words, "name": "Clinic"}
        edit_record(entity="service", record_id=service.pk, values=values, viewer=viewer)
    source = FieldSource.objects.get(entity="service", record_id=service.pk)
    assert (source.field, source.confirmed_by) == ("description", viewer.user)
    assert source.confirmed_on == timezone.localdate()


def test_a_steward_says_whose_network_an_organization_is(desk: RoleClient, make_service: MakeService) -> None:
    """What a feed says of it makes nobody a keeper; a steward's word does (directory/policies.py)."""
    child, parent = make_service("North").organization, make_service("Network").organization
    assert child is not None
    assert parent is not None
    sent = {"publish_to": "", "parent_organization": str(parent.pk)}
    assert desk.post(_page("organization", child.pk), sent).status_code == 302
    child.refresh_from_db()
    assert child.parent_organization_id == parent.pk
    source = FieldSource.objects.get(entity="organization", record_id=child.pk)
    assert (source.field, source.confirmed_on) == ("parent_organization_id", timezone.localdate())
