"""Traces of a door as digests: they find what the plain ones find, and tell nothing without the key."""

from hypothesis import given
from hypothesis import strategies as st

from directory.rules.door_traces import Traces, tells, traces_of, without
from directory.rules.kept_traces import KeptTraces, doors_of, kept, point_door

KEY, OTHER = b"k" * 32, b"o" * 32
PLAIN = traces_of(
    streets=["12 Example Street"],
    postal_codes=["K7L 9Z9"],
    others=["CIVIC-99", "Take the ferry and turn left"],
    coordinates=[44.231234, -76.481234],
)
TELLING = [
    "Come to 12 EXAMPLE St.", "k7l9z9", "K7L-9Z9", "civic 99", "take the ferry, and turn left!", "at 44.231234 north",
    "44,231 / 76,481",
]  # fmt: skip


def kept_only(key: bytes = KEY) -> Traces:
    return Traces(kept=KeptTraces.of(key, PLAIN.to_keep(KEY)))


@given(st.sampled_from(TELLING), st.text())
def test_what_the_plain_traces_find_the_kept_ones_find(told: str, around: str) -> None:
    said = f"{around}\n{told}\n{around}"
    assert tells(told, PLAIN)
    assert tells(said, kept_only())
    assert not tells(without(said, kept_only()), kept_only())


@given(st.text())
def test_kept_traces_find_no_more_words_than_plain_ones(text: str) -> None:
    assert not tells(text, kept_only()) or tells(text, PLAIN)


def test_without_the_key_nothing_is_found_and_nothing_is_told() -> None:
    assert not any(tells(told, kept_only(OTHER)) for told in TELLING)
    assert not any(b"example" in trace.digest for trace in PLAIN.to_keep(KEY))
    assert "kkkk" not in repr(kept_only())


def test_the_same_trace_is_another_digest_in_another_kind() -> None:
    assert kept(KEY, "door", "12 example").digest != kept(KEY, "phrase", "12 example").digest


def test_nothing_to_look_for_is_false() -> None:
    assert not Traces()
    assert not Traces(kept=KeptTraces.of(KEY, []))
    assert kept_only()


def test_two_spellings_of_a_door_meet_and_two_doors_do_not() -> None:
    one = doors_of("12 Example Street", "Kingston", "K7L 1A1")
    assert one & doors_of("12 EXAMPLE St., Unit 4", "kingston", "")
    assert one & doors_of("12 Exemple St", "", "k7l1a1")
    assert not one & doors_of("12 Example Street", "Halifax", "B3H 1A1")
    assert not doors_of("Example Street", "Kingston", "K7L 1A1")


def test_a_point_is_a_door_only_to_ten_metres() -> None:
    assert point_door(44.231234, -76.481234) & point_door(44.23123, -76.48121)
    assert not point_door(44.231234, -76.481234) & point_door(44.2322, -76.4812)
    assert not point_door(44.23, -76.48)
    assert not point_door(None, -76.481234)
    assert not point_door(float("nan"), 1.23456)
