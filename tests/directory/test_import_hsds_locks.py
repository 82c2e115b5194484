"""An import that is killed in its middle leaves nothing, and two of one publisher run one after the other."""

import os
import signal
from pathlib import Path

import psycopg

from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from tests.directory.hsds_packages import folder, many
from tests.directory.processes import Running, begin, wait_for


def test_an_import_that_is_killed_in_the_middle_leaves_nothing(
    cloned_database: str,
    held: psycopg.Connection,
    begun: list[Running],
    tmp_path: Path,
) -> None:
    begun.append(
        begin(cloned_database, "import_hsds", str(folder(tmp_path / "p", many(50))), "--publisher", "feed")
    )
    wait_for(cloned_database, 1)
    os.kill(begun[0].pid, signal.SIGKILL)
    begun[0].wait()
    held.rollback()
    for model in (Service, Organization, Phone, Listing, Location):
        assert not model._default_manager.exists()


def test_two_imports_of_one_publisher_run_one_after_the_other(
    cloned_database: str,
    held: psycopg.Connection,
    begun: list[Running],
    tmp_path: Path,
) -> None:
    path = folder(tmp_path / "p", many(20))
    begun += [begin(cloned_database, "import_hsds", str(path), "--publisher", "feed") for _ in range(2)]
    wait_for(cloned_database, 2)
    held.rollback()
    assert [process.wait() for process in begun] == [0, 0]
    assert Service.objects.count() == 20
