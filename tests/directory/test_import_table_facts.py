"""What a list says of hours, ages and eligibility, as a searcher sees it; what a person said, no list changes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from directory.actions.decide_conflict import decide_conflict
from directory.actions.edit_record import edit_record
from directory.actions.project_listings import project_services
from directory.actions.state_facts import state_facts
from directory.finding.hours import open_state
from directory.models.field_source import FieldSource
from directory.models.import_conflict import Decision, ImportConflict
from directory.models.listing import Listing, ListingPage
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.rules.eligibility_terms import Fact
from safety.viewer import VISITOR, Tier, Viewer
from tests.directory.test_import_table import counts, imported, mapping

pytestmark = pytest.mark.django_db

BY = mapping(
    columns={"name": "name", "eligibility_description": "who", "copied_on": "seen"},
    hours={"text": ["open"]},
    eligibility={"notes": "who", "ages": "ages"},
    documents={"columns": "papers"},
)
ROWS: list[dict[str, Any]] = [
    {"id": "a", "name": "Clinic", "category": "Legal", "address": "12 Canary Lane, Kingston, ON", "seen": "2026-01-03",
     "open": "Mon-Fri 9-5; closed holidays", "who": "Women only. No referral needed.", "ages": "16+"},
    {"id": "b", "name": "Line", "category": "Legal", "scope": "ontario", "open": "Phone: Mon-Fri 9-5 PT"},
]  # fmt: skip
STEWARD = Viewer(user=UUID(int=7), organization=None, tier=Tier.CUSTODIAN)
A_HOLIDAY = datetime(2026, 12, 25, 16, 0, tzinfo=UTC)
A_MONDAY = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


def changed(**cells: Any) -> list[dict[str, Any]]:
    return [ROWS[0] | cells, ROWS[1]]


def service(key: str = "a") -> Service:
    return Service.objects.get(source_key=key)


def page(key: str = "a") -> dict[str, Any]:
    found: dict[str, Any] = ListingPage.objects.get(id=Listing.objects.get(service_id=service(key).pk).id).en
    return found


def stated(key: str = "a") -> set[tuple[str, str, bool]]:
    rows = ServiceFact.objects.filter(service__source_key=key)
    return {(row.dimension, row.term, row.stated) for row in rows}


def test_facts_and_ages_of_a_row_are_stored_and_its_words_shown() -> None:
    imported(ROWS, by=BY)
    assert stated() == {
        ("age", "", True),
        ("gender", "woman", True),
        ("gender", "man", False),
        ("accept", "self_referral", True),
    }
    assert (service().minimum_age, service().maximum_age) == (Decimal(16), None)
    assert page()["eligibility"] == "Women only. No referral needed.\n16+"
    assert stated("b") == set()


def test_a_second_import_changes_no_fact_and_a_changed_cell_one_service() -> None:
    imported(ROWS, by=BY)
    assert counts(imported(ROWS, by=BY)) == (0, 0, 2, 0)
    assert counts(imported(changed(who="Women only."), by=BY)) == (0, 1, 1, 0)
    assert ("accept", "self_referral", True) not in stated()


def test_a_mapping_that_reads_no_eligibility_leaves_the_facts_alone() -> None:
    imported(ROWS, by=BY)
    imported(ROWS)
    assert stated()


def test_papers_that_it_asks_for_are_kept_in_its_words() -> None:
    imported(changed(papers="Photo ID, proof of address"), by=BY)
    assert [p.document for p in service().required_documents.all()] == ["Photo ID, proof of address"]
    imported(ROWS, by=BY)
    assert not service().required_documents.exists()


def test_hours_in_words_open_the_door_and_holidays_close_it() -> None:
    imported(ROWS, by=BY)
    assert (page()["week"]["stated"], page()["on_holidays"]) == (True, "closed")
    assert page()["hours_notes"] == ["Mon-Fri 9-5; closed holidays"]
    assert open_state(page(), A_MONDAY).state == "open"
    assert open_state(page(), A_HOLIDAY).state == "closed"
    imported(changed(open="Mon-Fri 9-5"), by=BY)
    assert open_state(page(), A_HOLIDAY).state == "call_first", "nobody said what holidays do"


def test_hours_that_name_their_zone_are_judged_in_it() -> None:
    imported(ROWS, by=BY)
    assert page("b")["zone"] == "America/Vancouver"
    assert open_state(page("b"), A_MONDAY).state == "closed", "it is half past 8 there"


def test_a_zone_that_is_none_leaves_the_places_own() -> None:
    imported(ROWS, by=BY)
    Schedule.objects.filter(service=service("b")).update(zone="Mars/Olympus")
    project_services([service("b").pk])
    assert page("b")["zone"] == "America/Toronto"


def test_by_appointment_is_never_open() -> None:
    imported(changed(open="Mon-Fri 9-5 (by appointment only)"), by=BY)
    assert open_state(page(), A_MONDAY).state == "by_appointment"
    imported(changed(open="By appointment only"), by=BY)
    assert open_state(page(), A_MONDAY).state == "by_appointment"


def test_hours_of_a_season_are_kept_and_open_nothing_by_themselves() -> None:
    imported(changed(open="May 1 to Oct 31: Mondays 9 am to 5 pm"), by=BY)
    row = service().schedules.exclude(valid_from="").get()
    assert (row.valid_from, row.valid_to, row.byday) == ("2026-05-01", "2026-10-31", "MO")
    assert open_state(page(), A_MONDAY).state == "unknown"


def test_facts_that_a_person_stated_stay_whatever_the_list_says() -> None:
    imported(ROWS, by=BY)
    state_facts(service_id=service().pk, facts=[Fact("accept", "free")], viewer=STEWARD)
    report = imported(changed(who="Women only."), by=BY)
    assert stated() == {("accept", "free", True)}
    assert counts(report) == (0, 1, 1, 0), "its words have changed"


def test_a_field_that_a_person_confirmed_stays_and_a_steward_is_asked_once() -> None:
    imported(ROWS, by=BY)
    edit_record(entity="service", record_id=service().pk, values={"name": "True name"}, viewer=STEWARD)
    for _ in range(2):
        assert counts(imported(ROWS, by=BY)) == (0, 0, 2, 0)
    assert service().name == "True name"
    assert page()["name"] == "True name"
    offered = ImportConflict.objects.values_list("entity", "field", "offered")
    assert list(offered) == [("service", "name", "Clinic")]
    decide_conflict(conflict_id=ImportConflict.objects.get().pk, decision=Decision.KEEP, viewer=STEWARD)
    imported(ROWS, by=BY)
    assert ImportConflict.objects.count() == 1, "it was answered"
    FieldSource.objects.filter(field="name").update(confirmed_on=date(2027, 1, 1))
    imported(ROWS, by=BY)
    assert ImportConflict.objects.filter(decision="").count() == 1, "confirmed anew since it was answered"


def test_a_number_that_a_person_confirmed_is_not_taken_away_by_a_list() -> None:
    rows = [ROWS[0] | {"phone": "613-555-0144"}]
    imported(rows, by=BY)
    phone = Phone.objects.get()
    edit_record(entity="phone", record_id=phone.pk, values={"number": "613-555-0199"}, viewer=STEWARD)
    imported(rows, by=BY)
    imported([ROWS[0] | {"phone": ""}], by=BY)
    assert Phone.objects.get().number == "613-555-0199"


def test_a_service_whose_status_a_person_confirmed_is_not_closed_by_a_list() -> None:
    imported(ROWS, by=mapping())
    edit_record(entity="service", record_id=service().pk, values={"status": "inactive"}, viewer=STEWARD)
    edit_record(entity="service", record_id=service().pk, values={"status": "active"}, viewer=STEWARD)
    imported(changed(status="Permanently Closed"), by=mapping())
    assert service().status == "active"


@pytest.mark.parametrize(
    "cell",
    [{"name": "Clinic 2"}, {"seen": "2026-02-03"}, {"open": "Mon-Fri 9-6"}, {"who": "Men only"}, {"ages": "18+"},
     {"address": "13 Canary Lane, Kingston, ON"}, {"phone": "613-555-0101"}, {"languages": "Cree"},
     {"category": "Housing"}, {"scope": "ontario"}, {"papers": "Photo ID"}],
)  # fmt: skip
def test_one_changed_cell_changes_one_row_and_then_nothing_more(cell: dict[str, Any]) -> None:
    imported(ROWS, by=BY)
    assert counts(imported(changed(**cell), by=BY)) == (0, 1, 1, 0)
    assert counts(imported(changed(**cell), by=BY)) == (0, 0, 2, 0)
    assert VISITOR.user is None
