"""Playing the three database roles on the one connection of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client

from safety.surface import is_private


def _set_role(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


@contextmanager
def role(name: str) -> Iterator[None]:
    """Act as `name` (relais_owner, relais_portal, relais_public) until the end of the block."""
    with transaction.atomic():
        _set_role(name)
        yield
        _set_role("relais_portal")


class RoleClient(Client):
    """A browser whose public requests run as relais_public, whole, and whose desk requests as relais_portal."""

    def request(self, **request: Any) -> Any:
        """One request under the role that serves its address."""
        if is_private(request.get("PATH_INFO", "/")):
            return super().request(**request)
        with role("relais_public"):
            return super().request(**request)
