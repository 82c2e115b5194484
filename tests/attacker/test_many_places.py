"""The bench's survey in small: hundreds of houses all over the country, judged by where they stand."""

from pathlib import Path

import pytest

from directory.models.listing import Listing
from tests.attacker import planted
from tests.attacker.attack import Attack
from tests.attacker.conftest import tell
from tests.attacker.houses import Country, listings
from tests.attacker.posterior import Atlas
from tests.attacker.stranger import Stranger
from tests.attacker.survey import beliefs, strewn, survey, verdict
from tests.roles import RoleClient

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1)]
HOUSES, AREAS, SEED, LEAKING = 240, 24, 5, 24


@pytest.fixture
def many(atlas: Atlas, tmp_path: Path) -> Country:
    country = Country(tuple(strewn(atlas, HOUSES, SEED, AREAS)), ())
    tell(country, tmp_path / "feed")
    return country


def surveyed(atlas: Atlas, areas: set[str]) -> Attack:
    attack = Attack(Stranger(RoleClient()), atlas)
    survey(attack, map(atlas.area, sorted(areas)))
    return attack


def test_of_hundreds_none_is_located_better_than_its_area_and_planted_leaks_are(
    atlas: Atlas, many: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1: 0 of all that he knows; and of those whose true points are planted, nearly all."""
    truth = listings(many.houses)
    assert Listing.objects.filter(has_exact_point=True).count() == 0
    attack = surveyed(atlas, {house.area for house in many.houses})
    found = verdict(beliefs(attack), truth, atlas)
    assert found.places > 0.95 * HOUSES
    assert found.heard >= 5
    assert (found.located, found.nearer) == (0, 0)
    some = Country(many.houses[:LEAKING], ())
    planted.keeps_the_true_point(some, monkeypatch)
    leaking = surveyed(atlas, {house.area for house in some.houses})
    told = verdict(beliefs(leaking), listings(some.houses), atlas)
    assert told.places == LEAKING
    assert told.located > 0.5 * LEAKING
    assert told.nearer > 0
