"""A command of ours run beside us: how long it took and the most memory that it held."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.settings.environment import ROOT

PAUSE = 0.05
"""Seconds between two looks at a running command; it stands for the error of a figure in seconds, too."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Wall-clock seconds, peak resident memory in bytes, and what was printed."""

    seconds: float
    memory: int
    printed: str

    def told(self, what: str) -> str:
        """One line for people."""
        return f"{what}: {self.seconds:.1f} s, at most {self.memory / 1_000_000:.0f} MB"


def _peak(process: int) -> int:
    """Bytes: what Linux says was the most so far; 0 once the process is gone.

    rusage won't do: what it says of a child begins with what its parent held when it was started.
    """
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def run_watched(*words: str, env: Mapping[str, str]) -> Watched:
    """Run this Python with `words` from the project's folder. Raises RuntimeError with its own words if it fails."""
    with tempfile.TemporaryFile() as printed:
        begun, most = time.perf_counter(), 0
        command = [sys.executable, *words]
        with subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=printed, stderr=subprocess.STDOUT
        ) as process:
            try:
                while process.poll() is None:
                    most = max(most, _peak(process.pid))
                    time.sleep(PAUSE)
            except BaseException:
                process.kill()
                raise
        seconds = time.perf_counter() - begun
        printed.seek(0)
        text = printed.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} failed with {process.returncode}:\n{text[-3000:]}")
    return Watched(seconds, most, text)
