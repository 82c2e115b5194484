"""Which words a typed one may be meant for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.little_words import LITTLE
from directory.rules.place_slips import edits
from directory.rules.word_slips import likeliest, slips_between, without_plurals

WORDS = st.text("abcdefst", min_size=4, max_size=10)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("detx", "detox"),
        ("alde", "alders"),
        ("fodo", "food"),
        ("rivrbend", "riverbend"),
        ("detoks", "detox"),
        ("shellter", "shelter"),
        ("psycologue", "psychologues"),
        ("lawer", "lawyers"),
        ("imigration", "immigration"),
        ("farmacie", "farmacie"),
    ],
)
def test_a_slip_is_known_for_what_was_meant(typed: str, word: str) -> None:
    assert slips_between(typed, word) is not None


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("faim", "faire"),
        ("faim", "fait"),
        ("faim", "fais"),
        ("food", "foot"),
        ("cold", "colt"),
        ("bouffe", "bouge"),
        ("dehors", "devoirs"),
        ("papier", "rapier"),
        ("housse", "bourse"),
        ("sextorsion", "distorsion"),
        ("alde", "this"),
    ],
)
def test_another_word_is_no_slip(typed: str, word: str) -> None:
    assert slips_between(typed, word) is None
    assert likeliest(typed, [word]) == []


@given(WORDS, WORDS)
def test_short_words_differ_by_a_single_letter_and_long_ones_by_few(typed: str, word: str) -> None:
    slips = slips_between(typed, word)
    assert slips is None or (typed[0] == word[0] and abs(len(typed) - len(word)) <= 3)
    if slips is not None and len(typed) == 4:
        assert min(edits(typed, word, 9), edits(typed, word.rstrip("sx"), 9)) <= 1


@given(WORDS)
def test_a_word_is_itself_and_a_little_word_is_nothing(typed: str) -> None:
    assert slips_between(typed, typed) in (None, 0)
    assert all(slips_between(typed, word) is None for word in LITTLE)


def test_the_fewest_slips_are_the_likeliest() -> None:
    assert likeliest("clinik", ["clinique", "clinic", "clinics", "clerk"]) == ["clinic", "clinics"]
    assert likeliest("riverbnd", ["riverbenk", "riverbend", "riverside"]) == ["riverbend"]


def test_a_reader_is_told_a_word_and_not_its_plural_too() -> None:
    assert without_plurals(["avocate", "avocates"]) == ("avocate",)
    assert without_plurals(["abris", "gens"]) == ("abris", "gens")
