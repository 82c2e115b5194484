"""Whether an organization is let in: what decisions come to on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.standing import (
    DECIDED,
    GOOD,
    Decision,
    Kind,
    Standing,
    in_force,
    is_looked_into,
    last_day,
    needs_two,
    sees_vetted,
    standing_on,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOON.date()
LATER = TODAY + timedelta(days=300)


def decided(
    outcome: Standing, *, hours: int | None = 0, kind: Kind = Kind.COMMUNITY, until: date | None = LATER
) -> Decision:
    at = None if hours is None else NOON + timedelta(hours=hours)
    return Decision(outcome=outcome, kind=kind, at=at, until=until if outcome in GOOD else None)


ANY = st.builds(
    decided,
    st.sampled_from(DECIDED),
    hours=st.none() | st.integers(-100, 0),
    kind=st.sampled_from(Kind),
    until=st.none() | st.dates(TODAY - timedelta(days=30), LATER),
)


def test_who_was_never_decided_about_is_not_vetted() -> None:
    assert standing_on(TODAY, []) is Standing.UNVETTED
    assert not sees_vetted(TODAY, [])


@pytest.mark.parametrize("outcome", DECIDED)
def test_the_latest_decision_counts(outcome: Standing) -> None:
    for first in DECIDED:
        told = [decided(outcome), decided(first, hours=-5)]
        assert standing_on(TODAY, told) is outcome


def test_what_nobody_agreed_to_changes_nothing() -> None:
    told = [decided(Standing.SUSPENDED, hours=-2), decided(Standing.APPROVED, hours=None)]
    assert standing_on(TODAY, told) is Standing.SUSPENDED


def test_it_is_let_in_to_the_end_of_the_last_day() -> None:
    told = [decided(Standing.CONDITIONAL, until=TODAY)]
    assert standing_on(TODAY, told) is Standing.CONDITIONAL
    assert standing_on(TODAY + timedelta(days=1), told) is Standing.EXPIRED
    assert not sees_vetted(TODAY + timedelta(days=1), told)


def test_what_has_no_last_day_lets_nobody_in() -> None:
    assert standing_on(TODAY, [decided(Standing.APPROVED, until=None)]) is Standing.EXPIRED


def test_enforcement_sees_no_more_than_everybody() -> None:
    told = [decided(Standing.APPROVED, kind=Kind.ENFORCEMENT)]
    assert standing_on(TODAY, told) is Standing.APPROVED
    assert not sees_vetted(TODAY, told)
    assert sees_vetted(TODAY, [decided(Standing.APPROVED, kind=Kind.GOVERNMENT)])


def test_letting_in_takes_two_and_shutting_out_does_not() -> None:
    assert {outcome for outcome in DECIDED if needs_two(outcome)} == GOOD


def test_a_day_ends_where_it_ends_last() -> None:
    assert last_day(datetime(2026, 11, 24, 6, 59, tzinfo=UTC)) == TODAY
    assert last_day(datetime(2026, 11, 24, 7, 0, tzinfo=UTC)) == date(2026, 11, 24)


@given(st.lists(ANY, max_size=8))
def test_the_order_in_which_they_are_told_makes_no_difference(told: list[Decision]) -> None:
    turned = list(reversed(told))
    assert standing_on(TODAY, told) is standing_on(TODAY, turned)


@given(st.lists(ANY, max_size=8))
def test_nobody_sees_more_without_a_good_decision_in_force_today(told: list[Decision]) -> None:
    latest = in_force(told)
    if sees_vetted(TODAY, told):
        assert latest is not None
        assert latest.at is not None
        assert latest.outcome in GOOD
        assert latest.until is not None
        assert latest.until >= TODAY
        assert latest.kind is not Kind.ENFORCEMENT


@given(st.lists(ANY, max_size=8), st.sampled_from([Standing.SUSPENDED, Standing.DECLINED, Standing.EXPIRED]))
def test_shutting_out_bites_whatever_was_before(told: list[Decision], outcome: Standing) -> None:
    assert not sees_vetted(TODAY, [*told, decided(outcome, hours=0)])


@pytest.mark.parametrize(
    ("outcomes", "is_so"),
    [
        ("", False),
        ("suspended", True),
        ("approved suspended", True),
        ("suspended declined", True),
        ("suspended approved", False),
        ("suspended expired", False),
        ("suspended expired declined", False),
        ("suspended expired suspended declined", True),
        ("declined", False),
    ],
)
def test_a_suspension_warns_until_it_is_let_in_again_or_ended(outcomes: str, is_so: bool) -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    told = [
        Decision(Standing(name), Kind.COMMUNITY, day + timedelta(days=n), (day + timedelta(days=99)).date())
        for n, name in enumerate(outcomes.split())
    ]
    assert is_looked_into(told) is is_so
    assert is_looked_into(reversed(told)) is is_so


def test_what_no_second_steward_agreed_to_ends_no_warning() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    told = [
        Decision(Standing.SUSPENDED, Kind.COMMUNITY, at),
        Decision(Standing.APPROVED, Kind.COMMUNITY, None),
    ]
    assert is_looked_into(told)
