"""What looks like a protected place, and what only stands near it."""

from math import cos, radians

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.rules.look_alikes import (
    Likeness,
    blocks_of,
    is_alike,
    near_same,
    number_key,
    shared_numbers,
    square_of,
    squares_around,
)

pytestmark = [pytest.mark.promise(1)]
LATITUDES, LONGITUDES = st.floats(42, 82), st.floats(-141, -53)
METRE = 1 / 111_200


def moved(latitude: float, longitude: float, north: float, east: float) -> tuple[float, float]:
    """The point so many metres away."""
    return latitude + north * METRE, longitude + east * METRE / cos(radians(latitude))


@given(LATITUDES, LONGITUDES, st.floats(-150, 150), st.floats(-150, 150))
def test_a_point_some_metres_off_lies_in_a_square_around(
    latitude: float, longitude: float, north: float, east: float
) -> None:
    there = moved(latitude, longitude, north, east)
    assert square_of(*there) in set(squares_around(latitude, longitude))


@given(LATITUDES, LONGITUDES, st.floats(1_000, 20_000), st.booleans(), st.booleans())
def test_a_point_a_kilometre_off_does_not(
    latitude: float, longitude: float, metres: float, to_north: bool, is_plus: bool
) -> None:
    metres = metres if is_plus else -metres
    there = moved(latitude, longitude, metres if to_north else 0, 0 if to_north else metres)
    assume(42 <= there[0] <= 82)
    assert square_of(*there) not in set(squares_around(latitude, longitude))


@pytest.mark.parametrize("point", [(None, -76.0), (44.0, None), (float("nan"), 1.0), (1.0, float("inf"))])
def test_no_point_is_in_no_square(point: tuple[float, float]) -> None:
    assert square_of(*point) == ""
    assert not list(squares_around(*point))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Quillfeather House", "QUILLFEATHER house"),
        ("Quillfeather House", "Maison Quillfeather"),
        ("Quillfeather House", "Quilfeather Shelter"),
        ("Rest and legal advice", "Rest, Legal Advice program"),
        ("Women's Shelter", "women’s shelter"),
        ("Lake Legal Advice", "Legal Advice"),
    ],
)
def test_near_same_names(one: str, two: str) -> None:
    assert near_same(one, two)
    assert near_same(two, one)
    assert blocks_of(one) & blocks_of(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Lake House", "River House"), ("Women's Shelter", "Men's Shelter"), ("", ""), ("House", "Shelter"),
     ("Legal advice", "Legal clinic"), ("Lake Legal Advice", "Food bank")],
)  # fmt: skip
def test_other_names(one: str, two: str) -> None:
    assert not near_same(one, two)


@given(st.builds(Likeness, *[st.booleans()] * 7))
def test_more_in_common_is_never_less_alike(found: Likeness) -> None:
    if is_alike(found):
        more = {name: True for name in Likeness.__slots__ if name != "has_street"}
        assert is_alike(Likeness(**more, has_street=found.has_street))
        assert is_alike(Likeness(**more, has_street=False))


def test_a_neighbour_with_a_street_of_its_own_is_no_look_alike() -> None:
    here = {"is_near": True, "in_area": True, "in_province": True}
    assert not is_alike(Likeness(**here, has_street=True))
    assert not is_alike(Likeness(**here, has_street=True, same_owner=True))
    assert is_alike(Likeness(**here, has_street=False))
    assert is_alike(Likeness(**here, has_street=True, same_phone=True))
    assert not is_alike(Likeness(same_phone=True, has_street=False))


def test_numbers_are_compared_without_extension() -> None:
    for number in ("613-555-0142", "+1 (613) 555-0142", "1 613 555 0142 ext. 3", "6135550142x3"):
        assert number_key(number) == "6135550142"
    assert (number_key("211"), number_key("555-0142"), number_key("")) == ("", "", "")


def test_a_number_of_many_services_says_nothing() -> None:
    assert shared_numbers([["1", "2"], ["1"], ["1", "1"], ["1"], ["2"]]) == {"1"}
