"""Distances in words, and in whole kilometres."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.bands import BANDS, distance_band, whole_km

DISTANCES = st.floats(min_value=0, max_value=10_000)


@pytest.mark.parametrize(
    ("km", "band"),
    [
        (0, "here"),
        (4.9, "here"),
        (5, "near"),
        (24.9, "near"),
        (25, "within_50"),
        (50, "within_100"),
        (100, "within_250"),
        (249.9, "within_250"),
        (250, "far"),
        (math.inf, "far"),
    ],
)
def test_each_band_begins_where_the_last_one_ends(km: float, band: str) -> None:
    assert distance_band(km) == band


@settings(max_examples=50, deadline=None)
@given(DISTANCES, DISTANCES)
def test_the_farther_of_two_places_never_gets_the_nearer_band(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert BANDS.index(distance_band(near)) <= BANDS.index(distance_band(far))


@pytest.mark.parametrize(("metres", "km"), [(0, 0), (499, 0), (500, 1), (1500, 2), (2499.9, 2), (12_000, 12)])
def test_kilometres_are_whole_and_halves_go_up(metres: float, km: int) -> None:
    assert whole_km(metres) == km
    assert isinstance(whole_km(metres), int)


@pytest.mark.parametrize("wrong", [-1.0, math.nan])
def test_what_is_no_distance_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="not a distance"):
        distance_band(wrong)
    with pytest.raises(ValueError, match="not a distance"):
        whole_km(wrong)
