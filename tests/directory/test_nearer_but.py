"""What is near is told where the order or the clock puts it out of sight: closed then, or far down the list."""

import html
from datetime import UTC, datetime
from typing import Any

import pytest

from directory.views import sealed
from tests.directory.conftest import MakeService
from tests.directory.test_search import api, names
from tests.roles import RoleClient

KINGSTON = {"latitude": 44.23, "longitude": -76.48}
FRIDAY = [("FR", "18:00", "21:00")]
ALWAYS = [("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")]
AT_ONE = datetime(2026, 11, 24, 6, tzinfo=UTC)
"""Tuesday, 1:00 in Ontario."""


@pytest.fixture(autouse=True)
def _at_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("find", "sealed"):
        monkeypatch.setattr(f"directory.views.{module}.now", lambda: AT_ONE)
    monkeypatch.setattr("directory.api.search.now", lambda: AT_ONE)


def opened(visitor: RoleClient, language: str = "en", /, **asked: Any) -> Any:
    path = "/fr/trouver/" if language == "fr" else "/en/find/"
    return visitor.get(visitor.post(path, asked)["Location"])


def text(page: Any) -> str:
    return " ".join(html.unescape(page.content.decode()).replace("\u00a0", " ").split())


@pytest.fixture
def doors(make_service: MakeService) -> None:
    make_service("Evening centre", place=KINGSTON, hours=FRIDAY)
    make_service(
        "Door in Thunder Bay", "Thunder Bay, ON", place={"latitude": 48.38, "longitude": -89.25}, hours=ALWAYS
    )


@pytest.mark.usefixtures("doors")
def test_one_that_fits_near_by_and_is_closed_is_told_before_the_far_one(visitor: RoleClient) -> None:
    page = opened(visitor, near="Kingston", open="now")
    assert [card["name"] for card in page.context["cards"]] == ["Door in Thunder Bay"]
    told = page.context["closed_nearer"]
    assert (told["name"], told["where"]) == ("Evening centre", "Kingston, Ontario, less than 1 km away")
    assert told["open_line"] == "Closed now. Opens Friday 18:00"
    far = page.context["far_line"]
    assert far == "Of those that may be open then, the nearest is about 1,080 km away."
    shown = text(page)
    assert shown.index("Evening centre") < shown.index(far) < shown.index('class="results"')
    assert visitor.get(told["url"]).status_code == 200
    assert ("open", "now") not in told["fields"]
    assert names(api(visitor, **dict(told["fields"]))) == ["Evening centre", "Door in Thunder Bay"]


@pytest.mark.usefixtures("doors")
def test_the_same_in_french_has_its_own_thousands(visitor: RoleClient) -> None:
    page = opened(visitor, "fr", near="Kingston", open="now")
    assert "1\u00a0080\u00a0km" in page.context["far_line"]


@pytest.mark.usefixtures("doors")
def test_at_a_moment_that_was_asked_for_it_is_told_when_it_opens_after_it(visitor: RoleClient) -> None:
    page = opened(visitor, near="Kingston", open="2026-11-25T12:00-05:00")
    assert page.context["closed_nearer"]["open_line"] == "Opens on 27 November 2026 at 18:00."
    open_then = opened(visitor, near="Kingston", open="2026-11-27T19:00-05:00")
    assert open_then.context["closed_nearer"] == {}


@pytest.mark.usefixtures("doors")
def test_a_program_is_told_the_same(visitor: RoleClient) -> None:
    told = api(visitor, near="Kingston", open="now")["nearest_closed"]
    assert (told["service"], told["place"], told["distance_km"]) == ("Evening centre", "Kingston", 0)
    assert told["open"] == {"state": "closed", "next": "2026-11-27T18:00:00-05:00"}
    assert api(visitor, near="Kingston")["nearest_closed"] is None


@pytest.mark.usefixtures("doors")
def test_within_a_distance_what_is_closed_is_not_nothing(visitor: RoleClient) -> None:
    page = opened(visitor, near="Kingston", open="now", within="25")
    assert page.context["closed_nearer"]["name"] == "Evening centre"
    assert page.context["nothing_within"]["line"] == "Nothing within 25 km of Kingston, Ontario is open then."
    assert "That does not mean that there is no help" not in text(page)


def test_closed_with_nothing_else_is_not_called_nothing(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Evening centre", place=KINGSTON, hours=FRIDAY)
    page = opened(visitor, near="Kingston", open="now")
    assert page.context["closed_nearer"]["name"] == "Evening centre"
    assert "Nothing is listed here" not in text(page)


def test_beside_an_open_door_a_closed_one_is_not_told_apart(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Evening centre", place=KINGSTON, hours=FRIDAY)
    make_service("Open door", place={"latitude": 44.24, "longitude": -76.48}, hours=ALWAYS)
    page = opened(visitor, near="Kingston", open="now")
    assert page.context["closed_nearer"] == {}


def test_what_states_no_hours_comes_last_in_its_band_and_before_a_farther_open_door(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Without hours", place=KINGSTON)
    make_service("Open near", place={"latitude": 44.24, "longitude": -76.48}, hours=ALWAYS)
    make_service("Open far", place={"latitude": 44.9, "longitude": -76.48}, hours=ALWAYS)
    assert names(api(visitor, near="Kingston", open="now")) == ["Open near", "Without hours", "Open far"]
    form = text(visitor.get("/en/find/"))
    assert "Services that don't tell their hours stay: they come last among those about as far away." in form


def test_the_one_that_speaks_a_language_is_told_from_whatever_page_it_stands_on(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for number in range(22):
        make_service(f"Near {number}", place=KINGSTON, languages=["eng"])
    make_service(
        "Far and Tigrinya", "Toronto, ON", place={"latitude": 43.65, "longitude": -79.38}, languages=["tir"]
    )
    page = opened(visitor, near="Kingston", language="tir")
    assert page.context["speaking_line"] == "1 of them speaks Tigrinya."
    told = page.context["nearest_speaking"]
    assert (told["name"], told["page"]) == ("Far and Tigrinya", 2)
    assert told["where"].startswith("Toronto, Ontario, 24")
    shown = text(page)
    assert "See it in the list, on page 2" in shown
    address, _, mark = told["page_url"].partition("#")
    second = visitor.get(address)
    assert mark == "r-3"
    assert second.context["cards"][2]["name"] == "Far and Tigrinya"
    assert second.context["nearest_speaking"]["page"] == 0
    assert visitor.get(told["url"]).status_code == 200


def test_who_comes_first_anyway_is_not_told_twice(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Near", place=KINGSTON, languages=["eng"])
    make_service("Speaks", place={"latitude": 44.24, "longitude": -76.48}, languages=["tir"])
    page = opened(visitor, near="Kingston", language="tir")
    assert page.context["nearest_speaking"] == {}
    assert page.context["speaking_line"].endswith("comes first among those about as near.")
    assert sealed.now() == AT_ONE
