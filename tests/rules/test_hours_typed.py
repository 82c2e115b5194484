"""Hours typed on one line: what people write is read, what could mean two things is asked again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.hours_typed import LONG_NIGHT, MOST_STRETCHES, read_day, rows_of, written_day
from directory.rules.opening_week import DAY, Span, week_from

NINE, NOON, ONE, FIVE = 540, 720, 780, 1020


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("9:00-17:00", ((NINE, FIVE),)),
        ("9-17", ((NINE, FIVE),)),
        ("9 to 5 pm", ((NINE, FIVE),)),
        ("9 am – 5 p.m.", ((NINE, FIVE),)),
        ("9 h à 17 h", ((NINE, FIVE),)),
        ("de 9 h 00 à 17h00", ((NINE, FIVE),)),
        ("0900-1700", ((NINE, FIVE),)),
        ("9-12, 13-17", ((NINE, NOON), (ONE, FIVE))),
        ("9 h à midi et 13 h à 17 h", ((NINE, NOON), (ONE, FIVE))),
        ("13-17; 9-12", ((NINE, NOON), (ONE, FIVE))),
        ("22:00-02:00", ((1320, 1560),)),
        ("20:00-minuit", ((1200, DAY),)),
        ("20-24", ((1200, DAY),)),
        ("20:00-23:59", ((1200, DAY),)),
        ("", ()),
        ("Closed", ()),
        ("Fermé", ()),
        ("24 h", ((0, DAY),)),
        ("Jour et nuit", ((0, DAY),)),
    ],
)
def test_what_people_write_is_read(line: str, day: tuple[tuple[int, int], ...]) -> None:
    assert read_day(line) == (day, "", "")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("9-5", "long_night"),
        ("8-4", "long_night"),
        ("5 to 9 pm", "two_meanings"),
        ("9 am to 5", "two_meanings"),
        ("9-9", "not_hours"),
        ("9:00", "not_hours"),
        ("whenever", "not_hours"),
        ("25-26", "not_hours"),
        ("9:75-10:00", "not_hours"),
        ("13 pm-15", "not_hours"),
        ("9-12, 11-17", "overlap"),
        ("9-12,, 13-17", "not_hours"),
        (", ".join(f"{hour}:00-{hour}:30" for hour in range(1, MOST_STRETCHES + 2)), "too_many"),
        ("9-12 " * 40, "too_many"),
    ],
)
def test_what_is_not_sure_is_asked_again(line: str, fault: str) -> None:
    assert read_day(line).fault == fault
    assert read_day(line).day == ()


def test_a_long_night_that_is_stored_stays() -> None:
    stored = (18 * 60, 18 * 60 + LONG_NIGHT)
    assert read_day("18:00-10:00").fault == "long_night"
    assert read_day("18:00-10:00", [stored]).day == (stored,)


@given(st.text(max_size=40) | st.text("0123456789:h- ,apmtoà.", max_size=40))
def test_nothing_that_is_typed_breaks_it(line: str) -> None:
    typed = read_day(line)
    assert not (typed.fault and typed.day)
    for opens, closes in typed.day:
        Span(0, opens, closes)


@st.composite
def days(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Stretches of one day that don't touch, the last one perhaps past midnight."""
    edges = sorted(draw(st.lists(st.integers(0, DAY - 2), max_size=6, unique=True)))
    found = [(opens, closes) for opens, closes in zip(edges[::2], edges[1::2], strict=False)]
    if found and draw(st.booleans()):
        found[-1] = (
            found[-1][0],
            draw(st.integers(DAY, found[-1][0] + LONG_NIGHT - 1))
            if found[-1][0] + LONG_NIGHT > DAY
            else found[-1][1],
        )
    return tuple(found)


@given(days())
def test_a_line_is_read_as_it_was_written(day: tuple[tuple[int, int], ...]) -> None:
    assert read_day(written_day(day)) == (day, "", "")


@given(st.lists(days(), min_size=7, max_size=7))
def test_rows_mean_the_same_week(week: list[tuple[tuple[int, int], ...]]) -> None:
    from datetime import time

    rows = [(b, time.fromisoformat(o), time.fromisoformat(c)) for b, o, c in rows_of(week)]
    expected = tuple(sorted(Span(n, *stretch) for n, day in enumerate(week) for stretch in day))
    assert week_from(rows).spans == expected
