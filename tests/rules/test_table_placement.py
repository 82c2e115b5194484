"""Where a row stands if its town, its code and the mapping's own town disagree: never in a place that none names."""

from typing import Any

import pytest

from directory.rules.places import Gazetteer, Place
from directory.rules.table_locations import location_of
from directory.rules.table_mapping import TableMapping
from directory.rules.table_places import Placement, community_named, placement
from directory.rules.table_records import LocationFacts
from tests.rules.table_examples import MAPPING, ROW, mapping


def _place(
    id_: int, name: str, province: str, latitude: float, longitude: float, people: int = 1000, **more: Any
) -> Place:
    facts = {"zone": "America/Toronto", "kind": "community"} | more
    return Place(id_, name, name, province, latitude, longitude, people, **facts)


def _area(id_: int, code: str, province: str, latitude: float, longitude: float) -> Place:
    return _place(id_, code, province, latitude, longitude, kind="postal_area")


GAZETTEER = Gazetteer(
    [
        _place(1, "Kingston", "ON", 44.23, -76.48, 130_000),
        _place(2, "Kingston", "NS", 44.98, -64.95, 3_000),
        _place(3, "Toronto", "ON", 43.7, -79.4, 2_600_000),
        _place(4, "Windsor", "ON", 42.3, -83.02, 229_000),
        _place(5, "Windsor", "NS", 44.99, -64.14, 3_600),
        _place(6, "Thompson", "MB", 55.74, -97.86, 13_000),
        _place(7, "Thompson", "ON", 45.0, -78.0, 12_000),
        _place(8, "Montréal", "QC", 45.5, -73.6, 1_700_000),
        _place(9, "Ottawa", "ON", 45.42, -75.7, 900_000),
        _place(10, "Springfield", "ON", 42.8, -80.9, 20_000),
        _place(11, "Springfield", "ON", 49.3, -83.0, 900),
        _place(12, "Québec", "QC", 46.81, -71.21, 540_000),
        _place(13, "Sydenham", "ON", 44.6, -80.9, 900),
        _area(-9, "K0H", "ON", 44.6, -76.7),
        _area(-1, "K7L", "ON", 44.24, -76.47),
        _area(-2, "V6B", "BC", 49.28, -123.12),
        _area(-3, "M5V", "ON", 43.64, -79.39),
        _area(-4, "B0N", "NS", 45.0, -64.1),
        _area(-5, "J8X", "QC", 45.43, -75.73),
        _area(-6, "P5N", "ON", 49.4, -82.4),
        _area(-7, "R8N", "MB", 55.7, -97.8),
        _area(-8, "M5H", "ON", 43.65, -79.38),
        # As they are known: the middle of P0T lies far from Atikokan, and no rural code lies near.
        _place(14, "Atikokan", "ON", 48.757, -91.624, 2_753),
        _area(-10, "P0T", "ON", 50.139, -89.056),
        _area(-11, "P0W", "ON", 48.72, -93.84),
        _area(-12, "N0H", "ON", 44.6, -81.3),
    ]
)
KINGSTON = community_named(GAZETTEER, "Kingston, ON")
NOTHING = Placement("nothing")


def placed(*told: str, **facts: Any) -> Placement:
    values = dict(zip(("city", "state_province", "postal_code"), told, strict=False))
    return placement(LocationFacts(**values, **facts), GAZETTEER, KINGSTON)


def town(id_: int) -> Placement:
    return Placement("community", id_)


def area(id_: int) -> Placement:
    return Placement("postal_area", id_)


@pytest.mark.parametrize(
    ("told", "where"),
    [
        (("Kingston", "ON", "V6B 1A1"), town(1)),
        (("Kingston", "ON", "M5V 2T6"), town(1)),
        (("Thompson", "MB", "V6B 1A1"), town(6)),
        (("Toronto", "ON", "K7L 1A1"), town(3)),
        (("Windsor", "ON", "B0N 1A1"), town(4)),
    ],
)
def test_a_code_that_contradicts_a_town_and_its_province_is_not_believed(
    told: tuple[str, str, str], where: Placement
) -> None:
    assert placed(*told) == where
    assert "far from the town" in placed(*told).doubt
    assert placed(*told, is_protected=True) == where


def test_a_code_across_the_border_of_a_province_says_nothing_of_an_unknown_town() -> None:
    found = placed("Xyzzyville", "ON", "V6B 1A1")
    assert (found, "another province" in found.doubt) == (NOTHING, True)
    assert placed("Ottawa", "ON", "J8X 1A1") == town(9)
    assert placed("Ottawa", "ON", "J8X 1A1").doubt == ""


def test_of_a_town_without_its_province_the_code_tells_which_it_is() -> None:
    assert placed("Windsor", "", "B0N 1A1") == town(5)
    assert placed("Thompson", "", "R8N 1A1") == town(6)
    assert placed("Windsor") == town(4)
    elsewhere = placed("Kingston", "", "V6B 1A1")
    assert (elsewhere, "no one place" in elsewhere.doubt) == (area(-2), True)


def test_of_two_towns_of_one_name_in_a_province_the_code_tells_which() -> None:
    assert placed("Springfield", "ON") == town(10)
    assert placed("Springfield", "ON", "P5N 1A1") == town(11)


def test_a_small_town_far_from_its_code_may_be_another_of_that_name() -> None:
    """The one village of that name that a gazetteer knows need not be the one that is meant."""
    rural, of_a_city = placed("Sydenham", "ON", "K0H 2T0"), placed("Sydenham", "ON", "K7L 1A1")
    assert (rural, of_a_city) == (area(-9), NOTHING)
    assert "another town may be meant" in rural.doubt
    assert "another town may be meant" in of_a_city.doubt
    assert placed("Toronto", "ON", "K0H 2T0") == town(3)


def test_a_small_town_of_the_north_is_believed_over_its_own_code_whose_middle_is_far() -> None:
    for told in (("Atikokan", "ON", "P0T 1C0"), ("Atikokan", "", "P0T 1C0")):
        assert placed(*told) == town(14)
        assert "the town is believed" in placed(*told).doubt
        assert placed(*told, is_protected=True) == town(14)
    assert placed("Atikokan", "ON", "N0H 1C0") == area(-12)
    assert placed("Atikokan", "ON", "K7L 1A1") == NOTHING


def test_a_point_at_the_named_town_outweighs_a_code_whose_middle_is_far() -> None:
    at, near = {"latitude": 44.6, "longitude": -80.9}, {"latitude": 44.6, "longitude": -76.7}
    assert placed("Sydenham", "ON", "K0H 2T0", **at) == Placement("coordinates", 13, 44.6, -80.9)
    assert placed("Sydenham", "ON", "K0H 2T0", **near).community == -9
    assert placed("Springfield", "ON", "P5N 1A1", latitude=42.8, longitude=-80.9).community == 10


@pytest.mark.parametrize(
    ("told", "where"),
    [
        (("Kingstn", "ON"), NOTHING),
        (("Boston", "ON"), NOTHING),
        (("Kingston / Napanee", "ON"), NOTHING),
        (("Thompson", ""), NOTHING),
        (("Kingstn", "ON", "K7L 1A1"), area(-1)),
    ],
)
def test_a_town_that_nobody_knows_is_told(told: tuple[str, ...], where: Placement) -> None:
    assert placed(*told) == where
    assert "no one place of the town's name is known" in placed(*told).doubt
    assert told[0] not in placed(*told).doubt


def row(line: str | None, by: TableMapping = MAPPING, **more: Any) -> Placement:
    location = location_of(by, ROW | {"address": line} | more, ())
    return placement(location, GAZETTEER, KINGSTON)


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("100 King St, Windsor", town(4)),
        ("100 King St Windsor", town(4)),
        ("Montréal", town(8)),
        ("1 King St W, Toronto M5H 1A1", town(3)),
        ("serving Ottawa", town(9)),
        ("Ottawa area", town(9)),
        ("1250, rue Inventée, Montréal", town(8)),
        ("Confidential, Ottawa", town(9)),
        ("Online (Toronto based)", town(3)),
        ("Salvation Hall, 12 Oak Ave, Ottawa", town(9)),
    ],
)
def test_a_line_that_names_another_town_is_not_in_the_mappings_community(line: str, where: Placement) -> None:
    assert row(line) == where


@pytest.mark.parametrize(
    "line",
    [
        None, "", "12 Oak Ave", "12 Oak Ave, Unit 4", "12 Oak Ave, Rear entrance", "1250, rue Inventée", "PO Box 5",
        "Harbour Hall, 12 Oak Ave", "12 Oak Ave, 2nd floor", "Downtown Kingston", "12 Oak Ave, Kingston",
        "Confidential",
        "Kingston and Ottawa", "Various Locations (Pop-up)", "Call for location", "PO Box 5, Ottawa, ON K1A 1A1",
        "12 Oak Ave, Kingston K7L 1A1", "Online",
    ],
)  # fmt: skip
def test_a_line_that_names_no_town_or_the_mappings_own_is_in_its_community(line: str | None) -> None:
    assert row(line) == town(1)


@pytest.mark.parametrize(
    "line",
    [
        "12 Oak Ave, Smallville",
        "Smallville",
        "12 Oak Ave, Thompson",
        "Windsor and Ottawa",
        "Québec",
        "Manitoba",
    ],
)
def test_a_line_whose_town_cannot_be_known_is_in_no_town(line: str) -> None:
    assert row(line) == NOTHING
    assert row(line).doubt


def test_a_line_without_a_town_is_in_the_area_of_its_code() -> None:
    assert row("12 Oak Ave, M5V 1A1") == area(-3)


COLUMNS = mapping(
    place={
        "address_1": "address", "city": "city", "state_province": "province", "postal_code": "code",
        "default_community": "Kingston, ON",
    }
)  # fmt: skip


def test_the_code_of_a_box_is_not_that_of_a_door() -> None:
    box = {"city": "Nowhere", "province": "ON", "code": "K7L 1A1"}
    assert row("PO Box 5", COLUMNS, **box) == NOTHING
    assert row("12 Oak Ave", COLUMNS, **box) == area(-1)
    assert row("PO Box 5", COLUMNS, **box | {"city": "Kingston", "code": "V6B 1A1"}) == town(1)
    assert row("PO Box 5", COLUMNS, **box | {"city": "Kingston", "code": "V6B 1A1"}).doubt == ""


def test_another_province_is_not_that_of_the_mappings_community() -> None:
    found = row("12 Oak Ave", COLUMNS, province="British Columbia")
    assert (found, "another province" in found.doubt) == (NOTHING, True)
    assert row("12 Oak Ave", COLUMNS, province="Ontario") == town(1)
    assert row("12 Oak Ave, Windsor", COLUMNS, province="NS") == town(5)
