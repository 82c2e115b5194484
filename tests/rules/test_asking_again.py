"""When a listing is asked about again, by the day its check runs out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.asking_again import BEFORE, LATE, Stage, stage_on
from directory.rules.freshness import DAYS, OFTEN_DAYS, fresh_until

CHECKED = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("kind", "after", "stage"),
    [
        ("emergency_shelter", OFTEN_DAYS - BEFORE.days, Stage.FRESH),
        ("emergency_shelter", OFTEN_DAYS - BEFORE.days + 1, Stage.SOON),
        ("crisis_line", OFTEN_DAYS, Stage.SOON),
        ("crisis_line", OFTEN_DAYS + 1, Stage.DUE),
        ("crisis_line", OFTEN_DAYS + LATE.days, Stage.DUE),
        ("crisis_line", OFTEN_DAYS + LATE.days + 1, Stage.CALL),
        ("legal_advice", OFTEN_DAYS + 1, Stage.FRESH),
        ("legal_advice", DAYS, Stage.SOON),
        ("legal_advice", DAYS + 1, Stage.DUE),
    ],
)
def test_lines_and_shelters_are_asked_sooner(kind: str, after: int, stage: Stage) -> None:
    assert stage_on(CHECKED + timedelta(days=after), fresh_until(CHECKED, [kind])) is stage


def test_what_nobody_ever_checked_is_due() -> None:
    assert stage_on(CHECKED, None) is Stage.DUE


ORDER = [Stage.FRESH, Stage.SOON, Stage.DUE, Stage.CALL]


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(-400, 400))
def test_it_only_grows_more_pressing(until: date, days: int) -> None:
    day = until + timedelta(days=days)
    assert ORDER.index(stage_on(day, until)) <= ORDER.index(stage_on(day + timedelta(days=1), until))
