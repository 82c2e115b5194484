"""In a language that somebody speaks: it puts the list in order and hides nothing."""

import re
from typing import Any

import pytest
from django.db import connection

from directory.actions.project_listings import rebuild_listings
from directory.finding.languages import INDIGENOUS, MOST_ASKED, known_languages
from directory.finding.languages_typed import languages_asked
from directory.models.listing import Listing, ListingPage
from directory.models.service import Reach, Service
from directory.rules.query import Query
from directory.rules.tags import ANY_INTERPRETER, interpreter_tag
from tests.directory.conftest import MakeService
from tests.directory.test_map_points import map_of
from tests.directory.test_search import api, names
from tests.roles import RoleClient, role

HERE = {"latitude": 44.23, "longitude": -76.48}


def by_interpreter(service: Service, code: str = "") -> None:
    """What the projector writes of a service whose interpreters speak a language, or any."""
    tag = interpreter_tag(code) if code else ANY_INTERPRETER
    with role("relais_owner"):
        for listing in Listing.objects.filter(service_id=service.pk):
            Listing.objects.filter(pk=listing.pk).update(tags=sorted([*listing.tags, tag]))
            page = ListingPage.objects.get(pk=listing.pk)
            for facts in (page.en, page.fr):
                named = known_languages().get(code)
                facts["has_interpreters"] = named is None
                if named:
                    facts["languages"].append({"code": code, "name": named.name, "way": "interpreter"})
            page.save()


def reasons(answer: dict[str, Any]) -> dict[str, str]:
    return {r["service"]: r["reasons"][0] for r in answer["results"]}


def test_staff_come_before_an_interpreter_and_an_interpreter_before_none(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("None", place=HERE)
    by_interpreter(make_service("Interpreter", place=HERE), "pan")
    make_service("Staff", place=HERE, languages=["eng", "pan"])
    found = api(visitor, near="Kingston", language="pan")
    assert names(found) == ["Staff", "Interpreter", "None"]
    assert [r["match"] for r in found["results"]] == ["yes", "yes", "ask"]
    assert reasons(found) == {
        "Staff": "They speak Punjabi.",
        "Interpreter": "With an interpreter: Punjabi.",
        "None": "Punjabi: ask.",
    }


def test_it_ranks_within_a_band_of_distance_and_never_across(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Near, none")
    make_service("A little farther, staff", place={"latitude": 44.25, "longitude": -76.50}, languages=["pan"])
    make_service("Afar, staff", "Toronto, ON", languages=["pan"])
    make_service("Belleville, none", "Belleville, ON")
    found = names(api(visitor, near="Kingston", language="pan"))
    assert found == ["A little farther, staff", "Near, none", "Belleville, none", "Afar, staff"]


def test_among_equals_the_nearest_comes_first(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Second", place={"latitude": 44.25, "longitude": -76.48}, languages=["pan"])
    make_service("First", place=HERE, languages=["pan"])
    assert names(api(visitor, near="Kingston", language="pan")) == ["First", "Second"]


def test_languages_repeat_as_or(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Neither", place=HERE, languages=["eng"])
    make_service("Cree", languages=["crk"])
    make_service("Punjabi", languages=["pan"])
    found = names(api(visitor, near="Kingston", language=["pan", "crk"]))
    assert (sorted(found[:2]), found[2]) == (["Cree", "Punjabi"], "Neither")


def test_a_macrolanguage_finds_its_members_by_their_own_names(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("None", place=HERE)
    make_service("Swampy", languages=["csw"])
    found = api(visitor, near="Kingston", language="cre")
    assert reasons(found) == {"Swampy": "They speak Swampy Cree.", "None": "Cree (all kinds): ask."}
    assert names(found) == ["Swampy", "None"]


def test_a_group_that_does_not_say_which_is_to_be_asked_before_the_others(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("None", place=HERE)
    make_service("Cree", languages=["cre"])
    make_service("Plains", languages=["crk"])
    make_service("Another kind", place=HERE, languages=["csw"])
    found = api(visitor, near="Kingston", language="crk")
    assert names(found)[:2] == ["Plains", "Cree"]
    assert sorted(names(found)[2:]) == ["Another kind", "None"]
    assert reasons(found)["Cree"] == "They speak Cree (all kinds). Ask which kind."


def test_interpreters_for_any_language_are_asked_but_not_for_a_signed_one(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("None", place=HERE)
    by_interpreter(make_service("Line"))
    assert names(api(visitor, near="Kingston", language="tir")) == ["Line", "None"]
    assert (
        reasons(api(visitor, near="Kingston", language="tir"))["Line"]
        == "They have interpreters. Ask for Tigrinya."
    )
    assert reasons(api(visitor, near="Kingston", language="ase"))["Line"].endswith("(ASL): ask.")


def test_it_hides_nothing(visitor: RoleClient, make_service: MakeService) -> None:
    for code in ("pan", "eng"):
        make_service(code, languages=[code])
    make_service("Not stated")
    assert api(visitor, near="Kingston", language="hun")["total"] == 3


def test_without_a_place_it_ranks_before_freshness(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Fresh", assured_date="2026-11-20")
    make_service("Stale", assured_date="2024-01-02", languages=["pan"])
    assert names(api(visitor)) == ["Fresh", "Stale"]
    assert names(api(visitor, language="pan")) == ["Stale", "Fresh"]


def test_who_is_reached_from_anywhere_is_ranked_too(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Ontario line", reach=Reach.PROVINCE, province="ON")
    make_service("National line", reach=Reach.COUNTRY, languages=["pan"])
    found = api(visitor, near="Kingston", language="pan")["elsewhere"]
    assert [r["service"] for r in found] == ["National line", "Ontario line"]
    assert found[0]["reasons"][0] == "They speak Punjabi."


def test_one_who_speaks_it_is_found_behind_a_thousand_who_do_not(
    visitor: RoleClient, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make_service(f"None {number}", place=HERE)
    make_service("Staff", place={"latitude": 44.25, "longitude": -76.50}, languages=["tir"])
    monkeypatch.setattr("directory.finding.asking.CANDIDATES", 2)
    found = api(visitor, near="Kingston", language="tir")
    assert names(found)[0] == "Staff"
    assert found["more"] is True
    page = visitor.get(visitor.post("/en/find/", {"near": "Kingston", "language": "tir"})["Location"])
    assert f"More than {found['total']} services, nearest first." in page.content.decode()


def test_the_radius_holds_for_those_who_speak_it_too(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("None", place=HERE)
    make_service("Staff, afar", "Toronto, ON", languages=["tir"])
    assert names(api(visitor, near="Kingston", language="tir", within=50)) == ["None"]


def test_facets_count_the_results_that_speak_each_language(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("One", languages=["pan", "eng"])
    make_service("Two", languages=["eng"])
    make_service("Afar", "Toronto, ON", languages=["eng"])
    found = api(visitor, near="Kingston", within=50, language="pan")
    assert found["facets"]["language"] == {"eng": 2, "pan": 1}
    assert found["total"] == 2


def test_facets_count_every_result_once_over_all_pages(
    visitor: RoleClient, make_service: MakeService
) -> None:
    spoken = [["eng"], ["eng", "pan"], []]
    for number in range(26):
        make_service(f"Service {number}", languages=spoken[number % 3], needs=["food"])
    pages = [api(visitor, near="Kingston", language="pan", within=50, page=page) for page in (1, 2)]
    shown = [r for page in pages for r in page["results"]]
    told = {code: sum(code in {x["code"] for x in r["languages"]} for r in shown) for code in ("eng", "pan")}
    assert [page["facets"]["language"] for page in pages] == [told, told]
    assert {page["facets"]["need"]["food"] for page in pages} == {len(shown)} == {26}


@pytest.mark.promise(25)
@pytest.mark.parametrize("code", ["xx1", "zzz", "fr", "Punjabi"])
def test_an_unknown_language_is_told_beside_it_with_how_to_mend_it(visitor: RoleClient, code: str) -> None:
    told = {
        la: visitor.get("/api/search", {"language": code, "lang": la}).json()["errors"] for la in ("en", "fr")
    }
    assert "Choose one from the list" in told["en"]["language"][0]
    assert told["en"] != told["fr"]
    page = visitor.get(visitor.post("/en/find/", {"near": "Kingston", "language": code})["Location"])
    assert re.search(r'<select id="language"[^>]*aria-invalid="true"', page.content.decode())


def test_a_language_that_answers_is_told_once_and_the_others_beside_it(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Staff", languages=["eng", "fra", "spa", "ara", "pan"])
    by_interpreter(make_service("Interpreter", languages=["eng"]), "pan")
    make_service("Line", languages=["eng", "pan"], reach=Reach.COUNTRY)
    make_service("None", languages=["eng"])

    def told(**asked: str) -> dict[str, tuple[str, list[str]]]:
        context = visitor.get(visitor.post("/en/find/", {"near": "Kingston", **asked})["Location"]).context
        cards = [*context["cards"], *context["elsewhere"]]
        return {card["name"]: (card["spoken_line"], sorted(card["languages"].split(", "))) for card in cards}

    assert told(language="pan") == {
        "Staff": ("They speak Punjabi.", ["Arabic", "English", "French", "Spanish"]),
        "Interpreter": ("With an interpreter: Punjabi.", ["English"]),
        "Line": ("They speak Punjabi.", ["English"]),
        "None": ("Punjabi: ask.", ["English"]),
    }
    assert told()["Line"] == ("", ["English", "Punjabi"])


def test_the_result_says_how_it_answers_and_the_page_what_the_order_is(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Staff", languages=["eng", "fra", "spa", "ara", "pan"])
    page = visitor.get(visitor.post("/en/find/", {"near": "Kingston", "language": "pan"})["Location"])
    assert page.context["cards"][0]["notes"][0] == {"text": "They speak Punjabi.", "class": "yes"}
    assert (
        page.context["speaking_line"] == "1 of them speaks Punjabi and comes first among those about as near."
    )
    other = visitor.get(visitor.post("/en/find/", {"language": ["hun", "pol", "ron"]})["Location"])
    told = "None of them says that it speaks Hungarian, Polish or Romanian. You can ask."
    assert other.context["speaking_line"] == told
    assert [chip["label"] for chip in page.context["chips"]] == ["Near Kingston", "Punjabi"]


def _codes(page: Any, number: int = 0) -> list[str]:
    return [o["code"] for group in page.context["languages"][number]["groups"] for o in group["options"]]


def test_the_form_offers_every_language_once_the_most_asked_first(visitor: RoleClient, db: None) -> None:
    page = visitor.get("/en/find/")
    codes = _codes(page)
    assert codes[: len(MOST_ASKED)] == list(MOST_ASKED)
    assert sorted(codes) == sorted(known_languages())
    assert known_languages().keys() >= INDIGENOUS


def test_the_form_sorts_the_others_in_the_language_of_the_reader(visitor: RoleClient, db: None) -> None:
    for address, first in (("/en/find/", "Amharic"), ("/fr/trouver/", "Allemand")):
        groups = visitor.get(address).context["languages"][0]["groups"]
        assert groups[-1]["options"][0]["name"].startswith(first)
    own = [o["name"].split(" · ")[0] for o in groups[1]["options"]]
    assert own.index("Innu") < own.index("Mi'kmaq") < own.index("Ojibwé (toutes les variantes)")


def test_the_form_keeps_what_was_chosen_and_has_room_for_one_more(visitor: RoleClient, db: None) -> None:
    page = visitor.get(visitor.post("/en/find/", {"language": ["pan", "csw"]})["Location"])
    chosen = [
        [o["code"] for g in one["groups"] for o in g["options"] if o["is_chosen"]]
        for one in page.context["languages"]
    ]
    assert chosen == [["pan"], ["csw"], []]
    assert page.content.decode().count(" selected>") == 2


def test_language_and_radius_lead_through_the_index(visitor: RoleClient, make_service: MakeService) -> None:
    """Not a scan of the table and a sort: the plan of the very statement, on 1,200 listings."""
    from directory.finding.answer import known_values
    from directory.rules.query import read
    from tests.directory.plans import plan_of, strew

    make_service("Staff", languages=["pan"])
    strew(1200)
    pairs = [("near", "Kingston"), ("language", "pan"), ("within", "50"), ("need", "legal_advice")]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE listing")
    told = plan_of(read(pairs, known_values()))
    assert len(re.findall(r"Index Scan (?:using|on) listing_near_by_tags", told)) == 2
    assert "Seq Scan on listing" not in told


def test_of_words_near_a_place_the_nearest_with_their_number_are_read(
    visitor: RoleClient, make_service: MakeService
) -> None:
    """Not every listing of the country that bears them, sorted by distance afterwards."""
    from directory.finding.answer import known_values
    from directory.rules.query import read
    from tests.directory.plans import plan_of, strew

    make_service("Clinic", description="Medical detox.")
    rebuild_listings()
    strew(1200)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE listing")
        cursor.execute("SET LOCAL enable_seqscan = off")
    told = plan_of(read([("near", "Kingston"), ("q", "detox")], known_values()))
    assert "listing_near_by_tags" in told
    assert "listing_words" not in told


@pytest.mark.parametrize("q", ["Tagalog", "je parle tagalog"])
def test_a_language_typed_among_the_words_is_asked_as_one(
    visitor: RoleClient, make_service: MakeService, q: str
) -> None:
    make_service("Near", "Kingston, ON")
    make_service("Speaks", "Kingston, ON", languages=["eng", "tgl"])
    assert names(api(visitor, near="Kingston", q=q)) == ["Speaks", "Near"]
    page = visitor.post("/en/find/", {"near": "Kingston", "q": q}, follow=True)
    assert page.context["speaking_line"].startswith("1 of them speaks Tagalog")
    assert [chip["label"] for chip in page.context["chips"]] == ["Near Kingston", "Tagalog"]
    assert [row["name"] for row in map_of(visitor, near="Kingston", q=q)["services"]] == ["Speaks", "Near"]


def test_a_language_beside_other_words_or_called_like_a_town_stays_a_word(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Pantry", needs=["food"])
    assert api(visitor, near="Kingston", q="Tagalog xyzzy")["total"] == 0
    assert names(api(visitor, near="Kingston", q="Ottawa")) == []
    make_service("Ottawa desk", needs=["food"])
    assert names(api(visitor, near="Kingston", q="Ottawa")) == ["Ottawa desk"]


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("中文", "zho"),
        ("ਪੰਜਾਬੀ", "pan"),
        ("hablo español", "spa"),
        ("arabe", "ara"),
        ("Farsi", "pes"),
        ("ᐃᓄᒃᑎᑐᑦ", "iku"),
        ("Cree", "cre"),
        ("Ojibway", "oji"),
        ("all kinds", None),
        ("Outaouais", None),
        ("Okanagan", None),
        ("ASL", None),
        ("English classes", None),
    ],
)
@pytest.mark.usefixtures("make_service")
def test_which_words_name_a_language(q: str, code: str | None) -> None:
    assert languages_asked(Query(q=q)).languages == ((code,) if code else ())
