"""One door however its kind of street, its unit or its number is written; and no other."""

import pytest

from directory.rules.door_traces import Traces, tells, traces_of
from directory.rules.kept_traces import KeptTraces, doors_of, kept
from directory.rules.number_words import with_digits

pytestmark = pytest.mark.promise(2)
KEY = b"k" * 32


def kept_only(traces: Traces) -> Traces:
    return Traces(kept=KeptTraces.of(KEY, traces.to_keep(KEY)))


ONE_DOOR = [
    ("3127, prom. Rivermere", "3127 Rivermere Drive"),
    ("3128, crois. Rivermere", "3128 Rivermere Crescent"),
    ("3128 Rivermere Crescent", "3128, crois. Rivermere"),
    ("3136 Parc Rivermere", "3136 Rivermere Park"),
    ("3137 Île Rivermere", "3137 Rivermere Island"),
    ("3138 Mtée Rivermere", "3138 montée Rivermere"),
    ("3142 Chemin du Lac-Rivermere", "3142 Rivermere Lake Road"),
    ("3139 MacRivermere St", "3139 Mac Rivermere St"),
    ("3139 Mac Rivermere St", "3139 MacRivermere"),
    ("3131 Rivermere Street", "3131, bureau 200, rue Rivermere"),
    ("3131, bureau 200, rue Rivermere", "3131 Rivermere Street"),
    ("3130, rue Rivermere, app. 5", "3130, app. 5, rue Rivermere"),
    ("24 Mill Street", "24, Unit 3, Mill Street"),
    ("24 Mill Street", "24 Apt 3 Mill Street"),
    ("24, Unit 3, Mill Street", "24 Mill Street"),
    ("1024 Mill Street", "1,024 Mill"),
    ("1024 Mill Street", "1 024, rue Mill"),
    ("1 024, rue Mill", "1024 Mill Street"),
]


@pytest.mark.parametrize(("street", "text"), ONE_DOOR)
def test_a_door_is_found_past_its_kind_and_its_unit(street: str, text: str) -> None:
    for traces in (traces_of(streets=[street]), kept_only(traces_of(streets=[street]))):
        assert tells(f"Come to {text}.", traces)
    assert doors_of(street, "Ottawa", "") & doors_of(text, "Ottawa", "")


@pytest.mark.parametrize(
    "text",
    ["forty-eight twenty-one Rivermere", "quatre mille huit cent vingt et un, crois. Rivermere"],
)
def test_a_number_in_words_is_found(text: str) -> None:
    assert tells(text, kept_only(traces_of(streets=["4821 Rivermere Crescent"])))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twelve hundred and five", "1205"),
        ("quatre vingt dix sept", "97"),
        ("soixante et onze", "71"),
        ("deux cents", "200"),
        ("four eight two one", "4821"),
    ],
)
def test_words_make_one_number(words: str, number: str) -> None:
    assert with_digits(words.split())[0] == number


@pytest.mark.parametrize(
    ("street", "text"),
    [
        ("24 Mill Street", "24 beds near Mill Street"),
        ("24 Mill Street", "24 park benches, 26 Mill Street"),
        ("24 Mill Street", "We have 24 rooms. Mill Street is closed."),
        ("3845, avenue du Parc", "3845 meals a year"),
        ("1024 Mill Street", "24 Mill Street"),
    ],
)
def test_what_only_sounds_like_it_is_left(street: str, text: str) -> None:
    assert not tells(text, kept_only(traces_of(streets=[street])))


@pytest.mark.parametrize(
    ("phrase", "text"), [("3128 crois", "3128, crois. Rivermere"), ("3845 parc", "3845, av. du Parc")]
)
def test_what_was_kept_before_these_kinds_were_known_is_still_found(phrase: str, text: str) -> None:
    assert tells(text, Traces(kept=KeptTraces.of(KEY, [kept(KEY, "phrase", phrase)])))


@pytest.mark.parametrize("text", ["on Rivermere Drive", "sur la prom. Rivermere"])
def test_the_street_alone_is_known_by_either_kind(text: str) -> None:
    assert tells(text, kept_only(traces_of(streets=["3127, prom. Rivermere"])).in_own_texts())
