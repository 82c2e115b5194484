"""By which clock a protected place keeps its hours tells in which part of its area it is: the area's alone is told."""

from typing import Any

import pytest

from directory.actions.project_listings import project_services
from directory.finding.hours import is_zoneless
from directory.models.area import Area
from directory.models.hsds_document import HsdsDocument
from directory.models.listing import ListingPage
from directory.models.place import Place
from directory.models.publisher import Publisher
from directory.models.schedule import Schedule
from directory.models.service import Service
from tests.directory.conftest import MakeService
from tests.roles import role

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
WEEK = [("MO,TU,WE,TH,FR", "09:00", "17:00")]
BOTH = ["site", "open_data"]


def facts(service: Service) -> dict[str, Any]:
    project_services([service.pk])
    told: dict[str, Any] = ListingPage.objects.get().en
    return told


def clocks_of(town: str) -> set[str]:
    """The zones of the communities in the published area of a town."""
    area = Place.objects.filter(name=town, kind="community").order_by("-population").values("area_id")[:1]
    return set(Place.objects.filter(area_id__in=area, kind="community").values_list("zone", flat=True))


@pytest.fixture
def two_clocks(db: None) -> Area:
    """Kingston's area, of which a village keeps another clock."""
    area = Area.objects.get(pk="on-kingston")
    with role("relais_owner"):
        village = Place.objects.filter(area=area, kind="community").order_by("population", "pk")[0]
        Place.objects.filter(pk=village.pk).update(zone="America/Winnipeg")
    return area


def test_hours_of_a_protected_place_are_told_by_its_area_s_clock(make_service: MakeService) -> None:
    service = make_service("House", place={"is_protected": True}, hours=WEEK)
    plain = facts(service)
    assert clocks_of("Kingston") == {"America/Toronto"}
    for zone in ("America/Winnipeg", "America/Atikokan"):
        Schedule.objects.update(zone=zone)
        assert facts(service) == plain
    assert (plain["zone"], plain["zone_known"]) == ("America/Toronto", True)


def test_an_open_place_tells_the_clock_that_its_hours_name(make_service: MakeService) -> None:
    service = make_service("Clinic", hours=WEEK)
    Schedule.objects.update(zone="America/Winnipeg")
    assert facts(service)["zone"] == "America/Winnipeg"


@pytest.mark.usefixtures("two_clocks")
def test_where_an_area_has_two_clocks_nobody_is_told_by_which(make_service: MakeService) -> None:
    service = make_service("House", place={"is_protected": True}, hours=WEEK)
    plain = facts(service)
    assert is_zoneless(plain)
    Schedule.objects.update(zone="America/Winnipeg")
    assert facts(service) == plain
    Schedule.objects.update(hours_of="phone", zone="America/Winnipeg")
    assert [told["zone"] for told in facts(service)["hours_beside"]] in ([], [""])


@pytest.mark.usefixtures("two_clocks")
def test_an_open_place_of_that_area_keeps_its_clock(make_service: MakeService) -> None:
    assert not is_zoneless(facts(make_service("Clinic", hours=WEEK)))


def test_day_and_night_needs_no_clock(make_service: MakeService, two_clocks: Area) -> None:
    always = [("MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00")]
    assert not is_zoneless(facts(make_service("House", place={"is_protected": True}, hours=always)))


def _document(service: Service) -> dict[str, Any]:
    Publisher.objects.update(may_redistribute=True)
    Service.objects.update(publish_to=BOTH)
    project_services([service.pk])
    found = HsdsDocument.objects.get(entity="service", id=service.pk).document
    (told,) = found["schedules"]
    return {name: told.get(name) for name in ("timezone", "opens_at", "closes_at", "dtstart", "byday")}


@pytest.mark.parametrize("is_protected", [True, False])
def test_open_data_leaves_out_the_offset_of_a_protected_place_s_hours_alone(
    make_service: MakeService, is_protected: bool
) -> None:
    service = make_service("House", place={"is_protected": is_protected}, hours=WEEK)
    Schedule.objects.update(
        timezone="-6", opens_at="09:00-06:00", closes_at="17:00Z", dtstart="2026-01-05T09:00:00-06:00"
    )
    told = _document(service)
    assert told["byday"] == "MO,TU,WE,TH,FR"
    offsets = ["-6", "09:00-06:00", "17:00Z", "2026-01-05T09:00:00-06:00"]
    bare = [None, "09:00", "17:00", "2026-01-05T09:00:00"]
    names = ("timezone", "opens_at", "closes_at", "dtstart")
    assert [str(told[n]) if told[n] is not None else None for n in names] == (
        bare if is_protected else offsets
    )


def test_a_day_without_a_time_stays_as_it_is(make_service: MakeService) -> None:
    service = make_service("House", place={"is_protected": True}, hours=WEEK)
    Schedule.objects.update(dtstart="2026-01-05")
    assert _document(service)["dtstart"] == "2026-01-05"
