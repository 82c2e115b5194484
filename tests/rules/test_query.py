"""A search is read from names and values: what is wrong is told beside its name, what is right reads back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.person import (
    ACCESS,
    COMPANY_AT_DESK,
    CONDITIONS,
    GENDERS,
    NATIONS,
    OLDEST,
    OLDEST_CHILD,
    SEXES,
    STATUSES,
    WAYS_IN,
    Child,
    Person,
)
from directory.rules.query import (
    BEDS,
    CHOICES,
    REPEATED,
    SINGLE,
    SORTS,
    Fault,
    Query,
    Reading,
    pairs_of,
    read,
)
from directory.rules.query_person import MOST_CHILDREN
from directory.rules.query_times import MOMENTS
from directory.rules.radius import FARTHEST, NEAREST
from directory.rules.tags import WAYS

KNOWN = {
    "need": {"food", "legal_advice"},
    "language": {"pan", "cre", "fra"},
    "focus": {"men", "deaf", "2slgbtqi"},
}


def reading(*pairs: tuple[str, str]) -> Reading:
    return read(pairs, KNOWN)


@pytest.mark.parametrize("km", ["1", "25", "250", "5000", " 25 ", "0025"])
def test_any_whole_number_of_kilometres_from_1_to_5000_is_a_radius(km: str) -> None:
    asked = reading(("near", "Kingston"), ("within", km))
    assert (asked.query.within, asked.faults) == (int(km), ())


@pytest.mark.parametrize("km", ["0", "-4", "5001", "2.5", "25 km", "1e3", "٢٥", "9" * 40, "True", "NaN"])
def test_anything_else_is_a_fault_of_within(km: str) -> None:
    asked = reading(("near", "Kingston"), ("within", km))
    assert asked.query.within is None
    assert asked.faults == (Fault("within", "not_kilometres", "5000"),)


def test_an_empty_radius_is_any_distance() -> None:
    assert reading(("near", "Kingston"), ("within", "")) == Reading(Query(near="Kingston"))


@pytest.mark.parametrize("near", [[], [("near", "")], [("near", "  ")]])
def test_a_radius_around_nothing_is_told_and_stays_in_the_form(near: list[tuple[str, str]]) -> None:
    asked = reading(*near, ("within", "25"))
    assert asked.faults == (Fault("within", "around_nothing"),)
    assert asked.query.within == 25


def test_one_fault_is_told_of_a_radius_that_is_none_and_around_nothing() -> None:
    assert reading(("within", "-4")).faults == (Fault("within", "not_kilometres", "5000"),)


def test_two_radii_are_one_too_many() -> None:
    asked = reading(("near", "Kingston"), ("within", "5"), ("within", "50"))
    assert asked.faults == (Fault("within", "twice"),)


def test_languages_repeat_and_each_counts_once() -> None:
    asked = reading(("language", "pan"), ("language", ""), ("language", "cre"), ("language", "pan"))
    assert (asked.query.languages, asked.faults) == (("pan", "cre"), ())


@pytest.mark.parametrize("code", ["xx1", "zzz", "PAN", "pa", "Punjabi", "p\x00n"])
def test_a_language_that_is_not_known_is_told_by_itself(code: str) -> None:
    asked = reading(("language", "pan"), ("language", code))
    assert asked.query.languages == ("pan",)
    assert asked.faults == (Fault("language", "not_a_language", code),)


def test_a_name_that_nobody_knows_is_told() -> None:
    assert reading(("widthin", "5")).faults == (Fault("widthin", "unknown_name"),)


def test_more_values_than_can_be_asked_are_told_and_not_dropped_in_silence() -> None:
    codes = [("need", f"need_{number}") for number in range(61)]
    asked = read(codes, {**KNOWN, "need": {value for _, value in codes}})
    assert len(asked.query.needs) == 60
    assert asked.faults == (Fault("need", "too_many", "60"),)


@pytest.mark.parametrize("name", ["away", "within"])
def test_a_distance_from_nowhere_is_told(name: str) -> None:
    assert reading((name, "25")).faults == (Fault(name, "around_nothing"),)


def test_away_is_read_beside_within() -> None:
    asked = reading(("near", "Kingston"), ("within", "250"), ("away", "100"))
    assert (asked.query.away, asked.query.within, asked.faults) == (100, 250, ())
    assert reading(("near", "Kingston"), ("away", "250"), ("within", "250")).faults == ()


def test_what_must_be_farther_than_the_farthest_is_told() -> None:
    asked = reading(("near", "Kingston"), ("within", "25"), ("away", "26"))
    assert asked.faults == (Fault("away", "beyond_within", "25"),)


@pytest.mark.parametrize("km", ["0", "2.5", "-4", "5001"])
def test_away_is_whole_kilometres_too(km: str) -> None:
    assert reading(("near", "Kingston"), ("away", km)).faults == (Fault("away", "not_kilometres", "5000"),)


def test_places_to_stay_away_from_repeat_and_letters_of_a_province_are_capitals() -> None:
    asked = reading(("not_in", "on"), ("not_in", "Thompson"), ("not_in", "ON"), ("not_in", ""))
    assert (asked.query.not_in, asked.faults) == (("ON", "Thompson"), ())
    assert reading(("not_in", "a" * 201)).faults == (Fault("not_in", "too_long", "200"),)
    many = [("not_in", f"Place {number}") for number in range(21)]
    assert reading(*many).faults == (Fault("not_in", "too_many", "20"),)


@pytest.mark.parametrize("typed", ["44.231172,-76.485954", "44.231172, -76.485954", "44.231172 −76.485954"])
def test_degrees_are_rounded_before_anything_keeps_them(typed: str) -> None:
    assert reading(("near", typed)).query.near == "44.23,-76.49"
    assert reading(("not_in", typed)).query.not_in == ("44.23,-76.49",)


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("way", "phone", "ways"),
        ("way", "mobile", "ways"),
        ("focus", "deaf", "focuses"),
        ("open", "night", "open"),
    ],
)
def test_names_that_repeat_as_or_are_read(name: str, value: str, field: str) -> None:
    asked = reading((name, value), (name, value), (name, ""))
    assert (getattr(asked.query, field), asked.faults) == ((value,), ())


def test_a_sort_is_one_of_three_and_best_unless_told() -> None:
    assert reading(("sort", "")).query.sort == Query().sort == "best"
    assert reading(("sort", "checked")).query.sort == "checked"
    assert reading(("sort", "name")) == Reading(Query(), (Fault("sort", "not_a_choice", "name"),))


def test_a_door_that_knows_no_focus_says_so_of_each() -> None:
    assert read([("focus", "men")], {}).faults == (Fault("focus", "unknown_focus", "men"),)


def test_beds_are_asked_at_the_desk_only() -> None:
    asked = read([("beds", "tonight")], KNOWN, at_desk=True)
    assert (asked.query.beds, asked.faults) == ("tonight", ())
    assert reading(("beds", "tonight")) == Reading(Query(), (Fault("beds", "desk_only"),))
    assert read([("beds", "two")], KNOWN, at_desk=True).faults == (Fault("beds", "not_a_choice", "two"),)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-23T18:00-05:00",
        "2026-11-23T18:00:59.5-05:00",
        "2026-11-23T23:00Z",
        "20261123T2300Z",
        "2026-11-24T00:00+01:00",
        "2026-11-24T00:00 01:00",
    ],
)
def test_an_instant_is_a_minute_with_its_offset(typed: str) -> None:
    asked = reading(("open", typed), ("open", "now"))
    assert (asked.query.open, asked.faults) == (("now",), ())
    assert asked.query.open_at == (datetime(2026, 11, 23, 23, tzinfo=UTC),)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-23T18:00",
        "2026-11-23",
        "18:00",
        "tomorrow",
        "2026-02-30T18:00Z",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        "2026-11-23T18:00+99:00",
        "2026-W47-1",
        "２０２６-11-23T18:00Z",
        "2026-11-23T18:00Z" + "0" * 40,
    ],
)
def test_what_is_no_instant_with_an_offset_is_told(typed: str) -> None:
    assert reading(("open", typed)).faults == (Fault("open", "not_a_time", typed[:60]),)


def test_instants_are_told_apart_by_when_they_are() -> None:
    same = reading(("open", "2026-11-23T18:00-05:00"), ("open", "2026-11-23T23:00Z"))
    assert len(same.query.open_at) == 1
    many = [("open", f"2026-11-23T1{hour}:00Z") for hour in range(9)]
    assert reading(*many).faults == (Fault("open", "too_many", "8"),)


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31), timezones=OFFSETS).map(  # noqa: DTZ001
    lambda instant: instant.replace(second=0, microsecond=0)
)


def some(values: Iterable[str], most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(values)), unique=True, max_size=most).map(tuple)


PEOPLE = st.builds(
    Person,
    age=st.none() | st.integers(0, OLDEST),
    gender=st.sampled_from(["", *GENDERS]),
    company=some(COMPANY_AT_DESK),
    children=st.lists(
        st.builds(Child, st.integers(0, OLDEST_CHILD), st.sampled_from(["", *SEXES])),
        unique=True,
        max_size=MOST_CHILDREN,
    ).map(tuple),
    indigenous=st.sampled_from(["", *NATIONS]),
    status=st.sampled_from(["", *STATUSES]),
    accept=some(CONDITIONS),
    access=some(ACCESS),
    intake=some(WAYS_IN),
)
QUERIES = st.builds(
    Query,
    near=st.sampled_from(["Kingston", "K7L", "Trois-Rivières, QC", "44.23,-76.49"]),
    q=st.sampled_from(["", "clinique & café", "a=b", "a+b"]),
    needs=some(KNOWN["need"]),
    within=st.none() | st.integers(2500, FARTHEST),
    languages=some(KNOWN["language"]),
    away=st.none() | st.integers(NEAREST, 2500),
    not_in=some(["ON", "Thompson", "Trois-Rivières, QC"]),
    focuses=some(KNOWN["focus"]),
    person=PEOPLE,
    open=some(MOMENTS),
    open_at=st.lists(INSTANTS, unique=True, max_size=3).map(tuple),
    ways=some(WAYS),
    sort=st.sampled_from(SORTS),
    beds=st.sampled_from(["", *BEDS]),
)


@given(QUERIES)
def test_a_query_reads_back_from_its_own_line(query: Query) -> None:
    told = read(pairs_of(query.text()), KNOWN, at_desk=True, may_tell_status=True)
    assert told == Reading(query)
    assert read(told.query.pairs(), KNOWN, at_desk=True, may_tell_status=True) == told


NAMES = st.sampled_from([*SINGLE, *REPEATED, "x"]) | st.text(max_size=8)
VALUES = st.sampled_from(
    [value for values in CHOICES.values() for value in values]
    + ["14m", "3", "99f", "2026-11-23T18:00-05:00", "9999-12-31T23:59-14:00", "44.2,-76.4", "999,-999"]
)


@given(st.lists(st.tuples(NAMES, VALUES | st.text(max_size=12)), max_size=12), st.booleans(), st.booleans())
@settings(max_examples=400)
@pytest.mark.promise(25)
def test_no_names_and_values_break_it(pairs: list[tuple[str, str]], at_desk: bool, may_tell: bool) -> None:
    told = read(pairs, KNOWN, at_desk=at_desk, may_tell_status=may_tell)
    query = told.query
    assert query.within is None or NEAREST <= query.within <= FARTHEST
    assert set(query.languages) <= KNOWN["language"]
    assert at_desk or not (query.beds or "partner" in query.person.company)
    assert may_tell or not query.person.status
    again = read(query.pairs(), KNOWN, at_desk=at_desk, may_tell_status=may_tell)
    assert again.query == replace(query, page=1)


@given(st.lists(st.tuples(NAMES, VALUES | st.text(max_size=12)), max_size=6))
def test_a_value_is_taken_or_told_and_never_dropped_in_silence(pairs: list[tuple[str, str]]) -> None:
    told = read(pairs, KNOWN)
    taken = {name for name, _ in told.query.pairs()} | {"page", "sort"}
    faulty = {fault.name for fault in told.faults}
    assert {name[:60] for name, value in pairs if value.strip()} <= taken | faulty
