"""The door of the map: what the list shows and where, in one statement, and nothing that the list does not show."""

import html
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from directory.models.listing import ListingPage
from directory.models.service import Reach
from directory.views.sealed import find_address
from tests.directory.conftest import MakeService
from tests.roles import RoleClient, role

NOTHING_OF_OURS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET LOCAL ROLE", "SELECT set_config")
DOOR = {"latitude": 44.23456, "longitude": -76.48765}


def _page(visitor: RoleClient, **asked: Any) -> str:
    return str(visitor.post("/en/find/", asked)["Location"])


def map_of(visitor: RoleClient, **asked: Any) -> dict[str, Any]:
    """The body, its rows as objects with their texts; None for what is on no map."""
    answer = visitor.get(f"{_page(visitor, **asked)}points/")
    assert answer.status_code == 200, answer.content
    return readable(answer.json())


def readable(told: dict[str, Any]) -> dict[str, Any]:
    rows = [row and dict(zip(told["columns"], row, strict=True)) for row in told["services"]]
    for row in filter(None, rows):
        row |= {name: told["texts"][row[name]] for name in ("kind", "where", "open")}
    return told | {"services": rows}


def listed(visitor: RoleClient, pages: int, **asked: Any) -> list[str]:
    """The first letters of the ids that the list shows on its first pages, as many as it has."""
    first = visitor.get("/api/search", asked).json()
    more = range(2, min(pages, first["pages"]) + 1)
    found = [first, *(visitor.get("/api/search", asked | {"page": n}).json() for n in more)]
    return [result["id"][:8] for page in found for result in page["results"]]


def test_the_map_has_the_services_of_all_pages_in_their_order(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for number in range(23):
        place = {"latitude": 44.2 + number / 100, "longitude": -76.5} if number % 3 else None
        make_service(f"Service {number}", place=place, needs=["food" if number % 2 else "legal_advice"])
    for asked in (
        {"near": "Kingston"},
        {"near": "Kingston", "need": "food"},
        {},
        {"near": "Kingston", "within": 25},
    ):
        told = map_of(visitor, **asked)
        assert [row["mark"] for row in told["services"]] == listed(visitor, 2, **asked), asked


def test_one_statement_answers(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic", place=DOOR)
    page = _page(visitor, near="Kingston", need="legal_advice", language="fra")
    visitor.get(f"{page}points/")
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(f"{page}points/").status_code == 200
    ours = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(NOTHING_OF_OURS)]
    assert len(ours) == 1, ours


def test_a_point_is_told_no_finer_than_the_page_tells_the_place(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("With a street", place=DOOR, street="12 Made-up Street")
    make_service("Without", place=DOOR)
    make_service("In the town")
    told = {row["name"]: row for row in map_of(visitor, near="Kingston")["services"]}
    where = {name: (row["latitude"], row["longitude"], row["around_km"]) for name, row in told.items()}
    assert where["With a street"] == (44.235, -76.488, 0)
    assert where["Without"] == (44.23, -76.49, 0)
    assert where["In the town"][2] >= 10
    assert all(round(degrees, 2) == degrees for degrees in where["In the town"][:2])


def test_what_has_no_place_keeps_its_row_and_is_counted(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Clinic", place=DOOR)
    make_service("Line", reach=Reach.COUNTRY)
    make_service("Another line", reach=Reach.COUNTRY)
    told = map_of(visitor)
    assert len(told["services"]) == 3
    assert told["services"].count(None) == 2
    assert told["words"]["unplaced"] == "2 more have no place on a map: see the list."
    assert told["here"] is None
    assert map_of(visitor, near="Kingston")["words"]["unplaced"] == ""


def test_a_province_that_is_one_area_is_no_point(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("House")
    page = ListingPage.objects.get()
    page.en["place"] |= {"placed_by": "area", "name": "Ontario"}
    with role("relais_owner"):
        page.save()
    assert map_of(visitor, near="Kingston")["services"] == [None]


def test_a_city_that_bears_its_province_s_name_is_a_point(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Centre", "Québec, QC")
    token = _page(visitor, near="Québec, QC").split("/")[-2]
    with override("fr"):
        address = reverse("find_points", kwargs={"token": token})
    assert readable(visitor.get(address).json())["services"][0]["where"] == "Québec, Québec"


def test_everything_that_the_map_says_of_a_service_stands_in_the_list(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Clinic", place=DOOR, street="12 Made-up Street", hours=[("MO", "9:00", "17:00")])
    make_service("House", place={"is_protected": True}, needs=["food"])
    make_service("Centre", name_fr="Le centre")
    page = _page(visitor, near="Kingston")
    shown = html.unescape(visitor.get(page).content.decode())
    told = visitor.get(f"{page}points/").json()
    assert set(told) == {"columns", "services", "texts", "here", "names", "words"}
    assert told["columns"] == [
        "mark", "name", "lang", "kind", "where", "open", "is_demo", "latitude", "longitude", "around_km",
    ]  # fmt: skip
    assert [text for text in told["texts"] if text not in shown] == []
    assert [row[1] for row in told["services"] if row[1] not in shown] == []


def test_it_says_from_where_the_search_is_and_names_towns(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Here", place=DOOR)
    make_service("There", "Québec, QC")
    told = map_of(visitor, near="Kingston")
    assert told["here"][0] == "Kingston, Ontario"
    names = [name for name, *_ in told["names"]]
    assert "Kingston" in names
    assert len(names) <= 40
    token = _page(visitor, near="Kingston").split("/")[-2]
    with override("fr"):
        french = visitor.get(reverse("find_points", kwargs={"token": token})).json()
    assert "Québec" in [name for name, *_ in french["names"]]


def test_where_the_list_forgives_a_slip_so_does_the_map(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Riverbend Clinic", place=DOOR)
    make_service("Other", place=DOOR)
    assert [row["name"] for row in map_of(visitor, q="rivrbend")["services"]] == ["Riverbend Clinic"]


def test_where_the_list_looks_farther_around_so_does_the_map(
    visitor: RoleClient, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.finding.asking.CANDIDATES", 2)
    every_day = [(day, "0:00", "23:59") for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")]
    for number in range(5):
        make_service(
            f"Shut {number}", place=DOOR | {"latitude": 44.23 + number / 1000}, status="temporarily closed"
        )
        make_service(f"Service {number}", place=DOOR | {"latitude": 44.3 + number / 100}, hours=every_day)
    asked = {"near": "Kingston", "open": "weekend"}
    assert len(listed(visitor, 1, **asked)) == 5
    assert [row["mark"] for row in map_of(visitor, **asked)["services"]] == listed(visitor, 1, **asked)


@pytest.mark.parametrize(("text", "status"), [("need=nothing_known", 400), ("near=Wxnqipezg", 400)])
def test_a_faulty_search_is_told_as_such(visitor: RoleClient, text: str, status: int) -> None:
    answer = visitor.get(f"{find_address(text)}points/")
    assert (answer.status_code, list(json.loads(answer.content))) == (status, ["errors"])


def test_an_address_that_is_over_says_so_as_json(visitor: RoleClient) -> None:
    answer = visitor.get(f"/en/find/{'A' * 120}/points/")
    assert answer.status_code == 410
    assert answer.json()["errors"]["request"][0].startswith("This page has expired.")


@pytest.mark.parametrize(
    "address",
    [
        f"/en/find/{'A' * 120}/points/",
        f"/en/find/{'A' * 120}/",
        f"/en/list/{'A' * 120}/",
        f"/en/listing/{'A' * 120}/",
        "/en/listing/00000000-0000-4000-8000-000000000000/",
    ],
)
def test_who_posts_where_one_can_only_read_is_told_that_and_asked_for_no_cookie(address: str) -> None:
    assert RoleClient(enforce_csrf_checks=True).post(address).status_code == 405


@pytest.mark.promise(19)
def test_nothing_of_it_is_kept(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic", place=DOOR)
    answer = visitor.get(f"{_page(visitor, near='Kingston')}points/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.has_header("CDN-Cache-Control")
    assert not answer.cookies
