"""Whom a row takes: facts where they are unmistakable, nothing where two columns disagree, the words in any case."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.eligibility_terms import check_facts
from directory.rules.table_mapping import TableMapping
from directory.rules.table_records import Record, Refusal
from directory.rules.table_rows import read_row
from directory.rules.text import fold
from tests.rules.phrase_examples import facts
from tests.rules.table_examples import ROW, mapping

MAPPING = mapping(
    columns={"name": "name", "eligibility_description": "who", "fees_description": "fees"},
    eligibility={
        "ages": "ages",
        "minimum_age": "from_age",
        "maximum_age": "to_age",
        "notes": ["who", "fees", "more"],
        "facts": {"access:wheelchair": "ramp", "with:pet": "pets", "tells_police:routinely": "police"},
    },
)


def read(by: TableMapping = MAPPING, **changes: Any) -> Record:
    found = read_row(by, ROW | changes)
    assert isinstance(found, Record), found
    return found


def ages(found: Record) -> tuple[Decimal | None, Decimal | None]:
    (fact,) = (fact for fact in found.facts if fact.dimension == "age")
    assert (fact.low, fact.high) == (found.service.minimum_age, found.service.maximum_age)
    return fact.low, fact.high


def test_words_that_state_something_state_it_and_stay_words() -> None:
    found = read(who="Women only. No referral needed.", fees="Free")
    assert found.facts == facts("gender:woman", "-gender:man", "accept:self_referral", "accept:free")
    assert found.service.eligibility_description == "Women only. No referral needed."


def test_words_without_a_doubtless_meaning_state_nothing() -> None:
    assert read(who="Open to eligible residents. See website.", fees="Free (if eligible)").facts == ()


def test_a_doubt_in_one_column_takes_away_what_another_states() -> None:
    found = read(fees="Free", who="Membership fees may apply for some programs.")
    assert found.facts == ()
    assert found.warnings == ("columns fees: another says otherwise of accept:free: not taken",)


def test_what_two_columns_state_differently_is_stated_by_neither() -> None:
    found = read(who="No pets", more="Pets welcome", pets="yes", fees="Free")
    assert found.facts == facts("accept:free")
    assert "with:pet: not taken" in " ".join(found.warnings)


def test_a_column_of_yes_and_no_states_what_it_is_of() -> None:
    assert read(ramp="Yes", pets="non").facts == facts("access:wheelchair", "-with:pet")
    assert read(ramp="", pets=None).facts == ()
    assert read(ramp=True, police="no").facts == facts("access:wheelchair"), (
        "of some things only a yes is one"
    )
    doubtful = read(ramp="partly")
    assert doubtful.facts == ()
    assert doubtful.warnings == (
        "column ramp 'partly' is neither yes nor no: access:wheelchair is not stated",
    )


@pytest.mark.parametrize(
    ("told", "bounds"),
    [
        ({"ages": "18+"}, (18, None)),
        ({"ages": "16 à 24 ans"}, (16, 24)),
        ({"ages": "16-24"}, (16, 24)),
        ({"ages": "under 12"}, (None, 11)),
        ({"from_age": "18", "to_age": 29.0}, (18, 29)),
        ({"from_age": 18, "who": "Women 18+"}, (18, None)),
    ],
)
def test_ages_become_bounds(told: dict[str, Any], bounds: tuple[int | None, int | None]) -> None:
    assert ages(read(**told)) == bounds


@pytest.mark.parametrize(
    ("told", "warning"),
    [
        (
            {"ages": "18+", "from_age": 16},
            "columns from_age and ages tell different ages: none of them is taken",
        ),
        ({"ages": "18+", "who": "Youth 16-24"}, "columns ages and who tell different ages"),
        ({"from_age": 30, "to_age": 20}, "the lowest age is above the highest"),
        ({"ages": "teens, mostly"}, "ages 'teens, mostly' are kept as words"),
    ],
)
def test_ages_that_contradict_each_other_or_nothing_clear_are_dropped_and_told(
    told: dict[str, Any], warning: str
) -> None:
    found = read(**told)
    assert (found.facts, found.service.minimum_age) == ((), None)
    assert warning in " ".join(found.warnings)


def test_a_bound_that_is_no_age_refuses_the_row() -> None:
    found = read_row(MAPPING, ROW | {"from_age": "adult"})
    assert isinstance(found, Refusal)
    assert "column from_age 'adult' is not an age in years" in found.reason


def test_words_that_no_field_keeps_are_kept_with_the_eligibility() -> None:
    found = read(who="Women only.", ages="teens, mostly", more="Call first")
    assert found.service.eligibility_description == "Women only.\nteens, mostly\nCall first"
    assert read(who="Women 18+ only", ages="18+").service.eligibility_description == "Women 18+ only"


def test_a_word_is_not_told_by_its_letters_inside_another() -> None:
    assert read(who="Women only", more="Men").service.eligibility_description == "Women only\nMen"


def test_without_a_section_of_the_mapping_nothing_is_read() -> None:
    assert read(mapping(), who="Women only", fees="Free").facts == ()


said = st.sampled_from(
    ["Women only", "No pets", "Pets welcome", "Free", "Sliding scale", "18+", "under 12", "16-24", "No ID needed",
     "ID required", "yes", "no", "Men", "may apply", "fees vary", ""]
)  # fmt: skip
texts = st.lists(said | st.text(max_size=20), max_size=3).map(". ".join)


@settings(max_examples=250, deadline=None)
@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(["who", "fees", "more", "ages", "ramp", "pets"], texts))
)
@pytest.mark.promise(25)
def test_whatever_the_columns_hold_the_facts_are_sound_and_the_words_are_there(row: dict[str, str]) -> None:
    found = read(**row)
    assert check_facts(found.facts) == []
    for name in ("who", "more", "ages"):
        text = " ".join(row.get(name, "").split())
        assert not text.isalpha() or fold(text) in fold(found.service.eligibility_description)
