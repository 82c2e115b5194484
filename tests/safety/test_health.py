"""What a machine that watches is told."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from safety.views import health


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any) -> None:
    """As in a process that just started."""
    monkeypatch.setattr(health, "_migrated", set())
    settings.SEAL_FOLDER = tmp_path


@pytest.fixture
def watch() -> Client:
    """Serves as the site does: `default` is the desk's role here also for readiness."""
    return Client()


def test_a_process_that_answers_is_alive_whatever_the_database_does(watch: Client) -> None:
    answer = watch.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_a_site_with_database_migrations_and_keys_is_ready(watch: Client, db: None) -> None:
    answer = watch.get("/readyz")
    assert answer.json() == {"database": True, "migrations": True, "keys": True}
    assert answer.status_code == 200


def test_a_yes_about_migrations_is_asked_once(
    watch: Client, db: None, django_assert_num_queries: Any
) -> None:
    watch.get("/readyz")
    with django_assert_num_queries(1):
        watch.get("/readyz")


def test_a_migration_that_waits_is_told(watch: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one"])
    answer = watch.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "migrations": False, "keys": True}


def test_a_database_that_is_away_is_told_and_no_word_of_where_it_is(
    watch: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError('connection to "db.relais.example" failed')

    with monkeypatch.context() as patch:
        patch.setattr(health.connections["default"], "cursor", refuse)
        answer = watch.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": False, "migrations": False, "keys": True}


@pytest.mark.parametrize("keys", ["", "short:c2hvcnQ", "not a key"])
def test_missing_or_unreadable_keys_are_told(watch: Client, db: None, settings: Any, keys: str) -> None:
    settings.PORTAL_KEYS = keys
    answer = watch.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["keys"] is False


def test_a_folder_for_seals_that_cannot_be_written_is_told(
    watch: Client, db: None, settings: Any, tmp_path: Any
) -> None:
    (tmp_path / "file").write_text("")
    settings.SEAL_FOLDER = tmp_path / "file" / "seals"
    assert watch.get("/readyz").json()["keys"] is False


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_neither_is_kept_by_a_cache_nor_posted_to(watch: Client, db: None, path: str) -> None:
    assert watch.get(path)["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in watch.get(path)
    assert watch.post(path).status_code == 405
