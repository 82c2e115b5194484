"""Working days that a second yes waits: whole ones, by the hour, in the zone where a day ends last."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.advisers_wait import SATURDAY, counts_from
from directory.rules.standing import LAST_ZONE

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def at(day: int, hour: int = 15) -> datetime:
    """Of November 2026, whose 23rd is a Monday."""
    return datetime(2026, 11, day, hour, 30, tzinfo=LAST_ZONE)


@pytest.mark.parametrize(
    ("proposed", "counts"),
    [
        (at(23), at(26)),
        (at(25), at(30)),
        (at(27), at(30) + timedelta(days=2)),
        (at(28), datetime(2026, 12, 3, tzinfo=LAST_ZONE)),
        (at(22, 23), at(26, 0) - timedelta(minutes=30)),
    ],
)
def test_three_working_days(proposed: datetime, counts: datetime) -> None:
    assert counts_from(proposed, 3) == counts


@given(MOMENTS)
def test_none_is_at_once(proposed: datetime) -> None:
    assert counts_from(proposed, 0) == proposed


@given(MOMENTS, st.integers(1, 30))
def test_never_less_than_so_many_whole_days_and_never_at_a_weekend(proposed: datetime, days: int) -> None:
    counts = counts_from(proposed, days)
    assert counts.weekday() < SATURDAY
    assert counts - proposed >= timedelta(days=days, hours=-1), "an hour less where clocks change"
    assert counts - proposed <= timedelta(days=days + 2 * (days // 5 + 2), hours=1)


@given(MOMENTS, MOMENTS, st.integers(1, 30))
def test_what_is_proposed_later_counts_no_earlier(one: datetime, other: datetime, days: int) -> None:
    first, second = sorted((one, other))
    assert counts_from(first, days) <= counts_from(second, days)
