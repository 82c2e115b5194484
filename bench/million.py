"""A country of made services is loaded and made searchable, in a database of its own; `finding.py` may search it.

BENCH_MILLION says how many services (1,000,000).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from bench.watched import Watched, run_watched
from config.settings.environment import read_number
from tests.databases import address, cloned, environment

SEED = 1
PROMISED = 1800 / 1_000_000
"""Seconds for each service: a million in half an hour, on two cores."""
FIGURES = re.compile(r"(\d+) services loaded in ([\d.]+) s, (\d+) listings shown in ([\d.]+) s")


def _loaded(database: str, count: int) -> Watched:
    asked = ("--services", str(count), "--seed", str(SEED))
    run = run_watched("manage.py", "make_bench_data", *asked, env=environment(database))
    found = FIGURES.search(run.printed)
    if found is None or int(found[1]) != count:
        raise RuntimeError(f"{count} services were asked for:\n{run.printed[-1000:]}")
    loading, showing = float(found[2]), float(found[4])
    print(run.told(f"{count} services loaded and ready to search"))
    print(f"loading: {loading:.1f} s, {count / loading:.0f} services a second")
    print(f"projecting: {showing:.1f} s, {count / showing:.0f} services a second, {found[3]} listings")
    return run


def _look(database: str, count: int) -> None:
    """Every service is there to be found. Raises RuntimeError if one is not."""
    with psycopg.connect(address("PUBLIC_DATABASE_URL", database)) as connection:
        row = connection.execute("SELECT count(DISTINCT service_id) FROM listing WHERE is_demo").fetchone()
    if row is None or row[0] < count:
        raise RuntimeError(f"of {count} services {row and row[0]} are searchable")


@dataclass(frozen=True, slots=True)
class Country:
    """A loaded database, how many services it has, and its ratios."""

    database: str
    services: int
    ratios: dict[str, float]


@contextmanager
def loaded() -> Iterator[Country]:
    """With the ratio of the time until a search finds all of them to what is promised; the database goes at the end."""
    count = read_number("BENCH_MILLION", 1_000_000)
    with cloned() as database:
        done = _loaded(database, count)
        _look(database, count)
        ratio = done.seconds / (PROMISED * count)
        yield Country(database, count, {f"{count}_services_ready_to_search_over_30_min_a_million": ratio})
