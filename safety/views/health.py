"""For the machine that watches: is the process alive, and could it serve?"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from safety.crypto import keyring
from safety.seal import seal

_migrated: set[str] = set()


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"alive": True})


def _databases() -> bool:
    try:
        for connection in connections.all():
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations() -> bool:
    """True once no migration waits; a yes is remembered, for code and schema change with the process."""
    if "default" not in _migrated:
        executor = MigrationExecutor(connections["default"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add("default")
    return True


def _keys() -> bool:
    try:
        return bool(keyring()) and bool(settings.SECRET_KEY) and bool(seal("", "health", datetime.now(UTC)))
    except (ValueError, OSError):
        return False


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 if database, migrations and keys are there; 503 and the names of what is missing otherwise."""
    database = _databases()
    found = {"database": database, "migrations": database and _migrations(), "keys": _keys()}
    return JsonResponse(found, status=200 if all(found.values()) else 503)
