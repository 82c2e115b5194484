"""Names of languages typed where words are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.languages_said import languages_said

NAMES = {
    "tagalog": "tgl",
    "espagnol": "spa",
    "haitian creole": "hat",
    "creole": "hat",
    "中文": "cmn",
    "polish": "pol",
}


@pytest.mark.parametrize(
    ("q", "codes"),
    [
        ("Tagalog", ("tgl",)),
        ("Je parle espagnol", ("spa",)),
        ("need somebody who speaks Haitian Creole", ("hat",)),
        ("Tagalog or espagnol, Tagalog", ("tgl", "spa")),
        ("中文", ("cmn",)),
        ("Tagalog lawyer", ()),
        ("nail polish", ()),
        ("I speak", ()),
        ("", ()),
    ],
)
def test_only_words_that_say_nothing_else_name_languages(q: str, codes: tuple[str, ...]) -> None:
    assert languages_said(q, NAMES) == codes


@given(st.text(max_size=60))
def test_any_text_names_known_languages_or_none(q: str) -> None:
    assert set(languages_said(q, NAMES)) <= set(NAMES.values())
