"""What becomes of reports, and how much time is left for one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.rules.safety_reports import ANSWERED_WITHIN, Judgement, suspends, time_left

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(st.lists(st.sampled_from([Judgement.FACTS_ONLY, Judgement.NOT_CREDIBLE]), max_size=1000))
def test_however_many_report_wrong_facts_nobody_is_shut_out(judgements: list[Judgement]) -> None:
    assert not suspends(judgements)


@given(st.lists(st.sampled_from(Judgement), max_size=20))
def test_one_that_is_credible_is_enough(judgements: list[Judgement]) -> None:
    assert suspends([*judgements, Judgement.CREDIBLE])


@given(st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_day_is_left_at_the_beginning_and_less_as_time_goes(passed: timedelta) -> None:
    assert time_left(NOON, NOON + passed) == timedelta(days=1) - passed
    assert timedelta(days=1) == ANSWERED_WITHIN
