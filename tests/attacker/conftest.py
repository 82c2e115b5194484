"""The attacker's world: houses that hide, told to the site by a feed that knows where they stand."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from directory.actions.project_listings import project_services
from directory.finding.places import gazetteer
from directory.models.service import Service
from directory.rules.places import Gazetteer
from tests.attacker.attack import Attack
from tests.attacker.houses import SEATS, Country, drawn, package
from tests.attacker.posterior import Atlas
from tests.attacker.stranger import Stranger
from tests.directory.hsds_packages import folder, taken
from tests.roles import RoleClient


@lru_cache(maxsize=1)
def _atlas(known: Gazetteer) -> Atlas:
    return Atlas(known.communities)


@pytest.fixture(scope="module")
def in_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A transaction around all tests of a module: its world is told once, and each test's changes go with the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def atlas(in_module: None) -> Atlas:
    """What is published of communities and areas."""
    return _atlas(gazetteer())


def tell(country: Country, path: Path) -> None:
    """The feed comes in, and every organization agrees to open data: as much is public as can be."""
    taken(folder(path, package(country)))
    Service.objects.filter(publisher_id="feed").update(publish_to=["site", "open_data"])
    project_services(Service.objects.filter(publisher_id="feed").values_list("pk", flat=True))


@pytest.fixture(scope="module")
def country(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Country:
    """Houses and doors as the site has them now; where the houses stand is known here and in the feed."""
    made = drawn(atlas)
    tell(made, tmp_path_factory.mktemp("country") / "feed")
    return made


@pytest.fixture
def attack(db: None, country: Country, atlas: Atlas) -> Attack:
    """A stranger who has found the hidden listings and begins to think."""
    attack = Attack(Stranger(RoleClient()), atlas)
    attack.look(map(atlas.area, SEATS))
    return attack
