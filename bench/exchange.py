"""A made directory comes in as a package, is read out again page by page, and is rebuilt; each in its own database.

BENCH_SERVICES says how large the large one is (100,000).
"""

import json
import statistics
import tempfile
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bench.timing import told
from bench.watched import Watched, run_watched
from config.settings.environment import read_number
from directory.actions.import_hsds import IN
from tests.databases import cloned, environment

SMALL = 1000
SEED = 1
PUBLISHER = (
    "--publisher",
    "bench-package",
    "--publisher-name",
    "Made",
    "--licence",
    "CC0",
    "--may-redistribute",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one size took. In seconds: `records` until all were committed, `page` the median of all pages asked for.

    `worst_page` is the median of the slowest page.
    """

    first: Watched
    records: float
    again: Watched
    rebuilt: Watched
    page: float
    worst_page: float


def _measure(services: int) -> Measured:
    """Make, import twice, rebuild, read; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="relais-bench-") as folder, cloned() as database:
        env, package = environment(database), str(Path(folder) / "package")
        asked = ("--services", str(services), "--seed", str(SEED), "--into", package)
        print(run_watched("manage.py", "make_bench_data", *asked, env=env).told(f"{services} services made"))
        first = run_watched("manage.py", "import_hsds", package, *PUBLISHER, env=env)
        records = _records_in(first)
        print(
            first.told(f"{services} services imported and searchable")
            + f"; their records after {records:.1f} s: {services / records:.0f} services a second"
        )
        again = run_watched("manage.py", "import_hsds", package, *PUBLISHER, env=env)
        print(again.told(f"{services} services imported again, unchanged"))
        rebuilt = run_watched("manage.py", "rebuild_listings", env=env)
        print(rebuilt.told(f"{services} services rebuilt"))
        return Measured(first, records, again, rebuilt, *_page_times(services, env))


def _records_in(run: Watched) -> float:
    """Seconds until all records were committed; of a small import, until its end."""
    told = (line.split(" s ", 1) for line in run.printed.splitlines() if IN in line)
    return next((float(seconds) for seconds, _ in told), run.seconds)


def _page_times(services: int, env: dict[str, str]) -> tuple[float, float]:
    lines = run_watched("-m", "bench.hsds_pages", env=env).printed.splitlines()
    found = json.loads(next(line for line in reversed(lines) if line.startswith("{")))
    if found["total"] != services:
        print(f"/hsds/services has {found['total']} of {services} services")
    for page, seconds in found["seconds"].items():
        print(told(f"/hsds/services at {services} services, page {page}", seconds))
    of_pages = list(found["seconds"].values())
    return statistics.median(chain.from_iterable(of_pages)), max(map(statistics.median, of_pages))


def run() -> dict[str, float]:
    """Ratios to what issue 3 promises: 1,000 services a second, 500 MB, 60 s; and of pages, large over small."""
    count = read_number("BENCH_SERVICES", 100_000)
    small, large = _measure(SMALL), _measure(count)
    return {
        "import_services_per_second_over_1000": count / large.records / 1000,
        "import_until_searchable_services_per_second_over_1000": count / large.first.seconds / 1000,
        "import_memory_over_500mb": large.first.memory / 500_000_000,
        "import_again_over_first": large.again.seconds / large.first.seconds,
        "rebuild_over_60s": large.rebuilt.seconds / 60,
        f"hsds_page_time_{count}_over_{SMALL}": large.page / small.page,
        f"hsds_worst_page_time_{count}_over_{SMALL}": large.worst_page / small.worst_page,
    }
