"""The clone's own database server."""

import json
from urllib.parse import urlsplit

import psycopg
import pytest

from config.settings.environment import ROOT, read_local


def test_it_notes_what_its_memory_held_to_read_it_back_after_a_restart() -> None:
    own = ROOT / ".local" / "secrets.json"
    if not own.exists():
        pytest.skip("the database is an operator's, and so is what it loads (deploy/README.md)")
    address = urlsplit(read_local("OWNER_DATABASE_URL"))
    password = json.loads(own.read_text())["relais_admin"]
    administrator = address._replace(netloc=f"relais_admin:{password}@").geturl()
    with psycopg.connect(administrator) as connection:
        loaded = connection.execute("SHOW shared_preload_libraries").fetchone()
        there = connection.execute(
            "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_prewarm'"
        ).fetchone()
    assert loaded == (("pg_prewarm" if there else ""),)
