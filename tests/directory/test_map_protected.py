"""Somebody asks the map for protected places, from everywhere: it tells their areas' fixed points and nothing else."""

import random
from typing import Any

import pytest

from directory.actions.protect_location import protect_location
from directory.models.area import Area
from directory.models.location import Location
from safety.viewer import Tier, Viewer
from tests.directory.conftest import MakeService, community
from tests.directory.test_map_points import map_of
from tests.roles import RoleClient

pytestmark = pytest.mark.promise(1)
TOWNS = ("Kingston, ON", "Winnipeg, MB", "Gananoque, ON")


def _area(town: str) -> Area:
    name, _, province = town.partition(", ")
    area = community(name, province).area
    assert area is not None
    return area


def _told(row: dict[str, Any]) -> tuple[float, float, int]:
    return row["latitude"], row["longitude"], row["around_km"]


def test_from_any_centre_a_protected_place_is_its_area_s_point(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for town in TOWNS:
        make_service(f"House in {town}", town, place={"is_protected": True})
        make_service(f"Clinic in {town}", town, place={"latitude": 44.23456, "longitude": -76.48765})
    at = {
        f"House in {town}": (round(_area(town).latitude, 2), round(_area(town).longitude, 2))
        for town in TOWNS
    }
    chance = random.Random(5)
    centres = [f"{chance.uniform(43, 53):.2f},{chance.uniform(-98, -75):.2f}" for _ in range(40)]
    seen = set()
    for asked in [{}, {"near": "Kingston", "within": 250}, *({"near": centre} for centre in centres)]:
        rows = {row["name"]: row for row in map_of(visitor, **asked)["services"] if row}
        for name in at.keys() & rows.keys():
            assert _told(rows[name])[:2] == at[name]
            seen.add((name, *_told(rows[name])))
    assert len(seen) == len(TOWNS)
    assert all(around >= 10 for *_, around in seen)


def test_a_protected_place_looks_like_one_of_which_the_town_alone_is_known(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("House", "Kingston, ON", place={"is_protected": True})
    make_service("Somewhere", "Kingston, ON")
    rows = {row["name"]: row for row in map_of(visitor, near="Belleville")["services"]}
    assert _told(rows["House"]) == _told(rows["Somewhere"])


def test_once_protected_a_door_is_nowhere_on_the_map(visitor: RoleClient, make_service: MakeService) -> None:
    door = {"latitude": 44.27123, "longitude": -76.59321}
    make_service("House", "Kingston, ON", place=door, street="12 Made-up Street")
    assert _told(map_of(visitor, near="Kingston")["services"][0]) == (44.271, -76.593, 0)
    protect_location(viewer=Viewer(tier=Tier.CUSTODIAN), location_id=Location.objects.get().pk)
    row = map_of(visitor, near="Kingston")["services"][0]
    assert _told(row)[:2] == (
        round(_area("Kingston, ON").latitude, 2),
        round(_area("Kingston, ON").longitude, 2),
    )
    assert row["around_km"] >= 10
