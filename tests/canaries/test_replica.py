"""Public pages lean on a server that only reads, under a role that reads the finding tables, and on nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from safety.db import public_database
from tests.canaries import beside
from tests.canaries.asking import Asker, every_path, is_public, swept
from tests.canaries.routes import Path
from tests.canaries.world import REPLICA, World

pytestmark = pytest.mark.promise(3)
ASKS_THE_DESK = {"night_beds", "push", "healthz", "readyz"}
"""A night desk's link and a program's token are looked up; whoever watches the site asks for both databases."""


def _readable(world: World) -> list[Path]:
    return every_path(world, picks=is_public)


def test_the_public_alias_only_reads_as_the_public_role(world: World) -> None:
    assert public_database() == REPLICA
    with connections[REPLICA].cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only'), session_user, current_user")
        assert cursor.fetchone() == ("on", "relais_public", "relais_public")


def test_every_public_page_is_answered_where_nothing_can_be_written(world: World) -> None:
    """Promise 3: with the public alias on a replica, each public GET of the URL configuration works."""
    found = swept(world, "visitor", _readable(world), sends=False)
    assert found.faults == []
    assert len({one.path.route.name for one in found.answers if one.status == 200}) > 25


def test_no_public_page_asks_the_connection_of_the_desk(world: World) -> None:
    """Promise 3: what the public role can't read, no public page asks another role for."""
    asked: dict[str, str] = {}
    at: list[Path] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if at and not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            asked.setdefault(at[0].route.name, sql[:200])
        return execute(sql, params, many, context)

    with beside.listening() as heard, connections["default"].execute_wrapper(note):
        asker = Asker(world, world.people["visitor"], heard)
        for path in _readable(world):
            at[:] = [path]
            asker.ask(path, "GET")
            at.clear()
    assert {name: sql for name, sql in asked.items() if name not in ASKS_THE_DESK} == {}
