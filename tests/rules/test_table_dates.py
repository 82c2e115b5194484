"""Days of a list: read where they can be one day only."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.phrase_hours_words import MONTHS
from directory.rules.table_dates import read_date

DAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    "text",
    ["2026-01-31", "2026-01-31T16:57:50.846Z", "2026-01-31 23:00:00", "2026/1/31", "31/01/2026", "31.1.2026",
     "1/31/2026", "January 31, 2026", "Jan. 31 2026", "31 janvier 2026", "31 January 2026", "46053", "46053.0"],
)  # fmt: skip
def test_a_day_is_read_from_every_usual_way_of_writing_it(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["03/04/2026", "soon", "2026", "2026-13-01", "31/31/2026", "February 30, 2026", "12", "0203", "99999", "1/2/26",
     "2026-02-30T10:00", "1er avril"],
)  # fmt: skip
def test_what_may_be_two_days_or_none_is_not_read(text: str) -> None:
    assert read_date(text) is None


def test_the_mapping_may_say_which_number_is_the_day() -> None:
    assert read_date("03/04/2026", is_day_first=True) == date(2026, 4, 3)
    assert read_date("03/04/2026", is_day_first=False) == date(2026, 3, 4)
    assert read_date("31/01/2026", is_day_first=False) is None


days = st.dates(date(1960, 1, 1), date(2100, 1, 1))


@settings(deadline=None)
@given(days, st.sampled_from(sorted(MONTHS)), st.booleans())
def test_any_day_is_read_back(day: date, month: str, is_day_first: bool) -> None:
    slashes = f"{day:%d/%m/%Y}" if is_day_first else f"{day:%m/%d/%Y}"
    assert read_date(day.isoformat()) == day
    assert read_date(slashes, is_day_first=is_day_first) == day
    assert read_date(slashes) in (day, None)
    assert read_date(str((day - date(1899, 12, 30)) // timedelta(days=1))) == day
    named = read_date(f"{day.day} {month} {day.year}")
    assert named is None or (named.day, named.year, named.month) == (day.day, day.year, MONTHS[month])


@settings(deadline=None)
@given(st.text(max_size=30))
@pytest.mark.promise(25)
def test_any_text_gives_a_day_or_nothing(text: str) -> None:
    assert isinstance(read_date(text), date | None)
