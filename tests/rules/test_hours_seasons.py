"""Seasons: written as rows, and found again in them; whoever asks of a day hears the same before and after."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.hours_seasons import (
    CLOSED,
    Days,
    Season,
    columns_of_seasons,
    overlapping,
    season_from_json,
    season_json,
    seasons_of,
    settled,
)
from directory.rules.opening_hours import Hours, Rule, occurrences
from directory.rules.opening_rows import WrittenRow, hours_from
from directory.rules.opening_week import Span, Week
from directory.rules.season_typed import read_season, write_season
from directory.rules.sheet_text import NotRead

NINE_TO_FIVE: Days = (((540, 1020),),) * 5 + ((), ())
MORNINGS: Days = (((540, 720),),) * 4 + ((), (), ())
BEGIN = date(2027, 1, 1)


def rows(usual: Days, seasons: list[Season]) -> Hours:
    return hours_from([WrittenRow(**row) for row in columns_of_seasons(usual, seasons)])


def told_on(hours: Hours, day: date) -> tuple[object, ...]:
    return occurrences(hours, day, lambda _day: False, "open")


days = st.sampled_from([NINE_TO_FIVE, MORNINGS, CLOSED, (((1320, 1560),),) * 7, (((0, 1440),),) * 7])


@st.composite
def apart(draw: st.DrawFn) -> list[Season]:
    """Up to four seasons that share no day."""
    found: list[Season] = []
    at = BEGIN + timedelta(days=draw(st.integers(0, 40)))
    for place in range(draw(st.integers(0, 4))):
        last = at + timedelta(days=draw(st.integers(0, 60)))
        first = None if place == 0 and draw(st.booleans()) else at
        found.append(Season(first, last, draw(days)))
        at = last + timedelta(days=1 + draw(st.integers(0, 40)))
    return found


@given(usual=days, seasons=apart())
def test_what_is_written_is_found_again(usual: Days, seasons: list[Season]) -> None:
    assert not overlapping(seasons)
    hours = rows(usual, seasons)
    if not hours.stated:
        assert usual == CLOSED
        return
    found = seasons_of(hours)
    assert found is not None
    assert found == (usual, settled(usual, seasons))
    assert [season_from_json(season_json(season)) for season in found[1]] == found[1]


@given(usual=days, seasons=apart(), ahead=st.integers(0, 400))
def test_of_each_day_the_season_counts_or_else_the_usual_week(
    usual: Days, seasons: list[Season], ahead: int
) -> None:
    day = BEGIN + timedelta(days=ahead)
    held = [s.days for s in seasons if (s.first or date.min) <= day <= s.last]
    wanted = (held or [usual])[0][day.weekday()]
    at = day.toordinal() * 1440
    assert [(o.start - at, o.end - at) for o in told_on(rows(usual, seasons), day)] == list(wanted)  # type: ignore[attr-defined]


def test_rows_that_overlap_are_told_as_they_open() -> None:
    always, summer = Week((Span(0, 540, 1020),), stated=True), Week((Span(0, 1080, 1200),), stated=True)
    july = (date(2027, 7, 1), date(2027, 7, 31))
    found = seasons_of(Hours((Rule(always), Rule(summer, *july))))
    assert found == (
        (((540, 1020),), *CLOSED[1:]),
        [Season(*july, (((540, 1020), (1080, 1200)), *CLOSED[1:]))],
    )


def test_what_is_no_season_is_not_taken_for_one() -> None:
    week = Week((Span(0, 540, 1020),), stated=True)
    assert seasons_of(Hours((Rule(week, nths=1),))) is None
    assert seasons_of(Hours((Rule(week, weeks=2),))) is None
    assert seasons_of(Hours(stated=False)) is None
    twice = Week((Span(0, 600, 1100),), stated=True)
    assert seasons_of(Hours((Rule(week), Rule(twice, last=date(2027, 1, 1))))) is None


def test_what_was_over_before_anybody_could_search_is_left_out() -> None:
    assert settled(NINE_TO_FIVE, [Season(None, date(2026, 10, 31), CLOSED)]) == []


@pytest.mark.parametrize("language", ["en", "fr"])
@given(told=days)
def test_a_season_in_one_line_is_read_as_it_was_written(language: str, told: Days) -> None:
    assert read_season(write_season(told, language)) == told


@pytest.mark.parametrize("line", ["sometimes", "9-12", "Mon 9-5", "Mon 9-12; Mon 13-15", "by appointment"])
def test_a_line_that_is_not_understood_is_refused(line: str) -> None:
    with pytest.raises(NotRead):
        read_season(line)
