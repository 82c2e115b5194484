"""A database without what a superuser must make is refused, with the very lines to run."""

import secrets
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from config.settings.environment import ROOT, read_local
from tests import databases


@pytest.fixture
def bare_database() -> Iterator[str]:
    """A database of relais_owner's without any extension."""
    name = f"relais_test_bare_{secrets.token_hex(3)}"
    with psycopg.connect(read_local("OWNER_DATABASE_URL"), autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    yield name
    databases.drop(name)


def test_the_first_migration_says_what_an_administrator_must_run(bare_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--skip-checks"],
        cwd=ROOT,
        env=databases.environment(bare_database),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    for name in ("postgis", "intarray", "unaccent", "pg_trgm"):
        assert f"CREATE EXTENSION {name};" in done.stderr
    assert "A superuser must run in it, once" in done.stderr
