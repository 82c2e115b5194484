"""Of several kinds of hours, "open" is judged by those that the reader needs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from directory.actions.project_listings import project_services
from directory.finding.hours import open_state, states_beside
from directory.models.listing import ListingPage
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.rules.opening import OpenState
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

DAY, ALWAYS = ("MO,TU,WE,TH,FR", "09:00", "17:00"), ("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")
Rows = Sequence[tuple[str, tuple[str, str, str]]]


def _facts(service: Service, rows: Rows) -> dict[str, object]:
    for kind, (byday, opens, closes) in rows:
        hours = {"byday": byday, "opens_at": opens, "closes_at": closes, "hours_of": kind}
        Schedule.objects.create(publisher=service.publisher, service=service, **hours)
    project_services([service.pk])
    return dict(ListingPage.objects.get().en)


@pytest.mark.parametrize(
    ("rows", "is_always", "answers"),
    [
        ([("phone", ALWAYS), ("intake", DAY)], False, True),
        ([("phone", ALWAYS), ("office", DAY)], False, True),
        ([("resident", ALWAYS), ("intake", DAY)], False, False),
        ([("", DAY), ("phone", ALWAYS)], False, True),
        ([("phone", ALWAYS)], True, False),
        ([("intake", ALWAYS), ("phone", DAY)], True, False),
    ],
)
def test_a_place_is_open_while_it_takes_people_in(
    make_service: MakeService, rows: Rows, is_always: bool, answers: bool
) -> None:
    facts = _facts(make_service("House"), rows)
    assert facts["week"]["always"] is is_always  # type: ignore[index]
    assert facts["answers_always"] is answers


def test_what_has_no_place_is_open_while_its_phone_is(make_service: MakeService) -> None:
    facts = _facts(make_service("Line", "", reach="country"), [("phone", ALWAYS), ("office", DAY)])
    assert facts["week"]["always"] is True  # type: ignore[index]


def test_hours_of_those_who_stay_say_nothing_to_whoever_comes(make_service: MakeService) -> None:
    facts = _facts(make_service("House"), [("resident", ALWAYS)])
    assert facts["week"] == {"always": False, "stated": False, "spans": []}


def test_where_people_stay_intake_counts_and_elsewhere_the_door(make_service: MakeService) -> None:
    rows = [("intake", DAY), ("drop_in", ALWAYS)]
    facts = _facts(make_service("Shelter", needs=["emergency_shelter"]), rows)
    assert (facts["week"]["always"], facts["hours_of"]) == (False, ["intake"])  # type: ignore[index]
    ListingPage.objects.all().delete()
    facts = _facts(make_service("Lawyers", needs=["legal_advice"]), rows)
    assert (facts["week"]["always"], facts["hours_of"]) == (True, ["drop_in"])  # type: ignore[index]


def test_a_line_is_judged_on_its_phone_though_it_has_an_office(make_service: MakeService) -> None:
    facts = _facts(make_service("Line", needs=["crisis_line"]), [("office", DAY), ("phone", ALWAYS)])
    assert (facts["week"]["always"], facts["hours_of"]) == (True, ["phone"])  # type: ignore[index]


def test_other_hours_are_told_beside_those_that_count(make_service: MakeService) -> None:
    rows = [("intake", DAY), ("phone", ALWAYS), ("resident", ALWAYS)]
    facts = _facts(make_service("Shelter", needs=["emergency_shelter"]), rows)
    beside = facts["hours_beside"]
    assert [told["of"] for told in beside] == ["phone", "resident"]  # type: ignore[attr-defined]
    assert {**beside[0]} == {  # type: ignore[index]
        "of": "phone", "week": {"always": True, "stated": True, "spans": []}, "hours": None,
        "on_holidays": "not_stated", "by_appointment": False, "zone": "America/Toronto",
    }  # fmt: skip
    sunday = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    opens = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    assert open_state(facts, sunday) == OpenState("closed", next=opens)
    assert states_beside(facts, sunday) == [("phone", OpenState("open")), ("resident", OpenState("open"))]


def test_hours_of_a_season_reach_the_page_and_are_judged(make_service: MakeService) -> None:
    service = make_service("Winter shelter", needs=["emergency_shelter"])
    hours = {"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "20:00", "closes_at": "08:00"}
    season = {"valid_from": "2026-12-01", "valid_to": "2027-03-31", "hours_of": "intake"}
    Schedule.objects.create(publisher=service.publisher, service=service, **hours, **season)
    project_services([service.pk])
    facts = dict(ListingPage.objects.get().en)
    assert (facts["hours"]["rules"][0]["from"], facts["hours"]["rules"][0]["to"]) == (
        "2026-12-01",
        "2027-03-31",
    )
    assert facts["week"]["stated"] is False
    begins = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
    assert open_state(facts, datetime(2026, 11, 22, 17, 0, tzinfo=UTC)) == OpenState("closed", next=begins)
    assert open_state(facts, begins).state == "open"


def test_the_page_tells_that_one_may_call_and_a_note_in_its_language(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("House")
    words = {"description": "Ring twice.", "description_fr": "Sonnez deux fois."}
    Schedule.objects.create(publisher=service.publisher, service=service, hours_of="phone", **words)
    _facts(service, [("phone", ALWAYS), ("intake", DAY)])
    id_ = ListingPage.objects.get().pk
    english = visitor.get(f"/en/listing/{id_}/").content.decode()
    french = visitor.get(f"/fr/fiche/{id_}/").content.decode()
    assert "Ring twice." in english
    assert "Sonnez deux fois." in french
    assert "Ring twice." not in french


def test_hours_that_name_no_zone_are_never_called_open_for_the_whole_country(
    make_service: MakeService, visitor: RoleClient
) -> None:
    all_week = ("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:00")
    service = make_service("Line", "", reach="country")
    facts = _facts(service, [("phone", all_week)])
    assert open_state(facts, timezone.now()) == OpenState("unknown")
    page = visitor.get(f"/en/listing/{facts['id']}/").content.decode()
    assert "Hours of an unknown time zone: call first" in page
    Schedule.objects.update(zone="America/Vancouver")
    project_services([service.pk])
    assert open_state(dict(ListingPage.objects.get().en), timezone.now()).state in ("open", "closed")


def test_day_and_night_needs_no_zone(make_service: MakeService) -> None:
    facts = _facts(make_service("Line", "", reach="country"), [("phone", ALWAYS)])
    assert open_state(facts, timezone.now()).state == "open"


HOME: dict[str, Any] = {"needs": ["safe_home"], "place": {"is_protected": True}}


def _open(visitor: RoleClient, **asked: str) -> list[dict[str, object]]:
    found = visitor.get("/api/search", {"near": "Kingston", **asked}).json()
    return [result["open"] for result in [*found["results"], *found["elsewhere"]]]


@pytest.mark.parametrize(
    "house", [HOME, {"needs": ["hotel_placement"], "reach": "province", "province": "ON"}]
)
def test_an_answered_phone_does_not_open_a_house(
    visitor: RoleClient, make_service: MakeService, house: dict[str, Any]
) -> None:
    facts = _facts(make_service("House", **house), [("phone", ALWAYS)])
    assert open_state(facts, timezone.now()) == OpenState("unknown")
    assert (facts["hours_of"], facts["answers_always"]) == ([], True)
    told = {"state": "unknown", "beside": [{"state": "open", "of": "phone"}]}
    assert _open(visitor) == _open(visitor, open="now") == [told]
    page = visitor.get(f"/en/listing/{facts['id']}/").content.decode()
    assert "Hours not stated: call first" in page
    assert "The phone is answered day and night." in page
    assert "Open now," not in page


def test_a_house_that_takes_people_in_comes_before_one_of_which_only_the_phone_answers(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for name, kind in (("Phone", "phone"), ("Intake", "intake")):
        service = make_service(name, **HOME)
        hours = dict(zip(("byday", "opens_at", "closes_at"), ALWAYS, strict=True))
        Schedule.objects.create(publisher=service.publisher, service=service, hours_of=kind, **hours)
        project_services([service.pk])
    found = visitor.get("/api/search", {"near": "Kingston", "need": "safe_home", "open": "now"}).json()
    told = [(result["service"], result["open"].get("of")) for result in found["results"]]
    assert told == [("Intake", "intake"), ("Phone", None)]


def test_the_api_says_what_the_hours_are_of(visitor: RoleClient, make_service: MakeService) -> None:
    _facts(make_service("Line", needs=["crisis_line"]), [("phone", ALWAYS), ("office", ALWAYS)])
    beside = [{"state": "open", "of": "office"}]
    assert _open(visitor) == [{"state": "open", "of": "phone", "beside": beside}]
