"""Everything that the directory holds, at a tier, as the standard's files."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.db.models import QuerySet

from directory.hsds.composed import compose, full_view
from directory.hsds.composed_rows import chunks, documents
from directory.hsds.export_disclosure import Disclosure, disclosure, entities_told, open_documents
from directory.hsds.export_files import CannotExport, Write, archive, folder, zip_of
from directory.hsds.export_losses import REPORT, TABULAR, Losses
from directory.hsds.nested import BATCH, Item, root_ids, tell_items
from directory.hsds.nested_view import View
from directory.hsds.tabular import Told, header_of, ids_in, tell_records, tell_rows
from directory.hsds.tabular_descriptor import describe
from directory.hsds.tabular_public import OpenRows
from directory.models.hsds_document import HsdsDocument
from directory.models.publisher import Publisher
from directory.rules.hsds_shape import ENTITIES, LEFT_OUT
from safety import audit
from safety.viewer import Tier, Viewer

FORMATS = ("csv", "json", "zip")
TIERS = {"public": Tier.PUBLIC, "vetted": Tier.VETTED, "custodian": Tier.CUSTODIAN}

Rows = Iterable[Sequence[str]]
RowsOf = Callable[[str], Rows]
DocumentsOf = Callable[[str], QuerySet[HsdsDocument]]
Progress = Callable[[str], None]


def quietly(_line: str) -> None:
    """No progress is shown."""


@dataclass(slots=True)
class Counts:
    """How many rows or items each file got."""

    by_file: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_file.values())

    def counted(self, name: str, told: Iterable[Any]) -> Iterator[Any]:
        """The same, counted under `name` while they pass."""
        self.by_file[name] = 0
        for one in told:
            self.by_file[name] += 1
            yield one


def export_hsds(
    *,
    path: Path,
    tier: Tier,
    format_: str = "csv",
    publisher: str = "",
    viewer: Viewer,
    progress: Progress = quietly,
) -> Counts:
    """Write everything that `tier` may be told, of all publishers or of one, to a new folder
    at `path`, or to a new zip if that ends in .zip.

    Leaves one audit row. Raises CannotExport, with nothing at `path`, if it can't be written or the publisher
    is unknown.
    """
    if publisher and not Publisher.objects.filter(slug=publisher).exists():
        raise CannotExport(f"There is no publisher {publisher!r}.")
    counts = Counts()
    with (archive if format_ == "zip" or path.suffix == ".zip" else folder)(path) as write:
        with _one_moment():
            shown = disclosure(tier, publisher)
            if format_ == "json":
                _prefer_indexes()
                write_json(shown, write, counts, progress)
            else:
                with _rows_at(shown) as rows_of:
                    write_csv(shown, rows_of, write, counts, progress)
        _record(viewer, shown, format_, counts)
    return counts


@contextmanager
def _one_moment() -> Iterator[None]:
    """All statements see the tables as they are now, whatever is written meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _prefer_indexes() -> None:
    """A batch is small beside its tables, which may have grown since anybody counted them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off")


def _record(viewer: Viewer, shown: Disclosure, format_: str, counts: Counts) -> None:
    details: dict[str, audit.Fact] = {
        "tier": shown.tier.name.lower(),
        "format": format_,
        "publisher": shown.publisher,
        "files": len(counts.by_file),
        "records": counts.total,
    }
    with transaction.atomic():
        audit.record(viewer, action="export_hsds", subject_type="hsds", details=details)


def zip_open_data(file: IO[bytes], form: str = "csv") -> None:
    """Write open data, zipped, to `file`: tabular, or as JSON. Reads only what the public doors may read."""
    shown, counts = Disclosure(Tier.PUBLIC), Counts()
    with zip_of(file) as write:
        if form == "json":
            write_json(shown, write, counts, documents_of=documents)
            return
        with closing(OpenRows(documents)) as opened:
            write_csv(shown, opened.rows, write, counts)


def write_csv(
    shown: Disclosure, rows_of: RowsOf, write: Write, counts: Counts, progress: Progress = quietly
) -> None:
    """The tabular package: a CSV file for each entity that the tier may see, and its descriptor."""
    entities = entities_told(shown)
    package = describe(entities, _publisher(shown))
    write("datapackage.json", lambda file: _dump(package, file))
    for entity in entities:
        name = ENTITIES[entity].file
        rows = counts.counted(name, rows_of(entity))
        write(name, partial(_write_rows, entity, rows))
        progress(f"{name}: {counts.by_file[name]}")


def _publisher(shown: Disclosure) -> Publisher | None:
    return Publisher.objects.get(slug=shown.publisher) if shown.publisher else None


@contextmanager
def _rows_at(shown: Disclosure, documents_of: DocumentsOf | None = None) -> Iterator[RowsOf]:
    """Where rows come from: open data from the public documents alone, everything else from the tables."""
    if shown.tier != Tier.PUBLIC:
        yield lambda entity: tell_rows(entity, shown)
        return
    with closing(OpenRows(documents_of or _documents_at(shown))) as opened:
        yield opened.rows


def _documents_at(shown: Disclosure) -> DocumentsOf:
    return lambda entity: open_documents(entity, shown.publisher)


def _write_rows(entity: str, rows: Rows, file: IO[str]) -> None:
    lines = csv.writer(file)
    lines.writerow(header_of(entity))
    lines.writerows(rows)


def _dump(value: object, file: IO[str]) -> None:
    json.dump(value, file, ensure_ascii=False, indent=1)
    file.write("\n")


def write_json(
    shown: Disclosure,
    write: Write,
    counts: Counts,
    progress: Progress = quietly,
    documents_of: DocumentsOf | None = None,
) -> None:
    """For each root one file: a page envelope with all items, fully nested. What they can't say is told beside them.

    `documents_of`: where open data is read, if not as the program itself.
    """
    opened = documents_of or _documents_at(shown)
    with closing(Losses()) as losses:
        for root in LEFT_OUT:
            if shown.tells_of(root):
                name = f"{Path(ENTITIES[root].file).stem}.json"
                items = counts.counted(name, losses.watched(root, _items_at(root, shown, opened)))
                total = _total_at(root, shown, opened)
                write(name, partial(_write_page, items, total))
                progress(f"{name}: {counts.by_file[name]}")
        with _records_at(shown, opened) as records_of:
            for entity in entities_told(shown):
                losses.compare(entity, records_of(entity))
        _write_losses(losses, write, counts, progress)


def _write_losses(losses: Losses, write: Write, counts: Counts, progress: Progress) -> None:
    if losses.unheld:
        counts.by_file[TABULAR] = losses.unheld
        write(TABULAR, losses.write_tabular)
        progress(f"{TABULAR}: {losses.unheld}")
    if losses.counts:
        write(REPORT, losses.write_report)
        for line in losses.lines():
            progress(f"{REPORT}: {line}")


@contextmanager
def _records_at(shown: Disclosure, opened: DocumentsOf) -> Iterator[Callable[[str], Iterable[Told]]]:
    """The records that CSV would tell, with the ids that the items have."""
    if shown.tier != Tier.PUBLIC:
        yield lambda entity: tell_records(entity, shown)
        return
    with _rows_at(shown, opened) as rows_of:
        yield lambda entity: ((row[0], row, ids_in(entity, row)) for row in rows_of(entity))


def _total_at(root: str, shown: Disclosure, opened: DocumentsOf) -> int:
    if shown.tier == Tier.PUBLIC:
        return opened(root).count()
    return shown.records(root).filter(shown.own).count()


def _items_at(root: str, shown: Disclosure, opened: DocumentsOf) -> Iterator[Item]:
    if shown.tier != Tier.PUBLIC:
        yield from tell_items(View(root), shown, root_ids(View(root), shown))
        return
    for rows in chunks(opened(root), BATCH):
        yield from compose(rows, full_view(root))


def _write_page(items: Iterable[Item], total: int, file: IO[str]) -> None:
    """One page that holds everything; item by item, so that no more than a batch is held."""
    page = {
        "total_items": total,
        "total_pages": 1,
        "page_number": 1,
        "size": total,
        "first_page": True,
        "last_page": True,
        "empty": not total,
    }
    file.write(json.dumps(page)[:-1] + ', "contents": [')
    for number, item in enumerate(items):
        file.write((",\n" if number else "\n") + json.dumps(item, ensure_ascii=False))
    file.write("\n]}\n")
