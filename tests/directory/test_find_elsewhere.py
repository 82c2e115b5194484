"""For who must leave: far from here, and not in a place or province; ways, parts of the week, and open at a moment."""

from datetime import UTC, datetime

import pytest

from directory.actions.project_listings import project_services
from directory.models.location import Location
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service_at_location import ServiceAtLocation
from directory.models.service_fact import ServiceFact
from directory.views import sealed
from tests.directory.conftest import MakeService
from tests.directory.test_search import api, names
from tests.roles import RoleClient

DAILY = "MO,TU,WE,TH,FR,SA,SU"
WORKDAYS = "MO,TU,WE,TH,FR"


@pytest.fixture
def towns(make_service: MakeService) -> None:
    for town in ("Kingston", "Belleville", "Ottawa", "Toronto"):
        make_service(town, f"{town}, ON")
    make_service("Montréal", "Montréal, QC")


@pytest.mark.usefixtures("towns")
def test_what_is_too_near_is_left_out(visitor: RoleClient) -> None:
    assert names(api(visitor, near="Kingston", away=100)) == ["Ottawa", "Toronto", "Montréal"]
    assert names(api(visitor, near="Kingston", away=100, within=200)) == ["Ottawa", "Toronto"]


@pytest.mark.usefixtures("towns")
def test_a_place_or_province_may_be_ruled_out(visitor: RoleClient) -> None:
    assert names(api(visitor, near="Kingston", not_in="Kingston"))[0] == "Belleville"
    found = api(visitor, near="Kingston", not_in=["ON", "Trenton"])
    assert names(found) == ["Montréal"]


def test_all_that_one_name_may_mean_is_left_out_however_large_one_of_them_is(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for town in ("Windsor, ON", "Windsor, NS", "Saint John, NB", "St. John's, NL", "Grand Falls-Windsor, NL"):
        make_service(town, town)
    make_service("Halifax", "Halifax, NS")
    for not_in, left in (
        ("Windsor", {"Saint John, NB", "St. John's, NL", "Halifax"}),
        ("St John", {"Windsor, ON", "Windsor, NS", "Grand Falls-Windsor, NL", "Halifax"}),
        ("Grand Falls", {"Windsor, ON", "Windsor, NS", "Saint John, NB", "St. John's, NL", "Halifax"}),
    ):
        assert set(names(api(visitor, near="Halifax", not_in=not_in))) == left
    page = visitor.post("/en/find/", {"near": "Halifax", "not_in": "St John"}, follow=True).content.decode()
    assert "Not in Saint John, New Brunswick or St. John&#x27;s, Newfoundland and Labrador" in page


def test_a_place_that_nobody_knows_is_told_beside_its_field(visitor: RoleClient) -> None:
    answer = visitor.get("/api/search", {"near": "Kingston", "not_in": "Xyzzyville"})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["not_in"]


def test_a_province_wide_service_of_a_province_ruled_out_is_not_told(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Line", reach="province", province="ON")
    make_service("Everywhere", reach="country")
    found = api(visitor, near="Kingston", not_in="ON")
    assert [result["service"] for result in found["elsewhere"]] == ["Everywhere"]


def test_ways_are_asked_as_or(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service("Text line")
    Phone.objects.create(publisher=service.publisher, service=service, number="613-555-0199", type="text")
    project_services([service.pk])
    make_service("Silent", phone="")
    assert names(api(visitor, near="Kingston", way="text")) == ["Text line"]
    assert set(names(api(visitor, near="Kingston", way=["text", "in_person"]))) == {"Text line", "Silent"}


@pytest.mark.usefixtures("db")
def test_a_chat_is_found_where_it_is_stated(visitor: RoleClient, make_service: MakeService) -> None:
    by_chat, without = make_service("By chat"), make_service("Without")
    ServiceFact.objects.create(service=by_chat, dimension="way", term="chat", stated=True)
    ServiceFact.objects.create(service=without, dimension="way", term="chat", stated=False)
    project_services([by_chat.pk, without.pk])
    found = api(visitor, near="Kingston", way="chat")
    assert names(found) == ["By chat"]
    shown = visitor.get(f"/en/listing/{found['results'][0]['id']}/")
    assert "By online chat" in shown.content.decode()


@pytest.mark.usefixtures("db")
def test_parts_of_the_week_leave_out_what_is_shut_then_and_put_the_unsure_last(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Not stated")
    make_service("Office hours", hours=[(WORKDAYS, "09:00", "17:00")])
    make_service("Evenings", hours=[(WORKDAYS, "12:00", "20:00")])
    make_service("Nights", hours=[(DAILY, "22:00", "07:00")])
    evening = api(visitor, near="Kingston", open="evening")
    assert names(evening) == ["Evenings", "Not stated"]
    assert evening["not_shown"] == {"open": 2}
    assert names(api(visitor, near="Kingston", open=["night", "evening"]))[-1] == "Not stated"
    assert set(names(api(visitor, near="Kingston", open=["night", "evening"]))) == {
        "Evenings", "Nights", "Not stated",
    }  # fmt: skip
    assert names(api(visitor, near="Kingston", open="weekend")) == ["Nights", "Not stated"]


@pytest.mark.usefixtures("db")
def test_open_now_is_judged_to_the_minute(
    visitor: RoleClient, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_service("Day", hours=[(DAILY, "09:00", "17:00")])
    make_service("Night", hours=[(DAILY, "17:00", "09:00")])
    make_service("Not stated")

    def at(moment: str) -> list[str]:
        monkeypatch.setattr(
            "directory.api.search.now", lambda: datetime.fromisoformat(moment).astimezone(UTC)
        )
        return names(api(visitor, near="Kingston", open="now"))

    assert at("2026-11-23T16:59:59-05:00") == ["Day", "Not stated"]
    assert at("2026-11-23T17:00:00-05:00") == ["Night", "Not stated"]
    assert sealed.now is not None


def test_a_moment_may_be_asked_for(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Day", hours=[(DAILY, "09:00", "17:00")])
    make_service("Night", hours=[(DAILY, "17:00", "09:00")])
    found = api(visitor, near="Kingston", open="2026-12-01T03:00:00-05:00")
    assert (names(found), found["not_shown"]) == (["Night"], {"open": 1})


def test_where_the_nearest_thousand_are_shut_one_farther_that_is_open_is_found(
    visitor: RoleClient, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.finding.asking.CANDIDATES", 3)
    for number in range(4):
        make_service(f"Shut {number}", hours=[(DAILY, "09:00", "10:00")])
    make_service("Open", "Belleville, ON", hours=[(DAILY, "02:00", "04:00")])
    assert names(api(visitor, near="Kingston", open="2026-12-01T03:00:00-05:00")) == ["Open"]


def test_what_is_closed_for_a_while_is_open_in_no_part_of_the_week(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Closed", hours=[(WORKDAYS, "12:00", "20:00")], status="temporarily closed")
    make_service("Not stated")
    assert names(api(visitor, near="Kingston", open="evening")) == ["Not stated"]


def test_a_season_that_is_over_says_neither_open_nor_shut(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("Last winter", hours=[(WORKDAYS, "12:00", "20:00")])
    other = make_service("Last summer", hours=[(WORKDAYS, "09:00", "17:00")])
    Schedule.objects.filter(service__in=[service, other]).update(valid_to="2025-03-31")
    project_services([service.pk, other.pk])
    make_service("Evenings", hours=[(WORKDAYS, "12:00", "20:00")])
    found = names(api(visitor, near="Kingston", open="evening"))
    assert (found[0], set(found[1:])) == ("Evenings", {"Last winter", "Last summer"})


def test_a_line_for_all_of_canada_that_never_closes_is_open_at_night(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Line", reach="country", hours=[(DAILY, "00:00", "23:59")])
    make_service("Unsure line", reach="country")
    found = api(visitor, near="Kingston", open="night")
    assert [result["service"] for result in found["elsewhere"]] == ["Line", "Unsure line"]


def test_who_is_reached_from_afar_stands_there_once(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service("Line", "")
    for _ in range(3):
        place = Location.objects.create(publisher=service.publisher, placed_by="nothing")
        ServiceAtLocation.objects.create(publisher=service.publisher, service=service, location=place)
    service.province, service.reach = "ON", "province"
    service.save()
    project_services([service.pk])
    found = api(visitor, near="Kingston")
    assert ([result["service"] for result in found["elsewhere"]], found["elsewhere_total"]) == (["Line"], 1)


def test_a_number_of_no_known_type_is_one_to_call_and_a_text_telephone_is_none_to_text(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for type_ in ("toll-free", "textphone"):
        service = make_service(type_, phone="")
        Phone.objects.create(publisher=service.publisher, service=service, number="613-555-0199", type=type_)
        project_services([service.pk])
    assert names(api(visitor, near="Kingston", way="phone")) == ["toll-free"]
    assert names(api(visitor, near="Kingston", way="text")) == []
