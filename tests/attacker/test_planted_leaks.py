"""The attacker is worth something: of a site that forgot one wall, each way of asking finds where the houses stand."""

from collections.abc import Callable

import pytest

from tests.attacker import planted
from tests.attacker.attack import Attack
from tests.attacker.earth import kilometres
from tests.attacker.houses import Country, listings
from tests.attacker.planted import Plant

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1)]
Try = Callable[[Attack], None]
CODES, METRES = ("P9N", "K7L", "V2L"), (15_000, 40_000, 90_000)

BY_ONE_TRUE_POINT: dict[str, Try] = {
    "band": lambda attack: attack.by_distance(40),
    "order": lambda attack: attack.by_distance(40),
    "order of two": lambda attack: attack.by_distance(40),
    "within": lambda attack: attack.by_radius(60),
    "away": lambda attack: attack.by_distance_kept(60),
    "not_in": lambda attack: attack.by_points_ruled_out(60),
    "total": lambda attack: attack.one_by_one(8),
    "facets": lambda attack: attack.one_by_one(8),
    "map": lambda attack: attack.by_map(20),
    "proximity": lambda attack: attack.by_postal_codes(CODES, METRES),
}
"""By the channel that has to tell it: what is tried."""

OTHERS: dict[str, tuple[Plant, str, Try]] = {
    "rounded": (planted.keeps_the_true_point_rounded, "band", lambda attack: attack.by_distance(40)),
    "with noise": (planted.keeps_the_true_point_with_noise, "band", lambda attack: attack.by_distance(40)),
    "community": (planted.keeps_the_community_s_point, "band", lambda attack: attack.by_distance(40)),
    "order alone": (planted.orders_by_the_true_point, "order", lambda attack: attack.by_distance(60)),
    "kilometres": (planted.prints_kilometres, "kilometres", lambda attack: attack.by_distance(10)),
    "radius alone": (planted.leaves_out_by_the_true_point, "within", lambda attack: attack.by_radius(60)),
    "total alone": (planted.counts_by_the_true_point, "total", lambda attack: attack.one_by_one(8)),
    "total of a list": (planted.counts_by_the_true_point, "total", lambda attack: attack.by_radius(60)),
    "facets alone": (planted.facets_by_the_true_point, "facets", lambda attack: attack.one_by_one(8)),
    "nearest": (planted.tells_the_nearest_by_the_true_point, "band", lambda attack: attack.one_by_one(12)),
    "pin": (planted.pins_the_door, "pin", lambda attack: attack.by_map(5)),
    "pin on the area": (planted.pins_the_area, "pin", lambda attack: attack.by_map(5)),
    "shade": (planted.shades_around_the_door, "map", lambda attack: attack.by_map(5)),
    "place": (planted.names_the_community, "names", lambda attack: attack.by_names()),
    "text": (planted.writes_of_the_community, "names", lambda attack: attack.by_names()),
    "clock": (planted.tells_its_clock, "clock", lambda attack: attack.by_clocks()),
    "words": (planted.is_found_by_its_community, "words", lambda attack: attack.by_words(500)),
    "coverage": (
        planted.covers_its_community, "for a postal code", lambda attack: attack.by_postal_codes(CODES, ()),
    ),
    "open data": (planted.exports_its_point, "open data", lambda attack: attack.by_open_data()),
}  # fmt: skip


def _tells(attack: Attack, channel: str) -> bool:
    return any(channel in channels for channels in attack.located.values())


@pytest.mark.parametrize("channel", BY_ONE_TRUE_POINT)
def test_a_read_model_that_keeps_the_true_point_tells_it_by(
    channel: str, country: Country, attack: Attack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1, turned round: each way of asking, by itself, would show that the site computes with the door."""
    planted.keeps_the_true_point(country, monkeypatch)
    BY_ONE_TRUE_POINT[channel](attack)
    assert _tells(attack, channel)


@pytest.mark.parametrize("name", OTHERS)
def test_the_attacker_finds(
    name: str, country: Country, attack: Attack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1, turned round: a leak of one channel alone is found by that channel."""
    plant, channel, tried = OTHERS[name]
    plant(country, monkeypatch)
    tried(attack)
    assert _tells(attack, channel)


def test_with_a_true_point_the_guess_comes_near_the_door(
    country: Country, attack: Attack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1, turned round: it isn't only noticed, the houses are found."""
    planted.keeps_the_true_point(country, monkeypatch)
    attack.by_distance(120)
    houses = listings(country.houses)
    off = {id_: kilometres(attack.hidden[id_].estimate(), houses[id_].door) for id_ in houses}
    before = {id_: kilometres(attack.hidden[id_].public, houses[id_].door) for id_ in houses}
    assert all(off[id_] < before[id_] for id_ in houses)
    assert sorted(off.values())[len(off) // 2] < 3
