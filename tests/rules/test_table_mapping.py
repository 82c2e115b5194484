"""A mapping says what it takes; a row is taken whole or refused with a reason."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.table_cells import CellError
from directory.rules.table_mapping import Words, parse_mapping
from directory.rules.table_phones import read_phones
from directory.rules.table_records import Record, Refusal
from directory.rules.table_rows import read_row, unseen_columns
from directory.rules.table_settings import MappingError
from tests.rules.table_examples import MAPPING, ROW, mapping, read, refusal

KINGSTON_TOML = Path(__file__).parents[2] / "fixtures" / "mappings" / "kingston.toml"
NEEDS_TOML = Path(__file__).parents[2] / "fixtures" / "vocabulary" / "needs.toml"


# --- the mapping itself


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"key": None}, "key: is missing"),
        ({"publisher": {"slug": "our-list"}}, "[publisher] name: is missing"),
        ({"publisher": {"slug": "Our List", "name": "x"}}, "[publisher] slug"),
        ({"publisher": {"slug": "relais", "name": "x"}}, "[publisher] slug"),
        ({"columns": {"name": "n", "nmae_fr": "x"}}, "[columns] nmae_fr: is no field"),
        ({"columns": {"name": "n", "assured_date": "x"}}, "[columns] assured_date: is never imported"),
        ({"columns": {"description": "d"}}, "[columns] name: is missing"),
        ({"constants": {"url": "javascript:alert(1)"}}, "[constants] url"),
        ({"colums": {}}, "colums: is an unknown key"),
        ({"needs": {"column": "c", "values": {"Legal": ["leagl"]}}}, "'leagl' is no need"),
        ({"text": {"remove": ["("]}}, "is no regular expression"),
        ({"status": {"Open": "opened"}}, "[status] Open: is no status"),
        ({"reach_when": [{"words": ["x"], "reach": "province"}]}, "reach_when 1] province"),
        ({"needs_when": [{"add": ["food"]}]}, "needs_when 1] words: is missing"),
        ({"french": {"take": ["name"]}}, "[french] take"),
        ({"file": {"delimiter": ";;"}}, "[file] delimiter"),
    ],
)
def test_a_faulty_mapping_says_where_and_how_to_mend_it(change: dict[str, Any], told: str) -> None:
    with pytest.raises(MappingError) as fault:
        mapping(**change)
    assert told in str(fault.value)
    assert ";" in str(fault.value)


def test_the_mapping_for_kingston_is_sound() -> None:
    terms = tomllib.loads(NEEDS_TOML.read_text(encoding="utf-8"))["term"]
    words = Words({t["slug"]: t["parent"] for t in terms}, frozenset(), {})
    found = parse_mapping(tomllib.loads(KINGSTON_TOML.read_text(encoding="utf-8")), words)
    assert len(found.categories) == 12
    assert not found.publisher.is_demo


def test_a_column_that_no_row_has_is_told() -> None:
    found = unseen_columns(mapping(languages={"column": "langauges"}), [ROW, "no row"])
    assert "langauges" in found
    assert "name" not in found


# --- what refuses a row


def test_a_row_without_key_or_name_is_refused() -> None:
    assert "no key" in refusal(id="  ")
    assert refusal(name=None) == "no name"


def test_a_row_that_is_no_object_is_refused() -> None:
    assert isinstance(read_row(MAPPING, ["a", "b"]), Refusal)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"category": "Sports"}, "unknown category 'Sports'"),
        ({"scope": "galaxy"}, "unknown scope 'galaxy'"),
        ({"status": "Maybe"}, "unknown status 'Maybe'"),
        ({"description": "See entry b"}, "a duplicate"),
        (
            {"name": "Healing lodge", "description": "For federal offenders."},
            "is a prison and is never listed",
        ),
        ({"url": "javascript:alert(1)"}, "is not a web address"),
        ({"url": "https://user@clinic.example"}, "is not a web address"),
        ({"provenance": {"verified_at": "soon"}}, "is not a date"),
        ({"description": ["a"]}, "holds a list"),
        ({"phone": "ask at the desk"}, "holds no phone number"),
        ({"coordinates": {"lat": 44.2}}, "one of the two coordinates is missing"),
        ({"coordinates": {"lat": "x", "lng": 1}}, "is not a number of degrees"),
        ({"hours": {"monday": {"open": "nine", "close": "17:00"}}}, "is not a time"),
    ],
)
def test_what_cannot_be_read_refuses_the_whole_row_with_its_reason(change: dict[str, Any], told: str) -> None:
    assert told in refusal(**change)


def test_a_service_that_closed_for_good_is_refused_as_such() -> None:
    found = read_row(MAPPING, ROW | {"status": "Permanently Closed"})
    assert isinstance(found, Refusal)
    assert (found.reason, found.is_closed) == ("closed for good", True)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
COLUMNS = ["id", "name", "name_fr", "description", "description_fr", "url", "status", "category", "scope",
           "address", "coordinates", "phone", "phone_label", "hours", "hours_text", "languages",
           "provenance", "is_provincial"]  # fmt: skip
telling = st.sampled_from(
    ["a", "Legal", "Crisis", "canada", "shelter", "12 Main St, Kingston, ON K7L 1A1", "Confidential",
     "613-555-0100 / (", "https://[", {"lat": 44, "lng": -76}, {"monday": {"open": "9:00", "close": 5}},
     "#", "1" * 3000, 10**400, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), "\ud800\x00"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(COLUMNS), json_like | telling) | json_like)
@pytest.mark.promise(25)
def test_no_row_whatever_it_holds_raises(row: Any) -> None:
    assert isinstance(read_row(MAPPING, row), Record | Refusal)
    assert isinstance(read_row(MAPPING, ROW | row if isinstance(row, dict) else row), Record | Refusal)


# --- what a row says


def test_a_dotted_column_reads_inside_and_a_mark_of_reference_goes() -> None:
    found = read(provenance={"verified_at": "2026-01-03T16:57:50Z"}, description="Advice.[48]")
    assert found.service.copied_on == datetime.date(2026, 1, 3)
    assert found.service.description == "Advice."


def test_words_that_mean_nothing_are_empty() -> None:
    assert read(description="n/a").service.description == ""


def test_french_that_nobody_read_is_taken_only_where_it_looks_whole() -> None:
    found = read(name_fr="Une clinique", description_fr="Hommestal health", eligibility_fr="Ouvert à tous")
    assert found.service.name_fr == "Une clinique"
    assert found.service.description_fr == ""
    assert found.service.eligibility_description_fr == ""
    assert read(name_fr="a CLINIC").service.name_fr == ""


def test_needs_come_from_words_and_a_group_only_where_nothing_finer_is_known() -> None:
    assert read(description="Free legal advice").needs == ("legal_advice",)
    assert read().needs == ("legal_help",)
    assert read(category="Crisis", description="There is no helpline").needs == ("talk",)
    assert read(category="Food", description="Legal advice is elsewhere").needs == ("food",)


def test_an_animal_shelter_is_no_shelter() -> None:
    assert "emergency_shelter" not in read(description="An animal shelter").needs


def test_a_scope_makes_a_reach_and_takes_the_place_away() -> None:
    found = read(scope="ontario", address="12 Main St, Toronto, ON M5V 1A1")
    assert (found.service.reach, found.service.province, found.location) == ("province", "ON", None)
    assert read(scope="Canada").service.reach == "country"
    assert read(is_provincial=True).service.province == "ON"


def test_one_organization_for_each_name_and_host() -> None:
    one, other = read(id="a"), read(id="b", url="https://www.clinic.example/about")
    assert one.organization.key == other.organization.key
    assert one.organization.key != read(url="https://other.example").organization.key


def test_languages_get_a_code_where_the_name_is_known() -> None:
    found = read(languages=["Cree", "Quenya"]).languages
    assert [(language.name, language.code) for language in found] == [("Cree", "cre"), ("Quenya", "")]


def test_days_with_equal_hours_become_one_row_and_text_stays_text() -> None:
    day = {"open": "9:00", "close": "17:00"}
    found = read(
        hours={"monday": day, "tuesday": day, "notes": "By bell"}, hours_text="Mon-Tue 9-5"
    ).schedules
    assert [(s.freq, s.byday, s.opens_at, s.closes_at) for s in found[:1]] == [
        ("WEEKLY", "MO,TU", "09:00", "17:00")
    ]
    assert [s.description for s in found[1:]] == ["Mon-Tue 9-5", "By bell"]


def test_day_and_night_stays_as_written() -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    (found,) = read(hours={day: {"open": "00:00", "close": "23:59"} for day in days}).schedules
    assert (found.byday, found.opens_at, found.closes_at) == ("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")


def test_weekly_hours_that_the_mapping_doubts_are_not_taken() -> None:
    week = {"monday": {"open": "10:00", "close": "22:00"}}
    (found,) = read(id="doubted", hours=week, hours_text="Afternoons").schedules
    assert (found.byday, found.description) == ("", "Afternoons")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("613-555-0144 (Kingston) / 1-866-555-0105 (Toll Free)",
         [("613-555-0144", "", "", "Kingston"), ("1-866-555-0105", "", "", "Toll Free")]),
        ("613-555-0144 (Crisis); 1-877-555-0144", [("613-555-0144", "", "", "Crisis"), ("1-877-555-0144", "", "", "")]),
        ("1-866-555-0111 (Toll-Free); #SAFE (#7233) on mobile",
         [("1-866-555-0111", "", "", "Toll-Free"), ("#7233", "", "", "#SAFE on mobile")]),
        ("613-555-0110 ext. 271-5195", [("613-555-0110", "271-5195", "", "")]),
        ("(613) 555-0110 poste 12", [("(613) 555-0110", "12", "", "")]),
        ("686868 (SMS)", [("686868", "", "text", "SMS")]),
        ("988", [("988", "", "", "")]),
        ("613-555-0101 or 613-555-0102", [("613-555-0101", "", "", ""), ("613-555-0102", "", "", "")]),
        ("613-555-0101, ext. 5", [("613-555-0101", "5", "", "")]),
        ("613-555-0101 (Mon/Fri)", [("613-555-0101", "", "", "Mon/Fri")]),
        ("613-555-0101 / 613-555-0101", [("613-555-0101", "", "", "")]),
        ("TTY 613-555-0103", [("613-555-0103", "", "textphone", "TTY")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_cell_with_several_numbers_is_taken_apart(text: str, numbers: list[tuple[str, ...]]) -> None:
    found = [(p.number, p.extension, p.type, p.description) for p in read_phones(text)]
    assert found == numbers


def test_a_label_describes_the_first_number() -> None:
    (found,) = read_phones("258258", "Text SUPPORT to 258258")
    assert (found.type, found.description) == ("text", "Text SUPPORT to 258258")
    with pytest.raises(CellError):
        read_phones("call the desk")
