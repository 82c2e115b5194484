"""A line of several provinces is found in each of them; its hours are of a clock only if all of them share it."""

from collections.abc import Callable, Sequence

import pytest

from directory.actions.project_listings import project_services, rebuild_listings
from directory.models.coverage import Coverage, CoverageKind, ServiceCoverage
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.place import Place
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from tests.directory.conftest import MakeService
from tests.directory.test_search import api
from tests.roles import RoleClient

DAILY = "MO,TU,WE,TH,FR,SA,SU"
Line = Callable[[str, Sequence[str]], Service]


@pytest.fixture
def line(make_service: MakeService) -> Line:
    """`line("NS", ["NB"])`: told in Nova Scotia, and of New Brunswick too, open from nine to five."""

    def make(province: str, beside: Sequence[str]) -> Service:
        service = make_service(
            "Line",
            reach="province",
            province=province,
            hours=[(DAILY, "09:00", "17:00")],
            phone="902-555-0142",
        )
        for other in (province, *beside):
            ServiceCoverage.objects.create(service=service, kind=CoverageKind.PROVINCE, province=other)
        project_services([service.pk])
        return service

    return make


def _reached(visitor: RoleClient, **asked: object) -> list[str]:
    return [result["service"] for result in api(visitor, **asked)["elsewhere"]]


@pytest.mark.parametrize("near", ["Halifax", "Moncton", "Charlottetown"])
def test_it_is_found_once_in_each(visitor: RoleClient, line: Line, near: str) -> None:
    line("NS", ["NB", "PE"])
    assert _reached(visitor, near=near) == ["Line"]


def test_it_is_not_found_where_it_serves_nobody(visitor: RoleClient, line: Line) -> None:
    line("NS", ["NB"])
    assert _reached(visitor, near="Toronto") == []


def test_a_province_that_is_ruled_out_takes_away_what_serves_it_and_not_what_serves_here(
    visitor: RoleClient, line: Line
) -> None:
    line("NS", ["NB"])
    assert _reached(visitor, near="Moncton", not_in="NS") == ["Line"]
    assert _reached(visitor, near="Moncton", not_in="NB") == []


def test_its_page_names_them_all(visitor: RoleClient, line: Line) -> None:
    service = line("NS", ["NB"])
    english = visitor.get(f"/en/listing/{service.pk}/").content.decode()
    assert "Anywhere in Nova Scotia and New Brunswick" in english
    french = visitor.get(f"/fr/fiche/{service.pk}/").content.decode()
    assert "Partout (Nouvelle-Écosse et Nouveau-Brunswick)" in french


def test_three_are_joined_by_commas_and_an_and(visitor: RoleClient, line: Line) -> None:
    service = line("NS", ["NB", "PE"])
    page = visitor.get(f"/en/listing/{service.pk}/").content.decode()
    assert "Anywhere in Nova Scotia, New Brunswick and Prince Edward Island" in page


def test_hours_are_of_no_clock_where_the_provinces_have_several(visitor: RoleClient, line: Line) -> None:
    line("NS", ["NL"])
    (found,) = api(visitor, near="Halifax")["elsewhere"]
    assert found["open"]["state"] == "unknown"


def test_hours_are_of_the_clock_that_they_share(visitor: RoleClient, line: Line) -> None:
    line("NS", ["NB"])
    (found,) = api(visitor, near="Moncton")["elsewhere"]
    assert found["open"]["state"] in ("open", "closed", "call_first")


def test_one_province_less_takes_its_row_away(visitor: RoleClient, line: Line) -> None:
    service = line("NS", ["NB", "PE"])
    ServiceCoverage.objects.filter(service=service, province="PE").delete()
    project_services([service.pk])
    assert _reached(visitor, near="Charlottetown") == []
    rows = Coverage.objects.filter(listing_id=service.pk, is_afar=True)
    assert set(rows.values_list("province", flat=True)) == {"NS", "NB"}


def test_a_listing_of_an_older_version_is_found_after_a_rebuild(visitor: RoleClient, line: Line) -> None:
    service = line("NS", ["NB"])
    Listing.objects.filter(pk=service.pk).update(tags=[])
    assert _reached(visitor, near="Moncton") == []
    rebuild_listings()
    assert _reached(visitor, near="Moncton") == ["Line"]


def test_what_covers_this_place_is_ruled_out_by_this_province_alone(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("Across the river", "", province="ON")
    place = Place.objects.filter(kind="community", name="Gatineau").order_by("-population")[0]
    ServiceCoverage.objects.create(service=service, kind=CoverageKind.COMMUNITY, place=place)
    project_services([service.pk])
    assert _reached(visitor, near="Gatineau") == ["Across the river"]
    assert _reached(visitor, near="Gatineau", not_in="ON") == ["Across the river"]
    assert _reached(visitor, near="Gatineau", not_in="QC") == []


@pytest.mark.parametrize("reach", ["place", "province"])
def test_a_place_that_nobody_can_place_is_found_where_it_serves(
    visitor: RoleClient, make_service: MakeService, reach: str
) -> None:
    service = make_service("Somewhere", "", reach=reach, province="NS" if reach == "province" else "")
    location = Location.objects.create(publisher=service.publisher, placed_by="nothing")
    ServiceAtLocation.objects.create(publisher=service.publisher, service=service, location=location)
    for province in ("NS", "NB"):
        ServiceCoverage.objects.create(service=service, kind=CoverageKind.PROVINCE, province=province)
    project_services([service.pk])
    assert _reached(visitor, near="Halifax") == ["Somewhere"]
    assert _reached(visitor, near="Moncton") == ["Somewhere"]


def test_where_only_lines_fit_they_come_first_and_nobody_says_nothing(
    visitor: RoleClient, line: Line
) -> None:
    line("NS", ["NB"])
    for language, find, near_by in (
        ("en", "find", "No place near by"),
        ("fr", "trouver", "Aucun lieu à proximité"),
    ):
        sealed = visitor.post(f"/{language}/{find}/", {"near": "Moncton"})
        page = visitor.get(sealed["Location"]).content.decode()
        assert "Nothing is listed here" not in page
        assert page.index(near_by) < page.index('id="elsewhere"') < page.index('id="lines-title"')
        assert page.count('id="elsewhere"') == 1
