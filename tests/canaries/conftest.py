"""The world of canaries, made once for all tests that look at it, in a database of its own."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core import mail

from tests import databases
from tests.canaries.asking import Sweep, every_path, swept
from tests.canaries.manners import READERS
from tests.canaries.world import World, made, replica
from tests.conftest import pointed_at

SweepOf = Callable[[str], Sweep]


class Stored(NamedTuple):
    """A world, the database that it stands in, and what readers met in it so far."""

    world: World
    database: str
    sweeps: dict[str, Sweep]


@pytest.fixture(scope="session")
def stored_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stored]:
    """Five houses, everything about one of them, and everybody who may look. Nobody is left pointed at it."""
    with databases.cloned() as name:
        with django_db_blocker.unblock(), pointed_at(name), replica(name):
            world = made()
        yield Stored(world, name, {})


@pytest.fixture(scope="module")
def world(stored_world: Stored, django_db_blocker: Any) -> Iterator[World]:
    """The same for all tests of a file: whatever one of them changes, it takes back."""
    name = stored_world.database
    with django_db_blocker.unblock(), pointed_at(name), replica(name):
        yield stored_world.world


@pytest.fixture(scope="module")
def sweep_of(world: World, stored_world: Stored) -> SweepOf:
    """What somebody meets at all routes, in their manner; each is asked for once in a process of the tests."""

    def sweep(name: str) -> Sweep:
        if name not in stored_world.sweeps:
            manner = READERS[name]
            stored_world.sweeps[name] = swept(world, name, manner.picked(every_path(world)), manner)
        return stored_world.sweeps[name]

    return sweep


@pytest.fixture(autouse=True)
def _no_letters_of_before() -> None:
    """What making the world sent is not what a page sends."""
    mail.outbox.clear()
