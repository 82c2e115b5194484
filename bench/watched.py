"""A command of ours run beside us: how long it and its children took, and the most memory that they held together."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.settings.environment import ROOT

PAUSE = 0.05
"""Seconds between two looks at a running command; it stands for the error of a figure in seconds, too."""
LOOKS = 10
"""Of so many looks one sums the memory of all processes: the system has to walk through it each time."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Wall-clock seconds, peak memory of all its processes in bytes, processor seconds of them, what was printed.

    Of memory that several of them share each is counted its part. The database's own processes are none of them.
    """

    seconds: float
    memory: int
    printed: str
    processor: float = 0

    def told(self, what: str) -> str:
        """One line for people."""
        memory = f"at most {self.memory / 1_000_000:.0f} MB"
        return f"{what}: {self.seconds:.1f} s, {self.processor:.1f} s of a processor, {memory}"


def _numbers(path: Path, *names: str) -> dict[str, int]:
    """Bytes: the named lines of a file of /proc; nothing of a process that is gone."""
    with suppress(OSError):
        rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
        return {row[0]: int(row[1]) * 1024 for row in rows if row and row[0] in names}
    return {}


def processes_of(process: int) -> Iterator[int]:
    """The process, its children, theirs."""
    yield process
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in thread.read_text(encoding="ascii").split():
                yield from processes_of(int(child))


def memory_of(process: int) -> int:
    """Bytes that it and its children hold now."""
    held = (_numbers(Path(f"/proc/{each}/smaps_rollup"), "Pss:") for each in processes_of(process))
    return sum(of_one.get("Pss:", 0) for of_one in held)


def _peak(process: int) -> int:
    """Bytes: what Linux says was the most that it held by itself so far; 0 once it is gone.

    rusage won't do: what it says of a child begins with what its parent held when it was started.
    """
    return _numbers(Path(f"/proc/{process}/status"), "VmHWM:").get("VmHWM:", 0)


def _watch(process: "subprocess.Popen[bytes]") -> int:
    """Bytes: the most of all looks until it ends."""
    most = look = 0
    while process.poll() is None:
        most = max(most, _peak(process.pid), 0 if look % LOOKS else memory_of(process.pid))
        look += 1
        time.sleep(PAUSE)
    return most


def _spent() -> float:
    """Processor seconds of all children that have ended, and of theirs."""
    times = os.times()
    return times.children_user + times.children_system


def run_watched(*words: str, env: Mapping[str, str]) -> Watched:
    """Run this Python with `words` from the project's folder. Raises RuntimeError with its own words if it fails."""
    with tempfile.TemporaryFile() as printed:
        begun, spent = time.perf_counter(), _spent()
        command = [sys.executable, *words]
        with subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=printed, stderr=subprocess.STDOUT
        ) as process:
            try:
                most = _watch(process)
            except BaseException:
                process.kill()
                raise
        seconds = time.perf_counter() - begun
        printed.seek(0)
        text = printed.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} failed with {process.returncode}:\n{text[-3000:]}")
    return Watched(seconds, most, text, _spent() - spent)
