"""Which tables hours have today: seasons that are over, own days, recurrences, and every so many days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.opening_hours import MONTH_END, Hours, OwnDay, Rule
from directory.rules.opening_rows import WrittenRow, hours_from
from directory.rules.opening_tables import Row, Table, own_days_ahead, tables_of
from directory.rules.opening_week import Span, Week

MONDAY = date(2026, 11, 23)
MORNING = (600, 720)


def week(*days: int, opens: int = 600, closes: int = 720) -> Week:
    return Week(tuple(Span(day, opens, closes) for day in days), stated=True)


def written(rrule: dict[str, str], opens: str = "10:00", closes: str = "12:00") -> WrittenRow:
    return WrittenRow(opens_at=opens, closes_at=closes, **rrule)


def every(days: int, start: str, **more: str) -> dict[str, str]:
    return {"freq": "DAILY", "interval": str(days), "dtstart": start, **more}


def rows(*told: Rule, today: date = MONDAY, own: tuple[OwnDay, ...] = ()) -> list[Row]:
    return [row for table in tables_of(Hours(told, own), today) for row in table.rows]


def test_a_season_that_is_over_has_no_table_and_its_last_night_still_has_one() -> None:
    eve = MONDAY - timedelta(days=1)
    assert tables_of(Hours((Rule(week(0), last=eve),)), MONDAY) == []
    assert tables_of(Hours((Rule(week(6, opens=1200, closes=1900), last=eve),)), MONDAY) != []
    assert tables_of(Hours(stated=False), MONDAY) == []


def test_a_season_says_when_it_begins_until_it_has() -> None:
    first, last = MONDAY, MONDAY + timedelta(days=90)
    hours = Hours((Rule(week(0), first, last),))
    assert [(table.first, table.last) for table in tables_of(hours, MONDAY)] == [(None, last)]
    assert [table.first for table in tables_of(hours, MONDAY - timedelta(days=1))] == [first]


def test_seasons_that_have_begun_and_end_alike_share_a_table() -> None:
    last = MONDAY + timedelta(days=90)
    told = [Rule(week(0), MONDAY - timedelta(days=9), last), Rule(week(1), MONDAY, last)]
    assert [len(table.rows) for table in tables_of(Hours(tuple(told)), MONDAY)] == [2]


def test_closed_is_told_only_where_no_other_rule_may_open() -> None:
    assert [bool(row.spans) for row in rows(Rule(week(0)))] == [True, False]
    assert [bool(row.spans) for row in rows(Rule(week(0)), Rule(week(5), nths=1))] == [True, True]
    assert [bool(row.spans) for row in rows(Rule(week(0), weeks=2, phase=0))] == [True]
    # What has no table may open, too.
    assert [row.days for row in rows(Rule(week(0)), Rule(week(1), nths=1, monthdays=1))] == [(0,)]


def test_today_is_a_row_unless_it_keeps_its_own_hours_or_last_night_may_still_run() -> None:
    assert [row.is_today for row in rows(Rule(week(0)))] == [True, False]
    assert [row.is_today for row in rows(Rule(week(0)), own=(OwnDay(MONDAY),))] == [False, False]
    night = Rule(week(0, opens=1200, closes=1900))
    assert not any(row.is_today for row in rows(night, today=MONDAY + timedelta(days=1)))
    to_come = Rule(week(0), MONDAY + timedelta(days=7), nths=31)
    assert not any(row.is_today for row in rows(to_come))


def test_every_third_day_is_told_as_that_from_its_next_day_on() -> None:
    hours = hours_from([written(every(3, "2027-05-04"))])
    assert len(hours.rules) == 3
    told = Table((Row((Span(0, *MORNING),), turn=3, next_day=date(2027, 5, 4)),))
    assert tables_of(hours, MONDAY) == [told]
    (later,) = tables_of(hours, date(2027, 5, 6))
    assert later.rows[0].next_day == date(2027, 5, 7)
    (now,) = tables_of(hours, date(2027, 5, 7))
    assert (now.rows[0].next_day, now.rows[0].is_today) == (date(2027, 5, 7), True)


def test_every_few_days_ends_with_its_season() -> None:
    hours = hours_from([written(every(3, "2026-11-20", until="2026-11-24"))])
    (table,) = tables_of(hours, MONDAY)
    assert (table.last, table.rows[0].next_day) == (date(2026, 11, 24), MONDAY)
    assert tables_of(hours, MONDAY + timedelta(days=1)) == []


def test_two_times_of_the_same_days_are_one_row_and_of_others_two() -> None:
    third = every(3, "2026-11-23")
    same = hours_from([written(third), written(third, "14:00", "16:00")])
    assert [row.spans for row in tables_of(same, MONDAY)[0].rows] == [(Span(0, *MORNING), Span(0, 840, 960))]
    other = hours_from([written(third), written(every(3, "2026-11-24"), "14:00", "16:00")])
    assert [table.rows[0].next_day for table in tables_of(other, MONDAY)] == [
        MONDAY,
        MONDAY + timedelta(days=1),
    ]


def test_weeks_that_are_not_every_few_days_stay_weeks() -> None:
    weekends = hours_from(
        [written({"freq": "WEEKLY", "interval": "2", "dtstart": "2026-11-23", "byday": "SA,SU"})]
    )
    (table,) = tables_of(weekends, MONDAY)
    assert (table.weeks, table.is_this_week, table.rows[0].days) == (2, True, (5, 6))
    some = hours_from([written(every(3, "2026-11-23", byday="MO,TU"))])
    assert {table.weeks for table in tables_of(some, MONDAY)} == {3}
    assert not any(row.turn for table in tables_of(some, MONDAY) for row in table.rows)
    fortnight = hours_from([written(every(14, "2026-11-23"))])
    assert [(t.weeks, t.rows[0].days) for t in tables_of(fortnight, MONDAY)] == [(2, (0,))]


@pytest.mark.parametrize(
    "narrowed",
    [{"nths": 1, "monthdays": 1}, {"weeks": 3, "monthdays": MONTH_END}, {"weeks": 2, "nths": 1}],
)
def test_what_is_narrowed_twice_has_no_table(narrowed: dict[str, int]) -> None:
    assert tables_of(Hours((Rule(week(0), **narrowed),)), MONDAY) == []


def test_one_day_has_its_own_weekday_alone() -> None:
    one = Rule(week(0, 1, 2), MONDAY, MONDAY)
    (table,) = tables_of(Hours((one,)), MONDAY)
    assert (table.is_one_day, [row.days for row in table.rows]) == (True, [(0,)])
    once = hours_from([written(every(3, "2026-11-24", count="1"))])
    assert [(t.last, [row.days for row in t.rows]) for t in tables_of(once, MONDAY)] == [
        (date(2026, 11, 24), [(1,)])
    ]
    assert [row.days for row in rows(one, Rule(week(0), MONDAY - timedelta(days=7), MONDAY))] == [(0,), (0,)]


def test_own_days_are_told_in_their_order_until_they_are_over() -> None:
    days = (OwnDay(MONDAY, ((840, 900),)), OwnDay(MONDAY, (MORNING,)), OwnDay(MONDAY - timedelta(days=1)))
    later = OwnDay(MONDAY + timedelta(days=1))
    assert own_days_ahead(Hours((), (later, *days)), MONDAY) == {
        MONDAY: (Span(0, *MORNING), Span(0, 840, 900)),
        later.on: (),
    }


@given(days=st.integers(2, 31), start=st.integers(0, 400), today=st.integers(0, 800))
def test_a_row_of_every_few_days_says_on_which_days_the_rules_open(days: int, start: int, today: int) -> None:
    first, now = MONDAY + timedelta(days=start), MONDAY + timedelta(days=today)
    hours = hours_from([written(every(days, first.isoformat()))])
    opens = [
        day
        for day in (now + timedelta(days=ahead) for ahead in range(max(start - today, 0) + 2 * days))
        if any(rule.spans_on(day) for rule in hours.rules)
    ]
    (table,) = tables_of(hours, now)
    (row,) = (row for row in table.rows if row.spans)
    if days % 7:
        assert (row.turn, row.next_day, row.next_day and row.next_day + timedelta(days=days)) == (
            days,
            *opens[:2],
        )
    else:
        assert (table.weeks * 7, row.days) == (days, (first.weekday(),))
