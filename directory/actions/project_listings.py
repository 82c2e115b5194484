"""The one projector: writes the read model from the records, in the transaction of whatever changed them.

After an edit of a service, or of what hangs on it or on its place: `project_services`. After one of an organization
(or of its phones, programs ...): `project_organizations`. After one of a term or taxonomy: `project_terms`.
`rebuild_listings` looks at everything and arrives at the same tables, whatever they held before.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from directory.actions.project_documents import Documents, empty_lists
from directory.actions.project_moved import remove_stray_moved, write_moved
from directory.actions.project_pages import build_pages, remove_stray_pages, write_pages
from directory.actions.project_vetted import write_vetted
from directory.finding.documents import Without
from directory.finding.gathered import gather
from directory.finding.vocabulary import read_vocabulary
from directory.models.service import Service
from directory.models.taxonomy import Attribute

BATCH = 2000
WORTH_COUNTING = 500
"""Services from which on a plan made for the wrong sizes costs more than counting all records."""

PROJECTING = 7302
"""The door that projections pass one by one: two at once would each miss what the other is writing."""

# Every batch is small beside its tables, which may have grown since anybody counted them: indexes lead to it.
# Helpers of one statement would have to be told its thousands of ids.
PLANNING_SQL = (
    "set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)"
)
BEGIN_SQL = f"SELECT pg_advisory_xact_lock(%s), {PLANNING_SQL}"
END_SQL = "SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL max_parallel_workers_per_gather TO DEFAULT"


@contextmanager
def alone() -> Iterator[None]:
    """A transaction in which nobody else projects. Readers see the old rows until it commits."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(BEGIN_SQL, [PROJECTING])
        yield
        with connection.cursor() as cursor:
            cursor.execute(END_SQL)


def count_records() -> None:
    """Have the planner count the records, those of this transaction too: they may have come a moment ago."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_records()")


def count_read_model() -> None:
    """The same for what is projected: a plan made for an empty table takes hours on one that fills."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_read_model()")


class Projection:
    """Writes services batch by batch; the pages of one are put together while the database makes its documents."""

    def __init__(self, builder: ThreadPoolExecutor | None, without: Without = frozenset()) -> None:
        self.builder, self.words = builder, read_vocabulary("default")
        self.parents = {slug: need.parent for slug, need in self.words.needs.items() if need.parent}
        self.documents = Documents(timezone.now(), without)
        self.listings = self.written = 0

    def write_counting(self, asked: list[str]) -> None:
        """As `write`; what has come is counted after the first batch, and whenever it is four times as much."""
        before = self.written
        self.write(asked)
        self.written += len(asked)
        if self.written >= WORTH_COUNTING and (not before or _fourfold(before) < _fourfold(self.written)):
            count_read_model()

    def write(self, asked: list[str]) -> None:
        """Bring the listings and documents of these services up to date."""
        batch = gather(asked)
        built = self.builder.submit(build_pages, batch, self.words) if self.builder else None
        self.documents.write_services(asked, batch, self.parents)
        pages = built.result() if built else build_pages(batch, self.words)
        write_vetted(asked, batch, self.words)
        del batch, built  # as large as the pages, which are sent next
        self.listings += write_pages(asked, pages)
        write_moved(asked)


def _fourfold(services: int) -> int:
    return (services // BATCH).bit_length() // 2


def _batches(ids: Iterable[UUID]) -> Iterator[list[str]]:
    kept = sorted({str(key) for key in ids})
    for start in range(0, len(kept), BATCH):
        yield kept[start : start + BATCH]


def _project(service_ids: Iterable[UUID], **named: Iterable[UUID]) -> int:
    """`named`: records, by entity, whose documents are looked at whether or not a service names them."""
    ids = list(service_ids)
    with alone():
        if len(ids) >= WORTH_COUNTING:
            count_records()
        projection = Projection(None)
        for asked in _batches(ids):
            projection.write_counting(asked)
        for entity, more in named.items():
            projection.documents.named[entity].update(map(str, more))
        projection.documents.write_named(BATCH)
        projection.documents.write_totals()
        return projection.listings


def project_services(service_ids: Iterable[UUID]) -> int:
    """Bring the read model up to date for these services, and for all that they name or named.

    A service that is gone is taken away. Returns how many listings they have now.
    """
    return _project(service_ids)


def project_organizations(organization_ids: Iterable[UUID]) -> int:
    """Bring the read model up to date for these organizations and all their services. Returns their listings."""
    ids = list(organization_ids)
    services = Service.objects.filter(organization_id__in=ids).order_by("pk").values_list("pk", flat=True)
    return _project(services, organization=ids)


def project_terms(term_ids: Iterable[UUID] = (), taxonomy_ids: Iterable[UUID] = ()) -> int:
    """Bring the read model up to date for these terms and taxonomies and for the services that bear them."""
    terms, taxonomies = list(term_ids), list(taxonomy_ids)
    tied = Attribute.objects.filter(taxonomy_term_id__in=terms) | Attribute.objects.filter(
        taxonomy_term__taxonomy_detail_id__in=taxonomies
    )
    holders = tied.order_by("link_id").values_list("link_id", flat=True).distinct()
    return _project(filter(None, holders), taxonomy_term=terms, taxonomy=taxonomies)


def _services_from(last: str) -> list[str]:
    """The next batch of services after id `last`, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id::text FROM service s WHERE s.id > %s::uuid ORDER BY s.id LIMIT %s", [last, BATCH]
        )
        return [row[0] for row in cursor.fetchall()]


def all_services() -> Iterator[list[str]]:
    asked = _services_from(str(UUID(int=0)))
    while asked:
        yield asked
        asked = _services_from(asked[-1])


def rebuild_listings() -> int:
    """Look at every record and make the whole read model be as it should. Returns how many listings there are.

    In one transaction; `project_in_parts` does the same for very many.
    """
    with ThreadPoolExecutor(1) as builder, alone():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        if Service.objects.count() >= WORTH_COUNTING:
            count_records()
        projection = Projection(builder, empty_lists())
        for asked in all_services():
            projection.write_counting(asked)
        remove_stray_pages()
        remove_stray_moved()
        projection.documents.name_everything()
        projection.documents.write_named(BATCH)
        projection.documents.count_anew()
        return projection.listings
