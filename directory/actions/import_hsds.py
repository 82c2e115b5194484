"""Imports an HSDS package: staged by COPY, checked and merged set by set, all of it in one transaction or none.

The same package again changes nothing. What an organization confirmed wins, what is protected stays so, and one
publisher's package can't touch another's records.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from directory.actions import project_in_parts
from directory.actions.feed_numbers import Waiting, ask_about_numbers
from directory.actions.import_hsds_checks import Checks
from directory.actions.import_hsds_confirmed import keep_confirmed, keep_unsaid
from directory.actions.import_hsds_faults import sentence_of
from directory.actions.import_hsds_flagged import tell_flagged
from directory.actions.import_hsds_links import link_services
from directory.actions.import_hsds_merge import Merge
from directory.actions.import_hsds_nested import merge_nested
from directory.actions.import_hsds_places import Places, cover, refuse_bad_outlines
from directory.actions.import_hsds_protection import Guard
from directory.actions.import_hsds_removal import LEAST_PERCENT, RemovesTooMuch, remove_missing, tell_unknown
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_services import gather_services, gathered
from directory.actions.import_hsds_set_aside import pass_one_by_one, set_aside_staged
from directory.actions.import_hsds_staging import Stager, count_rows, make_tables
from directory.actions.import_hsds_ways import keep_ways
from directory.actions.map_terms import map_terms
from directory.actions.project_listings import project_services
from directory.models.publisher import Publisher
from directory.rules.hsds_package import Package, PackageError
from directory.rules.hsds_shape import ENTITIES
from directory.rules.places import Gazetteer
from directory.rules.publishing import RESERVED_PUBLISHERS
from safety import audit
from safety.viewer import Viewer

IN = "all records are in"
"""What is told when they are committed and only their listings are still to be made."""

LOCK = 7304
"""The first half of an advisory lock; the second is the publisher's: its packages are imported one by one."""


class CannotImport(Exception):
    """Nothing was imported; one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class PublisherFacts:
    """Who publishes a package. None: as it is stored, or the default for a publisher that is new."""

    slug: str
    name: str | None = None
    licence: str | None = None
    may_redistribute: bool | None = None
    cadence: str | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be done beside merging. `allow_removing` is in percent of the publisher's records of each entity."""

    remove_missing: bool = False
    allow_removing: float = LEAST_PERCENT
    dry_run: bool = False


def _quiet(_words: str) -> None:
    """Nobody wants to hear of the progress."""


def import_hsds(
    *,
    package: Package,
    publisher: PublisherFacts,
    gazetteer: Gazetteer,
    viewer: Viewer,
    wishes: Wishes | None = None,
    tell: Callable[[str], None] = _quiet,
) -> ImportReport:
    """Bring `publisher`'s records in line with `package`. Raises CannotImport, and nothing is written then."""
    if publisher.slug in RESERVED_PUBLISHERS:
        raise CannotImport(
            f"{publisher.slug!r} is a name of Relais's own records: write one of the feed's own."
        )
    wishes = wishes or Wishes()
    # The parts of a projection see only what is committed: not inside somebody else's transaction.
    in_parts = not connection.in_atomic_block
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            run = _Import(cursor, package, publisher, wishes, viewer, tell)
            report = run.merge(gazetteer)
            if wishes.dry_run:
                transaction.set_rollback(True)
            else:
                run.show(in_parts=in_parts)
                _record(viewer, report)
    except (PackageError, RemovesTooMuch) as fault:
        raise CannotImport(str(fault)) from None
    except DatabaseError as fault:
        raise CannotImport(sentence_of(fault)) from fault
    if run.later:
        tell(f"{IN}; their listings follow ...")
        _list(run.later, run.mark)
    return report


def _list(services: list[str], mark: int) -> None:
    """After the records are committed. Raises CannotImport if a listing can't be made."""
    try:
        project_in_parts.project_in_parts(services, mark)
    except DatabaseError as fault:
        raise CannotImport(
            "The records are in, but not all of their listings could be made. The background worker tries again;"
            f" so does manage.py rebuild_listings. ({type(fault.__cause__).__name__})"
        ) from fault


class _Import:
    """One import under way, inside its transaction."""

    def __init__(
        self,
        cursor: CursorWrapper,
        package: Package,
        publisher: PublisherFacts,
        wishes: Wishes,
        viewer: Viewer,
        tell: Callable[[str], None],
    ) -> None:
        self._cursor, self._package, self._publisher = cursor, package, publisher
        self._wishes, self._viewer, self._tell = wishes, viewer, tell
        self._report = ImportReport(publisher.slug, package.digest, wishes.dry_run)
        self._more: set[UUID] = set()
        self._waiting = Waiting()
        self._shows_anew = False
        self.mark = 0
        self.later: list[str] = []
        """Services whose listings are told after the records are committed: too many for one transaction."""

    def merge(self, gazetteer: Gazetteer) -> ImportReport:
        """Everything but the read model."""
        slug, cursor, report = self._publisher.slug, self._cursor, self._report
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL gin_pending_list_limit = 65536")
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, slug])
        self._shows_anew = _publish(self._publisher)
        make_tables(cursor)
        stager = Stager(cursor, slug, report, self._tell)
        stager.stage(self._package)
        self._entities = stager.entities
        count_rows(cursor, self._entities)
        self._tell("checking ...")
        merge_nested(cursor, [e for e in self._entities if e in stager.nested], stager.files, report)
        pass_one_by_one(cursor)
        missing = self._package.told.missing
        has_items = bool(stager.nested)
        checks = Checks(cursor, slug, self._entities, stager.files, report, missing, has_items=has_items)
        checks.lost.streets += stager.streets
        checks.run()
        self._tell("merging ...")
        with Guard(cursor, slug, self._entities, report) as guard:
            guard.withhold(gazetteer, checks.lost)
            self._bring_in(stager, Places(cursor, slug, gazetteer))
            self._more |= guard.shut()
        self._more |= link_services(cursor, slug, report)
        self._more |= guard.ask_a_steward()
        return report

    def _bring_in(self, stager: Stager, places: Places) -> None:
        """Merge what is left in staging, and find out where it stands and how far it reaches."""
        cursor, slug, report = self._cursor, self._publisher.slug, self._report
        self._keep_what_stands(stager.files)
        self._write(Merge(cursor, slug, stager.files, self._package.told.absent, report), stager, places)
        places.place_changed()
        gather_services(cursor, slug, self._entities, report)
        cover(cursor, slug, self._entities)

    def _keep_what_stands(self, files: Sequence[str]) -> None:
        if "service_area" in self._entities:
            refuse_bad_outlines(self._cursor)
        tell_flagged(self._cursor, self._entities, files, self._report)
        absent = self._package.told.absent
        keep_unsaid(self._cursor, self._entities, absent)
        keep_confirmed(self._cursor, self._publisher.slug, self._entities, absent, self._report)
        self._waiting = keep_ways(self._cursor, self._publisher.slug, self._entities, absent, self._report)

    def _write(self, merge: Merge, stager: Stager, places: Places) -> None:
        for entity in self._entities:
            merge.find(entity)
        merge.count(self._entities)
        self._report.set_aside = set_aside_staged(self._cursor, self._publisher.slug, self._entities)
        places.place_new()
        # Before: whose a row was. After the merge: whose it is now.
        gather_services(self._cursor, self._publisher.slug, self._entities, self._report)
        for entity in self._entities:
            merge.write(entity)
            if merge.report.added[entity] > 10_000:
                self._tell(f"{entity}: {merge.report.added[entity]} added")
        self._ask_for_calls()
        if self._wishes.remove_missing:
            self._remove(stager)

    def _ask_for_calls(self) -> None:
        """Before anything is removed: what stands meanwhile is kept."""
        slug, now = self._publisher.slug, timezone.now()
        self._more |= ask_about_numbers(publisher=slug, waiting=self._waiting, viewer=self._viewer, now=now)

    def _remove(self, stager: Stager) -> None:
        # A file that has its header and no row says that there is nothing any more.
        known = {*self._entities, *self._package.told.absent}
        removable = [e for e in ENTITIES if e in known - stager.unknown_refused]
        for entity in sorted(stager.unknown_refused):
            what = entity or "all"
            self._report.notes.append(
                f"{what}: nothing was removed, since a refused row has no id that could be told"
            )
        if "" in stager.unknown_refused:
            removable = []
        slug, report = self._publisher.slug, self._report
        remove_missing(self._cursor, slug, removable, self._wishes.allow_removing, report)
        tell_unknown(self._cursor, slug, known | stager.unknown_refused, stager.files, report)

    def show(self, *, in_parts: bool) -> None:
        """Map foreign terms to ours and bring the read model up to date, or mark that it is to be."""
        ids = gathered(self._cursor, self._more)
        self._report.mapped = map_terms(self._publisher.slug, ids)
        if self._shows_anew:
            ids = gathered(self._cursor, [*self._more, *_all_services(self._publisher.slug)])
        self._tell(f"showing {len(ids)} services ...")
        if in_parts and len(ids) > project_in_parts.MANY:
            self.mark = project_in_parts.mark_due()
            self.later = ids
        else:
            project_services(map(UUID, ids))


def _all_services(publisher: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM service WHERE publisher_id = %s ORDER BY id", [publisher])
        return [id_ for (id_,) in cursor.fetchall()]


def _publish(facts: PublisherFacts) -> bool:
    """Write the publisher. True if what its listings show has changed."""
    told = {
        name: value
        for name in ("name", "licence", "may_redistribute", "cadence")
        if (value := getattr(facts, name)) is not None
    }
    stored, is_new = Publisher.objects.get_or_create(slug=facts.slug, defaults={"name": facts.slug} | told)
    differing = [name for name, value in told.items() if getattr(stored, name) != value]
    if differing:
        for name in differing:
            setattr(stored, name, told[name])
        stored.save(update_fields=differing)
    return bool(differing) and not is_new


def _record(viewer: Viewer, report: ImportReport) -> None:
    """One entry for the batch. File names are left out: they may hold a person's."""
    audit.record(
        viewer,
        action="import_hsds",
        subject_type="publisher",
        details={
            "publisher": report.publisher,
            "sha256": report.digest,
            "added": report.added.total(),
            "changed": report.changed.total(),
            "unchanged": report.unchanged.total(),
            "removed": report.removed.total(),
            "refused": report.refusals_total,
            "withheld": report.withheld.total(),
            "conflicts": report.conflicts,
            "waiting": report.waiting,
            "linked": report.linked,
            "suggested": report.suggested,
            "set_aside": report.set_aside,
            "dangling": report.dangling_total,
        },
    )
