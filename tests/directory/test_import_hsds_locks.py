"""An import that is killed in its middle leaves nothing, and two of one publisher run one after the other."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.settings.environment import ROOT
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from tests.databases import address, environment
from tests.directory.hsds_packages import folder, many


@pytest.fixture
def held(cloned_database: str) -> Iterator[psycopg.Connection]:
    """A connection that makes every import wait in its middle: it holds the table of phones."""
    with psycopg.connect(address("OWNER_DATABASE_URL", cloned_database)) as connection:
        connection.execute("LOCK TABLE phone IN SHARE MODE")
        yield connection


@pytest.fixture
def begun() -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Processes of a test; none outlives it."""
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for process in processes:
        process.kill()
        process.wait()


def _import_begun(path: Path, database: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "import_hsds", str(path), "--publisher", "feed"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def _wait_for(database: str, count: int) -> None:
    """Until so many processes wait for a lock; asked in transactions of their own, which see the moment."""
    with psycopg.connect(address("OWNER_DATABASE_URL", database), autocommit=True) as watching:
        for _ in range(600):
            (waiting,) = watching.execute(WAITING).fetchone() or (0,)
            if waiting >= count:
                return
            time.sleep(0.1)
    raise AssertionError("the import never came to wait")


def test_an_import_that_is_killed_in_the_middle_leaves_nothing(
    cloned_database: str,
    held: psycopg.Connection,
    begun: list["subprocess.Popen[bytes]"],
    tmp_path: Path,
) -> None:
    begun.append(_import_begun(folder(tmp_path / "p", many(50)), cloned_database))
    _wait_for(cloned_database, 1)
    os.kill(begun[0].pid, signal.SIGKILL)
    begun[0].wait()
    held.rollback()
    for model in (Service, Organization, Phone, Listing, Location):
        assert not model._default_manager.exists()


def test_two_imports_of_one_publisher_run_one_after_the_other(
    cloned_database: str,
    held: psycopg.Connection,
    begun: list["subprocess.Popen[bytes]"],
    tmp_path: Path,
) -> None:
    path = folder(tmp_path / "p", many(20))
    begun += [_import_begun(path, cloned_database) for _ in range(2)]
    _wait_for(cloned_database, 2)
    held.rollback()
    assert [process.wait() for process in begun] == [0, 0]
    assert Service.objects.count() == 20
