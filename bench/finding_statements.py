"""`python -m bench.finding_statements`: the SQL of each question, values bound, as JSON, on the environment's database.

A program of its own, because the connections of a running Django stay with the database they began with.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

from bench.finding_questions import QUESTIONS, Question


class Recorder:
    """Remembers the statements that pass a connection as the database gets them."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: dict[str, Any]
    ) -> Any:
        """Django's execute wrapper: values are bound by the client, here as there."""
        self.statements.append(context["cursor"].mogrify(sql, params))
        return execute(sql, params, many, context)


def statements_of(question: Question) -> list[str]:
    """What one search sends once vocabulary, synonyms and gazetteer are in memory."""
    from django.db import connections  # after Django knows its settings

    from directory.finding.answer import answer, known_values
    from directory.rules.query import read
    from safety.db import public_database

    reading = read(question.pairs(), known_values(), also=["lang"])
    language, now = str(question.body.get("lang", "en")), datetime.now(UTC)
    answer(reading, language, now)
    recorder = Recorder()
    with connections[public_database()].execute_wrapper(recorder):
        found = answer(reading, language, now)
    if found.faults:
        raise SystemExit(f"The question {question.name} is faulty: {found.faults}")
    return recorder.statements


def _take_time() -> None:
    """Whoever asks first reads what the machine's memory lost, and may wait longer than a site lets anybody wait."""
    from django.db import connections  # after Django knows its settings

    from safety.db import public_database

    with connections[public_database()].cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")


def main() -> int:
    """Print `{question: [statement, ...]}` in one line."""
    django.setup()
    _take_time()
    print(json.dumps({question.name: statements_of(question) for question in QUESTIONS}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
