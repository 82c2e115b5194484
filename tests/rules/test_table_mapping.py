"""A mapping says what it takes; a row is taken whole or refused with a reason."""

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.table_cells import BadCell
from directory.rules.table_mapping import Words
from directory.rules.table_mapping_read import parse_mapping
from directory.rules.table_records import Record, Refusal
from directory.rules.table_rows import missing_columns, read_row
from directory.rules.table_settings import MappingError
from tests.rules.table_examples import MAPPING, ROW, mapping, read, refusal

KINGSTON_TOML = Path(__file__).parents[2] / "fixtures" / "mappings" / "kingston.toml"
DOCS = Path(__file__).parents[2] / "docs" / "import-table.md"
PARSING = Path(__file__).parents[2] / "directory" / "rules" / "table_mapping_read.py"
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
        ({"file": {"encoding": "klingon"}}, "[file] encoding: 'klingon' is none"),
        ({"file": {"encoding": "hex"}}, "[file] encoding: 'hex' is none"),
        ({"file": {"header_row": 0}}, "[file] header_row: is less than 1"),
        ({"text": {"dates": "european"}}, "[text] dates: 'european' is none"),
        ({"values": {"nmae": {"a": "b"}}}, "[values] nmae: is no field"),
        ({"values": {"url": {"a": "javascript:x"}}}, "[values.url] a: 'javascript:x' is not a web address"),
        ({"hours": {"of": "lunch"}}, "[hours] of: 'lunch' is none"),
        ({"hours": {"zone": "Ontario"}}, "[hours] zone: 'Ontario' is none"),
        ({"hours": {"valid_from": "a"}}, "[hours] valid_from: stands without valid_to"),
        ({"hours": {"days": {"mon": "a"}}}, "[hours.days] mon: is an unknown key"),
        ({"eligibility": {"facts": {"access:ramp": "a"}}}, "access:ramp: There is no such term"),
        ({"eligibility": {"facts": {"stay": "a"}}}, "At least one bound is needed"),
    ],
)
def test_a_faulty_mapping_says_where_and_how_to_mend_it(change: dict[str, Any], told: str) -> None:
    with pytest.raises(MappingError) as fault:
        mapping(**change)
    assert told in str(fault.value)
    assert ";" in str(fault.value)


def test_the_mapping_for_kingston_is_sound() -> None:
    found = parse_mapping(tomllib.loads(KINGSTON_TOML.read_text(encoding="utf-8")), WORDS)
    assert len(found.categories) == 12
    assert not found.publisher.is_demo


def test_a_column_that_no_row_has_is_told() -> None:
    found = missing_columns(mapping(languages={"column": "langauges"}), [ROW, "no row"])
    assert "langauges" in found
    assert "name" not in found
    assert "is_provincial" in found, "columns of conditions count too"
    assert "langauges" not in missing_columns(
        mapping(languages={"column": "langauges"}, file={"may_lack": "langauges"}), [ROW]
    )


WORDS = Words(
    {t["slug"]: t["parent"] for t in tomllib.loads(NEEDS_TOML.read_text(encoding="utf-8"))["term"]},
    frozenset(),
    {},
)
DOCUMENTED = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("at", range(1, len(DOCUMENTED)))
def test_each_example_of_the_documentation_is_a_mapping(at: int) -> None:
    small = tomllib.loads(DOCUMENTED[0])
    parse_mapping(small, WORDS)
    parse_mapping(small | tomllib.loads(DOCUMENTED[at]), WORDS)


def test_every_key_of_a_mapping_is_documented() -> None:
    told = DOCS.read_text(encoding="utf-8")
    asked = re.findall(r'section\.\w+\("(\w+)"', PARSING.read_text(encoding="utf-8"))
    asked += re.findall(r'top\.sections?\("(\w+)"', PARSING.read_text(encoding="utf-8"))
    assert [key for key in asked if not re.search(rf"\b{key}\b", told)] == []


toml_like = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
@pytest.mark.promise(25)
def test_a_mapping_with_anything_in_it_is_one_or_says_how_to_mend_it(data: st.DataObject) -> None:
    toml: dict[str, Any] = tomllib.loads("\n".join(DOCUMENTED[:1]))
    table: dict[str, Any] = toml
    section = data.draw(
        st.sampled_from([*toml, "file", "text", "french", "eligibility", "values", "reach_when"])
    )
    if isinstance(toml.get(section), dict) and data.draw(st.booleans()):
        table, section = toml[section], data.draw(st.sampled_from(sorted(toml[section])))
    table[section] = data.draw(toml_like)
    try:
        parse_mapping(toml, WORDS)
    except MappingError as fault:
        assert ";" in str(fault)  # noqa: PT017  # either way is right


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


def test_a_tail_that_the_mapping_knows_is_cut_and_told() -> None:
    cutting = mapping(text={"cut_from": [r"(?<=\.)Conclusion(?=This)", "Printed on"], "empty": ["none"]})
    found = read_row(
        cutting, ROW | {"description": "Bring a card.ConclusionThis report ends here. Printed on paper."}
    )
    assert isinstance(found, Record)
    assert found.service.description == "Bring a card."
    (told,) = found.warnings
    assert told.startswith("column description is cut: 50 characters from 'ConclusionThis report ends here.")
    whole = read_row(cutting, ROW | {"description": "In Conclusion, come. This is all."})
    assert isinstance(whole, Record)
    assert (whole.service.description, whole.warnings) == ("In Conclusion, come. This is all.", ())
    emptied = read_row(cutting, ROW | {"description": "None Printed on paper"})
    assert isinstance(emptied, Record)
    assert emptied.service.description == ""
    assert "column description is cut" in emptied.warnings[0]


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


def test_a_value_map_puts_the_lists_words_into_ours() -> None:
    words = mapping(
        columns={"name": "name", "fees_description": "fees"}, values={"fees_description": {"GRATUIT": "Free"}}
    )
    found = read_row(words, ROW | {"fees": "Gratuit"})
    assert isinstance(found, Record)
    assert found.service.fees_description == "Free"


def test_a_category_may_hold_several() -> None:
    words = mapping(
        needs={"column": "category", "split": True, "values": {"Legal": ["legal_help"], "Food": ["food"]}}
    )
    found = read_row(words, ROW | {"category": "Food; Legal"})
    assert isinstance(found, Record)
    assert found.needs == ("food",), "a group goes where something finer is known"
    refused = read_row(words, ROW | {"category": "Food, Sports"})
    assert isinstance(refused, Refusal)
    assert "unknown category 'Sports'" in refused.reason


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("English; French, Cree", ["English", "French", "Cree"]),
        ("anglais et français", ["anglais", "français"]),
        ("English and French", ["English", "French"]),
        (["Cree", "", None], ["Cree"]),
    ],
)
def test_a_cell_with_several_words_is_taken_apart(cell: object, names: list[str]) -> None:
    assert [language.name for language in read(languages=cell).languages] == names


def test_a_cell_that_the_file_lost_refuses_its_row_and_no_other() -> None:
    assert "column phone holds a formula" in refusal(phone=BadCell("holds a formula without its result"))
    read(unused=BadCell("holds a formula without its result"))


def test_what_is_said_of_a_number_may_have_its_french_in_the_mapping() -> None:
    words = mapping(phones={"columns": "phone", "french": {"Toll-free": "Sans frais"}})
    found = read_row(words, ROW | {"phone": "1-866-555-0105 (TOLL FREE); 613-555-0144 (Office)"})
    assert isinstance(found, Record)
    assert [phone.description_fr for phone in found.phones] == ["Sans frais", ""]
