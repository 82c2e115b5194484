"""A part of a question is said back as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.as_typed import as_typed
from directory.rules.text import fold


@pytest.mark.parametrize(
    ("q", "unit", "told"),
    [
        ("My Papers, please!", "papers", "Papers"),
        ("mes pièces d\u2019identité", "pieces d identite", "pièces d\u2019identité"),
        ("de l'aîné.", "aine", "aîné"),
        ("a drop-in (day)", "drop in", "drop-in"),
        ("nothing of it", "papers", "papers"),
    ],
)
def test_accents_and_capitals_are_kept(q: str, unit: str, told: str) -> None:
    assert as_typed(q, unit) == told


@given(st.text(max_size=80))
def test_whatever_is_said_back_means_the_same(q: str) -> None:
    for word in fold(q).split():
        assert fold(as_typed(q, word)) == word
