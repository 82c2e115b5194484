"""Seconds of many runs, and what to say of them."""

import statistics
import time
from collections.abc import Callable


def seconds_of(act: Callable[[], object], times: int) -> list[float]:
    """Wall-clock seconds of each of `times` runs."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        found.append(time.perf_counter() - begun)
    return found


def told(name: str, seconds: list[float]) -> str:
    """One line: median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"{name}: p50 {statistics.median(ordered) * 1000:.2f} ms, p95 {p95 * 1000:.2f} ms, {len(ordered)} runs"
