"""The site under gunicorn, with config's own workers, on a free port of this machine; stopped at the end."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import IO

from config.settings.environment import ROOT
from deploy.local.compressed import compress_static
from tests.databases import environment

PATIENCE = 120.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _await(process: "subprocess.Popen[bytes]", address: str, log: IO[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            log.seek(0)
            raise RuntimeError(f"{address} did not answer:\n{log.read().decode(errors='replace')[-4000:]}")
        time.sleep(0.1)


@contextmanager
def gunicorn(
    database: str, ready: str, more: Mapping[str, str], written: IO[bytes] | None = None
) -> Iterator[int]:
    """The port at which the site answers on `database`, once the path `ready` does. `more`: of its environment.

    `written`: where all goes that it prints.
    """
    compress_static()
    port = _free_port()
    settings = {"BIND": f"127.0.0.1:{port}", **more}
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"]
    with nullcontext(written) if written else tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(database) | settings, stdout=log, stderr=log
        )
        try:
            _await(process, f"http://127.0.0.1:{port}{ready}", log)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
