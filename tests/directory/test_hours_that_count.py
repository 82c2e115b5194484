"""Of several kinds of hours, "open" is judged by those that the reader needs."""

from collections.abc import Sequence

import pytest
from django.utils import timezone

from directory.actions.project_listings import project_services
from directory.finding.hours import open_state
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
