"""The comparison of worlds is worth something: whatever differs by where a house stands is found, to the byte."""

import pytest
from django.db import transaction

from tests.attacker.everything import Reader, Said, differing
from tests.attacker.houses import Country, drawn
from tests.attacker.planted_bytes import PLANTS, Plant
from tests.attacker.posterior import Atlas
from tests.roles import RoleClient

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1)]


def told(telling: Country, plant: Plant | None, path: str) -> dict[str, Said]:
    """What an address says where the houses stand as `telling` has it."""
    path = path.format(site=telling.houses[0].id_of("site"))
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        if plant:
            plant(telling, patch)
        found = Reader(RoleClient()).read([path])
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", PLANTS)
def test_a_difference_is_found_in(name: str, country: Country, atlas: Atlas) -> None:
    """Promise 1, turned round: two worlds that differ in this alone are told apart, and without it are not."""
    plant, path = PLANTS[name]
    one, other = drawn(atlas, 0), drawn(atlas, 1)
    assert differing(told(one, None, path), told(other, None, path)) == []
    assert differing(told(one, plant, path), told(other, plant, path)) != []
