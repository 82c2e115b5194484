"""Which numbers of a protected listing are for everybody."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from directory.rules.door_traces import is_for_everybody
from directory.rules.telling_numbers import is_crisis_line, told_to_all, way_of


class Row(NamedTuple):
    number: str
    type: str = "voice"
    description: str = ""
    description_fr: str = ""


LOCAL, TOLL_FREE = Row("613-555-0142"), Row("1-866-555-0142")
NUMBERS = st.sampled_from(
    ["613-555-0142", "1-204-555-0117", "1-866-555-0142", "(800) 555-0100", "211", "", "ask"]
)
TYPES = st.sampled_from(["", "voice", "text", "SMS ", "video", "tty", "fax", "pager", "cell"])
WORDS = st.sampled_from(["", "Office", "Crisis line", "Ligne d’écoute", "24/7", "Reception"])
ROWS = st.lists(st.builds(Row, NUMBERS, TYPES, WORDS, WORDS), max_size=6)


def test_a_local_number_beside_a_toll_free_one_is_not_for_everybody() -> None:
    assert told_to_all([LOCAL, TOLL_FREE]) == [TOLL_FREE]


def test_the_only_number_stays_and_so_does_the_only_one_for_messages() -> None:
    assert told_to_all([LOCAL]) == [LOCAL]
    message = Row("613-555-0143", "text")
    assert told_to_all([message, TOLL_FREE]) == [message, TOLL_FREE]


def test_a_crisis_line_stays_whatever_its_number() -> None:
    english, french = Row("613-555-0142", description="24-h crisis line"), Row("", "", "", "Ligne d’urgence")
    assert told_to_all([english, french, TOLL_FREE]) == [english, french, TOLL_FREE]


def test_a_local_fax_helps_nobody_and_tells_the_town() -> None:
    assert told_to_all([Row("613-555-0144", "Fax")]) == []


@given(ROWS)
def test_whoever_could_reach_somebody_still_can(rows: list[Row]) -> None:
    told = told_to_all(rows)
    assert {way_of(row.type) for row in told} | {"paper"} == {way_of(row.type) for row in rows} | {"paper"}
    assert [row for row in rows if row in told] == told


@given(ROWS)
def test_what_tells_a_town_is_told_only_where_nothing_else_does_its_work(rows: list[Row]) -> None:
    told = told_to_all(rows)
    free = {way_of(row.type) for row in rows if is_for_everybody(row.number)}
    for row in rows:
        if is_for_everybody(row.number) or is_crisis_line(row):
            assert row in told
        else:
            assert (row in told) == (way_of(row.type) not in free | {"paper"})
