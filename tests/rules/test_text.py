"""Folding makes equal what differs only by keyboard, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.text import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Montréal", "montreal"),
        ("MONTRE\u0301AL", "montreal"),
        ("Île-des-Sœurs", "ile des soeurs"),
        ("Val-d\u2019Or", "val d or"),
        ("Val d'Or", "val d or"),
        ("  Trois\u2011Rivières\t", "trois rivieres"),
        ("Straße, Ærø", "strasse aero"),
        ("K7L\u00a03N6", "k7l 3n6"),
        ("\uff2b\uff17\uff2c", "k7l"),
        ("", ""),
        ("\0 --- ?!", ""),
    ],
)
def test_keyboards_and_languages_make_no_difference(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_every_apostrophe_of_an_indigenous_name_is_the_same() -> None:
    assert {fold(f"Mi{mark}kmaq") for mark in "'\u2019\u02bc\ua78c`\u00b4"} == {"mi kmaq"}


def test_saints_stay_apart_and_their_point_does_not_matter() -> None:
    assert len({fold("Saint"), fold("St."), fold("Ste")}) == 3
    assert fold("St.") == fold("st")


@pytest.mark.parametrize("word", ["हिन्दी", "தமிழ்", "ਪੰਜਾਬੀ", "한국어", "ᓀᐦᐃᔭᐍᐏᐣ", "አማርኛ"])
def test_marks_that_carry_meaning_in_other_scripts_stay(word: str) -> None:
    assert fold(word) == word


def test_invisible_characters_part_no_word() -> None:
    assert fold("Win\u00adni\u200bpeg") == "winnipeg"


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == once.strip()
    assert "  " not in once
