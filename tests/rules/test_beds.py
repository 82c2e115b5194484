"""How long "beds today" counts: twelve hours, to the second."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.beds import BANDS, LIFE, Report, band_at, counts_until, earliest

AT = datetime(2026, 11, 23, 21, 4, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("band", BANDS)
def test_a_report_counts_from_its_moment_for_less_than_twelve_hours(band: str) -> None:
    report = Report(band, AT)
    assert band_at(report, AT) == band
    assert band_at(report, AT + timedelta(hours=12) - SECOND) == band
    assert band_at(report, AT + timedelta(hours=12)) == ""
    assert band_at(report, AT - SECOND) == ""
    assert counts_until(report) == AT + timedelta(hours=12)


def test_nothing_reported_is_no_band() -> None:
    assert band_at(None, AT) == ""
    assert band_at(Report("many", AT), AT) == ""


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)))  # noqa: DTZ001
def test_the_clock_of_the_statement_says_the_same(now: datetime) -> None:
    for age in (timedelta(0), SECOND, LIFE - SECOND, LIFE, LIFE + SECOND, -SECOND):
        at = now - age
        is_found = earliest(now) < at <= now
        assert is_found == bool(band_at(Report("few", at), now))
