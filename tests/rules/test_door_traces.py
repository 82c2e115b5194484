"""Traces of a door are found however they are spelled, and nothing else is taken from a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.door_traces import Traces, is_for_everybody, tells, traces_of, without
from directory.rules.kept_traces import KeptTraces

pytestmark = pytest.mark.promise(2)
DOOR = traces_of(
    streets=["12 Example Street, Unit 4"],
    postal_codes=["K7L 1A1"],
    others=["CIVIC-99-1234", "Bus 12 to the old mill", "B2"],
    coordinates=[44.23127, -76.48608],
)


@pytest.mark.parametrize(
    "text",
    [
        "We are at 12 Example St.",
        "12, EXAMPLE STREET",
        "Écrivez au 12 Éxample",
        "k7l1a1",
        "K7L-1A1 Kingston",
        "see civic 99 1234",
        "bus 12 to the old mill!",
        "44.2313, -76.4861",
        "lat=44,231",
        "https://maps.example/?q=12+Example+Street",
    ],
)
def test_it_is_found_in_any_spelling(text: str) -> None:
    assert tells(text, DOOR)


@pytest.mark.parametrize(
    "text", ["112 Example Street", "Example Street", "12 other things", "K7L", "44.2 km away", "B2", ""]
)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    assert not tells(text, DOOR)
    assert without(text, DOOR) == text


def test_only_the_sentence_that_tells_goes() -> None:
    text = "Open to all! Come to 12 Example St. Marie Ave. Kingston, the side door, or not. You can always call us."
    assert without(text, DOOR) == "Open to all! You can always call us."


def test_a_text_of_one_piece_goes_whole() -> None:
    assert without("https://maps.example/?q=K7L+1A1", DOOR) == ""


@given(st.lists(st.sampled_from(["12 Example St", "K7L 1A1", "Bed", "Call us.", "\n", "44.231", "Help. "])))
def test_nothing_is_told_afterwards(parts: list[str]) -> None:
    assert not tells(without(" ".join(parts), DOOR), DOOR)


@given(st.text())
def test_without_traces_nothing_changes(text: str) -> None:
    assert without(text, Traces()) == text


def test_a_street_without_a_number_counts_whole_and_short_words_do_not() -> None:
    assert traces_of(streets=["Old Mill Lane"]).phrases == {"old mill lane"}
    assert traces_of(streets=["", "Box"], postal_codes=[""], others=["", "Hall"]).phrases == frozenset()
    assert traces_of(coordinates=[44.0, 44.25, float("nan")]).numbers == frozenset()


@pytest.mark.parametrize("number", ["1-866-555-0142", "(800) 555-0100", "211", "686868", "1 888 555 0100"])
def test_a_number_for_everybody_tells_no_town(number: str) -> None:
    assert is_for_everybody(number)


@pytest.mark.parametrize("number", ["613-555-0142", "1-613-555-0142", "", "555-0142", "ask"])
def test_any_other_number_is_for_the_keeper_to_confirm(number: str) -> None:
    assert not is_for_everybody(number)


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    "text",
    [
        "Twelve Oak Avenue",
        "https://12oakave.example",
        "at 12 on Oak",
        "au douze, rue Oak",
        "see oak12.example",
    ],
)
def test_numbers_in_words_and_names_glued_to_them_tell_by_digest_too(text: str) -> None:
    traces = traces_of(streets=["12 Oak Ave"])
    known = Traces(kept=KeptTraces.of(b"key", traces.to_keep(b"key")))
    assert tells(text, traces)
    assert tells(text, known)
    assert not tells(text.replace("12", "13").replace("welve", "hree").replace("douze", "onze"), known)
