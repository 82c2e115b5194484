"""Imports somebody's list: each row whole or refused, everything in one transaction, the same again changes nothing.

Ids are made from the publisher's slug and the row's own key, so that a second import finds what the first one
wrote. What a person alone may say (`assured_date`) is never touched, and a place that is protected stays so.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from directory.actions.feed_numbers import ask_about_numbers
from directory.actions.forget_again import forget_again
from directory.actions.look_alikes import suggest_alike
from directory.actions.project_listings import project_services
from directory.actions.scrub_places import EMPTY_LOCATION, scrub_places
from directory.actions.services_concerned import concerned_by
from directory.actions.table_alike import DOUBT, alike_in_list
from directory.actions.table_confirmed import confirmed_fields
from directory.actions.table_differences import Difference, differences, remove, write
from directory.actions.table_doors import cut_built, hidden_keys, keep_before, keep_doors, keep_told, take_ids
from directory.actions.table_facts_stored import store_facts
from directory.actions.table_report import Became, ImportReport, RowReport
from directory.actions.table_rows_stored import Built, build
from directory.actions.table_same_numbers import same_numbers
from directory.actions.table_ways import keep_table_ways
from directory.models.location import Location, PlacedBy
from directory.models.organization import Organization
from directory.models.place import Place
from directory.models.publisher import Publisher
from directory.models.service import Service, Status
from directory.models.taxonomy import TaxonomyTerm
from directory.rules.places import Gazetteer
from directory.rules.places import Place as NamedPlace
from directory.rules.table_ids import record_id
from directory.rules.table_mapping import TableMapping
from directory.rules.table_places import community_named, protect, protect_shared
from directory.rules.table_records import NumberedRow, Record, Refusal
from directory.rules.table_rows import read_row
from safety import audit
from safety.viewer import Viewer

Numbered = list[tuple[int, Record]]
Tell = Callable[[str], None]
STEP = 5000
"""Rows after which whoever waits is told how far it has come."""


class CannotImport(Exception):
    """The site isn't ready for an import; one sentence with what to do."""


def import_table(
    *,
    file_name: str,
    digest: str,
    rows: Sequence[NumberedRow],
    mapping: TableMapping,
    gazetteer: Gazetteer,
    viewer: Viewer,
    dry_run: bool = False,
    tell: Tell = lambda _told: None,
) -> ImportReport:
    """Bring the records of `mapping`'s publisher in line with `rows`; `dry_run` writes nothing but reports the same.

    Rows that are no longer in the list stay as they are; `tell` hears how far it has come. Raises CannotImport before
    the vocabulary or the gazetteer are loaded, and for a publisher whose mark as a demonstration would change.
    """
    default = _default_community(mapping, gazetteer)
    records, refused = _read(mapping, rows, tell)
    with transaction.atomic():
        _wait_as_long_as_it_takes()
        has_new_name = _publish(mapping)
        records, told = _keep_protected(mapping, records)
        refused += told
        terms = _terms(records)
        built = build(mapping.publisher.slug, records, terms, gazetteer, default, _areas(records))
        if alike := alike_in_list(built):
            records, told = _protect(records, keep_doors(built, records, alike.places), DOUBT)
            refused += told
            built = build(mapping.publisher.slug, records, terms, gazetteer, default, _areas(records))
        keep_told(built.publisher, records)
        _keep_agreed_areas(built)
        cut_built(built)
        take_ids(built)
        found = differences(built)
        tell("compared with what is stored")
        waiting = keep_table_ways(built.publisher, found)
        written = _write(built, found)
        checked = ask_about_numbers(
            publisher=built.publisher, waiting=waiting, viewer=viewer, now=timezone.now()
        )
        with connection.cursor() as cursor:
            suggest_alike(cursor, {pair for pair in alike.pairs if pair[1] in built.services})
        cut = forget_again(written)
        found.changed |= _state(mapping, records) - found.added
        closed = _close(mapping, refused)
        records = _with_doubts(records, built.doubts)
        report = _report(file_name, digest, mapping, found, records, refused)
        if dry_run:
            transaction.set_rollback(True)
        else:
            touched = built.services if has_new_name else found.added | found.changed
            _project(sorted({*touched, *closed, *checked, *concerned_by(c[:2] for c in cut)}), tell)
            _record(viewer, mapping, report, len(closed))
    return report


def _state(mapping: TableMapping, records: Numbered) -> set[uuid.UUID]:
    """Store what rows state of eligibility, if the mapping reads any of it; the services whose facts changed."""
    stated = mapping.eligibility
    if not (stated.ages or stated.notes or stated.minimum_age or stated.maximum_age or stated.claims):
        return set()
    slug = mapping.publisher.slug
    return store_facts({record_id(slug, "service", record.key): record.facts for _, record in records})


def _report(
    file_name: str,
    digest: str,
    mapping: TableMapping,
    found: Difference,
    records: Numbered,
    refused: list[Refusal],
) -> ImportReport:
    slug = mapping.publisher.slug
    same = same_numbers(slug, records)
    rows = [RowReport(r.row, r.key, "refused", r.reason) for r in refused]
    for number, record in records:
        service = record_id(slug, "service", record.key)
        became: Became = "unchanged"
        if service in found.added | found.changed:
            became = "added" if service in found.added else "changed"
        rows.append(RowReport(number, record.key, became, "", record.warnings, same.get(number, ())))
    return ImportReport(
        file_name=file_name,
        digest=digest,
        rows=tuple(sorted(rows, key=lambda row: row.row)),
        refused=tuple(sorted(refused, key=lambda refusal: refusal.row)),
    )


def _with_doubts(records: Numbered, doubts: Mapping[str, str]) -> Numbered:
    """The records with what the gazetteer told of their places among their warnings."""
    return [
        (
            number,
            replace(record, warnings=(*record.warnings, doubt))
            if (doubt := doubts.get(record.key))
            else record,
        )
        for number, record in records
    ]


def _default_community(mapping: TableMapping, gazetteer: Gazetteer) -> NamedPlace | None:
    name = mapping.place.default_community
    place = community_named(gazetteer, name)
    if name and place is None:
        raise CannotImport(
            f"The gazetteer has no one community {name!r}: run manage.py prepare to load it, "
            "or mend [place] default_community in the mapping."
        )
    return place


def _project(services: Sequence[uuid.UUID], tell: Tell) -> None:
    """Show the services, some thousands at a time."""
    tell(f"written; {len(services)} services to show")
    for start in range(0, len(services), STEP):
        project_services(services[start : start + STEP])
        tell(f"{min(start + STEP, len(services))} of {len(services)} services shown")


def _read(mapping: TableMapping, rows: Sequence[NumberedRow], tell: Tell) -> tuple[Numbered, list[Refusal]]:
    """The records of the rows, and the refusals; of two rows with one key the first is taken."""
    records: Numbered = []
    refused: list[Refusal] = []
    first: dict[str, int] = {}
    for done, (number, row) in enumerate(rows, 1):
        if done % STEP == 0:
            tell(f"{done} of {len(rows)} rows understood")
        read = read_row(mapping, row, number)
        if read.key and first.setdefault(read.key, number) != number:
            refused.append(Refusal(number, read.key, f"row {first[read.key]} has the same key"))
        elif isinstance(read, Refusal):
            refused.append(read)
        else:
            records.append((number, read))
    return _sorted_out(records, protect_shared(records), refused)


def _sorted_out(
    before: Numbered, after: Iterable[Record | Refusal], refused: list[Refusal]
) -> tuple[Numbered, list[Refusal]]:
    records: Numbered = []
    for (number, _), read in zip(before, after, strict=True):
        if isinstance(read, Refusal):
            refused.append(read)
        else:
            records.append((number, read))
    return records, refused


def _wait_as_long_as_it_takes() -> None:
    """A second import waits for the first one, which may take longer than a request of the site ever may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")


def _publish(mapping: TableMapping) -> bool:
    """Write the publisher, which also makes a second import of its list wait. True if what it shows has changed."""
    facts = asdict(mapping.publisher)
    before = Publisher.objects.filter(pk=mapping.publisher.slug).values(*facts).first()
    Publisher.objects.bulk_create(
        [Publisher(**facts)],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=[f.name for f in fields(mapping.publisher) if f.name not in ("slug", "is_demo")],
    )
    _keep_mark(mapping)
    return before is not None and before != facts


def _keep_mark(mapping: TableMapping) -> None:
    """Raise CannotImport where the list would make real records a demonstration, or a demonstration real."""
    slug = mapping.publisher.slug
    is_demo = Publisher.objects.values_list("is_demo", flat=True).get(pk=slug)
    if is_demo != mapping.publisher.is_demo:
        raise CannotImport(
            f"The records of {slug!r} are stored with is_demo = {str(is_demo).lower()}, which no import changes: "
            f"write is_demo = {str(is_demo).lower()} in [publisher] of the mapping, or another slug for another list."
        )


def _keep_protected(mapping: TableMapping, records: Numbered) -> tuple[Numbered, list[Refusal]]:
    """Places that are protected here stay so, whatever the list says now."""
    keys = {record_id(mapping.publisher.slug, "location", record.key): record.key for _, record in records}
    return _protect(records, hidden_keys(keys, records))


def _protect(records: Numbered, keys: set[str], doubt: str = "") -> tuple[Numbered, list[Refusal]]:
    """The records, those of these keys at protected places, with a doubt among their warnings."""
    records, refused = _sorted_out(
        records, [protect(r, number) if r.key in keys else r for number, r in records], []
    )
    return _with_doubts(records, dict.fromkeys(keys, doubt)), refused


def _terms(records: Numbered) -> dict[str, uuid.UUID]:
    """The ids of the terms of the needs that the records name."""
    needed = {slug for _, record in records for slug in record.needs}
    found = TaxonomyTerm.objects.filter(taxonomy="relais", code__in=sorted(needed))
    terms = dict(found.values_list("code", "pk"))
    if missing := sorted(needed - terms.keys()):
        raise CannotImport(
            f"The vocabulary of needs lacks {', '.join(missing[:5])}: run manage.py prepare to load it."
        )
    return terms


def _areas(records: Numbered) -> dict[int, str]:
    """The published area of each community, where any row is protected."""
    if not any(record.location and record.location.is_protected for _, record in records):
        return {}
    known = Place.objects.filter(kind="community", area__isnull=False).order_by("pk")
    return dict(known.values_list("pk", "area_id"))


def _keep_agreed_areas(built: Built) -> None:
    """A community that an organization agreed to have named stays named, whatever the list says."""
    places = built.models[Location]
    agreed = Location.objects.filter(pk__in=list(places), area__is_by_agreement=True)
    for pk, area in agreed.order_by("pk").values_list("pk", "area_id"):
        place = places[pk]
        if isinstance(place, Location):
            place.area_id, place.placed_by = area, PlacedBy.AREA


def _write(built: Built, found: Difference) -> list[uuid.UUID]:
    """Take away first: a place may be protected only once all that leads to its door is gone. Those open before."""
    shut = keep_before(built)
    remove(found)
    hidden = [row.pk for row in found.write[Location] if isinstance(row, Location) and row.is_protected]
    if hidden:
        scrub_places(hidden)
        Location.objects.filter(pk__in=hidden).update(**EMPTY_LOCATION, placed_by=PlacedBy.NOTHING, area=None)
    write(found)
    left = found.left_organizations
    if left:
        Organization.objects.filter(pk__in=left, publisher=built.publisher, services=None).delete()
    return shut


def _close(mapping: TableMapping, refused: Iterable[Refusal]) -> list[uuid.UUID]:
    """Services that the list now calls closed for good are no longer listed. Returns their ids."""
    ids = [record_id(mapping.publisher.slug, "service", r.key) for r in refused if r.is_closed]
    confirmed = {pk for pk, names in confirmed_fields(Service, ids).items() if "status" in names}
    running = Service.objects.filter(pk__in={*ids} - confirmed).exclude(status=Status.DEFUNCT)
    closed = list(running.order_by("pk").values_list("pk", flat=True)) if ids else []
    if closed:
        Service.objects.filter(pk__in=closed).update(status=Status.DEFUNCT, last_modified=Now())
    return closed


def _record(viewer: Viewer, mapping: TableMapping, report: ImportReport, closed: int) -> None:
    """One entry for the batch. The file's name is left out: it may hold a person's."""
    audit.record(
        viewer,
        action="import_table",
        subject_type="publisher",
        details={
            "publisher": mapping.publisher.slug,
            "sha256": report.digest,
            "rows": report.total,
            "added": report.added,
            "changed": report.changed,
            "unchanged": report.unchanged,
            "refused": len(report.refused),
            "closed": closed,
        },
    )
