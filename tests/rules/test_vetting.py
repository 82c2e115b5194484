"""What an application has to answer, what the checklist asks, and when a last day is announced."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.standing import GOOD, Standing
from directory.rules.vetting import (
    ANNOUNCED,
    NAMES,
    OPTIONAL,
    TELLS,
    TOLD,
    Answers,
    Point,
    announced_by,
    still_to_do,
    unanswered,
)

WHOLE = Answers(
    who="A peer group of sex workers.",
    way="sponsor",
    sponsor="Alder House",
    services="Rides and meals.",
    references="Two.",
    privacy_lead="Ruth",
    tells_police="with_consent",
    tells_immigration="only_if_law_requires",
    tells_child_protection="only_if_law_requires",
    conduct="yes",
    mou="yes",
)
ANY = st.builds(
    Answers, **{name: st.sampled_from(["", " ", "yes", "no", "legal", "routinely", "x"]) for name in NAMES}
)
TODAY = date(2026, 11, 23)


def test_a_whole_one_misses_nothing() -> None:
    assert unanswered(WHOLE) == []


def test_an_empty_one_misses_all_that_is_asked_of_everybody() -> None:
    assert unanswered(Answers()) == [name for name in NAMES if name not in OPTIONAL]


def test_each_way_asks_for_its_own_words() -> None:
    assert unanswered(replace(WHOLE, sponsor=" ")) == ["sponsor"]
    assert unanswered(replace(WHOLE, way="legal")) == ["legal_identity"]
    assert unanswered(replace(WHOLE, way="legal", sponsor="", legal_identity="Society 12")) == []


@pytest.mark.parametrize("name", TELLS)
@pytest.mark.parametrize("told", ["", "not_stated", "never"])
def test_what_is_told_to_authorities_is_answered_by_everybody(name: str, told: str) -> None:
    assert unanswered(replace(WHOLE, **{name: told})) == [name]
    for answer in TOLD:
        assert unanswered(replace(WHOLE, **{name: answer})) == []


@pytest.mark.parametrize("name", ["conduct", "mou"])
def test_agreeing_is_a_yes_and_nothing_else(name: str) -> None:
    assert unanswered(replace(WHOLE, **{name: "no"})) == [name]


@given(ANY)
def test_what_is_missing_stands_in_the_order_of_the_form_and_is_found_at_a_field(answers: Answers) -> None:
    missing = unanswered(answers)
    assert missing == sorted(set(missing), key=NAMES.index)
    assert {name for name in NAMES if name not in OPTIONAL and not getattr(answers, name).strip()} <= {
        *missing
    }


@given(st.sampled_from(Standing), st.sets(st.sampled_from(Point)))
def test_letting_in_waits_for_the_checklist_and_shutting_out_does_not(
    outcome: Standing, done: set[Point]
) -> None:
    left = still_to_do(outcome, done)
    assert not set(left) & done
    if outcome not in GOOD:
        assert left == []
    if outcome is Standing.APPROVED:
        assert set(left) | done == set(Point)
    if outcome is Standing.CONDITIONAL:
        assert set(left) <= set(still_to_do(Standing.APPROVED, done))


def test_no_condition_stands_for_who_one_is_or_what_one_agrees_to() -> None:
    assert still_to_do(Standing.CONDITIONAL, []) == [Point.IDENTITY, Point.TELLS, Point.CONDUCT, Point.MOU]


@pytest.mark.parametrize(
    ("left", "told"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)],
)
def test_the_nearest_announcement_that_was_reached_is_due(left: int, told: int | None) -> None:
    assert announced_by(TODAY, TODAY + timedelta(days=left)) == told


@given(st.lists(st.integers(0, 70), min_size=1, unique=True))
def test_however_seldom_somebody_looks_none_is_told_twice_and_none_late(days: list[int]) -> None:
    """Each day on which somebody looks, in order; what was told is not told again."""
    until, told = TODAY + timedelta(days=70), list[int]()
    for day in sorted(days):
        due = announced_by(TODAY + timedelta(days=day), until)
        if due is not None and due not in told:
            told.append(due)
    assert told == sorted(told, reverse=True)
    assert set(told) <= set(ANNOUNCED)
    if max(days) >= 10:
        assert told
