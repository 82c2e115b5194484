"""Only so far from here: what is cut off, what is not, and that no radius finds a protected place."""

import json
from typing import Any

import pytest

from directory.models.listing import Listing
from directory.models.place import Place
from directory.models.service import Reach, Service
from directory.rules.radius import STEPS
from tests.directory.conftest import MakeService, community
from tests.directory.test_search import api, names
from tests.roles import RoleClient

KINGSTON = {"latitude": 44.23, "longitude": -76.48}
PROTECTED = {"is_protected": True}


@pytest.fixture
def doors(make_service: MakeService) -> None:
    """Three known doors about 0, 19 and 74 km from the middle of Kingston."""
    make_service("Here", place=KINGSTON)
    make_service("Near", place={"latitude": 44.4, "longitude": -76.48})
    make_service("Far", place={"latitude": 44.9, "longitude": -76.48})


@pytest.mark.usefixtures("doors")
@pytest.mark.parametrize(
    ("within", "found"), [(5, ["Here"]), (50, ["Here", "Near"]), (5000, ["Here", "Near", "Far"])]
)
def test_what_is_farther_is_cut_off_and_the_nearest_comes_first(
    visitor: RoleClient, within: int, found: list[str]
) -> None:
    answer = api(visitor, near="Kingston", within=within)
    assert (names(answer), answer["total"]) == (found, len(found))
    assert answer["facets"]["need"]["legal_advice"] == len(found)


@pytest.mark.usefixtures("doors")
def test_without_a_radius_there_is_no_cut_off(visitor: RoleClient) -> None:
    assert names(api(visitor, near="Kingston", within="")) == ["Here", "Near", "Far"]


@pytest.mark.usefixtures("doors")
def test_every_radius_holds_just_what_is_told_as_that_far_or_less(visitor: RoleClient) -> None:
    km = {r["service"]: r["distance_km"] for r in api(visitor, near="Kingston")["results"]}
    for within in {k + step for k in km.values() for step in (-1, 0, 1)} - {-1, 0}:
        found = names(api(visitor, near="Kingston", within=within))
        assert found == [name for name, far in km.items() if far <= within], within


def test_a_service_of_two_places_counts_if_one_is_within(
    visitor: RoleClient, make_service: MakeService
) -> None:
    from directory.actions.project_listings import project_services
    from directory.models.location import Location
    from directory.models.service_at_location import ServiceAtLocation

    service = make_service("Two doors", "Toronto, ON")
    place = Location.objects.create(
        publisher=service.publisher, placed_by="community", community=community("Belleville", "ON")
    )
    ServiceAtLocation.objects.create(publisher=service.publisher, service=service, location=place)
    project_services([service.pk])
    found = api(visitor, near="Kingston", within=100)
    assert [r["place"] for r in found["results"]] == ["Belleville"]


def test_province_wide_and_national_services_stay_whatever_the_radius(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Ontario line", reach=Reach.PROVINCE, province="ON")
    make_service("National line", reach=Reach.COUNTRY)
    found = api(visitor, near="Kingston", within=1)
    assert [r["service"] for r in found["elsewhere"]] == ["Ontario line", "National line"]


@pytest.mark.usefixtures("doors")
def test_where_nothing_is_within_the_nearest_is_told(visitor: RoleClient, make_service: MakeService) -> None:
    make_service(
        "Door in Belleville", "Belleville, ON", needs=["food"], place={"latitude": 44.17, "longitude": -77.38}
    )
    found = api(visitor, near="Kingston", within=5, need="food")
    assert (found["total"], found["results"]) == (0, [])
    assert found["nearest"] == {
        "place": "Belleville",
        "province": "ON",
        "distance_km": 72,
        "distance_band": None,
    }
    assert api(visitor, near="Kingston", within=100, need="food")["nearest"] is None


def test_what_is_closed_within_hides_no_open_door_beyond(
    visitor: RoleClient, make_service: MakeService
) -> None:
    """A door that is shut is no reason to be told nothing of the next one."""
    never = [("MO,TU,WE,TH,FR,SA,SU", "04:00", "04:01")]
    always = [("MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00")]
    make_service("Shut", place=KINGSTON, hours=never)
    make_service("Shut, farther", place={"latitude": 44.4, "longitude": -76.48}, hours=never)
    make_service("Open", place={"latitude": 44.9, "longitude": -76.48}, hours=always)
    found = api(visitor, near="Kingston", within=5, open="2026-11-23T12:00-05:00")
    assert (found["total"], found["nearest"] and found["nearest"]["distance_km"]) == (0, 74)
    asked = {"near": "Kingston", "within": "5", "open": "2026-11-23T12:00-05:00"}
    page = visitor.get(visitor.post("/en/find/", asked)["Location"]).content.decode()
    assert "Nothing within 5 km of Kingston, Ontario is open then." in page


def test_of_a_nearest_without_a_known_door_only_the_band_is_told(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("House", "Belleville, ON", place=PROTECTED)
    nearest = api(visitor, near="Kingston", within=5)["nearest"]
    assert (nearest["distance_km"], nearest["distance_band"]) == (None, "within_100")


def test_the_page_says_that_nothing_is_within_and_leads_on(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Clinic", "Belleville, ON")
    make_service("National line", reach=Reach.COUNTRY)
    page = visitor.get(visitor.post("/en/find/", {"near": "Kingston", "within": "5"})["Location"])
    text = page.content.decode()
    assert "Nothing is listed within 5 km of Kingston, Ontario." in text
    assert "The nearest: Belleville, Ontario, 50 to 100 km away." in text
    assert "National line" in text
    wider = visitor.get(visitor.post("/en/find/", dict(page.context["nothing_within"]["fields"]))["Location"])
    assert [card["name"] for card in wider.context["cards"]] == ["Clinic"]


def test_a_word_that_stands_only_farther_away_is_not_taken_for_a_slip(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Riverbend", "Toronto, ON")
    make_service("Riverbank")
    found = api(visitor, near="Kingston", within=5, q="Riverbend")
    assert (names(found), found["nearest"]["place"]) == ([], "Toronto")


def test_nothing_anywhere_has_no_nearest(visitor: RoleClient) -> None:
    assert api(visitor, near="Kingston", within=5)["nearest"] is None


@pytest.mark.usefixtures("doors")
def test_the_form_keeps_the_radius_and_a_chip_takes_it_away(visitor: RoleClient) -> None:
    page = visitor.get(visitor.post("/en/find/", {"near": "Kingston", "within": "37"})["Location"])
    assert [r["km"] for r in page.context["radii"] if r["is_chosen"]] == [37]
    fields = {chip["label"]: chip["fields"] for chip in page.context["chips"]}
    assert fields["Within 37 km"] == [("near", "Kingston")]
    assert fields["Near Kingston"] == []


@pytest.mark.parametrize(
    "asked", ["near=Kingston&within=-4", "near=Kingston&within=0", "near=Kingston&within=5001", "within=25"]
)
@pytest.mark.promise(25)
def test_a_radius_that_is_none_is_told_beside_it(visitor: RoleClient, asked: str) -> None:
    answer = visitor.get(f"/api/search?{asked}&lang=en")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["within"])
    page = visitor.get(visitor.get(f"/en/find/?{asked}")["Location"])
    assert list(page.context["errors"]) == ["within"]
    assert 'id="within-error"' in page.content.decode()


def test_a_number_in_json_is_a_radius(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic")
    body = json.dumps({"near": "Kingston", "within": 25, "lang": "en"})
    posted = visitor.post("/api/search", body, content_type="application/json").json()
    assert posted == visitor.get("/api/search", {"near": "Kingston", "within": "25", "lang": "en"}).json()
    assert posted["total"] == 1


def _all_radii() -> list[int]:
    """Each side of every step, and some between: a radius is decided by nothing else."""
    return sorted({km for step in STEPS for km in (step - 1, step, step + 1)} | {7, 60, 180, 700, 4999})


def _seen_from(visitor: RoleClient, origin: str, service: Service) -> dict[int, bool]:
    """Whether a service is within each radius of a place."""
    key = str(Listing.objects.get(service_id=service.pk).id)
    answers = {km: api(visitor, near=origin, within=km)["results"] for km in _all_radii()}
    return {km: key in {r["id"] for r in results} for km, results in answers.items()}


ORIGINS = ["Kingston", "44.30,-76.90", "45.40,-75.70", "Kenora", "49.90,-94.00", "49.90,-97.10"]


@pytest.mark.promise(1)
@pytest.mark.parametrize("origin", ORIGINS)
def test_no_radius_parts_a_protected_place_from_another_of_its_area(
    visitor: RoleClient, make_service: MakeService, origin: str
) -> None:
    """Both stand in one published area, at two communities of it: as far as anybody can ask, at one point."""
    middle = community("Kenora", "ON")
    edge = (
        Place.objects.filter(area_id=middle.area_id, kind="community").exclude(pk=middle.pk).order_by("pk")[0]
    )
    one = make_service("House", "Kenora, ON", place=PROTECTED)
    other = make_service("Other house", f"{edge.name}, ON", place=PROTECTED)
    assert _seen_from(visitor, origin, one) == _seen_from(visitor, origin, other)


@pytest.mark.promise(1)
@pytest.mark.parametrize("origin", ORIGINS)
def test_a_radius_tells_of_a_protected_place_no_more_than_the_step_of_its_area(
    visitor: RoleClient, make_service: MakeService, origin: str
) -> None:
    house = make_service("House", place=PROTECTED)
    seen = _seen_from(visitor, origin, house)
    bounds = (0, *STEPS)
    edges = [km for km in seen if seen[km] and not seen.get(km - 1, False)]
    first = min(km for km in seen if seen[km])
    assert first in edges
    assert first == 4 or first - 1 in bounds, "a radius cut between two steps"
    assert all(seen[km] for km in seen if km >= first)


@pytest.mark.promise(1)
def test_up_to_250_km_the_band_that_is_told_decides(visitor: RoleClient, make_service: MakeService) -> None:
    towns = ["Kingston, ON", "Belleville, ON", "Brockville, ON", "Ottawa, ON", "Toronto, ON", "Winnipeg, MB"]
    for number, town in enumerate(towns):
        make_service(f"House {number}", town, place=PROTECTED)
    begins: dict[str, Any] = {
        "here": 0,
        "near": 5,
        "within_50": 25,
        "within_100": 50,
        "within_250": 100,
        "far": 250,
    }
    bands = {r["service"]: r["distance_band"] for r in api(visitor, near="Kingston")["results"]}
    assert len(set(bands.values())) >= 4
    for within in [km for km in _all_radii() if km <= 250]:
        expected = [name for name, band in bands.items() if begins[band] < within]
        assert names(api(visitor, near="Kingston", within=within)) == expected, within
