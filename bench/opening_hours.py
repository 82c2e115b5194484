"""A hundred thousand judgements of made hours beside an independent oracle, and `until` and `next` of two thousand.

Not timed and not part of `make bench`: `.venv/bin/python -m bench.opening_hours` prints every difference;
there must be none.
"""

import os
import sys
import zoneinfo
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor

zoneinfo.reset_tzpath(to=[])  # the tzdata wheel alone, as config/settings/base.py has it
zoneinfo.ZoneInfo.clear_cache()

from tests.rules.opening_compared import differences_of_moments, differences_of_state  # noqa: E402

JUDGED = int(os.environ.get("BENCH_OPENINGS", "100000"))
WALKED = JUDGED // 50
A_PART, INSTANTS = 100, 10


def _states(seed: int) -> list[str]:
    return differences_of_state(seed, A_PART // INSTANTS, INSTANTS)


def _moments(seed: int) -> list[str]:
    return differences_of_moments(seed, A_PART // INSTANTS)


def _told(name: str, judge: Callable[[int], list[str]], seeds: Iterable[int], count: int) -> int:
    """Print every difference, and how many there are."""
    with ProcessPoolExecutor(int(os.environ.get("BENCH_WORKERS", "2"))) as pool:
        found = [line for lines in pool.map(judge, seeds, chunksize=5) for line in lines]
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{name}: {count} judged, {len(found)} differences")
    return len(found)


def main() -> int:
    """Judge all; 1 if anything differs."""
    first = 10_000  # other schedules than the tests'
    found = _told("states and codes", _states, range(first, first + JUDGED // A_PART), JUDGED)
    found += _told("until and next", _moments, range(2 * first, 2 * first + WALKED // INSTANTS), WALKED)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
