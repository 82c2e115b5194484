"""Values of HSDS: read, flagged, kept as written, told again; an edit wins over what was written."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.hsds_shape import ENTITIES, Field, Kind
from directory.rules.hsds_values import Unusable, flags_of_record, read_value, tell_json, tell_text

FIELDS = [(e.name, f) for e in ENTITIES.values() for f in e.fields]
RAW = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.decimals())


def _field(entity: str, name: str) -> Field:
    found = ENTITIES[entity].field(name)
    assert found is not None
    return found


def _told(entity: str, name: str, raw: object) -> tuple[object, str]:
    """What JSON and CSV say of a value that was read."""
    field = _field(entity, name)
    read = read_value(field, raw)
    written = {} if read.written is None else {name: read.written}
    return tell_json(field, read.value, written), tell_text(field, read.value, written)


@pytest.mark.parametrize(
    ("entity", "name", "raw", "as_json", "as_text"),
    [
        ("service", "minimum_age", 12, 12, "12"),
        ("service", "minimum_age", "12.50", 12.5, "12.50"),
        ("service", "last_modified", "2023-03-15T10:30:45.123Z", *["2023-03-15T10:30:45.123Z"] * 2),
        ("service", "assured_date", "2005-01-01", "2005-01-01", "2005-01-01"),
        ("location", "latitude", 100, 100, "100"),
        ("location", "longitude", "-76.4859544", -76.4859544, "-76.4859544"),
        ("phone", "extension", 100, 100, "100"),
        ("phone", "extension", "x100", None, "x100"),
        ("schedule", "timezone", -3.5, -3.5, "-3.5"),
        ("cost_option", "amount", "12.34567", 12.34567, "12.34567"),
        ("organization", "description", "", "", ""),
        ("organization", "email", None, None, ""),
        ("organization", "year_incorporated", "about 1990", None, "about 1990"),
    ],
)
def test_a_value_is_told_as_it_was_written(
    entity: str, name: str, raw: object, as_json: object, as_text: str
) -> None:
    assert _told(entity, name, raw) == (as_json, as_text)


def test_no_feed_sets_the_day_of_assurance() -> None:
    assert read_value(_field("service", "assured_date"), "2026-01-01").value is None


@pytest.mark.parametrize(
    ("entity", "name", "raw", "flag"),
    [
        ("location", "latitude", "100", "latitude:out_of_range"),
        ("location", "longitude", "east", "longitude:not_a_number"),
        ("service", "last_modified", "yesterday", "last_modified:not_a_moment"),
        ("organization", "description", "", "description:missing"),
        ("service", "maximum_age", "1e40", "maximum_age:out_of_range"),
        ("schedule", "interval", "often", "interval:not_a_number"),
    ],
)
def test_what_cannot_be_right_is_kept_and_flagged(entity: str, name: str, raw: str, flag: str) -> None:
    field = _field(entity, name)
    read = read_value(field, raw)
    assert read.flag == flag
    assert tell_text(field, read.value, {name: read.written} if read.written else {}) == raw


@pytest.mark.parametrize(
    ("entity", "name", "raw", "words"),
    [
        ("service", "status", "Active", "status is 'Active': it must be one of active, inactive"),
        ("service", "name", " ", "name is missing"),
        ("service", "name", "a\x00b", "NUL"),
        ("schedule", "freq", "DAILY", "WEEKLY, MONTHLY"),
        ("service", "name", {}, "a list or an object"),
    ],
)
def test_what_would_make_a_record_meaningless_refuses_it(
    entity: str, name: str, raw: object, words: str
) -> None:
    with pytest.raises(Unusable, match=words):
        read_value(_field(entity, name), raw)


@pytest.mark.parametrize(
    ("entity", "name", "written", "now", "told"),
    [
        ("service", "minimum_age", "12.0", Decimal("12.000"), "12.0"),
        ("service", "minimum_age", "12.0", Decimal("13.000"), "13"),
        ("service", "last_modified", "2023-03-15T10:30:45+01:00", datetime(2024, 1, 1, tzinfo=UTC), None),
        ("service", "assured_date", "2005-01-01", date(2026, 11, 1), "2026-11-01"),
        ("phone", "extension", "100", "200", "200"),
    ],
)
def test_an_edited_column_wins_over_what_was_written(
    entity: str, name: str, written: str, now: object, told: str | None
) -> None:
    assert tell_text(_field(entity, name), now, {name: written}) == (told or "2024-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("entity", "values", "flags"),
    [
        ("service_capacity", {"available": Decimal(12), "maximum": Decimal(10)}, ["available:above_maximum"]),
        ("service_capacity", {"available": Decimal(1), "maximum": None}, []),
        ("schedule", {"count": "3", "until": "2005-01-01"}, ["count:beside_until"]),
        ("schedule", {"count": "3", "until": ""}, []),
        (
            "service",
            {"minimum_age": Decimal(9), "maximum_age": Decimal(3)},
            ["minimum_age:above_maximum_age"],
        ),
        ("address", {"state_province": "XX", "country": "CA"}, ["state_province:unknown"]),
        ("address", {"state_province": "XX", "country": "US"}, []),
        ("address", {"state_province": "Ont.", "country": ""}, []),
        ("service_capacity", {"available": Decimal(-1), "maximum": Decimal(0)}, ["available:negative"]),
        ("service_capacity", {"maximum": Decimal("-0.5")}, ["maximum:negative"]),
        ("service", {"minimum_age": Decimal(-1), "maximum_age": Decimal(0)}, ["minimum_age:negative"]),
        ("cost_option", {"amount": Decimal(-1)}, []),
    ],
)
def test_values_that_contradict_each_other_are_flagged(
    entity: str, values: dict[str, object], flags: list[str]
) -> None:
    assert flags_of_record(entity, values) == flags


@pytest.mark.promise(25)
@given(field=st.sampled_from(FIELDS), raw=RAW)
def test_any_value_is_read_and_told_without_a_surprise(field: tuple[str, Field], raw: object) -> None:
    _, field_ = field
    try:
        read = read_value(field_, raw)
    except Unusable:
        return
    written = {} if read.written is None else {field_.name: read.written}
    told = tell_json(field_, read.value, written)
    again = read_value(field_, tell_text(field_, read.value, written))
    assert (again.value, again.flag) == (read.value, read.flag)
    if field_.kind in (Kind.NUMBER, Kind.NUMBER_TEXT):
        assert told is None or isinstance(told, int | float)


@given(st.uuids())
def test_ids_are_read_in_any_case(id_: UUID) -> None:
    assert read_value(_field("phone", "service_id"), str(id_).upper()).value == id_
