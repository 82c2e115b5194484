"""The way to a service: how far the nearest is, no road, another province. Nothing is said that is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.bands import BANDS, distance_band, least_km
from directory.rules.provinces import PROVINCES, in_province, province_name
from directory.rules.radius import STEPS
from directory.rules.remote import (
    FAR_KM,
    NEIGHBOURS_KM,
    Nearest,
    Roadless,
    Spot,
    is_other_province,
    nearest_of,
    spot,
    way_between,
)

OLD_CROW, CHURCHILL, NAIN = spot("Old Crow", "YT"), spot("Churchill", "MB"), spot("Nain", "NL")
KUUJJUARAPIK, WHAPMAGOOSTUI = spot("Kuujjuarapik", "QC"), spot("Whapmagoostui", "QC")
IQALUIT, WINNIPEG, THOMPSON = spot("Iqaluit", "NU"), spot("Winnipeg", "MB"), spot("Thompson", "MB")
KNOWN = Roadless(
    groups={OLD_CROW: 0, CHURCHILL: 1, NAIN: 2, KUUJJUARAPIK: 3, WHAPMAGOOSTUI: 3},
    by={0: "plane", 1: "train", 2: "boat", 3: "plane"},
    whole=frozenset({"NU"}),
)
places = st.sampled_from(
    [OLD_CROW, CHURCHILL, NAIN, KUUJJUARAPIK, WHAPMAGOOSTUI, IQALUIT, WINNIPEG, THOMPSON]
)
kilometres = st.integers(0, 5000)


@pytest.mark.parametrize(
    ("here", "there", "way"),
    [
        (WINNIPEG, OLD_CROW, "plane"),
        (IQALUIT, spot("Rankin Inlet", "NU"), "plane"),
        (WINNIPEG, CHURCHILL, "train"),
        (WINNIPEG, NAIN, "boat"),
        (CHURCHILL, OLD_CROW, "plane"),
        (CHURCHILL, NAIN, "plane"),
        (WINNIPEG, THOMPSON, None),
        (spot("Old Crow", "ON"), WINNIPEG, None),
        (KUUJJUARAPIK, WHAPMAGOOSTUI, None),
        (spot("", "NU"), IQALUIT, None),
    ],
)
def test_a_way_without_a_road_is_told_by_what_is_there(here: Spot, there: Spot, way: str | None) -> None:
    assert way_between(here, there, 600, KNOWN) == way


@given(places, places, kilometres)
def test_the_way_back_is_the_way_there_and_within_one_place_there_is_none(
    here: Spot, there: Spot, km: int
) -> None:
    way = way_between(here, there, km, KNOWN)
    assert way == way_between(there, here, km, KNOWN)
    assert way_between(here, here, km, KNOWN) is None
    has_road = KNOWN.way_to(here) is None and KNOWN.way_to(there) is None
    assert (way is None) == (has_road or km < NEIGHBOURS_KM or KNOWN.is_one(here, there))


@given(places, places, kilometres)
def test_where_nothing_is_known_nothing_is_said(here: Spot, there: Spot, km: int) -> None:
    assert way_between(here, there, km, Roadless()) is None


def test_a_name_is_compared_as_people_write_it() -> None:
    assert spot("God's River", "MB") == spot("gods river", "MB")
    assert spot("Délįne", "NT") == spot("Deline", "NT")


@pytest.mark.parametrize(
    ("here", "there", "is_other"),
    [("MB", "SK", True), ("MB", "MB", False), ("", "SK", False), ("MB", "", False)],
)
def test_another_province_is_one_that_is_known(here: str, there: str, is_other: bool) -> None:
    assert is_other_province(here, there) is is_other


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_province_can_be_gone_to(language: str) -> None:
    told = {code: in_province(code, language) for code in PROVINCES}
    assert all(words.endswith(province_name(code, language)) for code, words in told.items())
    assert all(words[0].islower() or words[0] == "à" for words in told.values())
    assert in_province("", language) == in_province("ZZ", language) == ""


def test_french_goes_to_each_province_in_its_own_way() -> None:
    told = [in_province(code, "fr") for code in ("AB", "MB", "NL", "NT", "PE")]
    assert told == [
        "en Alberta",
        "au Manitoba",
        "à Terre-Neuve-et-Labrador",
        "dans les Territoires du Nord-Ouest",
        "à l'Île-du-Prince-Édouard",
    ]


@given(st.floats(0, 5000))
def test_a_floor_is_never_beyond_what_its_band_may_be(km: float) -> None:
    assert least_km(distance_band(km)) <= km
    assert [distance_band(least_km(band)) for band in BANDS] == list(BANDS)


@pytest.mark.parametrize(
    ("shown", "are_all", "told"),
    [
        ([], True, None),
        ([(149, True)], True, None),
        ([(150, True)], True, Nearest(150, is_about=True)),
        ([(642, True), (900, True)], True, Nearest(640, is_about=True)),
        ([(642, True), (900, True)], False, Nearest(500, is_about=False)),
        ([(642, True), (1001, True)], False, Nearest(640, is_about=True)),
        ([(160, True), (240, True)], False, None),
        ([(250, False)], True, Nearest(250, is_about=False)),
        ([(100, False)], True, None),
        ([(250, False), (640, True)], True, Nearest(250, is_about=False)),
        ([(640, True), (250, False)], True, Nearest(500, is_about=False)),
    ],
)
def test_the_nearest_is_told_as_far_as_the_page_knows_it(
    shown: list[tuple[int, bool]], are_all: bool, told: Nearest | None
) -> None:
    assert nearest_of(shown, are_all=are_all, sort="best") == told


def test_by_distance_the_first_door_is_the_nearest() -> None:
    shown = [(642, True), (250, False), (900, True)]
    assert nearest_of(shown, are_all=False, sort="distance") == Nearest(640, is_about=True)


def test_by_the_day_of_the_check_only_a_whole_list_tells() -> None:
    assert nearest_of([(642, True)], are_all=False, sort="checked") is None
    assert nearest_of([(642, True)], are_all=True, sort="checked") == Nearest(640, is_about=True)
    assert nearest_of([(642, True), (250, False)], are_all=True, sort="checked") == Nearest(
        250, is_about=False
    )


doors = st.tuples(kilometres, st.booleans())


@given(st.lists(doors, min_size=1, max_size=40), st.sampled_from(["best", "distance", "checked"]))
def test_what_is_said_of_the_nearest_is_true_of_every_page_behind(
    found: list[tuple[int, bool]], sort: str
) -> None:
    """Sorted as a search does: by kilometres, by steps of them, or by something else; the first page shows twenty."""
    order = {"distance": lambda told: told[0], "best": lambda told: sum(told[0] >= s for s in STEPS)}
    ranked = sorted(found, key=order[sort]) if sort in order else found
    page = [(km, True) if door else (least_km(distance_band(km)), False) for km, door in ranked[:20]]
    told = nearest_of(page, are_all=len(ranked) <= 20, sort=sort)
    nearest = min(km for km, _ in found)
    if told is None:
        is_unsure = len(ranked) > 20 or not all(door for _, door in found)
        assert nearest < FAR_KM or is_unsure
    elif told.is_about:
        assert abs(told.km - nearest) <= 5
    else:
        assert nearest >= told.km >= FAR_KM
