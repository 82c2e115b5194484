"""Projection of a great many services: part by part, several processes at once, each part in a transaction of its own.

A single transaction over a hundred thousand services would keep every edit waiting for minutes, on one processor.
Each service is told rightly at every moment; only the whole changes over a while. If it is interrupted, the mark in
`projection_due` stays, and the background worker begins anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from itertools import chain, count, islice
from multiprocessing import parent_process

from django.db import connection, transaction
from django.utils import timezone

from directory.actions.beside import get_ready, processes
from directory.actions.project_documents import DEPENDENT, Documents, empty_lists
from directory.actions.project_listings import (
    BATCH,
    END_SQL,
    PLANNING_SQL,
    PROJECTING,
    Projection,
    all_services,
    alone,
    count_read_model,
    count_records,
    rebuild_listings,
)
from directory.actions.project_pages import remove_stray_pages
from directory.actions.tag_concepts import tag_concepts
from directory.actions.without_collecting import give_back_memory, without_collecting
from directory.finding.documents import Without
from directory.models.listing import Listing
from directory.models.projection_due import ProjectionDue
from directory.models.service import Service

PART = BATCH
"""Services in one transaction: what an edit may have to wait for is a second or two."""

MANY = 10_000
"""Services from which on parts pay."""

BESIDE_SQL = (
    "SELECT pg_advisory_xact_lock_shared(%s), set_config('statement_timeout', '0', true),"
    f" set_config('relais.words_later', 'on', true), {PLANNING_SQL}"
)
"""Beside other parts, and not beside anybody's edit. Words are counted at the end: two parts would wait in a circle."""

MARKING = 7306
"""The door that those who set a mark pass one by one."""

IN_PARTS = 7303
"""The door that projections in parts pass one by one."""


@contextmanager
def _beside() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(BESIDE_SQL, [PROJECTING])
        yield
        with connection.cursor() as cursor:
            cursor.execute(END_SQL)


PATIENCE = timedelta(minutes=2)
"""How long a mark may stand before the worker takes the matter up: whoever set it is mostly at it."""


@contextmanager
def _only_one() -> Iterator[None]:
    """Two projections in parts at once would do the same work twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', false), pg_advisory_lock(%s)", [IN_PARTS])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [IN_PARTS])
            cursor.execute("RESET statement_timeout")


LAST_CHANGE_SQL = "SELECT coalesce(max(seq), 0) FROM audit_link"


@lru_cache(maxsize=1)
def _known_empty(_last_change: int) -> Without:
    return empty_lists()


def _empty_lists() -> Without:
    """Which lists are empty everywhere: asked anew, a tenth of a second, only once something has been changed.

    Every change has its audit row, and a helper lives no longer than one projection. Whoever lives on asks each time.
    """
    if parent_process() is None:
        return empty_lists()
    with (
        connection.cursor() as cursor
    ):  # before the lists: what is changed meanwhile makes them be asked again
        cursor.execute(LAST_CHANGE_SQL)
        return _known_empty(cursor.fetchone()[0])


def write_part(asked: list[str]) -> tuple[int, dict[str, set[str]]]:
    """Bring these services up to date: how many listings they have, and the ids of what their documents name."""
    with _beside(), without_collecting():
        projection = Projection(None, _empty_lists())
        for start in range(0, len(asked), BATCH):
            projection.write(asked[start : start + BATCH])
    return projection.listings, projection.documents.named


def write_named_part(entity: str, ids: list[str]) -> dict[str, set[str]]:
    """Bring the documents of these records, all of one entity, up to date; the ids of what they name."""
    with _beside():
        documents = Documents(timezone.now(), _empty_lists())
        documents.named[entity].update(ids)
        documents.write_entity(entity, BATCH)
    return documents.named


def _parts(ids: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(ids)
    while part := list(islice(rest, size)):
        yield part


def _write_services(pool: ProcessPoolExecutor, ids: Iterable[str]) -> tuple[int, dict[str, set[str]]]:
    """What the parts are beside is counted; where nothing is there yet, once the first has come by itself."""
    rest, listings, named = iter(ids), 0, {entity: set[str]() for entity in DEPENDENT}
    if not Listing.objects.exists():
        listings, named = write_part(list(islice(rest, BATCH)))
    count_read_model()
    parts = _parts(rest, PART)
    for more, found in pool.map(write_part, parts):
        listings += more
        _add(named, found)
    return listings, named


def _add(named: dict[str, set[str]], found: dict[str, set[str]]) -> None:
    for entity, more in found.items():
        named[entity] |= more


def _write_named(pool: ProcessPoolExecutor, named: dict[str, set[str]]) -> None:
    """One entity after the other: terms and taxonomies depend on the documents before them."""
    for entity in DEPENDENT:
        parts = list(_parts(sorted(named[entity]), PART))
        for found in pool.map(write_named_part, [entity] * len(parts), parts):
            _add(named, found)


def _patiently() -> None:
    """What follows goes through whole tables: it may take its time, and indexes are no help."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL enable_seqscan = on")


def _remove_strays() -> dict[str, set[str]]:
    """With nobody beside, after everything was looked at. Returns what else may have to go, by entity."""
    with alone():
        _patiently()
        documents = Documents(timezone.now())
        remove_stray_pages()
        documents.name_everything()
    return documents.named


def _count(done: Sequence[int]) -> None:
    with alone():
        _patiently()
        Documents(timezone.now()).count_anew()
        with connection.cursor() as cursor:
            cursor.execute("SELECT recount_listing_words()")
        ProjectionDue.objects.filter(pk__in=done).delete()


def mark_due() -> int:
    """In the transaction of the change: the read model is to be made anew, whatever becomes of this process.

    Returns the number of the mark: whoever follows it takes this one away and nobody else's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MARKING])
    taken = set(ProjectionDue.objects.values_list("pk", flat=True))
    number = next(n for n in count(1) if n not in taken)
    return ProjectionDue.objects.create(id=number, since_at=timezone.now()).pk


def catch_up() -> None:
    """For the worker: finish what was begun and not done, unless somebody is at it."""
    if not ProjectionDue.objects.filter(since_at__lte=timezone.now() - PATIENCE).exists():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [IN_PARTS])
        is_free = cursor.fetchone()[0]
        if is_free:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [IN_PARTS])
    if is_free:
        rebuild()


def rebuild() -> int:
    """Make the whole read model anew, in parts if there are many services. Returns how many listings there are."""
    listings = _rebuild()
    tag_concepts()
    return listings


def _rebuild() -> int:
    if Service.objects.count() > MANY:
        return project_in_parts()
    with transaction.atomic():
        ProjectionDue.objects.all().delete()
        return rebuild_listings()


def project_in_parts(service_ids: Iterable[str] | None = None, mark: int | None = None) -> int:
    """Bring the read model up to date for these services, or for all and without strays. Returns their listings.

    Then the `mark` of these services is gone, or every mark that stood when all began.

    Not inside a transaction: the parts see only what is committed.
    """
    if connection.in_atomic_block:
        raise RuntimeError("project_in_parts sees nothing of a transaction that is not committed")
    get_ready()
    give_back_memory()
    ids = chain.from_iterable(all_services()) if service_ids is None else service_ids
    with _only_one(), processes() as pool:
        done = [mark] if mark else []
        if service_ids is None:
            done += ProjectionDue.objects.values_list("pk", flat=True)
        count_records()
        listings, named = _write_services(pool, ids)
        if service_ids is None:
            _add(named, _remove_strays())
        _write_named(pool, named)
        _count(done)
    return listings
