"""A province typed where a place is asked for: nobody is sent into it, and nobody is told that it is unknown."""

import html

import pytest

from tests.directory.conftest import MakeService
from tests.directory.test_search import api, names
from tests.roles import RoleClient

BOTH_SIDES = ["Ottawa", "Gatineau"]


@pytest.fixture
def river(make_service: MakeService) -> None:
    make_service("Ottawa", "Ottawa, ON")
    make_service("Gatineau", "Gatineau, QC")


def page(visitor: RoleClient, language: str = "en", **asked: str | list[str]) -> str:
    path = "/fr/trouver/" if language == "fr" else "/en/find/"
    return html.unescape(visitor.get(visitor.post(path, asked)["Location"]).content.decode())


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize(
    "typed", ["Quebec", "Québec", "quebec", "QC", "qc", "Qué.", "P.Q.", "le Québec", "Province de Québec",
              "Quebec, Canada", "Québec (la province)", "Qubec", "Quebeck"],
)  # fmt: skip
def test_who_must_not_be_in_quebec_is_not_sent_across_the_river(visitor: RoleClient, typed: str) -> None:
    assert names(api(visitor, near="Ottawa", not_in=typed)) == ["Ottawa"]


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize(
    "typed",
    ["Ontario", "ont.", "ON", "the province of Ontario", "l'Ontario", "Onatrio", "tout l\u2019Ontario"],
)
def test_who_must_not_be_in_ontario_is_not_sent_there(visitor: RoleClient, typed: str) -> None:
    assert names(api(visitor, near="Ottawa", not_in=typed)) == ["Gatineau"]


@pytest.mark.usefixtures("river")
def test_a_city_of_a_provinces_name_can_be_ruled_out_alone(visitor: RoleClient) -> None:
    for typed in ("Quebec City", "Québec, QC", "Ville de Québec"):
        assert names(api(visitor, near="Ottawa", not_in=typed)) == BOTH_SIDES, typed


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize(
    ("language", "typed", "chip"),
    [
        ("en", "Quebec", "Not in Quebec (the province)"),
        ("en", "QC", "Not in Quebec (the province)"),
        ("en", "N.W.T.", "Not in the Northwest Territories"),
        ("en", "Onatrio", "Not in Ontario"),
        ("en", "Torontoo", "Not in Toronto, Ontario"),
        ("en", "Leamingtom", "Not in Leamington, Ontario"),
        ("fr", "Québec", "À éviter : le Québec (la province)"),
        ("fr", "Î.-P.-É.", "À éviter : l\u2019Île-du-Prince-Édouard"),
        ("fr", "T.-N.-L.", "À éviter : Terre-Neuve-et-Labrador"),
    ],
)
def test_the_chip_says_what_is_left_out(visitor: RoleClient, language: str, typed: str, chip: str) -> None:
    assert chip in page(visitor, language, near="Ottawa", not_in=typed).replace("\u00a0", " ")


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Nunavut", "Iqaluit, NU"),
        ("N.W.T.", "Yellowknife, NT"),
        ("PEI", "Charlottetown, PE"),
        ("ON", "Toronto, ON"),
        ("Ontario, Canada", "Toronto, ON"),
        ("Onatrio", "Toronto, ON"),
        ("QC", "Montréal, QC"),
        ("Terre-Neuve", "St. John's, NL"),
        ("le Québec", "Montréal, QC"),
    ],
)
def test_near_a_whole_province_its_communities_are_offered(
    visitor: RoleClient, typed: str, offered: str
) -> None:
    answer = visitor.get("/api/search", {"near": typed, "lang": "en"})
    told = answer.json()
    assert (answer.status_code, list(told["errors"])) == (400, ["near"])
    assert f"“{typed}” is a whole province or territory." in told["errors"]["near"][0]
    offers = [choice["near"] for choice in told["choices"]]
    assert offers[0] == offered
    assert 2 <= len(offers) <= 8
    shown = page(visitor, near=typed)
    assert f"“{typed}” is a whole province or territory." in shown
    assert f'value="{offered}"' in shown


@pytest.mark.usefixtures("river")
def test_quebec_alone_is_the_city_and_says_so(visitor: RoleClient) -> None:
    shown = page(visitor, near="Quebec")
    assert "We took the city, Québec, Quebec, and not the whole province." in shown
    assert "and not the whole province" not in page(visitor, near="Quebec City")


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize("typed", ["Leamingtom", "Iqualuit", "Yellowknive", "Kingston, BC"])
def test_a_slip_is_no_name_of_several_places(visitor: RoleClient, typed: str) -> None:
    told = visitor.get("/api/search", {"near": typed, "lang": "en"}).json()
    assert f"We know no place called “{typed}”. Did you mean" in told["errors"]["near"][0]
    assert told["choices"]
    shown = page(visitor, near=typed)
    assert f"We know no place called “{typed}”. Did you mean" in shown
    assert "There is more than one place" not in shown


@pytest.mark.usefixtures("river")
def test_several_of_one_name_are_still_a_choice_and_a_large_city_is_taken_and_told(
    visitor: RoleClient,
) -> None:
    assert "There is more than one place called “Thompson”. Choose one." in page(visitor, near="Thompson")
    assert "Nothing is called exactly “Torontoo”. We took Toronto, Ontario." in page(visitor, near="Torontoo")
