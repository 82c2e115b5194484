"""Published areas: at least 5,000 people each, within one province, at one fixed point, whoever asks in which order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.areas import FLOOR, areas_of, nearest, slug_of
from directory.rules.places import Place
from directory.rules.table_places import kilometres

pytestmark = pytest.mark.promise(1)

communities = st.builds(
    Place,
    id=st.integers(1, 10**9),
    name=st.sampled_from(["Kenora", "Vanier", "Foo 12", "Foo", "Ã", "St. John's", ""]),
    name_fr=st.sampled_from(["", "Kénora"]),
    province=st.sampled_from(["ON", "QC", "NU"]),
    population=st.one_of(st.just(0), st.integers(1, 20_000)),
    latitude=st.floats(42, 80),
    longitude=st.floats(-140, -53),
    zone=st.just("America/Toronto"),
    kind=st.just("community"),
)
gazetteers = st.lists(communities, unique_by=lambda place: place.id, max_size=25)


def town(id_: int, name: str, people: int, latitude: float = 49.77, province: str = "ON") -> Place:
    return Place(id_, name, "", province, latitude, -94.49, people, "America/Winnipeg", "community")


@given(gazetteers)
def test_everybody_is_counted_once_and_no_area_is_small_unless_its_province_is(
    places: list[Place],
) -> None:
    found = areas_of(places)
    assert sum(area.people for area in found.areas) == sum(place.population for place in places)
    for area in found.areas:
        assert area.people >= FLOOR or area.slug == area.province.lower()


@given(gazetteers)
def test_each_place_is_in_one_area_of_its_own_province(places: list[Place]) -> None:
    found = areas_of(places)
    areas = {area.slug: area for area in found.areas}
    assert len(areas) == len(found.areas)
    assert {place.id for place in places} == found.area_of.keys()
    for place in places:
        assert areas[found.area_of[place.id]].province == place.province


@given(gazetteers, st.randoms())
def test_the_order_of_the_gazetteer_changes_nothing(places: list[Place], random: object) -> None:
    shuffled = sorted(places, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert areas_of(shuffled) == areas_of(places)


@given(gazetteers)
def test_a_small_place_joins_the_nearest_large_one_of_its_province(places: list[Place]) -> None:
    found = areas_of(places)
    points = {area.slug: (area.latitude, area.longitude) for area in found.areas}
    for place in places:
        here = (place.latitude, place.longitude)
        seats = [p for p in places if p.province == place.province and p.population >= FLOOR]
        if place.population < FLOOR and seats:
            closest = min(kilometres(here, (seat.latitude, seat.longitude)) for seat in seats)
            assert kilometres(here, points[found.area_of[place.id]]) == closest


@given(gazetteers, st.floats(42, 80), st.floats(-140, -53))
def test_where_a_small_place_lies_within_its_area_changes_no_area(
    places: list[Place], latitude: float, longitude: float
) -> None:
    """All that is told of an area is that of its large community and a sum."""
    moved = [
        replace(p, latitude=latitude, longitude=longitude) if p.population < FLOOR else p for p in places
    ]
    before, after = areas_of(places), areas_of(moved)
    told = {(a.slug, a.latitude, a.longitude, a.name) for a in before.areas if a.people >= FLOOR}
    assert {(a.slug, a.latitude, a.longitude, a.name) for a in after.areas if "-" in a.slug} == {
        row for row in told if "-" in row[0]
    }


def test_a_community_of_just_five_thousand_stands_for_itself_and_one_below_does_not() -> None:
    found = areas_of([town(1, "Kenora", 14_967), town(2, "Fort", 5_000, 48.6), town(3, "Lake", 4_999, 48.7)])
    assert found.area_of == {1: "on-kenora", 2: "on-fort", 3: "on-fort"}
    fort = found.areas[0]
    assert (fort.slug, fort.name, fort.name_fr, fort.people) == (
        "on-fort", "Fort area", "Fort et environs", 9_999,
    )  # fmt: skip
    assert (fort.latitude, fort.zone) == (48.6, "America/Winnipeg")


def test_a_border_is_not_crossed_however_near_the_large_community_is() -> None:
    found = areas_of(
        [town(1, "Gatineau", 9_000, 45.5, "QC"), town(2, "Small", 20, 45.4), town(3, "Far", 6_000, 43)]
    )
    assert found.area_of[2] == "on-far"


def test_a_province_without_a_large_community_is_one_area_at_its_largest() -> None:
    found = areas_of([town(1, "Alert", 0, 82.5, "NU"), town(2, "Baker Lake", 2_069, 64.3, "NU")])
    (whole,) = found.areas
    assert (whole.slug, whole.name, whole.latitude, whole.people) == ("nu", "Nunavut", 64.3, 2_069)
    assert found.area_of == {1: "nu", 2: "nu"}


def test_two_communities_of_one_name_have_slugs_of_their_own() -> None:
    found = areas_of([town(1, "Vanier", 6_000), town(2, "Vanier", 7_000, 45)])
    assert [area.slug for area in found.areas] == ["on-vanier--1", "on-vanier--2"]


def test_a_postal_area_follows_the_nearest_large_community_and_adds_nobody() -> None:
    postal = replace(town(-5, "P9N", 0), kind="postal_area")
    found = areas_of([town(1, "Kenora", 14_967), postal])
    assert found.area_of[-5] == "on-kenora"
    assert found.areas[0].people == 14_967


def test_of_two_equally_near_the_lower_number_is_taken() -> None:
    seats = [town(7, "North", 6_000, 51), town(3, "South", 6_000, 51)]
    assert nearest(seats, 50, -94.49).id == 3


def test_slugs_are_plain_letters() -> None:
    assert slug_of("QC", "Trois-Rivières") == "qc-trois-rivieres"
    assert slug_of("NL", "St. John's") == "nl-st-john-s"
