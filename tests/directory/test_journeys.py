"""The North, another province, and far from home: the page says what the way there is like, before anybody sets out."""

import re
from typing import Any

import pytest

from directory.finding import roadless as roadless_places
from directory.models.service import Reach
from directory.rules.remote import Roadless, spot
from directory.views.journeys import far_line, way_to
from tests.directory.conftest import MakeService
from tests.directory.demo_answers import AskDemo
from tests.directory.test_search import api
from tests.roles import RoleClient

IQALUIT = {"latitude": 63.75, "longitude": -68.52}
ASK = "ask about your health card, and who pays."
PLANE = "By plane: no road all year."


def opened(visitor: RoleClient, language: str = "en", /, **asked: Any) -> Any:
    """The page of a search that was posted."""
    path = {"en": "/en/find/", "fr": "/fr/trouver/"}[language]
    return visitor.get(visitor.post(path, asked)["Location"])


@pytest.fixture
def north(make_service: MakeService) -> None:
    make_service("Qimaavik", "Iqaluit, NU", place=IQALUIT)
    make_service("Rankin office", "Rankin Inlet, NU")
    make_service("National line", reach=Reach.COUNTRY)


@pytest.mark.usefixtures("north")
def test_in_the_north_the_page_says_how_far_and_that_it_takes_a_plane(visitor: RoleClient) -> None:
    page = opened(visitor, near="Pangnirtung", sort="distance", need="legal_advice")
    text = page.content.decode()
    first = page.context["cards"][0]
    km = int(re.search(r"(\d+) km away, fly-in", first["where"])[1])  # type: ignore[index]
    assert page.context["far_line"] == f"The nearest is about {round(km, -1)} km away. {PLANE}"
    assert page.context["cards"][1]["where"] == "Rankin Inlet, Nunavut, over 250 km away, fly-in"
    assert text.index(PLANE) < text.index('class="results"')
    assert "National line" in text[text.index('id="elsewhere"') :]


@pytest.mark.usefixtures("north")
def test_where_all_are_a_flight_away_and_none_reaches_by_phone_the_lines_stand_beside(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Shelter", "Iqaluit, NU", place=IQALUIT, needs=["emergency_shelter"])
    for language, section in (("en", "Reach a person now"), ("fr", "Joindre")):
        text = opened(visitor, language, near="Pangnirtung", need="emergency_shelter").content.decode()
        assert section in text[text.index('id="lines"') :]
        assert 'href="#lines"' in text
        assert 'href="tel:18339001010"' in text
    with_line = opened(visitor, near="Pangnirtung", need="legal_advice").content.decode()
    assert 'id="elsewhere"' in with_line
    assert 'id="lines"' not in with_line
    at_home = opened(visitor, near="Iqaluit", need="emergency_shelter").content.decode()
    assert 'id="lines"' not in at_home


@pytest.mark.usefixtures("north")
def test_at_home_in_the_north_nothing_is_far(visitor: RoleClient) -> None:
    page = opened(visitor, near="Iqaluit", need="legal_advice")
    assert page.context["far_line"] == ""
    assert "fly-in" not in page.context["cards"][0]["where"]
    assert page.context["cards"][1]["where"].endswith("fly-in")


@pytest.mark.usefixtures("north")
def test_who_flies_out_to_a_town_with_roads_is_not_told_that_it_is_a_fly_in(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Office", "Thompson, MB", needs=["food"])
    page = opened(visitor, near="Arviat", need="food")
    assert page.context["cards"][0]["where"] == "Thompson, Manitoba, over 250 km away, by plane"
    assert page.context["far_line"] == f"All are over 250 km away. {PLANE}"
    leaving = opened(visitor, near="Arviat", need="food", away="250")
    assert leaving.context["far_line"] == PLANE


@pytest.mark.usefixtures("north")
def test_to_a_machine_the_same_is_a_reason(visitor: RoleClient) -> None:
    result, other = api(visitor, near="Winnipeg", sort="distance", lang="en")["results"]
    assert {f"In Nunavut: {ASK}", PLANE} <= {*result["reasons"]} & {*other["reasons"]}
    (line,) = api(visitor, near="Winnipeg", lang="en")["elsewhere"]
    assert not {f"In Nunavut: {ASK}", PLANE} & {*line["reasons"]}


def test_where_there_is_a_train_or_a_boat_it_is_told(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Drop-in", "Thompson, MB")
    page = opened(visitor, near="Churchill, MB")
    assert page.context["cards"][0]["where"].endswith("over 250 km away, by train or plane")
    assert page.context["far_line"] == "All are over 250 km away. By train or plane: no road all year."
    make_service("Healing", "Nain, NL")
    (card, _) = opened(visitor, near="Hopedale, NL").context["cards"]
    assert card["where"].endswith("by plane or boat")


def test_only_the_first_page_says_how_far_the_nearest_is(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for number in range(21):
        make_service(f"Office {number}", "Iqaluit, NU", place=IQALUIT)
    page = opened(visitor, near="Pangnirtung")
    assert page.context["far_line"] == f"All are over 250 km away. {PLANE}"
    assert opened(visitor, near="Pangnirtung", page="2").context["far_line"] == ""
    assert opened(visitor, near="Pangnirtung", sort="checked").context["far_line"] == PLANE


@pytest.mark.usefixtures("north")
def test_without_the_file_nothing_is_said_of_roads(
    visitor: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roadless_places, "read_regions", list)
    monkeypatch.setattr(roadless_places, "_kept", [])
    page = opened(visitor, near="Pangnirtung", sort="distance", need="legal_advice")
    assert re.fullmatch(r"The nearest is about \d+ km away\.", page.context["far_line"])
    assert "fly-in" not in page.content.decode()


def test_the_file_and_the_gazetteer_agree(db: None) -> None:
    known = roadless_places.roadless()
    assert isinstance(known, Roadless)
    assert known.whole == {"NU"}
    for name, province in [("Old Crow", "YT"), ("Kuujjuaq", "QC"), ("Churchill", "MB"), ("Nain", "NL")]:
        is_known = roadless_places.gazetteer().resolve(f"{name}, {province}")
        found = known.way_to(spot(name, province))
        assert found or "NotFound" in repr(is_known), name
    for name, province in [
        ("Thompson", "MB"),
        ("Tuktoyaktuk", "NT"),
        ("Whitehorse", "YT"),
        ("Kuujjuaq", "ON"),
    ]:
        assert known.way_to(spot(name, province)) is None


def test_a_name_that_the_south_has_as_well_is_not_told(db: None) -> None:
    region = {"province": "ON", "by": "plane", "north_of": 51.0, "places": [["Kingston"], ["Nowhere at all"]]}
    assert roadless_places.matched([region], roadless_places.gazetteer()).groups == {}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "In Quebec: ask about your health card, and who pays."),
        ("fr", "Au Québec"),
    ],
)
def test_another_province_is_to_be_asked_about(
    visitor: RoleClient, make_service: MakeService, language: str, told: str
) -> None:
    make_service("Here", "Kingston, ON")
    make_service("There", "Montréal, QC")
    make_service("Line", reach=Reach.PROVINCE, province="ON")
    here, there = opened(visitor, language, near="Kingston").context["cards"]
    assert here["notes"] == []
    (note,) = there["notes"]
    assert note["text"].startswith(told)
    assert note["class"] == "ask"
    for card in opened(visitor, language).context["cards"]:
        assert card["notes"] == []


def test_far_from_here_says_from_where(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Here", "Kingston, ON")
    make_service("There", "Toronto, ON")
    page = opened(visitor, near="Kingston", away="100")
    assert page.context["heading"] == "Services far from Kingston, Ontario"
    assert page.context["count_line"] == "1 service at least 100 km from Kingston, Ontario, nearest first."
    assert [chip["label"] for chip in page.context["chips"]] == ["Far from Kingston", "At least 100 km away"]
    assert ("near", "Kingston") not in page.context["chips"][0]["fields"]
    assert ("away", "100") not in page.context["chips"][0]["fields"]


def test_nothing_so_far_away_leads_to_what_is_nearer(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Here", "Kingston, ON")
    page = opened(visitor, near="Kingston", away="500", need="legal_advice")
    text = page.content.decode()
    assert "Nothing is listed at least 500 km from Kingston, Ontario." in text
    assert "Show nearer services too" in text
    nearer = opened(visitor, **dict(page.context["nothing_within"]["fields"]))
    assert [card["name"] for card in nearer.context["cards"]] == ["Here"]
    assert nearer.context["heading"] == "Services near Kingston, Ontario"


@pytest.mark.parametrize("place", ["Iqaluit", "Pond Inlet", "Rankin Inlet"])
def test_in_the_demonstration_every_way_in_nunavut_is_by_plane(ask_demo: AskDemo, place: str) -> None:
    found = ask_demo(f"near={place}, NU")
    assert found.results
    for result in found.results:
        is_there = result.facts["place"]["name"] == place or result.band == "here"
        assert (way_to(result, found.place) == "plane") is (not is_there)
    is_far = all(way_to(result, found.place) for result in found.results)
    assert far_line(found).endswith(PLANE) is is_far
