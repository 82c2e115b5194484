"""manage.py migrate: Django's own, after a look whether the database is prepared for it.

PostGIS's backend would try to make its extension before the first migration, and fail with a bare refusal.
"""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from safety.db import missing_preparations, unprepared


class Command(migrate.Command):
    """Says what a superuser must run where something is missing."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, then migrate."""
        if orders := missing_preparations(connections[options["database"]]):
            raise CommandError(unprepared(orders))
        super().handle(*args, **options)
