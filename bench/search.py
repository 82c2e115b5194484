"""How much a search costs beyond its own SQL statements, on the prepared database (issue: a million listings later)."""

import statistics
from datetime import UTC, datetime

from django.db import connections

from bench.timing import seconds_of, told
from directory.finding.answer import answer, known_values
from directory.rules.query import Reading, read
from safety.db import public_database

QUESTIONS = [
    [("near", "Kingston"), ("need", "legal_help")],
    [("near", "Winnipeg")],
    [("near", "Iqaluit"), ("need", "talk")],
    [("q", "shelter")],
    [("near", "Toronto"), ("within", "25"), ("need", "housing")],
    [("near", "Winnipeg"), ("language", "tir"), ("language", "amh")],
]


class Recorder:
    """Remembers the statements that pass a connection, with their values."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, object]] = []

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
        """Django's execute wrapper."""
        self.statements.append((sql, params))
        return execute(sql, params, many, context)


def _reading(pairs: list[tuple[str, str]]) -> Reading:
    return read(pairs, known_values())


def _statements(readings: list[Reading]) -> list[tuple[str, object]]:
    recorder = Recorder()
    with connections[public_database()].execute_wrapper(recorder):
        for reading in readings:
            answer(reading, "en", datetime.now(UTC))
    return recorder.statements


def _bare(statements: list[tuple[str, object]]) -> None:
    with connections[public_database()].cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)
            cursor.fetchall()


def run() -> dict[str, float]:
    """Ratio of whole answers to the same statements without anything around them."""
    readings = [_reading(pairs) for pairs in QUESTIONS]
    for reading in readings:
        answer(reading, "en", datetime.now(UTC))
    statements = _statements(readings)
    whole = seconds_of(lambda: [answer(r, "en", datetime.now(UTC)) for r in readings], 100)
    bare = seconds_of(lambda: _bare(statements), 100)
    print(told(f"{len(QUESTIONS)} searches, whole", whole))
    print(told(f"the same {len(statements)} statements alone", bare))
    return {"search_over_its_sql": statistics.median(whole) / statistics.median(bare)}
