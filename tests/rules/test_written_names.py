"""The street without its number counts in the texts of whoever runs the place, and in nobody else's."""

import pytest

from directory.rules.door_traces import Traces, tells, traces_of, without
from directory.rules.kept_traces import KeptTraces

pytestmark = pytest.mark.promise(2)
KEY = b"k" * 32
DOOR = traces_of(streets=["417 Hidden Crescent"])
TELLING = [
    "On Hidden Crescent, near the bridge.",
    "The 400-block of Hidden Cres.",
    "Au croissant Hidden",
    "Free at the corner of Hidden and Main.",
    "corner of Main & Hidden",
    "au coin de la rue Hidden",
]
SPOTS = [
    "Plus code 87P76GJ7+GH.",
    "88R2+XX Kingston",
    "https://plus.example/87P76GJ7%2BGH",
    "///filled.hidden.door",
    "What3words: filled.hidden.door",
]


def kept_only(traces: Traces) -> Traces:
    return Traces(kept=KeptTraces.of(KEY, traces.to_keep(KEY)))


@pytest.mark.parametrize("text", TELLING)
def test_the_street_alone_tells_in_own_texts_only(text: str) -> None:
    for traces in (DOOR, kept_only(DOOR)):
        assert tells(text, traces.in_own_texts())
        assert not tells(text, traces)
        assert not tells(text, traces.in_own_texts().for_names)


@pytest.mark.parametrize("text", SPOTS)
def test_a_code_of_any_spot_tells_in_own_texts_only(text: str) -> None:
    assert tells(text, kept_only(DOOR).in_own_texts())
    assert not tells(text, kept_only(DOOR))
    assert not tells(text, Traces().in_own_texts())


@pytest.mark.parametrize(
    "text",
    [
        "Hidden beds",
        "Hidden Drive",
        "call 2368+22",
        "2+2",
        "www.lake.example",
        "hidden/main",
        "12 Main Street",
    ],
)
def test_a_word_of_its_name_is_no_street(text: str) -> None:
    assert not tells(text, DOOR.in_own_texts())


def test_an_open_place_on_the_same_street_is_told_with_its_number() -> None:
    text = "Ask at 12 Hidden Crescent. Beds on Hidden Crescent. Call us."
    for traces in (DOOR, kept_only(DOOR)):
        assert (
            without(text, traces.in_own_texts(["12 Hidden Cres."])) == "Ask at 12 Hidden Crescent. Call us."
        )
        assert without(text, traces.in_own_texts()) == "Call us."
        assert without(text, traces) == text


@pytest.mark.parametrize(
    ("street", "text"),
    [
        ("1509 14 Street SW", "on 14th Street"),
        ("12 First Avenue", "sur la 1re avenue"),
        ("27 Highway 16", "just off Hwy 16"),
        ("27 Concession 5", "up Conc. 5"),
        ("40 rue de la Commune Est", "rue de la Commune"),
        ("9 Old Mill Creek Ridge Road", "along Old Mill Creek Ridge Rd"),
        ("9 chemin du Vieux Pont Rouge Long", "chemin du Vieux-Pont-Rouge-Long"),
        ("27 Mount Royal Drive", "by Mt Royal Dr"),
    ],
)
def test_streets_of_many_kinds_are_known_without_their_numbers(street: str, text: str) -> None:
    assert tells(text, kept_only(traces_of(streets=[street])).in_own_texts())


def test_boxes_and_units_name_no_street() -> None:
    assert not traces_of(streets=["P.O. Box 417", "Unit 4"], beside=["2nd floor", "The desk"]).streets


def test_what_is_looked_for_in_names_is_put_in_order_once() -> None:
    """A package has thousands of names, each looked through for thousands of doors."""
    own = traces_of(streets=["417 Quexalot Crescent"]).in_own_texts()
    assert own.for_names is own.for_names
    assert own.for_names.starts is own.for_names.starts
