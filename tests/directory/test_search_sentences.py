"""Who tells what happened in a sentence finds what bears a part of it, and is told so."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.finding.synonyms import forget_synonyms
from directory.models.synonym import SynonymGroup
from tests.directory.conftest import MakeService
from tests.directory.test_map_points import map_of
from tests.directory.test_search import api, names
from tests.roles import RoleClient

LINE = "Nothing has all of these words. These have some: %s."


def page(visitor: RoleClient, **asked: object) -> str:
    return visitor.post("/en/find/", asked, follow=True).content.decode()


def test_where_nothing_has_all_words_any_known_one_will_do_and_the_page_says_so(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Papers", needs=["identity_documents"])
    make_service("Pantry", needs=["food"])
    make_service("Unrelated", needs=["legal_advice"], description="Shredded yesterday.")
    asked = {"near": "Kingston", "q": "shredded my Papers on Tuesday"}
    assert names(api(visitor, **asked)) == ["Papers"]
    assert api(visitor, **asked)["words_taken"] == ["Papers"]
    assert LINE % "Papers" in page(visitor, **asked)
    assert [row["name"] for row in map_of(visitor, **asked)["services"]] == ["Papers"]


def test_several_known_words_are_each_enough(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Papers", needs=["identity_documents"])
    make_service("Pantry", needs=["food"])
    make_service("Wool", needs=["tattoo_removal"])
    found = api(visitor, near="Kingston", q="papers, food")
    assert set(names(found)) == {"Papers", "Pantry"}
    assert found["words_taken"] == ["papers", "food"]


@pytest.mark.parametrize(
    "q", ["my papers were taken", "boss took my passport", "il a pris mes papiers", "papers gone xyzzy"]
)
def test_sentences_about_papers_find_identity_documents(
    visitor: RoleClient, make_service: MakeService, q: str
) -> None:
    make_service("Desk", needs=["identity_documents"])
    assert names(api(visitor, near="Kingston", q=q)) == ["Desk"]


def test_what_has_all_words_stands_alone(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Both", needs=["identity_documents"], description="Food, too.")
    make_service("Papers", needs=["identity_documents"])
    found = api(visitor, near="Kingston", q="papers food")
    assert (names(found), found["words_taken"]) == (["Both"], [])


def test_a_slip_comes_before_a_part(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Riverbend", needs=["identity_documents"])
    make_service("Papers", needs=["identity_documents"])
    found = api(visitor, near="Kingston", q="papers rivrbend")
    assert (names(found), found["words_taken"]) == (["Riverbend"], [])


@pytest.mark.parametrize("q", ["laywer", "lwayer", "avcoat", "atorney"])
def test_a_slip_is_forgiven_wherever_it_stands_and_finds_all_that_the_word_would(
    visitor: RoleClient, make_service: MakeService, q: str
) -> None:
    make_service("Office", needs=["food"], description="Ask a lawyer.")
    make_service("Bureau", needs=["food"], description_fr="Un avocat vous reçoit.")
    make_service("Pantry", needs=["food"])
    assert set(names(api(visitor, near="Kingston", q=q))) == {"Office", "Bureau"}


@pytest.mark.parametrize(("q", "meant"), [("psycologue", "psychologue"), ("counceling", "counseling")])
def test_a_slip_in_a_word_that_no_listing_bears_finds_what_is_called_otherwise(
    visitor: RoleClient, make_service: MakeService, q: str, meant: str
) -> None:
    make_service("Psychiatrist", needs=["food"])
    make_service("Therapist", needs=["food"])
    make_service("Pantry", needs=["food"])
    found = api(visitor, near="Kingston", q=q)
    assert len(names(found)) == 1
    assert found["words_read"] == {q: [meant]}


def test_what_has_all_words_from_afar_is_not_drowned(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Near", needs=["identity_documents"])
    make_service("Line", needs=["identity_documents"], reach="country", description="For widows.")
    found = api(visitor, near="Kingston", q="papers widows")
    assert (names(found), found["words_taken"]) == ([], [])
    assert [result["service"] for result in found["elsewhere"]] == ["Line"]


def test_of_another_province_it_does_not_count(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Near", needs=["identity_documents"])
    make_service("Line", "Vancouver, BC", reach="province", province="BC", description="Papers for widows.")
    found = api(visitor, near="Kingston", q="papers widows")
    assert (names(found), found["words_taken"]) == (["Near"], ["papers"])


def test_what_bears_a_part_is_told_from_afar_as_well(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Line", needs=["identity_documents"], reach="country")
    found = api(visitor, near="Kingston", q="papers xyzzy")
    assert found["words_taken"] == ["papers"]
    assert [result["service"] for result in found["elsewhere"]] == ["Line"]
    assert LINE % "papers" in page(visitor, near="Kingston", q="papers xyzzy")


def test_nothing_is_said_where_nothing_was_found(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Pantry", needs=["food"])
    for q in ("papers xyzzy", "xyzzy plugh", "papers"):
        assert api(visitor, near="Kingston", q=q)["words_taken"] == []
    assert "These have some" not in page(visitor, near="Kingston", q="papers xyzzy")


@pytest.fixture
def no_synonyms(db: None) -> Iterator[None]:
    """A site whose stewards removed every group."""
    SynonymGroup.objects.all().delete()
    forget_synonyms()
    yield
    forget_synonyms()


@pytest.mark.usefixtures("no_synonyms")
def test_a_name_of_the_vocabulary_is_known(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Smoke", needs=["ceremony"])
    found = api(visitor, near="Kingston", q="ceremony xyzzy")
    assert (names(found), found["words_taken"]) == (["Smoke"], ["ceremony"])


@pytest.mark.parametrize("more", [{}, {"open": "weekend"}, {"age": "17", "gender": "woman"}])
def test_no_search_makes_more_than_four_statements(
    visitor: RoleClient, make_service: MakeService, monkeypatch: pytest.MonkeyPatch, more: dict[str, str]
) -> None:
    monkeypatch.setattr("directory.finding.asking.CANDIDATES", 2)
    for number in range(5):
        make_service(f"Papers {number}", needs=["identity_documents"])
    api(visitor, near="Kingston", q="clinic")
    with CaptureQueriesContext(connection) as caught:
        found = api(visitor, near="Kingston", q="papers xyzzy", **more)
    plumbing = ("SAVEPOINT", "RELEASE", "SET LOCAL")
    asked = [q["sql"] for q in caught.captured_queries if not q["sql"].startswith(plumbing)]
    assert (found["words_taken"], len(asked)) == (["papers"], 4)


GUESSED = "We read “%s” as “%s”."


def test_the_page_says_what_a_word_was_taken_for(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Riverbend", needs=["identity_documents"])
    asked = {"near": "Kingston", "q": "Rivrbend"}
    found = api(visitor, **asked)
    assert (names(found), found["words_read"]) == (["Riverbend"], {"Rivrbend": ["riverbend"]})
    assert GUESSED % ("Rivrbend", "riverbend") in page(visitor, **asked)
    assert api(visitor, near="Kingston", q="riverbend")["words_read"] == {}


def test_nothing_is_said_to_be_read_where_nothing_is_found(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Riverbend", "Vancouver, BC", needs=["identity_documents"], reach="province", province="BC")
    assert api(visitor, near="Kingston", q="rivrbend")["words_read"] == {}


def test_a_word_that_is_known_is_taken_for_no_other(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Faire un pas", needs=["exit_program"])
    make_service("Faims", "Vancouver, BC", needs=["exit_program"], reach="province", province="BC")
    make_service("Detour", needs=["exit_program"])
    for q in ("j'ai faim", "detox"):
        found = api(visitor, near="Kingston", q=q)
        assert (names(found), found["words_read"]) == ([], {})
