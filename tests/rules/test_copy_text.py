"""Rows for COPY, read back by the rules of PostgreSQL's manual."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from directory.rules.copy_text import copy_line

UNESCAPED = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
VALUES = st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def read_back(line: str) -> list[str | None]:
    """What PostgreSQL makes of a line."""
    cells = line.removesuffix("\n").split("\t")
    return [None if c == "\\N" else re.sub(r"\\.", lambda found: UNESCAPED[found[0]], c) for c in cells]


@given(st.lists(VALUES, min_size=1))
@example([r"\N", None])
@example(["a\tb", "c\\", "d\r\n", ""])
@example([None, r"\t"])
def test_every_value_comes_back_as_it_was(values: list[str | None]) -> None:
    line = copy_line(values)
    assert line.count("\n") == 1
    assert read_back(line) == values
