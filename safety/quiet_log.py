"""Logs that help to mend a fault and tell nothing of who asked for what.

An address holds a search, an exception's message may hold a value: neither is written. What is: the view, the kind
of exception, and the line of our code where it arose.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

from gunicorn.glogging import Logger


def place_of(trace: TracebackType | None) -> str:
    """File and line of the innermost frame, without any value."""
    frames = traceback.extract_tb(trace)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"


class NamelessFormatter(logging.Formatter):
    """A failed request in one line: view, kind of exception, place in the code."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's own message is left out: it begins with the address."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        view = match.view_name if match else "no view"
        kind, _value, trace = record.exc_info or (None, None, None)
        name = kind.__name__ if kind else "error"
        return (
            f"{record.levelname} {getattr(record, 'status_code', '')} in {view}: {name} at {place_of(trace)}"
        )


TELLING_NOTHING = frozenset("tsmHBbTDMLpl")
"""What an access log may hold: the moment, status, method, protocol, sizes, how long it took, and which worker."""


class QuietLogger(Logger):
    """gunicorn's log without requests: it would quote the line of a broken one, and the address it came from."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """What an access log is made of, in whatever format an operator asks for one: no address, word or browser.

        gunicorn writes `-` for what is not here: the request's line, path, query and headers, and those of the answer.
        """
        told = super().atoms(resp, req, environ, request_time)
        return {name: value for name, value in told.items() if name in TELLING_NOTHING}

    def debug(self, msg: str, *args: object, **kwargs: object) -> None:
        """Nothing: each request's path would stand there."""

    def warning(self, msg: str, *args: object, **kwargs: object) -> None:
        """Nothing: what gunicorn warns of is what strangers send."""

    def exception(self, msg: str, *args: object, **kwargs: object) -> None:
        """The kind of exception and its place, not the request that met it."""
        kind, _value, trace = sys.exc_info()
        super().error("%s at %s", kind.__name__ if kind else "error", place_of(trace))
