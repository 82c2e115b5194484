"""The world of canaries, made once for all tests that look at it, in a database of its own."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.core import mail

from tests import databases
from tests.canaries.world import World, made, replica
from tests.conftest import pointed_at


class Stored(NamedTuple):
    """A world, and the database that it stands in."""

    world: World
    database: str


@pytest.fixture(scope="session")
def stored_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stored]:
    """Four houses, everything about one of them, and everybody who may look. Nobody is left pointed at it."""
    with databases.cloned() as name:
        with django_db_blocker.unblock(), pointed_at(name), replica(name):
            world = made()
        yield Stored(world, name)


@pytest.fixture(scope="module")
def world(stored_world: Stored, django_db_blocker: Any) -> Iterator[World]:
    """The same for all tests of a file: whatever one of them changes, it takes back."""
    name = stored_world.database
    with django_db_blocker.unblock(), pointed_at(name), replica(name):
        yield stored_world.world


@pytest.fixture(autouse=True)
def _no_letters_of_before() -> None:
    """What making the world sent is not what a page sends."""
    mail.outbox.clear()
