"""What an answer costs, without a clock: which statements it took, and with which values.

A stranger who has a stopwatch measures the work that is done. How many rows a statement goes through is not compared:
its plan may be another one after other tests have left dead rows in the tables.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK")
"""Statements around a request, whose names are counted up by the thread."""

JUST_NOW = timedelta(minutes=10)
"""A moment as near as this is one that was asked of a clock: it differs from one request to the next."""


class Work:
    """A wrapper of statements (`connection.execute_wrapper`) that keeps what one answer took."""

    def __init__(self) -> None:
        self.statements, self._parts = 0, hashlib.sha256()

    def begin(self) -> None:
        """Forget what was kept: another answer begins."""
        self.statements, self._parts = 0, hashlib.sha256()

    def digest(self) -> str:
        """All that was asked of the database since."""
        return self._parts.hexdigest()

    def __call__(self, execute: Any, sql: Any, values: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        text = str(sql)
        if not text.startswith(BOOKKEEPING):
            self._parts.update(repr((text, _still(values))).encode())
        return execute(sql, values, many, context)


def _still(value: Any) -> Any:
    """A value, or all of a collection's, with "now" for what a clock said just now."""
    if isinstance(value, dict):
        return {name: _still(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_still(one) for one in value]
    is_now = isinstance(value, datetime) and abs(datetime.now(UTC) - value) < JUST_NOW
    return "now" if is_now else value
