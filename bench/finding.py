"""`python -m bench.finding`: twelve questions to the search under gunicorn, and beside it its own SQL by pgbench, an
empty view, and the plain view that one would write instead.

BENCH_FINDING says how many services (100000,1000000), BENCH_FINDING_SECONDS how long each is asked (30),
BENCH_FINDING_DATABASE names databases of this cluster that are loaded already (a,b): they are used as they are.
"""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import psycopg

from bench.finding_pgbench import seconds_by_pgbench
from bench.finding_questions import QUESTIONS, Body
from bench.finding_server import served
from bench.finding_tables import Seconds, even_rate, p95_ms, print_mix, print_questions
from bench.watched import run_watched
from config.settings.environment import ROOT, read, read_number
from tests.databases import address, cloned, environment

SIZES = "100000,1000000"
SEED = 1
CLIENTS = (1, 8)
MOST_FOR_PLAIN = 200_000
"""Services up to which the plain view is asked too: beyond it would be asked for hours."""
WARM_UP = 3.0
SEARCH, EMPTY, PLAIN = "/api/search", "/api/bench/empty", "/api/bench/plain"
ASKED = {question.name: question.body for question in QUESTIONS}
ASKED_PLAIN = {question.name: question.body for question in QUESTIONS if question.is_plain}


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: seconds of each answer by question, for so many clients. `more`: questions with over 1,000 matches."""

    services: int
    more: frozenset[str]
    statements: int
    search: Mapping[int, Seconds]
    pgbench: Mapping[int, Seconds]
    plain: Mapping[int, Seconds]

    @property
    def label(self) -> str:
        """As it stands in the names of ratios: "100k", "1m"."""
        for size, letter in ((1_000_000, "m"), (1000, "k")):
            if self.services >= size and self.services % size == 0:
                return f"{self.services // size}{letter}"
        return str(self.services)


def _answer(port: int, path: str, name: str, body: Body) -> dict[str, Any]:
    """What the server says. Raises RuntimeError unless it found something."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered the question {name} with {answer.status}: {text[:300]!r}")
    found: dict[str, Any] = json.loads(text)
    if not found["total"] + found["elsewhere_total"]:
        raise RuntimeError(
            f"{path} found nothing for the question {name}: nothing can be learned from its time."
        )
    return found


def _loaded(port: int, path: str, bodies: Mapping[str, Body], clients: int, seconds: float) -> Seconds:
    """Seconds by question, from a program that does nothing but ask."""
    asked = {"port": port, "path": path, "bodies": bodies, "clients": clients, "seconds": seconds}
    command = [sys.executable, "-m", "bench.finding_load"]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"asking {path} failed:\n{done.stderr[-2000:]}")
    found: Seconds = json.loads(done.stdout)
    return found


def _each(port: int, path: str, bodies: Mapping[str, Body], seconds: float) -> dict[int, Seconds]:
    """For each number of clients, after the same without looking at the clock."""
    _loaded(port, path, bodies, max(CLIENTS), min(WARM_UP, seconds))
    return {clients: _loaded(port, path, bodies, clients, seconds) for clients in CLIENTS}


def _statements(database: str) -> dict[str, list[str]]:
    printed = run_watched("-m", "bench.finding_statements", env=environment(database)).printed
    found: dict[str, list[str]] = json.loads(printed.splitlines()[-1])
    return found


def _totals(port: int, path: str, bodies: Mapping[str, Body]) -> dict[str, dict[str, Any]]:
    return {name: _answer(port, path, name, body) for name, body in bodies.items()}


def _measure(database: str, services: int, seconds: float) -> Measured:
    """Everything about one size, told as it comes."""
    statements = _statements(database)
    most = max(map(len, statements.values()))
    with served(database) as port:
        answers = _totals(port, SEARCH, ASKED)
        more = frozenset(name for name, answer in answers.items() if answer["more"])
        search = _each(port, SEARCH, ASKED, seconds)
        pgbench = {clients: seconds_by_pgbench(database, statements, clients, seconds) for clients in CLIENTS}
        empty = _each(port, EMPTY, {"empty": {}}, seconds / 3)
        is_plain = services <= MOST_FOR_PLAIN
        plain_answers = _totals(port, PLAIN, ASKED_PLAIN) if is_plain else {}
        plain = _each(port, PLAIN, ASKED_PLAIN, seconds) if is_plain else {}
    measured = Measured(services, more, most, search, pgbench, plain)
    found = {name: (answer["total"], answer["elsewhere_total"]) for name, answer in answers.items()}
    for clients in CLIENTS:
        told = {"search": search[clients], "pgbench": pgbench[clients], "plain": plain.get(clients, {})}
        print_questions(f"{services} services, clients: {clients}", told, found, more)
        print_mix({**told, "empty": empty[clients]}, clients)
    for name, answer in plain_answers.items():
        print(f"plain view, {name}: {answer['total']} found; search: {found[name][0]}")
    return measured


@contextmanager
def _database(services: int) -> Iterator[str]:
    """A database of the bench's own with so many made services; dropped at the end."""
    with cloned() as database:
        asked = ("--services", str(services), "--seed", str(SEED))
        print(run_watched("manage.py", "make_bench_data", *asked, env=environment(database)).told("loaded"))
        yield database


def _services_in(database: str) -> int:
    with psycopg.connect(address("OWNER_DATABASE_URL", database)) as connection:
        row = connection.execute("SELECT count(*) FROM service").fetchone()
    return int(row[0]) if row else 0


def _analyse(database: str) -> None:
    with psycopg.connect(address("OWNER_DATABASE_URL", database), autocommit=True) as connection:
        connection.execute("SET statement_timeout = 0")
        connection.execute("VACUUM ANALYZE")


def _all_measured(seconds: float, loaded: Mapping[int, str]) -> list[Measured]:
    named = [name for name in read("BENCH_FINDING_DATABASE").split(",") if name]
    if named:
        return [_measure(name, _services_in(name), seconds) for name in named]
    found = []
    for size in map(int, (read("BENCH_FINDING") or SIZES).split(",")):
        with nullcontext(loaded[size]) if size in loaded else _database(size) as database:
            _analyse(database)
            found.append(_measure(database, size, seconds))
    return found


def _worst_growth(small: Measured, large: Measured) -> float | None:
    """The worst ratio of 95th percentiles, alone, of questions with over 1,000 matches at both sizes."""
    both = small.more & large.more
    return max((p95_ms(large.search[1][name]) / p95_ms(small.search[1][name]) for name in both), default=None)


def _ratios(small: Measured, large: Measured) -> dict[str, float]:
    most = max(CLIENTS)
    searches = even_rate(large.search[most], most)
    ratios = {f"search_over_pgbench_{large.label}": searches / even_rate(large.pgbench[most], most)}
    if small.plain:
        same = {name: small.search[most][name] for name in ASKED_PLAIN}
        ratio = even_rate(same, most) / even_rate(small.plain[most], most)
        ratios[f"search_over_plain_view_{small.label}"] = ratio
    growth = _worst_growth(small, large)
    if growth is not None and small is not large:
        ratios[f"search_p95_{large.label}_over_{small.label}"] = growth
    ratios[f"slowest_p95_alone_ms_{large.label}"] = max(map(p95_ms, large.search[1].values()))
    return ratios | {"statements_a_search_most": float(max(small.statements, large.statements))}


def run(loaded: Mapping[int, str] = MappingProxyType({})) -> dict[str, float]:
    """Ratios to what issue 5 promises of a search, from the smallest and the largest size.

    `loaded`: databases with so many made services, which are analysed and stay.
    """
    seconds = read_number("BENCH_FINDING_SECONDS", 30)
    measured = sorted(_all_measured(seconds, loaded), key=lambda one: one.services)
    return _ratios(measured[0], measured[-1])


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a long run is watched
    for ratio_name, value in run().items():
        print(f"{ratio_name}: {value:.2f}")
