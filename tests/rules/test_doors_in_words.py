"""Addresses that tell their number in words, in the other order, or an article in one with the name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.door_traces import Traces, tells, traces_of
from directory.rules.kept_traces import KeptTraces, doors_of
from directory.rules.number_words import in_digits

pytestmark = [pytest.mark.promise(2)]
KEY = b"k" * 32
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
HALVES = {f"{ten}-{unit}": f"{t}{u}" for t, ten in enumerate(TENS, 2) for u, unit in enumerate(UNITS, 1)}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Twelve Oak Street", "Come to 12 Oak St."),
        ("Twelve Oak Street", "at twelve Oak"),
        ("Forty-Eight Twenty-One Example Road", "4821 Example"),
        ("Mille deux cents, rue Exemple", "1200 rue Exemple"),
        ("Mill Wynd 24", "24 Mill Wynd"),
        ("12 de la Salle", "12, rue Delasalle"),
        ("12 Delasalle Ave", "12, avenue de la Salle"),
    ],
)
def test_the_door_is_found_however_it_was_told(line: str, text: str) -> None:
    plain = traces_of(streets=[line])
    for traces in (plain, Traces(kept=KeptTraces.of(KEY, plain.to_keep(KEY)))):
        assert tells(text, traces.in_own_texts())
        assert not tells(text.replace("1", "6").replace("2", "7").replace("welve", "en"), traces)


def test_a_street_that_begins_like_a_number_is_found_by_its_name() -> None:
    assert tells("on Seven Oaks Drive", traces_of(streets=["Seven Oaks Drive"]).in_own_texts())


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Twelve Oak Street", "12 Oak St"),
        ("Mill Wynd 24", "24 Mill Wynd"),
        ("12 de la Salle", "12 Delasalle Ave"),
    ],
)
def test_two_ways_of_writing_it_are_one_door(one: str, two: str) -> None:
    assert doors_of(one, "Kingston", "") & doors_of(two, "KINGSTON", "")
    assert not doors_of(one, "Kingston", "") & doors_of(two.replace("2", "3"), "Kingston", "")


@given(st.sampled_from(sorted(HALVES)), st.sampled_from(sorted(HALVES)))
def test_numbers_in_two_halves_are_one_number(one: str, two: str) -> None:
    assert (
        in_digits(f"{one.title()} {two.title()} Example Road") == f"{HALVES[one]}{HALVES[two]} example road"
    )


@given(st.text())
def test_a_line_is_told_in_digits_or_not_at_all(line: str) -> None:
    told = in_digits(line)
    assert not told or told[0].isdigit()
    assert not told or not any(map(str.isdigit, line))
