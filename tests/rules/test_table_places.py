"""Where a row stands is told as well as it is known and never better; a protected door is told nowhere."""

from typing import Any

import pytest

from directory.rules.places import Gazetteer, Place
from directory.rules.table_addresses import read_address
from directory.rules.table_places import Placement, community_named, placement, protect_shared
from directory.rules.table_records import LocationFacts, Record, Refusal
from tests.rules.table_examples import read, refusal


def test_a_street_is_taken_apart() -> None:
    found = read_address("342 Made-up St, Unit 4, Kingston, ON K7K6R6, Canada (rear door)")
    assert found is not None
    assert (found.address_1, found.address_2, found.city) == ("342 Made-up St", "Unit 4", "Kingston")
    assert (found.state_province, found.postal_code, found.note) == ("ON", "K7K 6R6", "rear door")
    assert read_address("965 Made-up Drive, Kingston, Ontario") is not None


@pytest.mark.parametrize(
    "line",
    [
        "Province-wide", "Virtual Service (National)", "Available across Canada", "Online", "",
        "1200 Made-up Ave, Montréal, QC H3B 4G7 (Head Office)", "P.O. Box 21042, Kingston, ON K7L 5P5",
        "548 Made-up Street, PMB 15337, San Francisco, CA 94104", "Various Locations (Pop-up)",
        "Toronto (serving province-wide)", "Thunder Bay, ON (serving Northern Ontario)", "Moved to a centre",
        "Confidential / Virtual (Kingston based)", "C.P. 12, Québec, QC G1R 1A1", "Downtown, Kingston, ON",
    ],
)  # fmt: skip
def test_what_is_no_place_gives_no_address(line: str) -> None:
    assert read_address(line) is None


def _place(id_: int, name: str, latitude: float, longitude: float, **more: Any) -> Place:
    facts = {"province": "ON", "population": 1000, "zone": "America/Toronto", "kind": "community"} | more
    return Place(id_, name, name, latitude=latitude, longitude=longitude, **facts)


GAZETTEER = Gazetteer(
    [
        _place(1, "Kingston", 44.23, -76.48, population=130000),
        _place(2, "Toronto", 43.7, -79.4, population=2600000),
        _place(-3, "K7L", 44.24, -76.47, kind="postal_area"),
        _place(-4, "K0H", 44.6, -76.7, kind="postal_area"),
    ]
)
KINGSTON = community_named(GAZETTEER, "Kingston, ON")


def placed(**facts: Any) -> Placement:
    return placement(LocationFacts(**facts), GAZETTEER, KINGSTON)


def test_coordinates_are_believed_only_near_the_stated_city() -> None:
    near = {"latitude": 44.24, "longitude": -76.49}
    city = {"city": "Kingston", "state_province": "ON"}
    assert placed(**city, **near) == Placement("coordinates", 1, 44.24, -76.49)
    assert placed(city="Toronto", state_province="ON", **near) == Placement("community", 2)
    assert placed(**city, latitude=44.24, longitude=76.49) == Placement("community", 1)


def test_without_a_known_city_the_postal_area_is_all_that_is_told() -> None:
    assert placed(city="Nowhere", state_province="ON", postal_code="K0H 2P0") == Placement("postal_area", -4)
    assert placed(city="Nowhere", state_province="ON") == Placement("nothing")


def test_a_row_that_names_no_place_stands_in_the_mappings_community() -> None:
    assert placed() == Placement("community", 1)


@pytest.mark.promise(1)
def test_a_protected_place_has_its_community_and_nothing_closer() -> None:
    told = {"is_protected": True, "latitude": 44.24, "longitude": -76.49, "postal_code": "K7L 1A1"}
    assert placed(city="Kingston", state_province="ON", **told) == Placement("community", 1)
    assert placed(city="Nowhere", state_province="ON", **told) == Placement("nothing")


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    "change",
    [
        {"address": "Confidential / Virtual (Kingston based)"},
        {"address": "12 Made-up St, Kingston, ON K7L 1A1", "description": "A shelter"},
    ],
)
def test_confidential_words_and_shelters_make_a_protected_place(change: dict[str, Any]) -> None:
    location = read(coordinates={"lat": 44.2, "lng": -76.4}, **change).location
    assert location is not None
    assert location.is_protected
    assert (location.address, location.latitude, location.longitude) == (None, None, None)
    assert (location.postal_code, location.description) == ("", "")


@pytest.mark.promise(1)
@pytest.mark.parametrize("text", ["A shelter at 12 Made-up Street.", "A shelter, K7L 1A1."])
def test_a_text_that_tells_the_street_of_a_protected_place_refuses_the_row(text: str) -> None:
    assert "tells its street" in refusal(address="12 Made-up St, Kingston, ON K7L 1A1", description=text)


@pytest.mark.promise(1)
def test_another_row_at_a_protected_door_is_protected_too() -> None:
    door = read(id="a", description="A shelter", address="965 Made-up Drive, Kingston, ON K7P 1S2")
    beside = read(id="b", address="965 Made-up Dr, Kingston, ON")
    away = read(id="c", address="12 Made-up Dr, Kingston, ON")
    found = protect_shared([(1, door), (2, beside), (3, away)])
    hidden = [r.location.is_protected for r in found if isinstance(r, Record) and r.location]
    assert hidden == [True, True, False]


@pytest.mark.promise(1)
def test_another_row_at_a_protected_door_that_tells_it_in_words_is_refused() -> None:
    door = read(id="a", description="A shelter", address="965 Made-up Drive, Kingston, ON")
    telling_row = read(id="b", description="Come to 965 Made-up Dr.", address="965 Made-up Dr, Kingston, ON")
    assert isinstance(protect_shared([(1, door), (2, telling_row)])[1], Refusal)
