"""A search answers from wherever the gazetteer knows a place, and tells distances as they are on the earth."""

from math import atan, atan2, cos, radians, sin, sqrt, tan

import pytest

from directory.models.place import Place
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

MOST = 2**31
DOORS = {
    "Vancouver, BC": (49.2827, -123.1207),
    "Whitehorse, YT": (60.7212, -135.0568),
    "St. John's, NL": (47.5615, -52.7126),
    "Iqaluit, NU": (63.7467, -68.5170),
    "Hamilton, ON": (43.2557, -79.8711),
}
TORONTO = (43.70, -79.42)


def ask(visitor: RoleClient, **asked: object) -> tuple[int, dict[str, object]]:
    answer = visitor.post("/api/search", asked, content_type="application/json")
    return answer.status_code, answer.json()


@pytest.fixture
def visitor() -> RoleClient:
    """Somebody who searches."""
    return RoleClient()


def test_every_place_of_the_gazetteer_can_be_searched_from(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Line", needs=["talk"], reach="country")
    large = Place.objects.filter(kind="community").exclude(id__range=(-MOST, MOST - 1)).order_by("id")
    told = list(large.values_list("name", "province", "latitude", "longitude"))
    assert len(told) > 50
    for name, province, latitude, longitude in told:
        for near in (f"{name}, {province}", f"{latitude},{longitude}"):
            status, answer = ask(visitor, near=near)
            assert status == 200 or "choices" in answer, (near, status)


@pytest.mark.parametrize("area", ["H2S", "H8R", "M2N", "H1Y"])
def test_a_postal_area_beside_such_a_place_can_be_searched_from(
    area: str, visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Line", needs=["talk"], reach="country")
    status, answer = ask(visitor, near=area)
    assert (status, answer["elsewhere_total"]) == (200, 1)


def on_the_ellipsoid(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Metres between two points of WGS 84 by Vincenty's inverse formula (Survey Review 23, 1975)."""
    a, f = 6378137.0, 1 / 298.257223563
    b = a * (1 - f)
    u1, u2 = (atan((1 - f) * tan(radians(point[0]))) for point in (here, there))
    span = radians(there[1] - here[1])
    turn = span
    for _ in range(200):
        across = sqrt((cos(u2) * sin(turn)) ** 2 + (cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(turn)) ** 2)
        along = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(turn)
        sigma = atan2(across, along)
        alpha = cos(u1) * cos(u2) * sin(turn) / across
        square = 1 - alpha**2
        middle = along - 2 * sin(u1) * sin(u2) / square
        c = f / 16 * square * (4 + f * (4 - 3 * square))
        before = turn
        turn = span + (1 - c) * f * alpha * (sigma + c * across * (middle + c * along * (-1 + 2 * middle**2)))
        if abs(turn - before) < 1e-12:
            break
    u = square * (a**2 - b**2) / b**2
    big_a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
    big_b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
    less = (
        big_b
        * across
        * (
            middle
            + big_b
            / 4
            * (
                along * (-1 + 2 * middle**2)
                - big_b / 6 * middle * (-3 + 4 * across**2) * (-3 + 4 * middle**2)
            )
        )
    )
    return b * big_a * (sigma - less)


def test_the_oracle_knows_a_published_distance() -> None:
    """Flinders Peak to Buninyong, of Geoscience Australia's examples: 54,972.271 m."""
    flinders, buninyong = (-37.95103341666667, 144.42486788888888), (-37.65282113888889, 143.92649552777777)
    assert on_the_ellipsoid(flinders, buninyong) == pytest.approx(54972.271, abs=0.01)


def test_kilometres_are_those_of_the_earth_and_not_of_a_ball(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for town, (latitude, longitude) in DOORS.items():
        make_service(town, town=town, place={"latitude": latitude, "longitude": longitude})
    _, answer = ask(visitor, near="{},{}".format(*TORONTO))
    told = {result["service"]: result["distance_km"] for result in answer["results"]}  # type: ignore[index,union-attr]
    assert told == {town: round(on_the_ellipsoid(TORONTO, point) / 1000) for town, point in DOORS.items()}


def test_a_radius_and_a_distance_to_keep_are_cut_by_the_same_measure(
    visitor: RoleClient, make_service: MakeService
) -> None:
    """East and west the ball is 0.3 % short: a door at 250.3 km stood within 250."""
    latitude, longitude = TORONTO
    east = longitude + 3
    while on_the_ellipsoid(TORONTO, (latitude, east)) < 250_600:
        east += 0.0005
    make_service("Door", town="Belleville, ON", place={"latitude": latitude, "longitude": east})
    near = f"{latitude},{longitude}"
    assert ask(visitor, near=near, within=250)[1]["total"] == 0
    assert ask(visitor, near=near, within=251)[1]["total"] == 1
    assert ask(visitor, near=near, away=250)[1]["total"] == 1
    assert ask(visitor, near=near, away=251)[1]["total"] == 0


def test_past_the_end_a_person_sees_the_last_page_and_a_program_is_told(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for number in range(21):
        make_service(f"Desk {number:02}")
    status, answer = ask(visitor, near="Kingston", page=3)
    assert status == 400
    assert answer == {"errors": {"page": ["The page is a number from 1 to 2."]}}
    assert ask(visitor, near="Kingston", page=2)[0] == 200
    assert ask(visitor, near="Kingston", q="zebra", page=1)[1]["total"] == 0
    sealed = visitor.post("/en/find/", {"near": "Kingston"})["Location"]
    for page in (3, 50):
        told = visitor.get(f"{sealed}{page}/").text
        assert "Nothing is listed" not in told
        assert "21 services" in told
        assert "Desk " in told
