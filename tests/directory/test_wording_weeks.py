"""Hours as tables: of a season with its days, of every second week, of the first Monday; dates that keep their own."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from directory.finding.hours import hours_json, week_json
from directory.rules.opening import OwnDay, Span, Week
from directory.rules.opening_hours import LAST_OF_MONTH, MONTH_END, Hours, Rule, endless_week
from directory.rules.opening_rows import WrittenRow, hours_from
from directory.views.wording_weeks import own_days, week_tables

MONDAY = date(2026, 11, 23)
NIGHTS = Week(tuple(Span(day, 20 * 60, 32 * 60) for day in range(7)), stated=True)
MONDAYS = Week((Span(0, 600, 720),), stated=True)
DAILY = Week(tuple(Span(day, 600, 720) for day in range(7)), stated=True)


def told(*rules: Rule, days: tuple[OwnDay, ...] = ()) -> dict[str, Any]:
    hours = Hours(rules, days)
    return {"week": week_json(endless_week(hours)), "hours": hours_json(hours)}


def lines(facts: dict[str, Any], language: str = "en") -> list[tuple[str, list[str]]]:
    with translation.override(language):
        return [
            (
                table["when"],
                [f"{row['days']}: {row['hours']}".replace("\u00a0", " ") for row in table["rows"]],
            )
            for table in week_tables(facts, MONDAY)
        ]


def test_a_plain_week_holds_always() -> None:
    assert lines(told(Rule(MONDAYS))) == [("", ["Monday: 10:00 to 12:00", "Tuesday to Sunday: Closed"])]
    assert lines(told(Rule(Week(always=True, stated=True)))) == [("", ["Every day: Day and night"])]


def test_hours_that_touch_or_overlap_are_told_as_one() -> None:
    touching = Week((Span(0, 570, 1050), Span(0, 1050, 1230)), stated=True)
    assert lines(told(Rule(touching)))[0][1][0] == "Monday: 9:30 to 20:30"
    overlapping = Week((Span(0, 570, 1050), Span(0, 600, 700), Span(0, 1100, 1230)), stated=True)
    assert lines(told(Rule(overlapping)))[0][1][0] == "Monday: 9:30 to 17:30, 18:20 to 20:30"
    endless = Week((Span(0, 0, 720), Span(0, 720, 2000)), stated=True)
    assert lines(told(Rule(endless)))[0][1][0] == "Monday: 0:00 to 12:00, 12:00 to 9:20"


def test_what_nobody_stated_has_no_table() -> None:
    hours = Hours(stated=False)
    assert week_tables({"week": week_json(endless_week(hours)), "hours": hours_json(hours)}, MONDAY) == []


WINTER = Rule(NIGHTS, date(2026, 11, 1), date(2027, 3, 31))


def test_a_winter_shelter_says_in_which_months_it_opens() -> None:
    assert lines(told(WINTER)) == [("Until 31 March", ["Monday to Sunday: 20:00 to 8:00"])]
    assert lines(told(WINTER), "fr") == [("Jusqu’au 31 mars", ["Du lundi au dimanche: 20 h à 8 h"])]


def test_a_season_to_come_says_both_its_days() -> None:
    later = Rule(NIGHTS, date(2026, 12, 1), date(2027, 3, 31))
    assert lines(told(later))[0][0] == "From 1 December to 31 March"
    assert lines(told(later), "fr")[0][0] == "Du 1er décembre au 31 mars"


def test_each_season_has_its_table_and_one_that_is_over_has_none() -> None:
    summer = Rule(MONDAYS, date(2027, 4, 1))
    over = Rule(DAILY, date(2026, 4, 1), date(2026, 10, 31))
    assert [when for when, _ in lines(told(over, WINTER, summer))] == [
        "Until 31 March",
        "From 1 April on",
    ]


def test_a_year_is_told_where_it_may_be_another() -> None:
    assert lines(told(Rule(MONDAYS, None, date(2028, 3, 31))))[0][0] == "Until 31 March 2028"


@pytest.mark.parametrize(
    ("phase", "when"),
    [(0, "Every 2 weeks, this week too"), (1, "Every 2 weeks, not this week")],
)
def test_every_second_week_says_whether_it_is_this_one(phase: int, when: str) -> None:
    (found,) = lines(told(Rule(MONDAYS, weeks=2, phase=phase)))
    assert found == (when, ["Monday: 10:00 to 12:00"])


def test_days_of_the_month_are_told_by_their_place_in_it() -> None:
    (found,) = lines(told(Rule(MONDAYS, nths=1 | LAST_OF_MONTH)))
    assert found == (
        "",
        ["First Monday of the month: 10:00 to 12:00", "Last Monday of the month: 10:00 to 12:00"],
    )
    (found,) = lines(told(Rule(DAILY, monthdays=1 << 14 | MONTH_END)))
    assert found == ("", ["Day 15 of the month: 10:00 to 12:00", "Last day of the month: 10:00 to 12:00"])


def test_today_is_marked_only_where_it_falls() -> None:
    assert marked(Rule(MONDAYS)) == ["Monday: 10:00 to 12:00"]
    assert marked(Rule(MONDAYS, date(2027, 4, 1))) == []
    # 23 November 2026 is the fourth Monday of its month, and there is a fifth.
    assert marked(Rule(MONDAYS, nths=8 | LAST_OF_MONTH)) == ["Fourth Monday of the month: 10:00 to 12:00"]
    assert marked(Rule(DAILY, monthdays=1 << 22)) == ["Day 23 of the month: 10:00 to 12:00"]


def test_dates_with_hours_of_their_own_are_told_until_they_are_over() -> None:
    days = (OwnDay(date(2026, 11, 20)), OwnDay(date(2026, 12, 24), ((540, 720),)), OwnDay(date(2026, 12, 25)))
    with translation.override("en"):
        found = own_days(told(Rule(MONDAYS), days=days), MONDAY)
    assert found == {date(2026, 12, 24): "9:00 to 12:00", date(2026, 12, 25): "Closed"}


def marked(*rules: Rule, today: date = MONDAY, days: tuple[OwnDay, ...] = ()) -> list[str]:
    with translation.override("en"):
        tables = week_tables(told(*rules, days=days), today)
    return [f"{row['days']}: {row['hours']}" for table in tables for row in table["rows"] if row["is_today"]]


def test_closed_by_one_rule_is_not_told_where_another_may_open() -> None:
    first_saturday = Rule(Week((Span(5, 600, 840),), stated=True), nths=1)
    facts = told(Rule(MONDAYS), first_saturday)
    with translation.override("en"):
        rows = [row["hours"] for table in week_tables(facts, date(2026, 12, 5)) for row in table["rows"]]
    assert rows == ["10:00 to 12:00", "10:00 to 14:00"]
    assert marked(Rule(MONDAYS), first_saturday, today=date(2026, 12, 5)) == [
        "First Saturday of the month: 10:00 to 14:00"
    ]


def test_a_season_that_runs_says_only_until_when() -> None:
    long = Rule(DAILY, date(2025, 11, 1), date(2027, 3, 31))
    assert [when for when, _ in lines(told(long))] == ["Until 31 March"]


def test_a_date_with_hours_of_its_own_is_none_of_the_week() -> None:
    assert marked(Rule(MONDAYS)) == ["Monday: 10:00 to 12:00"]
    assert marked(Rule(MONDAYS), days=(OwnDay(MONDAY),)) == []


def test_a_night_that_runs_into_the_day_leaves_no_closed_today() -> None:
    night = Rule(Week((Span(0, 20 * 60, 32 * 60),), stated=True))
    assert marked(night, today=date(2026, 11, 24)) == []
    last = Rule(NIGHTS, None, date(2027, 3, 31))
    with translation.override("en"):
        assert week_tables(told(last), date(2027, 4, 1))
        assert not week_tables(told(last), date(2027, 4, 2))


def test_what_has_not_begun_says_nothing_of_this_week() -> None:
    later = Rule(MONDAYS, date(2027, 4, 5), weeks=2, phase=0)
    assert lines(told(later))[0][0] == "From 5 April on. Every 2 weeks"


def test_a_single_date_is_told_as_one() -> None:
    assert lines(told(Rule(MONDAYS, MONDAY, MONDAY)))[0][0] == "23 November"
    assert lines(told(Rule(DAILY, MONDAY, MONDAY))) == [("23 November", ["Monday: 10:00 to 12:00"])]


def test_every_third_day_is_told_from_its_next_day_on_and_not_as_weeks() -> None:
    third = WrittenRow("10:00", "12:00", freq="DAILY", interval="3", dtstart="2027-05-04")
    told_of = told(*hours_from([third]).rules)
    assert lines(told_of) == [("", ["Every 3 days from 4 May: 10:00 to 12:00"])]
    assert lines(told_of, "fr") == [("", ["Tous les 3 jours à partir du 4 mai: 10 h à 12 h"])]
    ends = replace(third, dtstart="2026-11-01", until="2026-12-31")
    assert lines(told(*hours_from([ends]).rules)) == [
        ("Until 31 December", ["Every 3 days from 25 November: 10:00 to 12:00"])
    ]


def test_what_is_narrowed_twice_is_left_to_the_line_above() -> None:
    assert lines(told(Rule(MONDAYS, nths=1, monthdays=1))) == []
    assert lines(told(Rule(MONDAYS, weeks=3, monthdays=1))) == []


def test_the_first_of_a_month_is_told_in_french_as_one_says_it() -> None:
    (found,) = lines(told(Rule(DAILY, monthdays=1)), "fr")
    assert found == ("", ["Le 1er de chaque mois: 10 h à 12 h"])
    friday = Rule(Week((Span(4, 600, 720),), stated=True), monthdays=1 << 12)
    assert lines(told(friday))[0][1] == ["Friday, if it is day 13 of the month: 10:00 to 12:00"]
