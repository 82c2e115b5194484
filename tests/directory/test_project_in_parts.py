"""Listings made part by part by several processes: the same as by one, and made later if nobody got to it."""

import subprocess
import sys
from pathlib import Path

import psycopg

from config.settings.environment import ROOT
from directory.models.listing import Listing
from directory.models.projection_due import ProjectionDue
from directory.models.service import Service
from tests.databases import address, environment
from tests.directory.hsds_packages import folder, many, named

READ_MODEL = ("listing", "listing_page", "coverage", "hsds_document", "hsds_total", "listing_word")
# Parts of seven services, from ten services on; the processes that share the work keep their own sizes.
BEGIN = (
    "import django; django.setup()\n"
    "from directory.actions import project_in_parts as parts; parts.MANY, parts.PART = 10, 7\n"
)
IMPORT = (
    "from django.core.management import call_command\n"
    "call_command('import_hsds', {path!r}, publisher='feed', may_redistribute=True)"
)
REBUILD = "from directory.actions.project_listings import rebuild_listings; rebuild_listings()"
LATER = "from datetime import timedelta\nparts.PATIENCE = timedelta(0)\nparts.catch_up()"


def _run(code: str, database: str) -> None:
    command = [sys.executable, "-c", BEGIN + code]
    subprocess.run(command, cwd=ROOT, env=environment(database), check=True, stderr=subprocess.DEVNULL)


def _tables(database: str) -> dict[str, list[str]]:
    """Every row of the read model as text, without the moments and numbers of the writing."""
    told = {}
    with psycopg.connect(address("OWNER_DATABASE_URL", database)) as connection:
        for table in READ_MODEL:
            aside = "modified_at,id" if table == "coverage" else "modified_at"
            rows = f"SELECT (to_jsonb(t) - string_to_array(%s, ','))::text FROM {table} t ORDER BY 1"
            told[table] = [row[0] for row in connection.execute(rows, [aside])]
    return told


def test_listings_made_in_parts_are_those_of_one_transaction(cloned_database: str, tmp_path: Path) -> None:
    _run(IMPORT.format(path=str(folder(tmp_path / "p", many(40)))), cloned_database)
    in_parts = _tables(cloned_database)
    assert len(in_parts["listing"]) == 40
    assert len(in_parts["hsds_document"]) > 80
    _run(REBUILD, cloned_database)
    assert _tables(cloned_database) == in_parts
    _run("parts.project_in_parts()", cloned_database)
    assert _tables(cloned_database) == in_parts
    assert not ProjectionDue.objects.exists()


def test_a_large_import_whose_listings_never_came_leaves_a_mark_that_the_worker_follows(
    cloned_database: str, tmp_path: Path
) -> None:
    interrupted = "parts.project_in_parts = lambda ids=None, mark=None: None\n"
    path = str(folder(tmp_path / "p", many(20)))
    _run(interrupted + IMPORT.format(path=path), cloned_database)
    assert Service.objects.count() == 20
    assert not Listing.objects.exists()
    _run(LATER, cloned_database)
    assert Listing.objects.count() == 20
    assert not ProjectionDue.objects.exists()


def test_a_mark_stays_while_another_import_ends_well(cloned_database: str, tmp_path: Path) -> None:
    interrupted = "parts.project_in_parts = lambda ids=None, mark=None: None\n"
    _run(interrupted + IMPORT.format(path=str(folder(tmp_path / "p", many(20)))), cloned_database)
    other = {name: [row | {"id": named(row["id"])} for row in rows] for name, rows in many(15).items()}
    for row in (*other["services.csv"], *other["phones.csv"]):
        row |= {key: named(row[key]) for key in ("organization_id", "service_id") if key in row}
    _run(IMPORT.format(path=str(folder(tmp_path / "q", other))).replace("feed", "other"), cloned_database)
    assert Listing.objects.count() == 15
    assert ProjectionDue.objects.count() == 1
    _run(LATER, cloned_database)
    assert Listing.objects.count() == 35
    assert not ProjectionDue.objects.exists()
