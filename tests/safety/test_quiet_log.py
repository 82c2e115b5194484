"""No log tells who looked for what."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client
from gunicorn.config import Config

from config import gunicorn
from safety.quiet_log import NamelessFormatter, QuietLogger

CANARY = "canary-4711"


@contextmanager
def written(name: str, formatter: logging.Formatter) -> Iterator[io.StringIO]:
    """What the logger called `name` writes with this formatter."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    yield out
    logger.removeHandler(handler)


@pytest.mark.promise(20)
def test_a_failure_is_told_by_view_and_kind_and_never_by_address(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr("directory.api.search.answer", fail)
    client = Client(raise_request_exception=False)
    with written("django.request", NamelessFormatter()) as out:
        assert client.get("/api/search", {"q": CANARY}).status_code == 500
    assert "ValueError" in out.getvalue()
    assert "api_search" in out.getvalue()
    assert CANARY not in out.getvalue()


@pytest.mark.promise(20)
def test_djangos_own_log_of_requests_has_that_form_alone() -> None:
    logger = settings.LOGGING["loggers"]["django.request"]
    assert (logger["handlers"], logger["propagate"]) == (["nameless"], False)
    form = settings.LOGGING["formatters"][settings.LOGGING["handlers"]["nameless"]["formatter"]]
    assert form["()"] == "safety.quiet_log.NamelessFormatter"


@pytest.mark.promise(20)
def test_gunicorn_writes_no_access_log_and_no_broken_request() -> None:
    assert gunicorn.accesslog is None
    assert gunicorn.logger_class == "safety.quiet_log.QuietLogger"
    logger = QuietLogger(Config())
    with written("gunicorn.error", logging.Formatter()) as out:
        logger.warning("Invalid request from ip=%s: %s", "192.0.2.7", CANARY)
        try:
            raise ValueError(CANARY)
        except ValueError:
            logger.exception("Error handling request %s", CANARY)
    assert "ValueError" in out.getvalue()
    assert "192.0.2.7" not in out.getvalue()
    assert CANARY not in out.getvalue()


@pytest.mark.promise(20)
def test_postgresql_logs_no_statement_and_no_value() -> None:
    text = (settings.FIXTURES.parent / "deploy/local/cluster.py").read_text(encoding="utf-8")
    for line in (
        "log_statement = 'none'",
        "log_min_duration_statement = -1",
        "log_parameter_max_length = 0",
        "log_parameter_max_length_on_error = 0",
        "log_min_error_statement = panic",
    ):
        assert line in text
