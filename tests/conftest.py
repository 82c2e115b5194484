"""The hostile environment of every test, its databases, and the cast.

Hostile: warnings are errors, sockets other than loopback are blocked, an unknown template variable fails, and
a queryset without an order comes back shuffled.
"""

import gc
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.models.query import QuerySet
from django.utils import translation

from tests import databases
from tests.cast import *  # noqa: F403  # pytest finds fixtures by name
from tests.promises import PromiseReport
from tests.roles import RoleClient


def pytest_addoption(parser: pytest.Parser) -> None:
    """--promises tells what is proved; --hsds-spec says where the official specification lies."""
    parser.addoption(
        "--promises",
        choices=["keep", "tell"],
        default="",
        help="report the promises of docs/promises.toml: keep the outcomes, or tell them with those that were kept",
    )
    parser.addoption("--hsds-spec", default="", help="folder of the official HSDS schemas and examples")


def pytest_configure(config: pytest.Config) -> None:
    """The report listens only where it was asked for."""
    if config.getoption("--promises"):
        config.pluginmanager.register(PromiseReport(is_last=config.getoption("--promises") == "tell"))


def pytest_collection_finish() -> None:
    """What stays until the end (Django, six thousand tests) is not searched for cycles again at each collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """A clone of the prepared template instead of a migration for each run."""
    if not databases.made_by_this_clone().exists():
        pytest.exit("No database: run the tests by `make test`, which starts one.", returncode=2)
    with django_db_blocker.unblock(), databases.cloned() as name, pointed_at(name):
        yield


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Every connection of this process, also of its threads, goes to database `name`."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.fixture(autouse=True, scope="session")
def seals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Each process of the tests has sealing keys of its own: a test whose clock is far ahead destroys today's."""
    before, settings.SEAL_FOLDER = settings.SEAL_FOLDER, tmp_path_factory.mktemp("seals")
    yield before
    settings.SEAL_FOLDER = before


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What an earlier test asked for in French leaves its language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def cloned_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of the test's own where commits are real; its name. Close connections that threads open."""
    with databases.cloned() as name, django_db_blocker.unblock(), pointed_at(name):
        yield name


@pytest.fixture
def visitor(db: None) -> RoleClient:
    """Somebody without an account: a browser on public pages."""
    return RoleClient()


def _shuffled(fetch: Callable[[QuerySet[Any]], None]) -> Callable[[QuerySet[Any]], None]:
    def fetch_all(self: QuerySet[Any]) -> None:
        is_new = self._result_cache is None
        fetch(self)
        if is_new and not self.ordered and isinstance(self._result_cache, list):
            random.shuffle(self._result_cache)

    return fetch_all


@pytest.fixture(autouse=True, scope="session")
def _unordered_comes_shuffled() -> Iterator[None]:
    """Who needs an order must ask for it."""
    before = QuerySet._fetch_all
    QuerySet._fetch_all = _shuffled(before)  # type: ignore[method-assign]  # that is the point
    yield
    QuerySet._fetch_all = before  # type: ignore[method-assign]  # put back
