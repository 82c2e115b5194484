"""Two places of one name and province: each can be asked for, and each is told by a larger place near it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.place_twins import told_by
from directory.rules.places import Choice, Found, Gazetteer, Place


def _place(
    number: int, name: str, latitude: float, longitude: float, people: int, province: str = "ON"
) -> Place:
    return Place(number, name, name, province, latitude, longitude, people, "America/Toronto", "community")


OTTAWA = _place(1, "Ottawa", 45.42, -75.70, 1_000_000)
KITCHENER = _place(2, "Kitchener", 43.45, -80.49, 250_000)
PEMBROKE = _place(3, "Pembroke", 45.82, -77.11, 14_000)
HULL = _place(4, "Hull", 45.43, -75.71, 70_000, "QC")
VANIER = _place(5, "Vanier", 45.44, -75.66, 17_000)
VANIER_WEST = _place(6, "Vanier", 43.43, -80.45, 15_000)
LAKE = _place(7, "Long Lake", 48.5, -85.0, 300)
LAKE_EAST = _place(8, "Long Lake", 45.9, -77.3, 200)
GAZETTEER = Gazetteer([OTTAWA, KITCHENER, PEMBROKE, HULL, VANIER, VANIER_WEST, LAKE, LAKE_EAST])


def test_the_name_alone_is_a_question_that_brackets_answer() -> None:
    assert GAZETTEER.resolve("Vanier, ON") == Choice((VANIER, VANIER_WEST))
    assert GAZETTEER.resolve("Vanier (Ottawa), ON") == Found(VANIER, (VANIER_WEST,))
    assert GAZETTEER.resolve("vanier (kitchener) Ontario") == Found(VANIER_WEST, (VANIER,))


def test_it_is_told_by_a_large_place_near_it_before_a_nearer_small_one() -> None:
    assert GAZETTEER.landmark(VANIER) == OTTAWA
    assert GAZETTEER.landmark(VANIER_WEST) == KITCHENER
    assert GAZETTEER.landmark(LAKE_EAST) == OTTAWA
    assert Gazetteer([PEMBROKE, KITCHENER, LAKE, LAKE_EAST]).landmark(LAKE_EAST) == PEMBROKE


def test_a_place_that_is_alone_or_that_nothing_tells_apart_has_no_landmark() -> None:
    assert GAZETTEER.landmark(OTTAWA) is None
    assert Gazetteer([LAKE, LAKE_EAST]).landmark(LAKE) is None


def test_each_is_found_by_the_words_that_tell_it() -> None:
    for place in (VANIER, VANIER_WEST, LAKE_EAST):
        landmark = GAZETTEER.landmark(place)
        assert landmark is not None
        found = GAZETTEER.resolve(f"{place.name} ({landmark.name}), {place.province}")
        assert isinstance(found, Found)
        assert found.place == place


@pytest.mark.parametrize("text", ["Vanier (Atlantis), ON", "Vanier ()", "Vanier (Ottawa) (x)", "(("])
def test_brackets_that_tell_nothing_are_read_as_any_other_words(text: str) -> None:
    assert not isinstance(GAZETTEER.resolve(text), Found)


def test_a_place_far_from_what_stands_in_brackets_is_not_taken_for_it() -> None:
    far = Gazetteer(
        [_place(1, "Toronto", 43.7, -79.4, 3_000_000), _place(2, "Hope", 49.38, -121.44, 6_000, "BC")]
    )
    assert not isinstance(far.resolve("Hope (Toronto)"), Found)


@given(st.text())
def test_no_words_break_the_reading_of_brackets(text: str) -> None:
    told = told_by(text)
    assert told is None or all(told)


TORONTO = _place(20, "Toronto", 43.7, -79.4, 2_800_000)
NIAGARA = _place(21, "Niagara", 43.64, -79.41, 31_000)
FALLS = _place(22, "Niagara Falls", 43.1, -79.1, 100_000)
MARKHAM = _place(23, "Markham", 43.87, -79.27, 340_000)
AVALON = _place(24, "Avalon", 43.7, -79.45, 3_000)
BESIDE = _place(25, "Farville", 44.1, -79.4, 3_000)
OLD_TORONTO = _place(26, "Old Toronto", 43.66, -79.38, 9_000)
QUARTERS = Gazetteer([TORONTO, NIAGARA, FALLS, MARKHAM, AVALON, BESIDE, OLD_TORONTO])


def test_a_quarter_bears_its_city() -> None:
    assert QUARTERS.landmark(AVALON) == QUARTERS.landmark(NIAGARA) == TORONTO
    assert QUARTERS.resolve("Avalon") == Found(AVALON)
    assert QUARTERS.resolve("Avalon (Toronto), ON") == Found(AVALON)
    for town in (TORONTO, FALLS, MARKHAM, BESIDE, OLD_TORONTO):
        assert QUARTERS.landmark(town) is None, town.name


@pytest.mark.parametrize("typed", ["Niagara", "Niagara, ON", "niagara area"])
def test_a_quarter_with_which_a_towns_name_begins_is_a_question(typed: str) -> None:
    found = QUARTERS.resolve(typed)
    assert isinstance(found, Choice)
    assert found.places == (NIAGARA, FALLS)


def test_the_name_of_a_quarter_is_a_question_where_another_place_bears_it() -> None:
    real = _place(30, "Niagara", 43.25, -79.07, 0)
    found = Gazetteer([TORONTO, NIAGARA, real]).resolve("Niagara")
    assert found == Choice((NIAGARA, real))


@pytest.mark.parametrize("typed", ["Niagara Region", "Region of Niagara", "Farville region"])
def test_a_region_is_a_question_as_a_county_is(typed: str) -> None:
    found = QUARTERS.resolve(typed)
    assert isinstance(found, Choice)
    assert found.places in ((NIAGARA, FALLS), (BESIDE,))
