"""Rows of a file of place names: taken, passed over, or refused with a reason."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.place_rows import (
    NAMES_COLUMNS,
    NATIONS_COLUMNS,
    BadRow,
    NameRow,
    feature_of,
    read_name,
    read_nation,
    reader_for,
)

ROW = dict(
    zip(
        NAMES_COLUMNS,
        ("Emberly", "English", "", "Town", "Populated Place", "TOWN", "0A", "45.5", "-77.5", "Ontario"),
        strict=True,
    )
)


def test_a_community_is_read_with_its_province_and_point() -> None:
    assert read_name(ROW) == NameRow("0a", "Emberly", "english", "", "ON", 45.5, -77.5)


@pytest.mark.parametrize(
    ("category", "code", "term", "is_taken"),
    [
        ("Populated Place", "UNP", "Locality", True),
        ("Administrative Area", "IR", "Indian Reserve", True),
        ("Administrative Area", "MUN1", "Rural Municipality", True),
        ("Administrative Area", "MUN1", "District Municipality", True),
        ("Administrative Area", "MUN1", "County", False),
        ("Administrative Area", "MUN2", "Municipality", False),
        ("Populated Place", "UNP", "Railway Point", False),
        ("Populated Place", "UNP", "Abandoned Locality", False),
        ("Water Feature", "LAKE", "Lake", False),
    ],
)
def test_only_where_people_live_is_a_community(category: str, code: str, term: str, is_taken: bool) -> None:
    row = ROW | {"Generic Category": category, "Concise Code": code, "Generic Term": term}
    assert (read_name(row) is not None) == is_taken


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Latitude": "nan"}, "not in Canada"),
        ({"Latitude": "1e999"}, "not in Canada"),
        ({"Longitude": "77.5"}, "not in Canada"),
        ({"Longitude": "west"}, "no numbers"),
        ({"Geographical Name": " - "}, "Geographical Name is missing"),
        ({"Geographical Name": "x" * 121}, "is no name"),
        ({"Syllabic Form": "a\x00b"}, "Syllabic Form is no name"),
        ({"Province - Territory": ""}, "is none"),
        ({"Toponymic Feature ID": " "}, "Feature ID is missing"),
    ],
)
def test_a_row_that_cannot_be_right_says_why(change: dict[str, str], reason: str) -> None:
    with pytest.raises(BadRow, match=reason):
        read_name(ROW | change)


def test_a_header_tells_which_file_it_is_or_what_it_lacks() -> None:
    assert reader_for(NAMES_COLUMNS) is read_name
    assert reader_for((*NATIONS_COLUMNS, "COORD_SYS")) is read_nation
    with pytest.raises(BadRow, match="Concise Code, Latitude"):
        reader_for([name for name in NAMES_COLUMNS if name not in ("Concise Code", "Latitude")])


@given(st.dictionaries(st.sampled_from(NAMES_COLUMNS), st.text(max_size=20)))
def test_no_row_raises_anything_but_its_reason(change: dict[str, str]) -> None:
    with suppress(BadRow):
        assert isinstance(read_name(ROW | change), NameRow | None)


def name(text: str, language: str, syllabic: str = "") -> NameRow:
    """A name of one feature."""
    return NameRow("f", text, language, syllabic, "NU", 64.0, -83.0)


@given(
    st.permutations([name("Plume", "french"), name("Feather", "english"), name("Suluk", "inuktitut", "ᓱᓗᒃ")])
)
def test_a_feature_is_the_same_in_whatever_order_its_names_come(rows: list[NameRow]) -> None:
    feature = feature_of(rows)
    assert (feature.names, feature.name_fr) == (("Feather", "Plume", "Suluk", "ᓱᓗᒃ"), "Plume")


def test_a_french_name_alone_is_the_label_in_both_languages() -> None:
    feature = feature_of([name("Plume", "french")])
    assert (feature.names, feature.name_fr) == (("Plume",), "")
