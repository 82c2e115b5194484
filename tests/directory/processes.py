"""Commands run beside a test, on its database, and how to know that they have come to wait."""

import os
import subprocess
import sys
import time
from multiprocessing.connection import Connection

import psycopg

from config.settings.environment import ROOT
from tests.databases import address, environment

Running = subprocess.Popen[bytes]
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def begin(database: str, *words: str) -> Running:
    """Start `manage.py WORDS`; what it prints is lost."""
    command, nowhere = [sys.executable, "manage.py", *words], subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, env=environment(database), stdout=nowhere, stderr=nowhere)


def wait_for(database: str, count: int) -> None:
    """Until so many processes wait for a lock; asked in transactions of their own, which see the moment."""
    with psycopg.connect(address("OWNER_DATABASE_URL", database), autocommit=True) as watching:
        for _ in range(600):
            (waiting,) = watching.execute(WAITING).fetchone() or (0,)
            if waiting >= count:
                return
            time.sleep(0.1)
    raise AssertionError("the import never came to wait")


def tell_pid_and_sleep(pipe: Connection) -> None:
    """For a process of `directory.actions.beside` that does nothing else."""
    pipe.send(os.getpid())
    time.sleep(600)
