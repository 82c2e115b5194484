"""Coordinates in plain digits are read without the detour by which all other numbers are read: the same comes of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.hsds_package_rows import RowReader
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import column_text, read_value

LATITUDE = next(field for field in ENTITIES["location"].fields if field.name == "latitude")
ID = "8a0ec8d2-2b4c-4f0a-9d5c-6c2f1c6f1f00"


def _as_slowly(text: str) -> tuple[str | None, str | None, list[str]]:
    read = read_value(LATITUDE, text)
    value = None if read.value is None else column_text(read.value)
    return value, read.written, [read.flag] if read.flag else []


def _as_row(text: str) -> tuple[str | None, str | None, list[str]]:
    reader = RowReader("list", "location")
    names = [field.name for field in ENTITIES["location"].fields]
    cells = tuple({"id": ID, "latitude": text, "location_type": "physical"}.get(name, "") for name in names)
    row = dict(zip(reader.columns[5:], reader.read(cells), strict=True))

    written = json.loads(row["written"] or "{}").get("latitude")
    flags = [flag for flag in (row["flags"] or "{}").strip("{}").split(",") if flag.startswith("latitude")]
    return row["latitude"], written, flags


@given(st.from_regex(r"-?[0-9]{1,3}(\.[0-9]{0,20})?", fullmatch=True))
def test_any_plain_number_is_read_as_the_long_way_would(text: str) -> None:
    assert _as_row(text) == _as_slowly(text)


@pytest.mark.parametrize(
    "text", ["44.23", "-0.00001", "90.0", "90.00000000001", "100.5", "007.5", "44.230", "4.4e1", " 44.23"]
)
def test_odd_ones_too(text: str) -> None:
    assert _as_row(text) == _as_slowly(text)
