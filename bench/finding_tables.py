"""Tables and figures of `bench/finding.py`: for people, from the seconds of each answer by question."""

import statistics
from collections.abc import Collection, Mapping, Sequence

Seconds = Mapping[str, Sequence[float]]
HEAD = f"{'':18}{'found':>8}{'elsewhere':>11}"


def p95_ms(seconds: Sequence[float]) -> float:
    """The 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000


def p50_ms(seconds: Sequence[float]) -> float:
    """The median in milliseconds."""
    return statistics.median(seconds) * 1000


def even_rate(seconds: Seconds, clients: int) -> float:
    """Answers a second that so many clients get who never wait and ask every question equally often.

    By the mean time of each question: pgbench draws them at random, and a few more of the slow ones must not count.
    """
    return clients / statistics.mean(statistics.mean(each) for each in seconds.values())


def print_questions(
    title: str,
    told: Mapping[str, Seconds],
    found: Mapping[str, tuple[object, object]],
    more: Collection[str],
) -> None:
    """A line a question: p50, p95 in milliseconds and answers a second of one client, of each who was asked."""
    print(f"\n{title}; milliseconds (p50, p95), answers a second for one client")
    print(HEAD + "".join(f"{who:>26}" for who, seconds in told.items() if seconds))
    for name, (total, elsewhere) in found.items():
        line = f"{name:18}{f'{total}+' if name in more else total:>8}{elsewhere:>11}"
        print(line + "".join(_cells(seconds.get(name)) for seconds in told.values() if seconds))


def _cells(seconds: Sequence[float] | None) -> str:
    if not seconds:
        return f"{'-':>26}"
    return f"{p50_ms(seconds):9.1f}{p95_ms(seconds):9.1f}{1 / statistics.mean(seconds):8.1f}"


def print_mix(told: Mapping[str, Seconds], clients: int) -> None:
    """The whole mix of each: every question equally often."""
    for who, seconds in told.items():
        if seconds:
            every = [each for answers in seconds.values() for each in answers]
            rate = f"{even_rate(seconds, clients):8.1f} a second, {len(every)} answers"
            print(f"  mix, {who:8} p50 {p50_ms(every):8.1f} ms, p95 {p95_ms(every):8.1f} ms, {rate}")
