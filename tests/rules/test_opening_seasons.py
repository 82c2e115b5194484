"""Seasons, rare days and own days at a given moment; the clock's reading; parts of the week; codes."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from directory.rules.opening import Hours, OnHolidays, OpenState, OwnDay, Reading, clock_reading, state_at
from directory.rules.opening_codes import hours_code
from directory.rules.opening_hours import MONTH_END, marks_of
from directory.rules.opening_own import StatedDay, check_days, own_day
from directory.rules.opening_parts import Part, open_in
from directory.rules.opening_rows import WrittenRow, hours_from

TORONTO = "America/Toronto"
OFFICE = WrittenRow("09:00", "17:00", byday="MO,TU,WE,TH,FR")
WINTER = WrittenRow(
    "20:00", "08:00", byday="MO,TU,WE,TH,FR,SA,SU", valid_from="2026-12-01", valid_to="2027-03-31"
)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(TORONTO))


def ask(hours: Hours, moment: str, on_holidays: OnHolidays = "closed", **more: bool) -> OpenState:
    return state_at(
        hours, at(moment), TORONTO, lambda day: (day.month, day.day) == (12, 25), on_holidays, **more
    )


def test_out_of_season_is_closed_and_says_when_the_season_begins() -> None:
    assert ask(hours_from([WINTER]), "2026-08-01 12:00") == OpenState("closed", next=at("2026-12-01 20:00"))


def test_a_night_of_the_last_day_of_a_season_lasts_into_the_next() -> None:
    hours = hours_from([WINTER])
    assert ask(hours, "2027-04-01 07:59") == OpenState("open", until=at("2027-04-01 08:00"))
    assert ask(hours, "2026-12-01 07:59").state == "closed"


def test_past_all_that_was_stated_nobody_knows() -> None:
    hours = hours_from([WINTER])
    assert ask(hours, "2027-03-31 12:00").state == "closed"
    assert ask(hours, "2027-04-01 08:00") == OpenState("unknown")
    assert ask(hours, "2027-04-01 08:00", by_appointment=True) == OpenState("by_appointment")


def test_a_season_beyond_four_hundred_days_is_no_next_opening() -> None:
    assert ask(hours_from([WINTER]), "2025-10-01 12:00") == OpenState("closed")
    assert ask(hours_from([WINTER]), "2025-11-01 12:00").next == at("2026-12-01 20:00")


def test_two_seasons_have_their_own_hours() -> None:
    summer = WrittenRow("10:00", "14:00", byday="MO", valid_from="2026-06-01", valid_to="2026-08-31")
    rest = WrittenRow("09:00", "17:00", byday="MO", valid_from="2026-09-01", valid_to="2027-05-31")
    hours = hours_from([summer, rest])
    assert ask(hours, "2026-08-31 15:00") == OpenState("closed", next=at("2026-09-07 09:00"))
    assert ask(hours, "2026-09-07 15:00").state == "open"


def test_a_rare_day_is_found_though_it_is_weeks_away() -> None:
    clinic = hours_from([WrittenRow("09:00", "12:00", byday="1MO", freq="MONTHLY")])
    assert ask(clinic, "2026-11-02 12:00").next == at("2026-12-07 09:00")


@pytest.mark.parametrize("on_holidays", ["open", "closed", "not_stated", "own_list"])
def test_an_own_day_outweighs_rules_and_holidays(on_holidays: OnHolidays) -> None:
    own = (OwnDay(date(2026, 12, 24), ((540, 720),)), OwnDay(date(2026, 12, 25), ((600, 660),)))
    hours = hours_from([OFFICE], (*own, OwnDay(date(2026, 12, 28))))
    assert ask(hours, "2026-12-24 11:00", on_holidays).until == at("2026-12-24 12:00")
    assert ask(hours, "2026-12-24 13:00", on_holidays).next == at("2026-12-25 10:00")
    assert ask(hours, "2026-12-25 10:30", on_holidays).state == "open"
    assert ask(hours, "2026-12-28 10:00", on_holidays) == OpenState("closed", next=at("2026-12-29 09:00"))


def test_with_a_list_of_its_own_a_holiday_that_is_not_on_it_asks_to_call() -> None:
    hours = hours_from([OFFICE], [OwnDay(date(2026, 12, 24))])
    assert ask(hours, "2026-12-25 10:00", "own_list").state == "call_first"


def test_a_night_before_an_own_day_lasts_into_it() -> None:
    hours = hours_from([WINTER], [OwnDay(date(2026, 12, 10))])
    assert ask(hours, "2026-12-10 07:00").state == "open"
    assert ask(hours, "2026-12-10 22:00") == OpenState("closed", next=at("2026-12-11 20:00"))


def test_day_and_night_closes_on_an_own_day() -> None:
    rows = [WrittenRow("00:00", "23:59", freq="DAILY")]
    hours = hours_from(rows, [OwnDay(date(2026, 12, 10))])
    assert ask(hours, "2026-11-30 12:00") == OpenState("open")
    assert ask(hours, "2026-12-09 12:00") == OpenState("open", until=at("2026-12-10 00:00"))
    assert ask(hours, "2026-12-10 12:00") == OpenState("closed", next=at("2026-12-11 00:00"))


def test_own_days_are_known_where_hours_are_not_stated() -> None:
    hours = hours_from([], [OwnDay(date(2026, 12, 24), ((540, 720),))])
    assert ask(hours, "2026-12-24 10:00").state == "open"
    assert ask(hours, "2026-12-24 13:00") == OpenState("closed")
    assert ask(hours, "2026-12-23 10:00") == OpenState("unknown", next=at("2026-12-24 09:00"))


def test_temporarily_closed_outweighs_own_days_too() -> None:
    hours = hours_from([OFFICE], [OwnDay(date(2026, 12, 24), ((540, 720),))])
    assert ask(hours, "2026-12-24 10:00", temporarily_closed=True) == OpenState("temporarily_closed")


def test_the_clocks_reading_stands_still_in_a_repeated_hour() -> None:
    zone = ZoneInfo(TORONTO)
    readings = [clock_reading(datetime(2026, 11, 1, 5, m, 30, tzinfo=UTC), zone) for m in (0, 58, 59)]
    assert readings == [Reading(date(2026, 11, 1), minute) for minute in (60, 118, 119)]
    for hour, minute in ((6, 0), (6, 30), (6, 59)):
        again = clock_reading(datetime(2026, 11, 1, hour, minute, tzinfo=UTC), zone)
        assert again == Reading(date(2026, 11, 1), 119)
    assert clock_reading(datetime(2026, 11, 1, 7, tzinfo=UTC), zone) == Reading(date(2026, 11, 1), 120)
    with pytest.raises(ValueError, match="aware"):
        clock_reading(datetime(2026, 11, 1, 7), zone)  # noqa: DTZ001  # that is the point


@pytest.mark.parametrize("hour", range(9))
def test_hours_that_end_in_a_repeated_hour_end_once(hour: int) -> None:
    hours = hours_from([WrittenRow("00:00", "01:30", byday="SU")])
    now = datetime(2026, 11, 1, hour, 30, tzinfo=UTC)  # 01:30 is shown at 5:30 and again at 6:30
    assert (state_at(hours, now, TORONTO, lambda _: False, "open").state == "open") is (hour == 4)


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        (OFFICE, ()),
        (WrittenRow("09:00", "18:00", byday="MO"), ()),
        (WrittenRow("09:00", "18:01", byday="MO"), ("evening",)),
        (WrittenRow("18:00", "22:00", byday="SA"), ("weekend",)),
        (WrittenRow("22:00", "23:00", byday="FR"), ()),
        (WrittenRow("22:00", "01:00", byday="FR"), ("weekend", "night")),
        (WrittenRow("06:00", "07:00", byday="MO"), ()),
        (WrittenRow("05:59", "07:00", byday="MO"), ("night",)),
        (WrittenRow("22:00", "19:00", byday="SU"), ("evening", "weekend", "night")),
        (WrittenRow("00:00", "23:59", freq="DAILY"), ("evening", "weekend", "night")),
        (WrittenRow("18:00", "20:00", dtstart="2026-11-23"), ()),
        (WrittenRow("18:00", "20:00", byday="1MO", freq="MONTHLY"), ("evening",)),
    ],
)
def test_parts_of_the_week_are_told_to_the_minute(row: WrittenRow, parts: tuple[Part, ...]) -> None:
    names: tuple[Part, ...] = ("evening", "weekend", "night")
    assert tuple(part for part in names if open_in(hours_from([row]), part)) == parts
    assert open_in(Hours(stated=False), "night") is None


def test_a_week_in_numbers() -> None:
    def ranges(*rows: WrittenRow) -> tuple[tuple[int, int], ...]:
        return hours_code(hours_from(rows), "not_stated").rules[0].ranges

    assert ranges(WrittenRow("22:00", "06:00", byday="TU")) == ((4200, 4680),)
    assert ranges(WrittenRow("00:00", "23:59", freq="DAILY"))[::6] == ((0, 1440), (6 * 2880, 6 * 2880 + 1440))
    touching = [WrittenRow("09:00", "12:00", byday="MO"), WrittenRow("12:00", "13:00", byday="MO")]
    assert ranges(*touching) == ((540, 780),)


def test_rare_days_and_own_days_in_numbers() -> None:
    row = WrittenRow("09:00", "10:00", byday="-1FR", freq="MONTHLY", valid_from="2026-01-01")
    code = hours_code(hours_from([row], [OwnDay(date(2026, 12, 25))]), "not_stated")
    assert [tuple(rule) for rule in code.rules] == [
        (date(2026, 1, 1), None, 32, 1, 0, 0, ((4 * 2880 + 540, 4 * 2880 + 600),), False)
    ]
    assert code.own_days == ((date(2026, 12, 25), ()),)


def test_a_days_marks() -> None:
    assert marks_of(date(1970, 1, 5)) == (1, 0, 1 << 4)
    assert marks_of(date(2026, 11, 30)) == (1 << 4 | 1 << 5, 2969, 1 << 29 | MONTH_END)


def test_own_days_are_checked_before_they_are_kept() -> None:
    day = date(2026, 12, 24)
    good = [StatedDay(day, "09:00", "12:00"), StatedDay(day, "13:00", "15:00"), StatedDay(date(2026, 12, 25))]
    assert check_days(good) == []
    assert own_day(good[0]) == OwnDay(day, ((540, 720),))
    wrong = [
        [StatedDay(day, "09:00")],
        [StatedDay(day, "nine", "ten")],
        [StatedDay(day), StatedDay(day, "09:00", "12:00")],
        [StatedDay(day, "09:00", "12:00"), StatedDay(day, "11:00", "13:00")],
        [StatedDay(day, note="x" * 201)],
    ]
    assert [len(check_days(days)) for days in wrong] == [1] * len(wrong)
    codes = ["no_time", "not_a_time", "closed_and_open", "overlap", "too_long"]
    assert [check_days(days)[0].code for days in wrong] == codes
    assert check_days([StatedDay(day, "nine", "10:00")])[0] == ("not_a_time", "nine", day)
    assert check_days([StatedDay(day)] * 367)[0] == ("too_many", "366", None)
