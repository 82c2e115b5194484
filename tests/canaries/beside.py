"""What a request leaves beside its answer: log records, letters, and rows that others read (queue, cache, trail)."""

import base64
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core import mail
from django.db import connection

from tests.canaries.unpacked import readings

ROWS_SQL = """
SELECT 'a job', args::text FROM procrastinate_jobs WHERE id > %(job)s
UNION ALL SELECT 'a notice', n::text FROM notice n WHERE created_at >= %(since)s
UNION ALL SELECT 'the audit trail', details FROM audit_entry WHERE at >= %(since)s
UNION ALL SELECT 'the cache', cache_key || ' ' || value FROM accounts_cache
"""
READINGS = (
    "read_protected_address",
    "read_internal_notes",
    "open_vetting_file",
    "read_vetting_application",
    "read_safety_report",
)
"""Acts that are somebody's look at what is sealed."""
READINGS_SQL = "SELECT count(*) FROM audit_entry WHERE action = ANY(%s) AND at >= %s"


class Heard(logging.Handler):
    """Keeps what is logged, as it would be written, with the words of an exception."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.texts: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """A record's own fields may be written too: whatever hangs on it is looked at."""
        own = {name: value for name, value in vars(record).items() if isinstance(value, str)}
        self.texts.append(f"{self.format(record)} {own}")


@contextmanager
def listening() -> Iterator[Heard]:
    """Everything that any logger would write meanwhile, informations included."""
    heard, root = Heard(), logging.getLogger()
    level = root.level
    apart = [root]
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        if not logger.propagate:
            apart.append(logger)
    root.setLevel(logging.INFO)
    for logger in apart:
        logger.addHandler(heard)
    try:
        yield heard
    finally:
        root.setLevel(level)
        for logger in apart:
            logger.removeHandler(heard)


def letters() -> Iterator[tuple[str, str]]:
    """Headings and words of what was sent meanwhile; the address that it goes to is its reader's own."""
    for letter in mail.outbox:
        yield (
            "a letter",
            f"{letter.subject}\n{letter.body}\n{letter.extra_headers}\n{getattr(letter, 'alternatives', '')}",
        )
    mail.outbox.clear()


def rows(since: object, job: int) -> Iterator[tuple[str, str]]:
    """What was written since, in tables that are read by others than the page's reader."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS_SQL, {"since": since, "job": job})
        for where, text in cursor.fetchall():
            for reading in readings(text):
                yield where, reading
            if where == "the cache":
                yield where, base64.b64decode(text.rpartition(" ")[2]).decode("latin-1")


def last_job() -> int:
    """The number of the newest job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def looks_told(since: object) -> int:
    """How many rows of the trail tell of a reading."""
    with connection.cursor() as cursor:
        cursor.execute(READINGS_SQL, [list(READINGS), since])
        return int(cursor.fetchone()[0])
