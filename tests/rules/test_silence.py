"""When a listing that nobody confirms goes, and when it stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.eligibility_terms import Fact
from directory.rules.freshness import fresh_until
from directory.rules.silence import (
    NOTICE,
    is_only_help,
    is_warning_due,
    last_listed_day,
    may_be_unlisted,
)

CHECKED = date(2026, 1, 1)
LAST = date(2026, 12, 27)
WOMEN_ONLY = (Fact("gender", "woman", True), Fact("gender", "man", False))
NO_PETS = (Fact("with", "pet", False),)
ADULTS = (Fact("age", "", True, Decimal(18)),)


def test_twice_the_time_that_a_check_holds() -> None:
    assert last_listed_day(CHECKED, ["food"]) == LAST
    assert last_listed_day(CHECKED, ["emergency_shelter"]) == CHECKED + timedelta(days=180)
    assert last_listed_day(None, ["food"]) is None
    assert last_listed_day(CHECKED, ["food", "crisis_line"]) is None


@pytest.mark.parametrize(
    ("after", "letters", "goes"),
    [
        (1, [], False),
        (1, [-14], False),
        (1, [-13], True),
        (1, [-12], False),
        (2, [-12], True),
        (0, [-13, -14], False),
        (400, [-100], False),
        (400, [-100, 380], True),
    ],
)
def test_its_people_were_warned_a_fortnight_before(after: int, letters: list[int], goes: bool) -> None:
    asked = [LAST + timedelta(days=days) for days in letters]
    assert may_be_unlisted(LAST + timedelta(days=after), CHECKED, ["food"], asked) is goes


def test_a_crisis_line_is_never_taken_off() -> None:
    day = CHECKED + timedelta(days=4000)
    letters = [day - timedelta(days=n) for n in range(100)]
    assert may_be_unlisted(day, CHECKED, ["food"], letters)
    assert not may_be_unlisted(day, CHECKED, ["food", "crisis_line"], letters)
    assert not is_warning_due(day, CHECKED, ["crisis_line"])


def test_it_stays_while_no_other_takes_everybody_whom_it_takes() -> None:
    assert is_only_help((), [])
    assert is_only_help((), [WOMEN_ONLY, NO_PETS])
    assert not is_only_help((), [WOMEN_ONLY, ()])
    assert not is_only_help(WOMEN_ONLY, [()])
    assert not is_only_help(NO_PETS, [NO_PETS, ADULTS])
    assert is_only_help(NO_PETS, [ADULTS])


@given(
    days=st.integers(0, 900),
    letters=st.lists(st.integers(0, 900)),
    kinds=st.lists(st.sampled_from(["food", "emergency_shelter", "safe_home", "crisis_line"])),
)
def test_nothing_goes_while_its_check_holds_or_unwarned(
    days: int, letters: list[int], kinds: list[str]
) -> None:
    day = CHECKED + timedelta(days=days)
    asked = [CHECKED + timedelta(days=letter) for letter in letters]
    if may_be_unlisted(day, CHECKED, kinds, asked):
        until = fresh_until(CHECKED, kinds)
        assert until is not None
        assert day - CHECKED > 2 * (until - CHECKED)
        assert any(until < letter <= day - NOTICE for letter in asked)
