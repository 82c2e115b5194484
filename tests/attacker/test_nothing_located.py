"""A patient stranger asks from thousands of points, in every public way, and learns no more than the areas."""

import pytest

from tests.attacker.attack import Attack
from tests.attacker.houses import Country, listings

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1)]
CODES, METRES = ("P9N", "K7L", "P7B", "R3C", "V2L", "G5L"), (5_000, 15_000, 40_000, 90_000, 300_000)


def _nothing(attack: Attack) -> None:
    assert attack.located == {}
    assert all(one.estimate() == one.public for one in attack.hidden.values())
    assert all(one.spots() == list(one.prior) for one in attack.hidden.values())


def test_he_finds_every_hidden_listing_and_of_none_more_than_its_area(
    country: Country, attack: Attack
) -> None:
    """Promise 1: distance, order, pages, radius, what is ruled out, counts, facets, map, words and open data."""
    attack.by_distance(520)
    attack.by_radius(260)
    attack.by_distance_kept(160)
    attack.by_points_ruled_out(120)
    attack.one_by_one(8)
    attack.by_map(60)
    attack.by_names()
    attack.by_clocks()
    attack.by_words(3)
    attack.by_open_data()
    attack.by_postal_codes(CODES, METRES)
    assert set(attack.hidden) == set(listings(country.houses))
    assert attack.stranger.asked > 2000
    assert min(one.heard for one in attack.hidden.values()) > 500
    _nothing(attack)
