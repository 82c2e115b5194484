"""Own days of a schedule: stated by a person, kept with the hours, judged before rules and holidays."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from directory.actions.project_listings import rebuild_listings
from directory.actions.protect_location import protect_location
from directory.actions.refused import Refused
from directory.actions.state_schedule_days import state_schedule_days
from directory.finding.hours import open_state
from directory.models.listing import ListingPage
from directory.models.location import Location
from directory.models.schedule import Schedule
from directory.models.schedule_day import ScheduleDay
from directory.rules.opening_own import StatedDay
from safety.audit import AuditEntry
from safety.viewer import Tier, Viewer
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

STEWARD = Viewer(user=UUID(int=7), organization=None, tier=Tier.CUSTODIAN)
THURSDAY = date(2026, 12, 24)
WORKDAYS = [("MO,TU,WE,TH,FR", "09:00", "17:00")]
INVENTORY = StatedDay(THURSDAY, "09:00", "12:00", "Inventory", "Inventaire")


def stated(days: list[StatedDay], schedule: Schedule | None = None) -> int:
    schedule = schedule or Schedule.objects.get()
    return state_schedule_days(schedule_id=schedule.pk, days=days, viewer=STEWARD)


def page() -> dict[str, Any]:
    return dict(ListingPage.objects.get().en)


def state(hour: int) -> str:
    return open_state(page(), datetime(2026, 12, 24, hour + 5, tzinfo=UTC)).state


def test_an_own_day_shows_at_once_and_outweighs_the_week(make_service: MakeService) -> None:
    make_service("Clinic", hours=WORKDAYS)
    assert (page()["hours"], state(14)) == (None, "open")
    assert stated([INVENTORY]) == 1
    assert (state(11), state(14)) == ("open", "closed")
    assert page()["hours"]["own_days"] == [["2026-12-24", [[540, 720]]]]
    note = {"on": "2026-12-24", "of": "", "note": "Inventory", "note_lang": ""}
    assert page()["own_day_notes"] == [note]
    assert ListingPage.objects.get().fr["own_day_notes"][0]["note"] == "Inventaire"


def test_own_days_are_replaced_whole(make_service: MakeService) -> None:
    make_service("Clinic", hours=WORKDAYS)
    stated([INVENTORY, StatedDay(date(2026, 12, 31))])
    stated([StatedDay(THURSDAY)])
    assert list(ScheduleDay.objects.values_list("on", "opens_at")) == [(THURSDAY, "")]
    assert state(10) == "closed"
    stated([])
    assert state(14) == "open"


def test_the_audit_row_tells_no_date_and_no_word(make_service: MakeService) -> None:
    make_service("Clinic", hours=WORKDAYS)
    stated([INVENTORY])
    entry = AuditEntry.objects.get(action="state_schedule_days")
    assert (entry.subject_id, json.loads(entry.details)) == (Schedule.objects.get().pk, {"lines": 1})


def test_what_can_not_be_is_refused_whole(make_service: MakeService) -> None:
    make_service("Clinic", hours=WORKDAYS)
    stated([INVENTORY])
    with pytest.raises(Refused, match="closed, and something else"):
        stated([StatedDay(THURSDAY), INVENTORY])
    assert ScheduleDay.objects.get().opens_at == "09:00"


@pytest.mark.parametrize("opens", ["09:00:00", "0900", "9:00", "09:00Z", "24:00", "09:00\n", "٠٩:00"])
def test_a_time_is_hours_and_minutes_and_nothing_else(make_service: MakeService, opens: str) -> None:
    make_service("Clinic", hours=WORKDAYS)
    with pytest.raises(Refused, match=r"(?s)2026-12-24: “.*” is not a time of day"):
        stated([StatedDay(THURSDAY, opens, "17:00")])


@pytest.mark.parametrize(
    "day",
    [
        StatedDay(THURSDAY, note="Closed\0"),
        StatedDay(THURSDAY, note_fr="\0"),
        StatedDay(THURSDAY, "09:00\0", "17:00"),
    ],
)
def test_what_no_database_can_hold_is_refused_in_words(make_service: MakeService, day: StatedDay) -> None:
    make_service("Clinic", hours=WORKDAYS)
    with pytest.raises(Refused, match="characters that can't be read"):
        stated([day])


def test_faults_are_told_in_the_language_of_who_asks(make_service: MakeService) -> None:
    make_service("Clinic", hours=WORKDAYS)
    wrong = [StatedDay(THURSDAY), StatedDay(THURSDAY, "9 h", "12:00"), StatedDay(THURSDAY, note="x" * 201)]
    with translation.override("fr"), pytest.raises(Refused) as refused:
        stated(wrong)
    assert str(refused.value).replace("\u00a0", " ").splitlines() == [
        "2026-12-24: « 9 h » n’est pas une heure. Écrivez les heures et les minutes, par exemple 09:00.",
        "2026-12-24: Une note est trop longue : 200 caractères au plus.",
        "2026-12-24: C’est fermé, et autre chose figure à côté. Retirez l’un des deux.",
    ]


@pytest.mark.parametrize("times", [("09:00", ""), ("9", "17:00"), ("24:00", "25:00")])
def test_the_database_takes_two_times_or_none(make_service: MakeService, times: tuple[str, str]) -> None:
    make_service("Clinic", hours=WORKDAYS)
    row = ScheduleDay(schedule=Schedule.objects.get(), on=THURSDAY, opens_at=times[0], closes_at=times[1])
    with pytest.raises(IntegrityError, match="two_times_or_none"), transaction.atomic():
        row.save()


def test_own_days_go_with_their_schedule_whoever_deletes_it(make_service: MakeService) -> None:
    make_service("Clinic", hours=WORKDAYS)
    stated([INVENTORY])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM schedule")
    assert not ScheduleDay.objects.exists()


def test_a_protected_place_has_own_days_and_no_notes(make_service: MakeService) -> None:
    service = make_service("House", hours=WORKDAYS, place={"is_protected": True})
    stated([INVENTORY])
    assert (state(14), page()["own_day_notes"]) == ("closed", [])
    place = Location.objects.get(services__service=service)
    at_place = Schedule.objects.create(publisher=service.publisher, location=place)
    with pytest.raises(Refused, match="no notes"):
        stated([INVENTORY], at_place)
    assert stated([INVENTORY._replace(note="", note_fr="")], at_place) == 1


def test_protecting_a_place_empties_the_notes_and_keeps_the_days(make_service: MakeService) -> None:
    service = make_service("House", hours=WORKDAYS)
    stated([INVENTORY])
    protect_location(location_id=Location.objects.get(services__service=service).pk, viewer=STEWARD)
    assert list(ScheduleDay.objects.values_list("opens_at", "note", "note_fr")) == [("09:00", "", "")]
    assert state(14) == "closed"


def test_rebuilding_arrives_at_the_same_page(make_service: MakeService) -> None:
    make_service("Clinic", hours=WORKDAYS)
    stated([INVENTORY, StatedDay(date(2026, 12, 31))])
    before = page()
    rebuild_listings()
    assert page() == before


def test_the_page_tells_own_days_of_each_kind_of_hours_with_its_own_note(
    make_service: MakeService, visitor: RoleClient
) -> None:
    service = make_service("Clinic", hours=WORKDAYS)
    far = date(2126, 12, 24)
    stated([StatedDay(far)])
    phone = Schedule.objects.create(
        publisher=service.publisher,
        service=service,
        hours_of="phone",
        byday="MO,TU,WE,TH,FR",
        opens_at="08:00",
        closes_at="20:00",
    )
    stated([StatedDay(far, "09:00", "12:00", "Mornings only")], phone)
    shown = visitor.get(f"/en/listing/{ListingPage.objects.get().pk}/").content.decode()
    told = re.findall(r"<li>\s*(24 December 2126.*?)</li>", shown, re.DOTALL)
    lines = [" ".join(re.sub("<[^>]*>", " ", line).split()) for line in told]
    assert sorted(lines) == [
        "24 December 2126 · Door · Closed",
        "24 December 2126 · Phone · 9:00 to 12:00 · Mornings only",
    ]
