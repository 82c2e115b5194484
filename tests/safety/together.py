"""Acts at the same moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

PATIENCE_SECONDS = 60


def run_together(*acts: Callable[[], object]) -> list[Exception]:
    """Start every act, wait for all; the exceptions that they ended with."""
    faults: list[Exception] = []
    threads = [threading.Thread(target=_run, args=(act, faults)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "an act did not end"
    return faults


def _run(act: Callable[[], object], faults: list[Exception]) -> None:
    try:
        act()
    except Exception as fault:  # the test looks at it
        faults.append(fault)
    finally:
        connection.close()
