"""A number is said to lead nowhere once somebody heard so, or nobody answered on two days; a check ends it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.dead_phones import Heard, Mark, dead_numbers, same_number

DAY = date(2026, 11, 3)
NUMBER, WRITTEN = "613-555-0142", "+1 (613) 555-0142"
MARK = st.builds(
    Mark,
    number=st.sampled_from([NUMBER, WRITTEN, "613-555-0143"]),
    heard=st.sampled_from(Heard),
    on=st.dates(DAY - timedelta(days=3), DAY + timedelta(days=3)),
)


def mark(heard: Heard, days: int = 0) -> Mark:
    return Mark(WRITTEN, heard, DAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("marks", "is_dead"),
    [
        ([mark(Heard.NOT_IN_SERVICE)], True),
        ([mark(Heard.NO_ANSWER)], False),
        ([mark(Heard.NO_ANSWER), mark(Heard.NO_ANSWER)], False),
        ([mark(Heard.NO_ANSWER), mark(Heard.NO_ANSWER, 1)], True),
        ([], False),
    ],
)
def test_when_it_is_told(marks: list[Mark], is_dead: bool) -> None:
    assert (NUMBER in dead_numbers(marks, [NUMBER], None)) is is_dead


def test_a_check_and_another_number_end_it() -> None:
    marks = [mark(Heard.NOT_IN_SERVICE)]
    assert dead_numbers(marks, [NUMBER], DAY - timedelta(days=1))
    assert not dead_numbers(marks, [NUMBER], DAY)
    assert not dead_numbers(marks, ["613-555-0143"], None)
    assert same_number("211") == "211"


@given(st.lists(MARK), st.none() | st.dates(DAY - timedelta(days=4), DAY + timedelta(days=4)))
def test_more_marks_never_say_less_and_days_are_right(marks: list[Mark], checked: date | None) -> None:
    told = dead_numbers(marks, [NUMBER], checked)
    more = dead_numbers([*marks, mark(Heard.NOT_IN_SERVICE, 9)], [NUMBER], checked)
    assert told.keys() <= more.keys() == {NUMBER}
    for dead in told.values():
        assert dead.first <= dead.last
        assert 1 <= dead.days <= len(marks)
        assert checked is None or dead.first > checked
