"""A radius: exact to the kilometre for a known door, no finer than the bands for every other place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.bands import BANDS, distance_band, whole_km
from directory.rules.radius import CHOICES, FARTHEST, NEAREST, STEPS, door_limit, rough_limit

RADII = st.integers(NEAREST, FARTHEST)
METRES = st.floats(0, 6_000_000, allow_nan=False)


@given(RADII, METRES)
def test_a_door_is_within_if_the_kilometres_that_are_told_are(within: int, metres: float) -> None:
    assert (metres < door_limit(within)) == (whole_km(metres) <= within)


def of_one_step(metres: float, other: float) -> bool:
    return all((metres < step * 1000) == (other < step * 1000) for step in STEPS)


@pytest.mark.promise(1)
@given(METRES, METRES, RADII)
def test_no_radius_parts_two_places_of_one_step(one: float, other: float, within: int) -> None:
    if of_one_step(one, other):
        assert (one < rough_limit(within)) == (other < rough_limit(within))


@pytest.mark.promise(1)
@given(METRES, METRES, st.integers(NEAREST, 250))
def test_up_to_250_km_no_radius_tells_more_than_the_band_that_readers_see(
    one: float, other: float, within: int
) -> None:
    if distance_band(one / 1000) == distance_band(other / 1000):
        assert (one < rough_limit(within)) == (other < rough_limit(within))


@given(METRES, RADII)
def test_what_may_be_within_is_never_cut_off(metres: float, within: int) -> None:
    if metres <= within * 1000 and metres / 1000 not in STEPS:
        assert metres < rough_limit(within)


@given(METRES, st.tuples(RADII, RADII))
def test_a_larger_radius_holds_all_of_a_smaller_one(metres: float, radii: tuple[int, int]) -> None:
    small, large = sorted(radii)
    for limit in (door_limit, rough_limit):
        assert metres >= limit(small) or metres < limit(large)


def test_the_first_steps_are_where_the_bands_end() -> None:
    ends = [step for step in STEPS if distance_band(step - 0.001) != distance_band(step)]
    assert ends == list(STEPS[: len(BANDS) - 1])
    assert CHOICES[-1] == ends[-1]
