"""Recurrences of schedule rows: which are read, which are refused."""

from datetime import date

import pytest

from directory.rules.opening import Hours, Rule, Span, Week
from directory.rules.opening_hours import endless_week, hours_of_week
from directory.rules.opening_rows import WrittenRow, hours_from

NINE_TO_FIVE = {"opens_at": "09:00", "closes_at": "17:00"}


def read(**row: str) -> Hours:
    return hours_from([WrittenRow(**(NINE_TO_FIVE | row))])


def opened(hours: Hours, first: str, last: str) -> list[int]:
    """Days of the month, from `first` to `last`, on which something begins."""
    days = range(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1)
    return [day.day for day in map(date.fromordinal, days) if any(rule.spans_on(day) for rule in hours.rules)]


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ({"byday": "MO,FR"}, [2, 6, 9, 13, 16, 20, 23, 27, 30]),
        ({"byday": "MO", "freq": "WEEKLY", "interval": "2", "dtstart": "2026-01-05"}, [9, 23]),
        ({"byday": "SU,MO", "interval": "2", "dtstart": "2026-11-02", "wkst": "SU"}, [2, 15, 16, 29, 30]),
        ({"byday": "SU,MO", "interval": "2", "dtstart": "2026-11-02"}, [2, 8, 16, 22, 30]),
        ({"byday": "1MO,-1FR", "freq": "MONTHLY"}, [2, 27]),
        ({"byday": "+2TU,4TU", "freq": "monthly"}, [10, 24]),
        ({"bymonthday": "1,15,-1", "freq": "MONTHLY"}, [1, 15, 30]),
        ({"freq": "MONTHLY", "dtstart": "2026-08-11"}, [11]),
        ({"dtstart": "2026-11-11"}, [11]),
        ({"freq": "DAILY", "valid_from": "2026-11-27"}, [27, 28, 29, 30]),
        ({"freq": "DAILY", "interval": "10", "dtstart": "2026-11-05"}, [5, 15, 25]),
        ({"byday": "WE", "valid_to": "2026-11-11"}, [4, 11]),
        ({"byday": "WE", "until": "2026-11-24T00:00:00Z"}, [4, 11, 18]),
        ({"byday": "WE", "freq": "WEEKLY", "dtstart": "2026-11-11", "count": "2"}, [11, 18]),
        ({"freq": "WEEKLY", "dtstart": "2026-11-10"}, [10, 17, 24]),
    ],
)
def test_a_recurrence_falls_on_its_days(row: dict[str, str], days: list[int]) -> None:
    hours = read(**row)
    assert hours.stated
    assert opened(hours, "2026-11-01", "2026-11-30") == days


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"freq": "YEARLY", "dtstart": "2026-12-01"},
        {"byday": "MO", "byweekno": "4"},
        {"byday": "MO", "byyearday": "4"},
        {"byday": "1MO"},
        {"byday": "6MO", "freq": "MONTHLY"},
        {"byday": "-2MO", "freq": "MONTHLY"},
        {"byday": "1MO", "freq": "MONTHLY", "interval": "2", "dtstart": "2026-01-05"},
        {"byday": "MO", "interval": "2"},
        {"byday": "MO", "interval": "often"},
        {"byday": "MO", "count": "5"},
        {"byday": "MO", "dtstart": "2026-11-03", "count": "5"},
        {"byday": "MO", "dtstart": "2026-11-02", "count": "5", "until": "2026-12-31"},
        {"byday": "MO", "bymonthday": "1"},
        {"byday": "MO", "until": "20261231T235959Z"},
        {"byday": "MO", "valid_from": "soon"},
        {"byday": "MO", "valid_from": "2026-12-01", "valid_to": "2026-11-01"},
        {"byday": "MO", "closes_at": ""},
        {"byday": "MO", "opens_at": "09:00 PM"},
        {"byday": "MO", "opens_at": "25:00"},
    ],
)
def test_what_can_not_be_known_is_not_stated(row: dict[str, str]) -> None:
    assert read(**row) == Hours(stated=False)


def test_one_row_that_can_not_be_read_leaves_all_unstated() -> None:
    rows = [WrittenRow(**NINE_TO_FIVE, byday="MO"), WrittenRow(**NINE_TO_FIVE, byday="TU", byweekno="4")]
    assert not hours_from(rows).stated


def test_rows_of_one_season_make_one_rule() -> None:
    rows = [WrittenRow("09:00", "12:00", byday="MO"), WrittenRow("13:00", "17:00", byday="MO")]
    spans = (Span(0, 540, 720), Span(0, 780, 1020))
    assert hours_from(rows) == hours_of_week(Week(spans, stated=True))


def test_day_and_night_is_a_fact_in_a_season_and_from_seven_rows_too() -> None:
    winter = read(freq="DAILY", opens_at="00:00", closes_at="23:59", valid_from="2026-12-01")
    assert winter.rules == (Rule(Week(always=True, stated=True), date(2026, 12, 1)),)
    days = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    starts = [f"2026-01-{day:02d}" for day in range(5, 12)]
    rows = [WrittenRow("00:00", "00:00", byday=d, dtstart=s) for d, s in zip(days, starts, strict=True)]
    assert endless_week(hours_from(rows)).always


def test_rows_that_become_day_and_night_later_keep_their_hours_until_then() -> None:
    nights = WrittenRow("14:00", "05:00", byday="MO,TU,WE,TH,FR,SA,SU")
    days = WrittenRow("05:00", "14:00", byday="MO,TU,WE,TH,FR,SA,SU", valid_from="2027-06-07")
    hours = hours_from([nights, days])
    assert [(rule.week.always, rule.first, rule.last) for rule in hours.rules] == [
        (False, None, date(2027, 6, 6)),
        (True, date(2027, 6, 7), None),
    ]
