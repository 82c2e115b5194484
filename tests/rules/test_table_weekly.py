"""Columns of hours by weekday, however a program wrote them: read where nothing else can be meant, else words."""

from typing import Any

import pytest

from directory.rules.table_cells import CellError
from directory.rules.table_records import Record
from directory.rules.table_weekly import read_weekly
from tests.rules.table_examples import read

NINE = {"open": "09:00", "close": "17:00"}
ALL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MORNING, AFTERNOON = ("MO", "09:00", "12:00"), ("MO", "13:00", "17:00")


def timed(found: Record) -> list[tuple[str, str, str]]:
    return [(s.byday, s.opens_at, s.closes_at) for s in found.schedules if s.freq]


def words(found: Record) -> list[str]:
    return [s.description for s in found.schedules if not s.freq]


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        ({"Monday": NINE, "TUE": NINE, "mercredi": NINE}, [("MO,TU,WE", "09:00", "17:00")]),
        ({"MO": NINE}, [("MO", "09:00", "17:00")]),
        ({"monday": {"opens": "9:00", "closes": "17:00:00"}}, [("MO", "09:00", "17:00")]),
        ({"monday": {"opens_at": "09:00", "closesAt": "17:00"}}, [("MO", "09:00", "17:00")]),
        ({"monday": {"from": "09:00", "to": "17:00"}}, [("MO", "09:00", "17:00")]),
        ({"monday": [NINE]}, [("MO", "09:00", "17:00")]),
        ({"monday": [{"open": "09:00", "close": "12:00"}, {"open": "13:00", "close": "17:00"}]}, [MORNING, AFTERNOON]),
        ({"monday": ["09:00", "17:00"]}, [("MO", "09:00", "17:00")]),
        ({"monday": [["09:00", "12:00"], ["13:00", "17:00"]]}, [MORNING, AFTERNOON]),
        ([{"day": "Monday", "open": "09:00", "close": "17:00"}], [("MO", "09:00", "17:00")]),
        ([{"day": "Monday", "open": "09:00", "close": "12:00"}, {"day": "Monday", "open": "13:00", "close": "17:00"}],
         [MORNING, AFTERNOON]),
        ([{"dayOfWeek": ["https://schema.org/Monday", "Friday"], "opens": "09:00", "closes": "17:00"}],
         [("MO,FR", "09:00", "17:00")]),
        ({"monday": NINE, "sunday": {"closed": True}}, [("MO", "09:00", "17:00")]),
        ({"monday": {"isOpen": True, "open": "09:00", "close": "17:00"}, "sunday": {"isOpen": False}},
         [("MO", "09:00", "17:00")]),
        ({"monday": NINE, "sunday": {"open": None, "close": ""}, "saturday": None, "notes": ""},
         [("MO", "09:00", "17:00")]),
        ({"monday": {"open": "00:00", "close": "24:00"}}, [("MO", "00:00", "23:59")]),
    ],
)  # fmt: skip
def test_hours_are_read_in_every_shape_that_can_mean_one_thing(
    value: Any, rows: list[tuple[str, ...]]
) -> None:
    found = read(hours=value)
    assert (timed(found), found.warnings) == (rows, ())


@pytest.mark.parametrize(
    "value",
    [
        {"weekdays": NINE},
        {"regular": {"monday": NINE}},
        {"monday": NINE, "tuesday": {"open": "09:00", "close": "17:00", "note": "by appointment"}},
        {"monday": NINE, "tuesday": {"hours": "9-5"}},
        {"monday": NINE, "tuesday": True},
        {"monday": NINE, "mon": {"open": "10:00", "close": "12:00"}},
        {"monday": NINE, "tuesday": "9-5"},
        {"monday": {"open": "09:00", "close": "17:00", "closed": True}},
        [NINE],
        [{"day": "someday", **NINE}],
        ["Monday 9-5"],
    ],
)
def test_a_shape_that_is_not_understood_gives_no_hours_and_is_told(value: Any) -> None:
    found = read(hours=value)
    assert timed(found) == []
    assert "column hours: its hours are not understood" in found.warnings[0]


@pytest.mark.parametrize("days", [ALL, ALL[:1]])
def test_a_day_that_opens_and_closes_at_once_is_neither_closed_nor_day_and_night(
    days: tuple[str, ...],
) -> None:
    """domain.md: 00:00-23:59 means day and night, and nothing else does."""
    same = {"open": "00:00", "close": "00:00"}
    found = read(hours=dict.fromkeys(ALL, NINE) | dict.fromkeys(days, same))
    assert timed(found) == []
    assert "at the same time" in found.warnings[0]
    assert words(found)[0].startswith("Monday: 00:00-00:00")


def test_days_in_words_are_read_as_words_are() -> None:
    found = read(hours={"monday": "9-5", "tuesday": ["9-12", "1-4"], "sunday": "closed"})
    assert timed(found) == [("MO", "09:00", "17:00"), ("TU", "09:00", "12:00"), ("TU", "13:00", "16:00")]
    assert words(found) == ["Monday: 9-5; Tuesday: 9-12, 1-4; Sunday: closed"]
    doubtful = read(hours={"monday": "8-8"})
    assert (timed(doubtful), words(doubtful)) == ([], ["Monday: 8-8"])
    assert "kept as words" in doubtful.warnings[0]


def test_a_day_that_is_called_closed_contradicts_words_that_open_it() -> None:
    found = read(hours={"monday": NINE, "tuesday": {"closed": True}}, hours_text="Tue 9-5")
    assert timed(found) == []


def test_what_is_no_week_at_all_refuses_the_row() -> None:
    with pytest.raises(CellError):
        read_weekly(7)
    with pytest.raises(CellError):
        read_weekly({"monday": {"open": "nine", "close": "17:00"}})
