"""What became of an HSDS package: counts by record and file, refusals, dangling ids and flagged values with totals."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from directory.rules.hsds_package import Refusal

MOST_LISTED = 500
"""Refusals, dangling ids and flagged values that a report names; beyond that it counts."""


@dataclass(frozen=True, slots=True)
class Dangling:
    """An id that names a record which isn't here."""

    file: str
    line: int
    field: str
    id: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.line}: {self.field} names {self.id}, which isn't here"


@dataclass(frozen=True, slots=True)
class Flagged:
    """A value that is kept as it was written, and not used."""

    file: str
    line: int
    path: str
    key: str
    field: str
    reason: str

    def __str__(self) -> str:
        path = f", {self.path}" if self.path else ""
        return f"{self.file}, row {self.line}{path} ({self.key}): {self.field} {self.reason}; it is kept, but not used"


@dataclass(slots=True)
class ImportReport:
    """Each record that was read is added, changed, unchanged, withheld, refused, or a number that waits for a call.

    `reordered` are among the unchanged: they stand otherwise among their like than before.
    """

    publisher: str
    digest: str
    dry_run: bool = False
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    reordered: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    files: dict[str, Counter[str]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    refusals_total: int = 0
    dangling: list[Dangling] = field(default_factory=list)
    dangling_total: int = 0
    flagged: list[Flagged] = field(default_factory=list)
    flagged_total: int = 0
    withheld: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    waiting: int = 0
    linked: int = 0
    suggested: int = 0
    set_aside: int = 0
    mapped: int = 0
    notes: list[str] = field(default_factory=list)

    def refuse(self, refusal: Refusal, entity: str = "") -> None:
        """Count one row that isn't taken, and keep the first ones."""
        self.count_refused(refusal.file, entity)
        if len(self.refusals) < MOST_LISTED:
            self.refusals.append(refusal)

    def count_refused(self, file: str, entity: str) -> None:
        """Count one row that isn't taken, and is listed otherwise."""
        self.refusals_total += 1
        self.refused[entity or "item"] += 1
        self.files.setdefault(file, Counter())["refused"] += 1

    def name(self, dangling: Dangling) -> None:
        """Keep one of the first dangling ids."""
        if len(self.dangling) < MOST_LISTED:
            self.dangling.append(dangling)

    def flag(self, flagged: Flagged) -> None:
        """Keep one of the first values that aren't used."""
        if len(self.flagged) < MOST_LISTED:
            self.flagged.append(flagged)

    @property
    def is_unchanged(self) -> bool:
        """True if no record came or went, nor says anything else than before."""
        return not (self.added.total() or self.changed.total() or self.removed.total())

    def __str__(self) -> str:
        counts = (
            f"{self.added.total()} added, {self.changed.total()} changed, {self.unchanged.total()} unchanged, "
            f"{self.refusals_total} refused"
        )
        more = [
            (self.reordered.total(), "of the unchanged in another order"),
            (self.removed.total(), "removed"),
            (self.left.total(), "missing, but left"),
            (self.withheld.total(), "withheld: protected"),
            (self.conflicts, "conflicts with what was confirmed"),
            (self.waiting, "numbers left out until somebody called back"),
            (self.linked, "linked"),
            (self.suggested, "suggested to be the same"),
            (self.set_aside, "links of other publishers set aside"),
            (self.dangling_total, "dangling ids"),
            (self.flagged_total, "values kept, but not used"),
        ]
        return ", ".join([counts, *(f"{count} {words}" for count, words in more if count)])

    def as_json(self) -> dict[str, Any]:
        """The report for a file; what it holds of the package is file names, ids and reasons."""
        entities = sorted({*self.added, *self.changed, *self.unchanged, *self.refused, *self.removed})
        kinds = ("added", "changed", "unchanged", "refused", "removed", "withheld")
        return {
            "publisher": self.publisher,
            "sha256": self.digest,
            "dry_run": self.dry_run,
            "entities": {e: {kind: getattr(self, kind)[e] for kind in kinds} for e in entities},
            "files": {name: dict(counts) for name, counts in sorted(self.files.items())},
            "refused_total": self.refusals_total,
            "refused": [
                {"file": r.file, "row": r.line, "path": r.path, "id": r.key, "reason": r.reason}
                for r in self.refusals
            ],
            "dangling_total": self.dangling_total,
            "dangling": [
                {"file": d.file, "row": d.line, "field": d.field, "id": d.id} for d in self.dangling
            ],
            "flagged_total": self.flagged_total,
            "flagged": [
                {
                    "file": f.file,
                    "row": f.line,
                    "path": f.path,
                    "id": f.key,
                    "field": f.field,
                    "reason": f.reason,
                }
                for f in self.flagged
            ],
            "reordered": self.reordered.total(),
            "withheld: protected": self.withheld.total(),
            "conflicts": self.conflicts,
            "waiting for a call": self.waiting,
            "linked": self.linked,
            "suggested": self.suggested,
            "set_aside": self.set_aside,
            "left": dict(self.left),
            "notes": self.notes,
        }
