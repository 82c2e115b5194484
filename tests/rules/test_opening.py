"""Open, to the minute, in the place's own zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.opening import (
    OnHolidays,
    OpenState,
    Span,
    State,
    Week,
    spans_from,
    state_at,
    week_from,
    week_lines,
)

TORONTO, ST_JOHNS = "America/Toronto", "America/St_Johns"
NINE, FIVE = time(9), time(17)
OFFICE = week_from([("MO,TU,WE,TH,FR", NINE, FIVE)])
NIGHTS = week_from([("FR,SA", time(22), time(6))])
CHRISTMAS = date(2026, 12, 25)  # a Friday
Holidays = Callable[[date], bool]


def no_holiday(_day: date) -> bool:
    return False


def christmas(day: date) -> bool:
    return day == CHRISTMAS


def at(moment: str, zone: str = TORONTO) -> datetime:
    """Read a local time such as "2026-11-23 08:59"."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))


def ask(
    week: Week, moment: str, holidays: Holidays = no_holiday, on_holidays: OnHolidays = "not_stated"
) -> OpenState:
    return state_at(week, at(moment), TORONTO, holidays, on_holidays)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-11-23 08:59:59", "closed"),
        ("2026-11-23 09:00", "open"),
        ("2026-11-23 16:59:59", "open"),
        ("2026-11-23 17:00", "closed"),
        ("2026-11-22 12:00", "closed"),
    ],
)
def test_hours_are_right_to_the_minute(moment: str, state: State) -> None:
    assert ask(OFFICE, moment).state == state


def test_open_says_until_when_and_closed_says_when_next() -> None:
    assert ask(OFFICE, "2026-11-23 10:00") == OpenState("open", until=at("2026-11-23 17:00"))
    assert ask(OFFICE, "2026-11-20 18:00") == OpenState("closed", next=at("2026-11-23 09:00"))


def test_moments_are_told_in_the_places_own_zone() -> None:
    now = datetime(2026, 11, 23, 12, 45, tzinfo=UTC)
    east, centre = (state_at(OFFICE, now, z, no_holiday, "open") for z in (ST_JOHNS, TORONTO))
    assert (east.state, centre.state) == ("open", "closed")
    assert east.until is not None
    assert (east.until.hour, east.until.utcoffset()) == (17, timedelta(hours=-3, minutes=-30))


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-11-27 21:59", "closed"),
        ("2026-11-27 23:30", "open"),
        ("2026-11-28 05:59", "open"),
        ("2026-11-28 06:00", "closed"),
        ("2026-11-29 03:00", "open"),
        ("2026-11-30 03:00", "closed"),
    ],
)
def test_a_night_crosses_midnight_and_the_end_of_the_week(moment: str, state: State) -> None:
    assert ask(NIGHTS, moment).state == state


def test_a_night_that_lasts_into_the_next_evening_is_still_open_then() -> None:
    long_shift = week_from([("MO", time(22), time(21))])  # on Tuesday evening UTC says Wednesday
    assert ask(long_shift, "2026-11-24 20:30") == OpenState("open", until=at("2026-11-24 21:00"))


def test_hours_that_follow_each_other_close_at_the_end_of_the_last() -> None:
    week = week_from([("MO", NINE, time(12)), ("MO", time(12), time(23, 59)), ("TU", time(0), NINE)])
    assert ask(week, "2026-11-23 09:30").until == at("2026-11-24 09:00")


def test_day_and_night_is_open_without_an_end() -> None:
    always = Week(always=True, stated=True)
    assert ask(always, "2026-12-25 03:00", christmas) == OpenState("open")


def test_day_and_night_that_says_closed_on_holidays_asks_to_call() -> None:
    always = Week(always=True, stated=True)
    begins, ends = at("2026-12-25 00:00"), at("2026-12-26 00:00")
    asks = OpenState("call_first", until=ends, next=ends)
    assert ask(always, "2026-12-25 03:00", christmas, "closed") == asks
    assert ask(always, "2026-12-25 23:00", christmas, "closed") == asks
    assert ask(always, "2026-12-24 23:00", christmas, "closed") == OpenState("open", until=begins)
    assert ask(always, "2026-12-26 03:00", christmas, "closed") == OpenState("open")


def test_hours_nobody_stated_are_unknown_and_never_closed() -> None:
    assert ask(Week(stated=False), "2026-11-23 10:00") == OpenState("unknown")


@pytest.mark.parametrize(
    ("on_holidays", "state"), [("not_stated", "call_first"), ("closed", "closed"), ("open", "open")]
)
def test_a_public_holiday_is_open_only_if_somebody_said_so(on_holidays: OnHolidays, state: State) -> None:
    assert ask(OFFICE, "2026-12-25 10:00", christmas, on_holidays).state == state


def test_outside_the_hours_a_holiday_is_closed_and_the_next_opening_is_a_sure_one() -> None:
    eve = ask(OFFICE, "2026-12-24 20:00", christmas)
    assert eve == OpenState("closed", next=at("2026-12-28 09:00"))


def test_call_first_says_when_it_ends_and_when_it_surely_opens() -> None:
    holiday = ask(OFFICE, "2026-12-25 10:00", christmas)
    ends, opens = at("2026-12-25 17:00"), at("2026-12-28 09:00")
    assert holiday == OpenState("call_first", until=ends, next=opens)


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    thursday_and_friday = week_from([("TH,FR", time(22), time(6))])
    assert ask(thursday_and_friday, "2026-12-25 03:00", christmas).state == "open"
    assert ask(thursday_and_friday, "2026-12-26 03:00", christmas).state == "call_first"


def test_the_holiday_is_that_of_the_places_own_date() -> None:
    moment = datetime(2026, 12, 26, 3, 0, tzinfo=UTC)  # still the 25th in Toronto
    evening = week_from([("FR,SA", time(18), time(23))])
    assert state_at(evening, moment, TORONTO, christmas, "not_stated").state == "call_first"


def test_no_opening_within_eight_days_says_none() -> None:
    mondays = week_from([("MO", NINE, FIVE)])
    assert ask(mondays, "2026-11-23 17:00").next == at("2026-11-30 09:00")
    an_hour_too_far = ask(mondays, "2026-11-22 08:00", lambda day: day.day == 23, "closed")
    assert an_hour_too_far == OpenState("closed")
    two_weeks_off = ask(mondays, "2026-11-23 17:00", lambda day: day.day == 30, "closed")
    assert two_weeks_off == OpenState("closed")


def test_by_appointment_replaces_open_and_nothing_else() -> None:
    def state(week: Week, moment: str, holidays: Holidays = no_holiday) -> OpenState:
        return state_at(week, at(moment), TORONTO, holidays, "not_stated", by_appointment=True)

    until = at("2026-11-23 17:00")
    assert state(OFFICE, "2026-11-23 10:00") == OpenState("by_appointment", until=until)
    assert state(OFFICE, "2026-11-22 10:00").state == "closed"
    assert state(OFFICE, "2026-12-25 10:00", christmas).state == "call_first"
    assert state(Week(stated=False), "2026-11-23 10:00") == OpenState("by_appointment")


@pytest.mark.parametrize("week", [OFFICE, Week(always=True, stated=True), Week(stated=False)])
def test_temporarily_closed_outweighs_all_hours(week: Week) -> None:
    now = at("2026-11-23 10:00")
    answer = state_at(week, now, TORONTO, no_holiday, "open", temporarily_closed=True)
    assert answer == OpenState("temporarily_closed")


def test_hours_that_the_clock_skips_begin_when_it_has_jumped() -> None:
    week = week_from([("SU", time(2, 30), time(5))])  # 2 o'clock becomes 3 on 2026-03-08
    just_before, just_after = (datetime(2026, 3, 8, h, m, tzinfo=UTC) for h, m in [(6, 59), (7, 0)])
    assert state_at(week, just_before, TORONTO, no_holiday, "open").state == "closed"
    assert state_at(week, just_before, TORONTO, no_holiday, "open").next == just_after
    assert state_at(week, just_after, TORONTO, no_holiday, "open").state == "open"


def test_hours_across_the_end_of_summer_time_last_an_hour_longer() -> None:
    week = week_from([("SU", time(0), time(8))])  # 2 o'clock becomes 1 on 2026-11-01
    now = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
    until = state_at(week, now, TORONTO, no_holiday, "open").until
    assert until is not None
    assert until - now == timedelta(hours=9)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        state_at(OFFICE, at("2026-11-23 10:00").replace(tzinfo=None), TORONTO, no_holiday, "open")


def occurs(span: Span, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Walk the minutes from noon of the day before: the first that shows each time, or later."""
    midnight = datetime.combine(day, time.min)
    bounds = []
    for minutes in (span.opens, span.closes):
        wanted = midnight + timedelta(minutes=minutes)
        walk = wanted.replace(tzinfo=UTC) + timedelta(hours=1)
        while walk.astimezone(zone).replace(tzinfo=None) < wanted:
            walk += timedelta(minutes=1)
        bounds.append(walk)
    return bounds[0], bounds[1]


def walked_state(week: Week, now: datetime, zone: ZoneInfo, holidays: Holidays) -> State:
    """The oracle: every span of the last two days, by walking the clock."""
    today = now.astimezone(zone).date()
    states: set[State] = set()
    for day in (today, today - timedelta(days=1)):
        for span in week.spans:
            start, end = occurs(span, day, zone)
            if span.day == day.weekday() and start <= now < end:
                states.add("call_first" if holidays(day) else "open")
    return "open" if "open" in states else "call_first" if states else "closed"


SPANS = st.builds(
    lambda day, opens, length: Span(day, opens, opens + length),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 1440),
)
# Around both clock changes of 2026, whose Sundays are 8 March and 1 November, and Christmas.
MOMENTS = st.builds(
    lambda start, minutes: start + timedelta(minutes=minutes),
    st.sampled_from([datetime(2026, m, d, tzinfo=UTC) for m, d in [(3, 7), (10, 31), (12, 24)]]),
    st.integers(0, 3 * 1440),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SPANS, min_size=1, max_size=3), MOMENTS, st.sampled_from([TORONTO, ST_JOHNS]))
def test_the_state_is_what_walking_the_clock_finds(spans: list[Span], now: datetime, zone: str) -> None:
    week, local = Week(tuple(spans), stated=True), ZoneInfo(zone)
    answer = state_at(week, now, zone, christmas, "not_stated")
    assert answer.state == walked_state(week, now, local, christmas)
    if answer.until is not None:
        # In UTC: taking a minute from a local time goes wrong beside a clock change.
        last_minute = answer.until.astimezone(UTC) - timedelta(minutes=1)
        assert walked_state(week, last_minute, local, christmas) == answer.state
        assert walked_state(week, answer.until, local, christmas) != answer.state
    if answer.next is not None:
        assert now < answer.next <= now + timedelta(days=8)
        assert walked_state(week, answer.next, local, christmas) == "open"


def test_a_schedule_row_gives_one_span_a_day() -> None:
    assert spans_from("MO, we", NINE, FIVE) == (Span(0, 540, 1020), Span(2, 540, 1020))
    assert spans_from("SU", time(22), time(2)) == (Span(6, 1320, 1560),)
    assert spans_from("TU", NINE, time(23, 59)) == (Span(1, 540, 1440),)
    assert spans_from("TU", time(0), time(0)) == (Span(1, 0, 1440),)


@pytest.mark.parametrize("byday", ["", "1MO", "-1FR", "MO,XX", "Monday"])
def test_days_that_a_week_cannot_hold_are_refused_not_guessed(byday: str) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        spans_from(byday, NINE, FIVE)


@pytest.mark.parametrize("closes_at", [time(23, 59), time(23, 59, 59), time(0)])
def test_the_whole_day_on_seven_days_means_always(closes_at: time) -> None:
    all_days = "MO,TU,WE,TH,FR,SA,SU"
    assert week_from([(all_days, time(0), closes_at)]) == Week(always=True, stated=True)
    six_days = week_from([(all_days[:-3], time(0), closes_at)])
    assert not six_days.always
    assert len(six_days.spans) == 6


def test_a_gap_of_one_minute_is_not_always() -> None:
    days = "MO,TU,WE,TH,FR,SA,SU"
    halves = [(days, time(0), time(12)), (days, time(12), time(0))]
    assert week_from(halves).always
    assert week_from([(days, time(8), time(8))]).always
    assert not week_from([(days, time(0), time(12)), (days, time(12, 1), time(0))]).always


def test_no_rows_are_not_stated() -> None:
    assert week_from([]) == Week(stated=False)


@pytest.mark.parametrize("wrong", [(7, 0, 60), (0, -1, 60), (0, 1440, 1500), (0, 60, 60), (0, 0, 1441)])
def test_an_impossible_span_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"week|lasts"):
        Span(*wrong)


def test_days_with_equal_hours_make_one_line() -> None:
    week = week_from([("MO,TU,TH", NINE, FIVE), ("MO,TU,TH", time(18), time(20))])
    lines = [(days, [(s.opens, s.closes) for s in spans]) for days, spans in week_lines(week)]
    hours = [(540, 1020), (1080, 1200)]
    assert lines == [((0, 1), hours), ((2,), []), ((3,), hours), ((4, 5, 6), [])]


def test_always_and_not_stated_have_no_lines() -> None:
    assert week_lines(Week(always=True, stated=True)) == []
    assert week_lines(Week(stated=False)) == []
