"""A community is named by three people: one who was warned and asks, two who approve."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.naming import WARNING_LASTS, Naming, Wish, may_approve, state_of, was_warned

pytestmark = pytest.mark.promise(1)
people = st.integers(1, 4).map(lambda number: UUID(int=number))
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@given(people, st.lists(people, max_size=8))
def test_three_different_people_are_needed_whoever_tries_how_often(asked_by: UUID, tries: list[UUID]) -> None:
    wish = Wish(asked_by)
    for person in tries:
        if may_approve(wish, person):
            first = wish.first_approved_by or person
            wish = Wish(asked_by, first, None if wish.first_approved_by is None else person)
    is_named = state_of(wish) is Naming.NAMED
    assert is_named == (len({asked_by, *tries}) >= 3)
    assert not is_named or len({wish.asked_by, wish.first_approved_by, wish.second_approved_by}) == 3


@given(people, people, people, people)
def test_what_was_withdrawn_is_approved_by_nobody(one: UUID, two: UUID, three: UUID, four: UUID) -> None:
    for wish in (Wish(one, is_withdrawn=True), Wish(one, two, three, is_withdrawn=True)):
        assert state_of(wish) is Naming.WITHDRAWN
        assert not may_approve(wish, four)


def test_a_warning_is_read_before_and_not_long_before() -> None:
    assert was_warned(NOW, NOW)
    assert was_warned(NOW - WARNING_LASTS, NOW)
    assert not was_warned(NOW - WARNING_LASTS - timedelta(seconds=1), NOW)
    assert not was_warned(NOW + timedelta(seconds=1), NOW)
