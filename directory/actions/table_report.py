"""What became of each row of an import, for whoever runs it: added + changed + unchanged + refused = total."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from directory.rules.table_records import Refusal

Became = Literal["added", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: what became of it and why, what was kept as words, who has the same number (candidates, no errors)."""

    row: int
    key: str
    became: Became
    reason: str = ""
    warnings: tuple[str, ...] = ()
    same_phone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row, in the file's order. `refused` says so of those that were not taken."""

    file_name: str
    digest: str
    rows: tuple[RowReport, ...]
    refused: tuple[Refusal, ...]

    @property
    def total(self) -> int:
        """Rows of the file."""
        return len(self.rows)

    def count(self, became: Became) -> int:
        """Rows that became this."""
        return Counter(row.became for row in self.rows)[became]

    @property
    def added(self) -> int:
        """New services."""
        return self.count("added")

    @property
    def changed(self) -> int:
        """Services that the list now describes otherwise."""
        return self.count("changed")

    @property
    def unchanged(self) -> int:
        """Services that are as the list says already."""
        return self.count("unchanged")

    @property
    def warnings(self) -> int:
        """How many things were kept as words or left out."""
        return sum(len(row.warnings) for row in self.rows)

    @property
    def candidates(self) -> int:
        """Rows that share a number with another service: perhaps the same one."""
        return sum(bool(row.same_phone) for row in self.rows)

    def __str__(self) -> str:
        return (
            f"{self.total} rows: {self.added} added, {self.changed} changed, "
            f"{self.unchanged} unchanged, {self.count('refused')} refused"
        )


def report_csv(rows: Iterable[RowReport]) -> str:
    """Return the report as CSV, one line a row."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\n")
    writer.writerow(["row", "key", "became", "reason", "warnings", "same_phone_as"])
    for row in rows:
        told = (row.key, row.became, row.reason, " | ".join(row.warnings), "; ".join(row.same_phone))
        writer.writerow([row.row, *map(_harmless, told)])
    return kept.getvalue()


def _harmless(text: str) -> str:
    """A list's own text must not become a formula of whoever opens the report in a spreadsheet program."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
