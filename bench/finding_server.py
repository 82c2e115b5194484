"""The site under gunicorn on a database of the bench: the three real roles, a port of its own."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from config.settings.environment import ROOT
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
def served(database: str) -> Iterator[int]:
    """The port at which the site answers on `database`, with gunicorn's workers and threads as config has them.

    It is not asked whether it is ready: a database that is used as it is may wait for a later migration.
    """
    port = _free_port()
    more = {"BIND": f"127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": "bench.finding_settings"}
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(database) | more, stdout=log, stderr=log
        )
        try:
            _await(process, f"http://127.0.0.1:{port}/healthz", log)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
