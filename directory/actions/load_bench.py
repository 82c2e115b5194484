"""Loads made services to measure with, up to a million: several processes at once, a chunk a transaction.

Until all are there none is shown: what bears a publisher that isn't there is in no listing, and the publisher comes
last. (Where some are added to a finished set, a rebuild meanwhile shows whole chunks of them.) Interrupted, it goes on
from what is there when it is run again. The same number and seed again change nothing.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from accounts.demo import refuse_unless_demo_is_allowed
from directory.actions.beside import processes
from directory.actions.load_bench_rows import BENCH, LOADING, Chunk, world, write_chunk
from directory.actions.project_in_parts import MANY, mark_due, project_in_parts
from directory.actions.project_listings import project_services
from directory.demo.bench_country import seed_digits
from directory.demo.bench_towns import CannotMake
from directory.models.projection_due import ProjectionDue
from directory.models.publisher import Publisher
from directory.models.service import Service
from safety import audit
from safety.viewer import Viewer

MOST = 1_000_000
CHUNK = 2_000
"""Services of a chunk. Another number makes other services of the same seed."""
STATE_SQL = (
    "SELECT count(*), count(*) FILTER (WHERE translate(substr(id::text, 16), '-', '') LIKE %s)"
    " FROM service WHERE publisher_id = %s"
)
PUBLISHER = {
    "name": "Made-up services, to measure with",
    "name_fr": "Services inventés, pour mesurer",
    "is_demo": True,
    "may_redistribute": True,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many services came, and in how many seconds; `shown` and its seconds are of making them searchable."""

    services: int = 0
    loading: float = 0
    shown: int = 0
    showing: float = 0


def _quiet(_words: str) -> None:
    """Nobody wants to hear of the progress."""


def load_bench(
    *, services: int, seed: int, viewer: Viewer, tell: Callable[[str], None] = _quiet, chunk: int = CHUNK
) -> Loaded:
    """Bring the made services of `seed` up to that many, and show them.

    Raises CannotMake where other made services, or more of these, are there already; DemoRefused where demonstration
    data is not allowed. Inside a transaction it loads a few only (one chunk): its processes see what is committed.
    """
    refuse_unless_demo_is_allowed()
    if not 1 <= services <= MOST:
        raise CannotMake(f"Between 1 and {MOST} services can be made, not {services}.")
    with _only_one():
        missing, begun = services - _there(services, seed), time.monotonic()
        if not missing and _is_finished():
            return Loaded()
        world(seed)  # raises what stands against it before anything is written
        chunks = [Chunk(seed, k, chunk, services) for k in range((services + chunk - 1) // chunk)]
        for total in _write(chunks):
            tell(f"{total} of {missing} services loaded, {time.monotonic() - begun:.0f} s")
        loaded = time.monotonic()
        shown = _conclude(viewer, services=missing, in_all=services, seed=str(seed)[:20])
    if shown is None:
        tell(f"showing {services} services ...")
        shown = _show()
    return Loaded(missing, loaded - begun, shown, time.monotonic() - loaded)


def _show() -> int:
    """Make the listings. Marks besides one's own are of what was interrupted: then all are made."""
    marks = list(ProjectionDue.objects.values_list("pk", flat=True))
    return project_in_parts(map(str, _ids()), marks[0]) if len(marks) == 1 else project_in_parts()


def _is_finished() -> bool:
    """True unless somebody stopped it between the last chunk and the last listing."""
    return Publisher.objects.filter(slug=BENCH).exists() and not ProjectionDue.objects.exists()


@transaction.atomic
def _conclude(viewer: Viewer, **details: int | str) -> int | None:
    """Let what was loaded count. How many listings there are now; None: they are many, and are to be made in parts."""
    Publisher.objects.get_or_create(slug=BENCH, defaults=PUBLISHER)
    shown = None
    if int(details["in_all"]) > MANY:
        mark_due()
    else:
        shown = project_services(_ids())
    audit.record(viewer, action="load_bench", subject_type="publisher", details=details)
    return shown


@contextmanager
def _only_one() -> Iterator[None]:
    """Two at once would wait for each other chunk by chunk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', '0', false), pg_advisory_lock(%s, 0)", [LOADING]
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [LOADING])
            cursor.execute("RESET statement_timeout")


def _there(services: int, seed: int) -> int:
    """How many of them are there. Raises CannotMake where something else is."""
    with connection.cursor() as cursor:
        cursor.execute(STATE_SQL, [_pattern(seed), BENCH])
        total, own = cursor.fetchone()
    if total > own:
        raise CannotMake(
            f"There are {total - own} services of publisher {BENCH} already that seed {seed} did not make."
            " They are not removed: use a fresh database, or the seed that made them."
        )
    if own > services:
        raise CannotMake(
            f"There are {own} services of seed {seed} already, more than {services}."
            " They are not removed: use a fresh database, or ask for as many or more."
        )
    return int(own)


def _pattern(seed: int) -> str:
    """What ids of a seed look like from their third group on, without hyphens (see bench_country.Ids)."""
    digits = seed_digits(seed)
    return f"{digits[:3]}a{digits[3:]}%"


def _write(chunks: list[Chunk]) -> Iterator[int]:
    """How many have come, after each chunk that brought some."""
    total = 0
    for added in _each(chunks):
        total += added
        if added:
            yield total


def _each(chunks: list[Chunk]) -> Iterator[int]:
    if len(chunks) == 1:
        yield write_chunk(chunks[0])
        return
    if connection.in_atomic_block:
        raise RuntimeError("load_bench works in several processes, which see only what is committed")
    with processes() as pool:
        yield from pool.map(write_chunk, chunks)


def _ids() -> Iterator[UUID]:
    made = Service.objects.filter(publisher_id=BENCH).order_by("pk").values_list("pk", flat=True)
    return made.iterator(chunk_size=20_000)
