"""Chunks of made services on their way into the tables: one COPY a table, one transaction a chunk."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.own_terms import FOCUS, focus_id, term_id
from directory.demo.bench_country import Row, World, made_services, prefix
from directory.demo.bench_templates import Templates
from directory.demo.bench_towns import Country, known_towns
from directory.demo.story_words import read_words
from directory.finding.vocabulary import read_vocabulary
from directory.models.taxonomy import TaxonomyTerm

BENCH = "bench"
"""Slug of the publisher of all that is made for measuring."""
LOADING = 7306
"""Advisory locks: with 0 the whole loading, else a chunk, counted from 1."""
ORDER = (
    "organization", "location", "address", "accessibility", "service", "service_at_location", "phone", "schedule",
    "language", "attribute", "cost_option", "required_document", "service_area", "service_fact", "service_coverage",
)  # fmt: skip
"""Each table after those that its rows link to."""
# Nobody has counted the tables that fill: a trigger's plan made for empty ones would look at every row.
BEGIN_SQL = (
    "SELECT pg_advisory_xact_lock(%s, %s), set_config('statement_timeout', '0', true),"
    " set_config('gin_pending_list_limit', '65536', true), set_config('synchronous_commit', 'off', true),"
    " set_config('enable_seqscan', 'off', true)"
)
COUNT_SQL = "SELECT count(*) FROM service WHERE publisher_id = %s AND id >= %s AND id < %s"


@dataclass(frozen=True, slots=True)
class Chunk:
    """The services from `number * size` on; of the last chunk only those below `wanted` in all."""

    seed: int
    number: int
    size: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a table, and what a row has in each where nothing is said, as PostgreSQL reads it in text."""

    columns: tuple[str, ...]
    usual: tuple[str | None, ...]
    copy: sql.Composed

    def values(self, row: Row) -> tuple[str | None, ...]:
        """A row's values in the order of the columns."""
        return tuple(map(row.get, self.columns, self.usual))


@cache
def layout_of(table: str) -> Layout:
    """Told by the model."""
    model = next(m for m in apps.get_app_config("directory").get_models() if m._meta.db_table == table)
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = tuple(field.column for field in fields)
    usual = tuple(BENCH if field.column == "publisher_id" else _usual(field) for field in fields)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    return Layout(columns, usual, into)


def _usual(field: "models.Field[Any, Any]") -> str | None:
    value = field.get_default()
    if value is None or field.primary_key:
        return None
    if isinstance(value, bool):
        return "t" if value else "f"
    return "{}" if value in ({}, []) else str(getattr(value, "value", value))


@cache
def world(seed: int) -> World:
    """What chunks of this seed are made of. Raises CannotMake where the gazetteer is empty."""
    words = read_words(settings.FIXTURES / "demo" / "words")
    needs = read_vocabulary("default").needs
    focuses = TaxonomyTerm.objects.filter(taxonomy=FOCUS).order_by("code").values_list("code", flat=True)
    terms = {f"need/{slug}": str(term_id(slug)) for slug in needs}
    terms |= {f"focus/{slug}": str(focus_id(slug)) for slug in focuses}
    groups = {slug: need.parent for slug, need in needs.items()}
    return World(words, Country(known_towns()), Templates(words, seed), terms, groups, seed)


def write_chunk(chunk: Chunk) -> int:
    """Add what is missing of a chunk, in a transaction of its own; returns how many services came."""
    first = chunk.number * chunk.size
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BEGIN_SQL, [LOADING, chunk.number + 1])
        cursor.execute(COUNT_SQL, [BENCH, _least(first), _least(first + chunk.size)])
        there = first + cursor.fetchone()[0]
        if there >= min(first + chunk.size, chunk.wanted):
            return 0
        tables: dict[str, list[Row]] = {table: [] for table in ORDER}
        added = 0
        for number, rows in made_services(world(chunk.seed), chunk.number, chunk.size):
            if number >= chunk.wanted:
                break
            if number >= there:
                added += 1
                for table, row in rows:
                    tables[table].append(row)
        for table in ORDER:
            _copy(cursor, layout_of(table), tables[table])
    return added


def _least(number: int) -> str:
    return f"{prefix(number)}-0000-0000-0000-000000000000"


def _copy(cursor: CursorWrapper, layout: Layout, rows: Iterable[Row]) -> None:
    with cursor.copy(layout.copy) as copy:
        for row in rows:
            copy.write_row(layout.values(row))
