"""Processes beside this one: forked from one that has loaded the site and done nothing yet, so that they share it.

Each is ready at once and has connections of its own. They end when this process does, however that ends.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver, get_context, parent_process
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

LOADED = "directory.actions.beside_loaded"
MOST = 4


def _end_with_parent() -> None:
    """Otherwise it would wait for work for ever once nobody is left to bring any."""
    Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def get_ready() -> None:
    """Begin to load the site for them, while this process goes on with something else."""
    get_context("forkserver").set_forkserver_preload([LOADED])
    forkserver.ensure_running()


def processes() -> ProcessPoolExecutor:
    """A pool of as many as there are processors, four at most. What they run has to be importable."""
    get_ready()
    workers = max(1, min(MOST, os.cpu_count() or 1))
    return ProcessPoolExecutor(workers, mp_context=get_context("forkserver"), initializer=_end_with_parent)


@contextmanager
def processes_with(work: Callable[..., None], tasks: Sequence[tuple[Any, ...]]) -> Iterator[list[Connection]]:
    """One process for each task, running `work(pipe, *task)`; yields the ends from which to hear them.

    A pipe that ends without a word of its process means that something ended it. Whatever still runs is stopped.
    """
    get_ready()
    context = get_context("forkserver")
    pipes, running = [], []
    try:
        for task in tasks:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(work, theirs, task), daemon=True)
            process.start()
            theirs.close()
            pipes.append(ours)
            running.append(process)
        yield pipes
    finally:
        for process in running:
            process.terminate()
            process.join()
        for pipe in pipes:
            pipe.close()


def _work(work: Callable[..., None], pipe: Connection, task: tuple[Any, ...]) -> None:
    _end_with_parent()
    work(pipe, *task)
