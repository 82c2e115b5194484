"""What a map may say of where things are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.map_places import MOST_NAMES, names_around, told_point, view_of
from directory.rules.places import Place

points = st.tuples(st.floats(42, 80), st.floats(-140, -53))
places = st.builds(
    Place,
    id=st.integers(1, 10**6),
    name=st.sampled_from(["Kenora", "Vanier"]),
    name_fr=st.just(""),
    province=st.just("ON"),
    latitude=st.floats(42, 80),
    longitude=st.floats(-140, -53),
    population=st.integers(0, 10**6),
    zone=st.just("America/Toronto"),
    kind=st.just("community"),
)


@pytest.mark.promise(1)
@given(points)
def test_only_a_door_whose_street_is_told_is_told_finer_than_a_kilometre(point: tuple[float, float]) -> None:
    coarse = tuple(round(degrees, 2) for degrees in point)
    assert told_point(point, is_exact=False, has_street=True) == coarse
    assert told_point(point, is_exact=False, has_street=False) == coarse
    assert told_point(point, is_exact=True, has_street=False) == coarse
    assert told_point(point, is_exact=True, has_street=True) == tuple(round(degrees, 3) for degrees in point)


@given(st.lists(points, min_size=1, max_size=30), st.lists(places, max_size=60, unique_by=lambda p: p.id))
def test_names_are_few_lie_where_the_map_looks_and_begin_with_the_largest(
    found: list[tuple[float, float]], known: list[Place]
) -> None:
    names = names_around(found, known)
    south, west, north, east = view_of(found)
    assert len(names) <= MOST_NAMES
    assert len({place.id for place in names}) == len(names)
    assert all(south <= p.latitude <= north and west <= p.longitude <= east for p in names)
    assert [p.population for p in names] == sorted((p.population for p in names), reverse=True)
    inside = [p for p in known if south <= p.latitude <= north and west <= p.longitude <= east]
    if inside:
        assert max(p.population for p in inside) == names[0].population


def test_a_map_of_nothing_has_no_names() -> None:
    assert names_around([], []) == []
