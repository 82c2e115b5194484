"""Small things of a page of results that a reader stumbles over: elisions, thousands, order, whom a line serves."""

import html
from typing import Any

import pytest
from django.utils.translation import override

from directory.finding.vocabulary import Vocabulary
from directory.models.service import Reach
from directory.rules.query import Query
from directory.rules.text import fold
from directory.views.form_parts import parts_context
from directory.views.wording import elided, number
from tests.directory.conftest import MakeService
from tests.roles import RoleClient


def opened(visitor: RoleClient, language: str = "en", /, **asked: Any) -> Any:
    path = "/fr/trouver/" if language == "fr" else "/en/find/"
    return visitor.get(visitor.post(path, asked)["Location"])


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("Ottawa, Ontario", "à 5 km ou moins d\u2019Ottawa, Ontario."),
        ("Edmonton", "à 5 km ou moins d\u2019Edmonton."),
        ("Île-à-la-Crosse", "à 5 km ou moins d\u2019Île-à-la-Crosse."),
        ("Yamachiche", "à 5 km ou moins de Yamachiche."),
        ("Yellowknife", "à 5 km ou moins de Yellowknife."),
        ("Toronto", "à 5 km ou moins de Toronto."),
    ],
)
def test_french_elides_before_a_vowel(place: str, told: str) -> None:
    with override("fr"):
        assert elided(f"à 5 km ou moins de {place}.", place) == told
    with override("en"):
        assert elided(f"de {place}", place) == f"de {place}"


def test_thousands_are_parted_in_each_languages_way() -> None:
    with override("en"):
        assert (number(1360), number(999)) == ("1,360", "999")
    with override("fr"):
        assert number(1360) == "1\u00a0360"


@pytest.mark.parametrize("asked", [{"within": "5"}, {"away": "2000"}])
def test_no_page_of_a_search_says_de_ottawa(
    visitor: RoleClient, make_service: MakeService, asked: dict[str, str]
) -> None:
    make_service("Loin", "Iqaluit, NU", place={"latitude": 63.75, "longitude": -68.52})
    shown = html.unescape(opened(visitor, "fr", near="Ottawa", **asked).content.decode())
    assert "d\u2019Ottawa, Ontario" in shown
    assert "de Ottawa" not in shown


def test_what_serves_from_afar_says_whom_it_serves(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Ontario line", reach=Reach.PROVINCE, province="ON")
    make_service("National line", reach=Reach.COUNTRY)
    shown = opened(visitor, near="Kingston").content.decode()
    for told in ("Anywhere in Ontario", "Anywhere in Canada"):
        assert f'<p class="quiet">{told}</p>' in shown


def test_provinces_stand_in_the_order_of_the_language() -> None:
    with override("fr"):
        (options,) = parts_context(Query(), Vocabulary({}, {}), {}, {})["where"]["not_in"]["provinces"]
    names = [option["name"] for option in options]
    assert names == sorted(names, key=fold)
    assert names.index("Île-du-Prince-Édouard") < names.index("Manitoba")


@pytest.mark.parametrize("name", ["status", "near", "lang", "nonsense"])
def test_what_stands_in_the_address_of_a_post_is_refused(visitor: RoleClient, name: str) -> None:
    answer = visitor.post(f"/api/search?{name}=none", "{}", content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])


@pytest.mark.usefixtures("db")
def test_a_status_in_the_address_of_the_form_is_refused_however_it_is_sent(visitor: RoleClient) -> None:
    assert visitor.post("/en/find/?status=none", {"near": "Kingston"}).status_code == 400
