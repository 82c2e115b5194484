"""Hours of a row: columns of times first, words where they can mean one thing, nothing where two columns disagree."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.table_cells import MergedCell
from directory.rules.table_mapping import TableMapping
from directory.rules.table_records import Record, ScheduleFacts
from directory.rules.table_rows import read_row
from directory.rules.table_weekly import read_weekly
from tests.rules.table_examples import MAPPING, ROW, mapping, read

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = {"open": "9:00", "close": "17:00"}
ALWAYS = {day: {"open": "00:00", "close": "23:59"} for day in DAYS}


def record(by: TableMapping = MAPPING, **changes: Any) -> Record:
    found = read_row(by, ROW | changes)
    assert isinstance(found, Record), found
    return found


def timed(found: Record) -> list[tuple[str, str, str]]:
    return [(s.byday, s.opens_at, s.closes_at) for s in found.schedules if s.freq]


def words(found: Record) -> list[str]:
    return [s.description for s in found.schedules if not s.freq]


def first(found: Record) -> ScheduleFacts:
    return found.schedules[0]


def test_days_with_equal_hours_become_one_row_and_text_stays_text() -> None:
    found = read(hours={"monday": DAY, "tuesday": DAY, "notes": "By bell"}, hours_text="Mon-Tue 9-5")
    assert timed(found) == [("MO,TU", "09:00", "17:00")]
    assert words(found) == ["Mon-Tue 9-5", "By bell"]


def test_day_and_night_stays_as_written() -> None:
    (found,) = read(hours=ALWAYS).schedules
    assert (found.byday, found.opens_at, found.closes_at) == ("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")


def test_weekly_hours_that_the_mapping_doubts_are_not_taken() -> None:
    found = read(id="doubted", hours={"monday": DAY}, hours_text="Afternoons")
    assert (timed(found), words(found)) == ([], ["Afternoons"])


def test_words_that_mean_one_thing_become_hours_and_stay_words() -> None:
    found = read(hours_text="du lundi au vendredi de 9 h à 17 h; fermé les jours fériés")
    assert timed(found) == [("MO,TU,WE,TH,FR", "09:00", "17:00")]
    assert words(found) == ["du lundi au vendredi de 9 h à 17 h; fermé les jours fériés"]
    assert first(found).on_holidays == "closed"
    assert found.warnings == ()


def test_words_that_may_mean_two_things_stay_words_and_are_told() -> None:
    found = read(hours_text="Mon-Fri 8-8")
    assert (timed(found), words(found)) == ([], ["Mon-Fri 8-8"])
    assert "hours 'Mon-Fri 8-8' are kept as words" in found.warnings[0]


def test_columns_that_tell_different_hours_tell_none() -> None:
    found = read(hours={"monday": DAY}, hours_text="Mon-Fri 9-5")
    assert (timed(found), words(found)) == ([], ["Mon-Fri 9-5"])
    assert found.warnings == (
        "columns hours and hours_text tell different hours: none of them is taken, the words are kept",
    )
    assert timed(read(hours={"monday": DAY}, hours_text="Closed Mondays")) == []


def test_columns_of_different_hours_stand_side_by_side() -> None:
    found = read(hours_text="Office: Mon-Fri 9-5", hours={"notes": "Crisis line: 24/7"})
    assert {(s.hours_of, s.byday) for s in found.schedules if s.freq} == {
        ("office", "MO,TU,WE,TH,FR"),
        ("phone", "MO,TU,WE,TH,FR,SA,SU"),
    }


def test_a_column_that_says_hours_vary_takes_away_what_words_said_but_no_times() -> None:
    varies = {"notes": "Hours vary. Check the website."}
    assert timed(read(hours_text="Mon-Fri 9-5", hours=varies)) == []
    assert timed(read(hours=varies | {"monday": DAY})) == [("MO", "09:00", "17:00")]


def test_hours_of_a_place_to_stay_are_not_taken_for_the_hours_of_its_door() -> None:
    unlabelled = read(description="A shelter", hours_text="24/7")
    assert (timed(unlabelled), words(unlabelled)) == ([], ["24/7"])
    assert "place to stay" in unlabelled.warnings[0]
    assert first(read(description="A shelter", hours_text="Intake: Mon-Fri 9-5")).hours_of == "intake"
    assert first(read(description="A shelter", hours_text="Crisis line: 24/7")).hours_of == "phone"


def test_what_words_add_to_columns_of_times_holds_for_them() -> None:
    found = read(hours=dict.fromkeys(DAYS[:5], DAY), hours_text="Phone: Mon-Fri 9-5 ET; closed holidays")
    stated = first(found)
    assert (stated.hours_of, stated.zone, stated.on_holidays) == ("phone", "America/Toronto", "closed")


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("Mon-Fri 8:30 AM - 4:30 PM", "Mon-Fri 8:30am-4:30pm", ["Mon-Fri 8:30 AM - 4:30 PM"]),
        ("24/7", "24/7. Text HELP to 686868.", ["24/7. Text HELP to 686868."]),
        ("By bell", "By bell", ["By bell"]),
        ("By bell", "Knock", ["By bell", "Knock"]),
    ],
)
def test_words_that_say_the_same_are_told_once(one: str, other: str, kept: list[str]) -> None:
    assert words(read(hours_text=one, hours={"notes": other})) == kept


TEXTING = "24/7. Text 686868 (4pm-12am ET)."
DAY_AND_NIGHT = [("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")]


def test_hours_are_taken_though_their_words_are_told_by_a_column_with_more_of_them() -> None:
    found = read(hours_text="24/7", hours={"notes": TEXTING})
    assert (timed(found), words(found)) == (DAY_AND_NIGHT, [TEXTING])
    assert [warning for warning in found.warnings if "'24/7'" in warning] == []


@pytest.mark.parametrize(
    "more", ["Crisis line: 24/7. Desk by bell.", "24/7 while the rink is frozen", "24/7, hours vary. Ask us."]
)
def test_hours_are_not_taken_where_the_same_sentence_says_more_of_them(more: str) -> None:
    found = read(hours_text="24/7", hours={"notes": more})
    assert (timed(found), words(found)) == ([], [more])
    assert found.warnings[-1] == "hours '24/7' are kept as words: column hours.notes says more of them"


def test_hours_told_by_a_longer_column_that_says_they_vary_are_not_taken() -> None:
    assert timed(read(hours_text="24/7", hours={"notes": "24/7. Hours vary, ask us."})) == []


def test_words_inside_others_are_not_told_by_them_if_they_mean_other_hours() -> None:
    found = read(hours_text="Mon 9-5", hours={"notes": "Mon 9-5:30"})
    assert (timed(found), words(found)) == ([], ["Mon 9-5", "Mon 9-5:30"])
    longer = read(hours_text="Mon 9-5", hours={"notes": "Mon 9-5; Sat 10-2"})
    assert timed(longer) == [("MO", "09:00", "17:00"), ("SA", "10:00", "14:00")]


def test_of_words_that_tell_each_other_one_stays() -> None:
    found = read(hours_text="24/7", hours={"notes": "24/7 service"})
    assert (timed(found), words(found)) == (DAY_AND_NIGHT, ["24/7 service"])


def test_a_season_gets_the_year_in_which_it_was_copied() -> None:
    told = {"hours_text": "May 1 to Oct 31: Sundays 9 am to 2 pm"}
    found = first(read(provenance={"verified_at": "2026-01-03"}, **told))
    assert (found.valid_from, found.valid_to) == ("2026-05-01", "2026-10-31")
    winter = first(read(hours_text="Nov 1 to Feb 29: Sat 9-12", provenance={"verified_at": "2026-01-03"}))
    assert (winter.valid_from, winter.valid_to) == ("2026-11-01", "2027-02-28")
    without = read(**told)
    assert timed(without) == []
    assert "no copied_on" in without.warnings[0]


def seasons(found: Record) -> set[tuple[str, str]]:
    return {(s.valid_from, s.valid_to) for s in found.schedules if s.freq}


@pytest.mark.parametrize(
    ("copied", "winters"),
    [
        ("2027-01-15", {("2026-11-01", "2027-04-30"), ("2027-11-01", "2028-04-30")}),
        ("2027-04-30", {("2026-11-01", "2027-04-30"), ("2027-11-01", "2028-04-30")}),
        ("2027-05-01", {("2027-11-01", "2028-04-30")}),
        ("2027-12-01", {("2027-11-01", "2028-04-30")}),
    ],
)
def test_a_winter_is_open_on_the_day_on_which_a_list_said_so(
    copied: str, winters: set[tuple[str, str]]
) -> None:
    told = read(hours_text="Daily 9 pm-8 am, November to April", provenance={"verified_at": copied})
    assert seasons(told) == winters


BY_COLUMNS = mapping(
    hours={
        "days": {"monday": "Mon", "sunday": "Sun"}, "text": ["hours_text"], "text_fr": ["heures"], "of": "drop_in",
        "zone": "America/Winnipeg", "valid_from": "from", "valid_to": "to",
    }
)  # fmt: skip


def test_a_column_for_each_day_is_read_as_one_week() -> None:
    found = record(BY_COLUMNS, Mon="9-5", Sun="closed")
    assert timed(found) == [("MO", "09:00", "17:00")]
    assert (first(found).hours_of, first(found).zone) == ("drop_in", "America/Winnipeg")
    assert timed(record(BY_COLUMNS, Mon="9-5", Sun="sometimes")) == []
    assert words(record(BY_COLUMNS, Mon="9-5", Sun="sometimes")) == ["Monday: 9-5; Sunday: sometimes"]


def test_a_cell_merged_over_columns_of_days_holds_for_each_of_them() -> None:
    found = record(BY_COLUMNS, Mon="9-5", Sun=MergedCell("9-5"))
    assert timed(found) == [("MO,SU", "09:00", "17:00")]


def test_french_words_stand_beside_the_english_and_must_agree() -> None:
    found = record(BY_COLUMNS, hours_text="Mon 9-5", heures="lundi, 9 h à 17 h")
    assert [(s.description, s.description_fr) for s in found.schedules if not s.freq] == [
        ("Mon 9-5", "lundi, 9 h à 17 h")
    ]
    assert timed(found) == [("MO", "09:00", "17:00")]
    assert timed(record(BY_COLUMNS, hours_text="Mon 9-5", heures="lundi, 9 h à 16 h")) == []


def test_first_and_last_day_hold_only_together() -> None:
    found = first(record(BY_COLUMNS, Mon="9-5", **{"from": "2026-05-01", "to": 46296}))
    assert (found.valid_from, found.valid_to) == ("2026-05-01", "2026-10-01")
    alone = record(BY_COLUMNS, Mon="9-5", **{"from": "2026-05-01"})
    assert timed(alone) == []
    assert "no first and last day" in alone.warnings[0]


clocks = st.integers(0, 23 * 4 + 2).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
weeks = st.dictionaries(
    st.sampled_from(DAYS), st.tuples(clocks, clocks).filter(lambda p: p[0] < p[1]), min_size=1
)


def _columns(week: dict[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {day: {"open": opens, "close": closes} for day, (opens, closes) in week.items()}


def _in_words(week: dict[str, tuple[str, str]]) -> str:
    return "; ".join(f"{day} {opens} to {closes}" for day, (opens, closes) in week.items())


@settings(max_examples=150, deadline=None)
@given(weeks)
def test_columns_of_times_are_told_day_by_day(week: dict[str, tuple[str, str]]) -> None:
    told = {(day, o, c) for days, o, c in read_weekly(_columns(week)).rows for day in days.split(",")}
    assert told == {(day[:2].upper(), opens, closes) for day, (opens, closes) in week.items()}


@settings(max_examples=150, deadline=None)
@given(weeks, weeks)
def test_words_never_add_hours_to_columns_of_times(
    week: dict[str, tuple[str, str]], other: dict[str, tuple[str, str]]
) -> None:
    found = read(hours=_columns(week), hours_text=_in_words(other))
    assert timed(found) in ([], timed(read(hours=_columns(week))))
    assert words(found) == [_in_words(other)]
    if timed(found) and not found.warnings:
        assert week == other


@settings(max_examples=200, deadline=None)
@given(
    st.text() | st.sampled_from(["24/7", "Mon 9-5", "closed", "Phone: 24/7", "Mon 9-5 (phone)"]), st.text()
)
@pytest.mark.promise(25)
def test_any_words_are_kept_and_none_raises(text: str, note: str) -> None:
    found = read_row(MAPPING, ROW | {"hours_text": text, "hours": {"notes": note}})
    assert isinstance(found, Record)
