"""Statements whose values travel beside them: Django writes values into the statement, megabytes to be read as SQL."""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection


def fetched(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run one statement in the transaction under way; its rows, none if it tells none. Raises Django's DatabaseError.

    What stands in quotes can't be a value, and of each value the statement has to say of what type it is.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, values)  # type: ignore[arg-type]  # put together of the caller's own words
        return cursor.fetchall() if cursor.description else []
