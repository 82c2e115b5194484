"""Whose context a query runs in, when two connections serve everybody and some requests fail."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from config.settings.environment import database
from directory.viewers import ViewerMiddleware
from safety.context import TransactionMiddleware, acting, set_viewer
from safety.viewer import VISITOR, Viewer
from tests import databases

REQUESTS = 10_000
THREADS = 5
DESK = "/en/desk/"


class Failed(Exception):
    """What a view does that breaks."""


@pytest.fixture
def two_connections(cloned_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Threads share a pool of two connections as relais_portal; `scratch` is a table to write to."""
    with psycopg.connect(databases.address("OWNER_DATABASE_URL", cloned_database)) as owner:
        owner.execute("CREATE TABLE scratch (writer uuid NOT NULL, failed boolean NOT NULL)")
    pooled = {**connections.settings["default"], **database_of(cloned_database)}
    monkeypatch.setitem(connections.settings, "default", pooled)
    yield
    in_thread(lambda: connection.close_pool())


def database_of(name: str) -> dict[str, Any]:
    settings = database(databases.address("DATABASE_URL", name), "DATABASE_URL")
    settings["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 2, "timeout": 30}
    return settings


def in_thread(act: Any) -> Any:
    """A thread has connections of its own, made from the settings of now."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()


def one(statement: str, *values: object) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0] if cursor.description else None


def request_of(user: UUID | None, path: str = DESK) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=user is not None, pk=user)  # type: ignore[assignment]
    return request


class Person:
    """Somebody whose requests look at the context from start to end, write, and end in one of four ways."""

    def __init__(self, dice: random.Random) -> None:
        self.user = None if dice.random() < 0.1 else uuid4()
        self.end = dice.choice(["ok", "ok", "ok", "raise", "answer 500", "no context"])

    def view(self, _request: HttpRequest) -> HttpResponse:
        assert one("SELECT relais_current_user()") == self.user
        writer = self.user or UUID(int=0)
        one("INSERT INTO scratch VALUES (%s, %s)", writer, self.end != "ok")
        assert one("SELECT relais_current_user()") == self.user
        if self.end == "raise":
            raise Failed
        return HttpResponse(status=500 if self.end == "answer 500" else 200)

    def public_view(self, _request: HttpRequest) -> HttpResponse:
        """No context on a connection that somebody else just used: an error, whoever that was."""
        with pytest.raises(DatabaseError, match="no row-level context"):
            one("SELECT relais_current_user()")
        return HttpResponse()

    def browse(self) -> bool:
        """One request as the site serves it; True if it was kept."""
        is_public = self.end == "no context"
        view = self.public_view if is_public else self.view
        serve = TransactionMiddleware(ViewerMiddleware(view))
        try:
            status = serve(request_of(self.user, "/en/" if is_public else DESK)).status_code
        except Failed:
            status = 500
        finally:
            connection.close()  # the site does at the end of each request: back to the pool
        return status == 200 and not is_public


def browse_many(seed: int) -> int:
    dice = random.Random(seed)
    return sum(Person(dice).browse() for _ in range(REQUESTS // THREADS))


@pytest.mark.promise(5)
def test_ten_thousand_interleaved_requests_on_two_connections_bleed_no_context(two_connections: None) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        kept = sum(pool.map(browse_many, range(THREADS)))

    def look() -> tuple[int, int]:
        try:
            return one("SELECT count(*) FROM scratch"), one("SELECT count(*) FROM scratch WHERE failed")
        finally:
            connection.close()

    assert in_thread(look) == (kept, 0)
    assert kept > REQUESTS / 4


@pytest.mark.promise(5)
def test_a_query_without_a_context_is_an_error_and_not_an_empty_answer(db: None) -> None:
    for function in ("relais_current_user", "relais_current_organization"):
        with pytest.raises(DatabaseError, match="no row-level context"), transaction.atomic():
            one(f"SELECT {function}()")


@pytest.mark.promise(5)
def test_a_context_names_person_and_organization_and_ends_with_its_transaction(two_connections: None) -> None:
    kim = Viewer(user=uuid4(), organization=uuid4())

    def act() -> list[Any]:
        with acting(kim):
            inside = [one("SELECT relais_current_user()"), one("SELECT relais_current_organization()")]
        with pytest.raises(DatabaseError, match="no row-level context"):
            one("SELECT relais_current_user()")
        connection.close()
        return inside

    assert in_thread(act) == [kim.user, kim.organization]


@pytest.mark.promise(5)
def test_a_visitor_at_the_desk_is_nobody_and_not_missing(db: None) -> None:
    with acting(VISITOR):
        assert one("SELECT relais_current_user()") is None


@pytest.mark.promise(5)
def test_a_context_outside_a_transaction_is_refused(two_connections: None) -> None:
    def act() -> None:
        with pytest.raises(RuntimeError, match="needs a transaction"):
            set_viewer(Viewer(user=uuid4()))

    in_thread(act)


@pytest.mark.promise(5)
def test_a_page_of_the_desk_that_streams_is_refused_and_leaves_nothing(two_connections: None) -> None:
    def stream(_request: HttpRequest) -> StreamingHttpResponse:
        one("INSERT INTO scratch VALUES (%s, true)", uuid4())
        return StreamingHttpResponse(["a", "b"])

    def act() -> int:
        with pytest.raises(RuntimeError, match="must not stream"):
            TransactionMiddleware(stream)(request_of(uuid4()))
        found: int = one("SELECT count(*) FROM scratch")
        connection.close()
        return found

    assert in_thread(act) == 0


def test_a_public_page_opens_no_connection_of_the_desk(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        TransactionMiddleware(ViewerMiddleware(lambda _request: HttpResponse()))(request_of(None, "/en/"))
