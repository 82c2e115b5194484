"""A search is read from names and values: what is wrong is told beside its name, what is right reads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.query import Fault, Query, Reading, pairs_of, read
from directory.rules.radius import FARTHEST, NEAREST

KNOWN = {"need": {"food", "legal_advice"}, "language": {"pan", "cre", "fra"}}


def reading(*pairs: tuple[str, str]) -> Reading:
    return read(pairs, KNOWN)


@pytest.mark.parametrize("km", ["1", "25", "250", "5000", " 25 ", "0025"])
def test_any_whole_number_of_kilometres_from_1_to_5000_is_a_radius(km: str) -> None:
    asked = reading(("near", "Kingston"), ("within", km))
    assert (asked.query.within, asked.faults) == (int(km), ())


@pytest.mark.parametrize("km", ["0", "-4", "5001", "2.5", "25 km", "1e3", "٢٥", "9" * 40, "True", "NaN"])
def test_anything_else_is_a_fault_of_within(km: str) -> None:
    asked = reading(("near", "Kingston"), ("within", km))
    assert asked.query.within is None
    assert asked.faults == (Fault("within", "not_kilometres", "5000"),)


def test_an_empty_radius_is_any_distance() -> None:
    assert reading(("near", "Kingston"), ("within", "")) == Reading(Query(near="Kingston"))


@pytest.mark.parametrize("near", [[], [("near", "")], [("near", "  ")]])
def test_a_radius_around_nothing_is_told_and_stays_in_the_form(near: list[tuple[str, str]]) -> None:
    asked = reading(*near, ("within", "25"))
    assert asked.faults == (Fault("within", "around_nothing"),)
    assert asked.query.within == 25


def test_one_fault_is_told_of_a_radius_that_is_none_and_around_nothing() -> None:
    assert reading(("within", "-4")).faults == (Fault("within", "not_kilometres", "5000"),)


def test_two_radii_are_one_too_many() -> None:
    asked = reading(("near", "Kingston"), ("within", "5"), ("within", "50"))
    assert asked.faults == (Fault("within", "twice"),)


def test_languages_repeat_and_each_counts_once() -> None:
    asked = reading(("language", "pan"), ("language", ""), ("language", "cre"), ("language", "pan"))
    assert (asked.query.languages, asked.faults) == (("pan", "cre"), ())


@pytest.mark.parametrize("code", ["xx1", "zzz", "PAN", "pa", "Punjabi", "p\x00n"])
def test_a_language_that_is_not_known_is_told_by_itself(code: str) -> None:
    asked = reading(("language", "pan"), ("language", code))
    assert asked.query.languages == ("pan",)
    assert asked.faults == (Fault("language", "not_a_language", code),)


def test_a_name_that_nobody_knows_is_told() -> None:
    assert reading(("widthin", "5")).faults == (Fault("widthin", "unknown_name"),)


QUERIES = st.builds(
    Query,
    near=st.sampled_from(["Kingston", "K7L", "Trois-Rivières, QC"]),
    q=st.sampled_from(["", "clinique & café", "a=b"]),
    needs=st.lists(st.sampled_from(sorted(KNOWN["need"])), unique=True).map(tuple),
    within=st.none() | st.integers(NEAREST, FARTHEST),
    languages=st.lists(st.sampled_from(sorted(KNOWN["language"])), unique=True).map(tuple),
)


@given(QUERIES)
def test_a_query_reads_back_from_its_own_line(query: Query) -> None:
    assert read(pairs_of(query.text()), KNOWN) == Reading(query)


NAMES = st.sampled_from(["near", "within", "language", "need", "q", "page", "x"]) | st.text(max_size=8)


@given(st.lists(st.tuples(NAMES, st.text(max_size=12)), max_size=8))
@pytest.mark.promise(25)
def test_no_names_and_values_break_it(pairs: list[tuple[str, str]]) -> None:
    query = read(pairs, KNOWN).query
    assert query.within is None or NEAREST <= query.within <= FARTHEST
    assert set(query.languages) <= KNOWN["language"]
