"""Somebody looks for help near a place and finds it: the same through the page and the API."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models.need import Need
from directory.models.service import Reach
from safety.seal import MOST_BYTES
from tests.directory.conftest import MakeService
from tests.roles import RoleClient


def api(visitor: RoleClient, **asked: Any) -> dict[str, Any]:
    answer = visitor.get("/api/search", asked | {"lang": asked.get("lang", "en")})
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def names(answer: dict[str, Any]) -> list[str]:
    return [result["service"] for result in answer["results"]]


def test_the_nearest_comes_first(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("In Toronto", "Toronto, ON")
    make_service("In Kingston", "Kingston, ON")
    make_service("In Belleville", "Belleville, ON")
    found = api(visitor, near="Kingston", need="legal_advice")
    assert names(found) == ["In Kingston", "In Belleville", "In Toronto"]


def test_only_what_answers_the_need_is_found(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic", needs=["legal_advice"])
    make_service("Pantry", needs=["food"])
    assert names(api(visitor, near="Kingston", need="food")) == ["Pantry"]


def test_needs_repeat_as_or(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic", needs=["legal_advice"])
    make_service("Pantry", needs=["food"])
    make_service("School", needs=["education"])
    found = api(visitor, near="Kingston", need=["food", "legal_advice"])
    assert sorted(names(found)) == ["Clinic", "Pantry"]


def test_a_group_finds_all_its_kinds(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic", needs=["legal_advice"])
    make_service("Settlement", needs=["settlement"])
    make_service("Pantry", needs=["food"])
    assert sorted(names(api(visitor, near="Kingston", need="legal_help"))) == ["Clinic", "Settlement"]


@pytest.mark.parametrize("q", ["avocats", "lawyers", "lawyer", "Avocat", "LAWYERS"])
def test_words_are_found_in_either_language(visitor: RoleClient, make_service: MakeService, q: str) -> None:
    make_service("Clinic", description="Free lawyers for tenants.", description_fr="Avocats gratuits.")
    make_service("Pantry", needs=["food"], description="Food boxes.")
    assert names(api(visitor, near="Kingston", q=q)) == ["Clinic"]


def test_words_are_found_without_accents(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic", description="Help.", description_fr="Aide aux réfugiés.")
    assert names(api(visitor, q="refugies")) == ["Clinic"]


def test_a_misspelled_name_is_found(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Riverbend Clinic")
    assert names(api(visitor, q="rivrbend")) == ["Riverbend Clinic"]


def test_kilometres_are_told_only_of_a_known_door(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Known door", place={"latitude": 44.30, "longitude": -76.50})
    make_service("Known town")
    found = {r["service"]: r for r in api(visitor, near="Kingston")["results"]}
    assert isinstance(found["Known door"]["distance_km"], int)
    assert found["Known door"]["distance_band"] is None
    assert found["Known town"]["distance_km"] is None
    assert found["Known town"]["distance_band"] == "here"


def test_a_service_at_two_places_is_shown_once_at_the_nearest(
    visitor: RoleClient, make_service: MakeService
) -> None:
    from directory.actions.project_listings import project_services
    from directory.models.location import Location
    from directory.models.service_at_location import ServiceAtLocation
    from tests.directory.conftest import community

    service = make_service("Two doors", "Toronto, ON")
    nearer = Location.objects.create(
        publisher=service.publisher, placed_by="community", community=community("Kingston", "ON")
    )
    ServiceAtLocation.objects.create(publisher=service.publisher, service=service, location=nearer)
    project_services([service.pk])
    found = api(visitor, near="Kingston")
    assert (found["total"], found["results"][0]["place"]) == (1, "Kingston")


def test_what_serves_the_province_or_the_country_stands_elsewhere(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Ontario line", reach=Reach.PROVINCE, province="ON")
    make_service("Manitoba line", reach=Reach.PROVINCE, province="MB")
    make_service("National line", reach=Reach.COUNTRY)
    found = api(visitor, near="Kingston")
    assert [r["service"] for r in found["elsewhere"]] == ["Ontario line", "National line"]
    assert names(found) == []


def test_nothing_from_elsewhere_is_cut_off_in_silence(visitor: RoleClient, make_service: MakeService) -> None:
    for number in range(27):
        make_service(f"Line {number}", reach=Reach.COUNTRY)
    found = api(visitor, near="Kingston")
    assert (len(found["elsewhere"]), found["elsewhere_total"]) == (25, 27)
    page = visitor.get(visitor.post("/en/find/", {"near": "Kingston"})["Location"])
    assert "2 more can be reached from anywhere." in page.content.decode()
    assert found["elsewhere_more"] is False


def _shown(visitor: RoleClient, **asked: str) -> str:
    return visitor.get(visitor.post("/en/find/", asked)["Location"]).content.decode()


def test_where_not_all_from_elsewhere_were_judged_page_and_api_say_so(
    visitor: RoleClient, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.finding.search_sql.JUDGED_ELSEWHERE", 27)
    for number in range(28):
        make_service(f"Line {number}", reach=Reach.COUNTRY)
    found = api(visitor, near="Kingston")
    assert (found["elsewhere_total"], found["elsewhere_more"]) == (27, True)
    assert "At least 2 more can be reached from anywhere." in _shown(visitor, near="Kingston")
    monkeypatch.setattr("directory.finding.search_sql.JUDGED_ELSEWHERE", 20)
    assert "There may be more that can be reached from anywhere." in _shown(visitor, near="Kingston")


def test_one_reach_of_which_not_all_were_judged_is_enough_to_say_so(
    visitor: RoleClient, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make_service(f"Country {number}", reach=Reach.COUNTRY)
        make_service(f"Province {number}", reach=Reach.PROVINCE, province="ON")
    monkeypatch.setattr("directory.finding.search_sql.JUDGED_ELSEWHERE", 4)
    assert api(visitor, near="Kingston")["elsewhere_more"] is False
    make_service("Country 3", reach=Reach.COUNTRY)
    assert api(visitor, near="Kingston")["elsewhere_more"] is True


def test_it_is_said_too_where_none_that_was_judged_is_left_to_show(
    visitor: RoleClient, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.finding.search_sql.JUDGED_ELSEWHERE", 2)
    for number in range(3):
        make_service(f"Line {number}", reach=Reach.COUNTRY, status="temporarily closed")
    found = api(visitor, near="Kingston", open="now")
    assert (found["elsewhere"], found["elsewhere_total"], found["elsewhere_more"]) == ([], 0, True)
    page = _shown(visitor, near="Kingston", open="now")
    assert page.count("There may be more that can be reached from anywhere.") == 1


def test_pages_hold_twenty_and_together_everything_once(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for number in range(43):
        make_service(f"Service {number}")
    pages = [api(visitor, near="Kingston", page=page) for page in (1, 2, 3)]
    assert [len(p["results"]) for p in pages] == [20, 20, 3]
    assert {p["total"] for p in pages} == {43}
    assert len({r["id"] for p in pages for r in p["results"]}) == 43


def test_more_than_the_nearest_thousand_is_said_to_be_more(
    visitor: RoleClient, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_service("Here", place={"latitude": 44.23, "longitude": -76.48})
    make_service("There", place={"latitude": 44.30, "longitude": -76.60})
    assert api(visitor, near="Kingston")["more"] is False
    monkeypatch.setattr("directory.finding.asking.CANDIDATES", 1)
    assert api(visitor, near="Kingston")["more"] is True
    page = visitor.get(visitor.post("/en/find/", {"near": "Kingston"})["Location"])
    assert "More than 1 services" in page.content.decode()


def test_facets_count_services_by_need(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic", needs=["legal_advice"])
    make_service("Both", needs=["legal_advice", "food"])
    facets = api(visitor, near="Kingston")["facets"]["need"]
    assert (facets["legal_advice"], facets["food"], facets["legal_help"]) == (2, 1, 2)


def test_a_search_makes_at_most_four_statements_whatever_it_finds(
    visitor: RoleClient, make_service: MakeService
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            api(visitor, near="Kingston", need="legal_advice", q="clinic")
        plumbing = ("SAVEPOINT", "RELEASE", "SET LOCAL")
        return len([q for q in caught.captured_queries if not q["sql"].startswith(plumbing)])

    make_service("Clinic 0")
    api(visitor, near="Kingston", q="clinic")  # the vocabulary and the synonyms are read once a minute
    first = statements()
    for number in range(1, 9):
        make_service(f"Clinic {number}")
    assert first == statements() <= 4


def test_post_equals_get(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic")
    asked = {"near": "Kingston", "need": ["legal_advice"], "lang": "fr"}
    posted = visitor.post("/api/search", json.dumps(asked), content_type="application/json")
    assert posted.json() == visitor.get("/api/search", asked).json()
    assert posted.json()["total"] == 1


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("need=no_such_need", "need"),
        ("nosuchparam=1", "nosuchparam"),
        ("page=0", "page"),
        ("page=51", "page"),
        ("near=%00", "near"),
        ("near=Zzyzxqq", "near"),
        ("near=D1A", "near"),
        ("near=R0B", "near"),
        ("near=51.5,-0.12", "near"),
        ("near=" + "a" * 300, "near"),
        ("near=Kingston&near=Toronto", "near"),
        ("lang=de", "lang"),
        ("status=none", "status"),
    ],
)
@pytest.mark.promise(25)
def test_bad_input_is_answered_beside_its_name(visitor: RoleClient, asked: str, name: str) -> None:
    english = visitor.get(f"/api/search?{asked}{'' if 'lang' in asked else '&lang=en'}")
    french = visitor.get(f"/api/search?{asked}{'' if 'lang' in asked else '&lang=fr'}")
    assert (english.status_code, list(english.json()["errors"])) == (400, [name])
    if "lang" not in asked:
        assert english.json()["errors"] != french.json()["errors"]


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "null", '{"near": {"a": 1}}', '{"near": [[1]]}', "\xff"])
@pytest.mark.promise(25)
def test_a_body_that_is_no_object_of_values_is_refused(visitor: RoleClient, body: str) -> None:
    answer = visitor.post("/api/search", body.encode("latin-1"), content_type="application/json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["request"]


@pytest.mark.promise(25)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_body_that_is_too_large_is_refused_in_json(visitor: RoleClient, language: str) -> None:
    answer = visitor.post(
        "/api/search",
        json.dumps({"need": "a" * 600_000}),
        content_type="application/json",
        headers={"accept-language": language},
    )
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")
    assert list(answer.json()["errors"]) == ["request"]


def test_two_places_of_one_name_are_offered(visitor: RoleClient) -> None:
    answer = visitor.get("/api/search", {"near": "Thompson", "lang": "en"}).json()
    assert {"Thompson, MB", "Thompson (Vancouver), BC"} <= {choice["near"] for choice in answer["choices"]}


def test_two_places_of_one_name_and_province_are_told_apart_and_each_leads_on(visitor: RoleClient) -> None:
    offered = visitor.get("/api/search", {"near": "Vanier, ON", "lang": "fr"}).json()["choices"]
    assert [choice["name"] for choice in offered] == [
        "Vanier (Ottawa), Ontario",
        "Vanier (Kitchener), Ontario",
    ]
    for choice in offered:
        found = api(visitor, near=choice["near"], lang="fr")
        assert found["near"]["name"] == choice["name"]


def test_the_form_answers_with_a_sealed_address(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic")
    answer = visitor.post("/en/find/", {"near": "Kingston", "need": "legal_advice", "q": ""})
    assert answer.status_code == 303
    assert re.fullmatch(r"/en/find/[A-Za-z0-9_-]{80,}/", answer["Location"])
    page = visitor.get(answer["Location"])
    assert page.status_code == 200
    assert "Clinic" in page.content.decode()


def test_plain_parameters_become_a_sealed_address(visitor: RoleClient) -> None:
    answer = visitor.get("/fr/trouver/", {"near": "Montréal"})
    assert answer.status_code == 303
    assert "Montr" not in answer["Location"]
    assert visitor.get(answer["Location"]).status_code == 200


def test_the_sealed_address_speaks_both_languages(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Clinic", name_fr="Clinique")
    english = visitor.post("/en/find/", {"near": "Kingston"})["Location"]
    french = english.replace("/en/find/", "/fr/trouver/")
    assert "Clinique" in visitor.get(french).content.decode()
    assert french in visitor.get(english).content.decode()


@pytest.mark.parametrize(
    "damage", [lambda t: t[:-3] + "AA/", lambda t: t[:-20] + "/", lambda t: t.replace("A", "B")]
)
def test_a_damaged_address_is_told_gently(visitor: RoleClient, damage: Any) -> None:
    address = visitor.post("/en/find/", {"near": "Kingston"})["Location"]
    answer = visitor.get(damage(address))
    assert answer.status_code in (404, 410)


def test_a_search_over_a_kilobyte_is_told_so(visitor: RoleClient) -> None:
    answer = visitor.post("/en/find/", {"q": "word " * 300})
    assert answer.status_code == 400
    assert "too long" in answer.content.decode()


def test_the_longest_search_that_can_be_sealed_shows_its_results(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Clinic", needs=["legal_advice"])
    needs = list(Need.objects.order_by("slug").values_list("slug", flat=True))
    asked, length = ["legal_advice"], len("need=legal_advice")
    for need in needs:
        if need not in asked and length + len(f"&need={need}") <= MOST_BYTES:
            asked.append(need)
            length += len(f"&need={need}")
    assert length > MOST_BYTES - 20
    address = visitor.post("/en/find/", {"need": asked})["Location"]
    page = visitor.get(address)
    assert page.status_code == 200
    assert visitor.get(page.context["cards"][0]["url"]).status_code == 200


def test_a_plain_link_to_a_later_page_leads_there(visitor: RoleClient, make_service: MakeService) -> None:
    for number in range(25):
        make_service(f"Service {number}")
    address = visitor.get("/en/find/", {"near": "Kingston", "page": "2"})["Location"]
    page = visitor.get(address)
    assert len(page.context["cards"]) == 5
    first = visitor.get(page.context["pages"]["previous_url"])
    assert len(first.context["cards"]) == 20


def test_a_choice_between_places_is_not_shown_as_a_mistake(visitor: RoleClient) -> None:
    address = visitor.post("/en/find/", {"near": "Thompson"})["Location"]
    page = visitor.get(address)
    assert len(page.context["choices"]) >= 2
    assert page.context["errors"] == {}


def test_a_fault_keeps_what_was_typed(visitor: RoleClient) -> None:
    address = visitor.post("/en/find/", {"near": "Zzyzxqq", "need": "food"})["Location"]
    page = visitor.get(address).content.decode()
    assert 'value="Zzyzxqq"' in page
    assert re.search(r'value="food"[^>]*\schecked', page)


def test_demo_results_are_marked_one_by_one(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Real")
    make_service("Made up", is_demo=True)
    found = {r["service"]: r["demo"] for r in api(visitor, near="Kingston")["results"]}
    assert found == {"Real": False, "Made up": True}
