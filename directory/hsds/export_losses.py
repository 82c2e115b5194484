"""What a JSON export could not say: found by taking its own items apart and comparing them with the CSV form.

Records that no item holds stand in TABULAR, in the tabular form that the standard has for JSON; values for which
its schemas have no place are counted and listed in REPORT.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import IO

from directory.hsds.tabular import Told
from directory.hsds.taken_apart import Item, TakenApart
from directory.rules.hsds_losses import NUMBERS, OWN_ID, loss_of
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import json_number, written_form

TABULAR = "tabular.json"
REPORT = "not-in-json.txt"
MOST_LISTED = 1_000
"""Values that the report names one by one; beyond that it counts."""

UNHELD = f"records that no item holds; they stand in {TABULAR}"
HEAD = """\
What the JSON of this export could not say. The same export as CSV (--format csv) has all of it.
Nothing of it is missing from the directory.

"""


class Losses:
    """Watches the items of an export; then tells what they left out. Close it."""

    def __init__(self) -> None:
        self._said = TakenApart()
        self._unheld = sqlite3.connect("")
        self._unheld.execute("CREATE TABLE unheld (entity TEXT, row TEXT)")
        self.counts: Counter[tuple[str, str]] = Counter()
        self._listed: list[str] = []

    def watched(self, root: str, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, remembered while they pass."""
        for item in items:
            self._said.put(root, item, {})
            yield item

    def compare(self, entity: str, records: Iterable[Told]) -> None:
        """Find what the items didn't say of these records."""
        for id_, cells, own in records:
            said = self._said.row(entity, id_)
            if said is None:
                self._keep_unheld(entity, id_, cells, own)
            else:
                self._compare(entity, id_, zip(cells, said, own, strict=True))

    def _compare(self, entity: str, id_: str, values: Iterable[tuple[str, str, str]]) -> None:
        for field, (cell, said, own) in zip(ENTITIES[entity].fields, values, strict=True):
            if reason := loss_of(field, cell, said, own):
                self._tell(f"{entity}.{field.name}", id_, reason)

    def _tell(self, what: str, id_: str, reason: str) -> None:
        self.counts[what, reason] += 1
        if len(self._listed) < MOST_LISTED:
            self._listed.append(f"{what} of {id_}: {reason}")

    def _keep_unheld(self, entity: str, id_: str, cells: Sequence[str], own: Sequence[str]) -> None:
        """Under the ids that the items have: one record has one id in the whole export."""
        self.counts[entity, UNHELD] += 1
        row: dict[str, str | int | float] = {}
        for field, cell, mine in zip(ENTITIES[entity].fields, cells, own, strict=True):
            if mine and mine != cell:
                self._tell(f"{entity}.{field.name}", id_, OWN_ID)
            if mine or cell:
                row[field.name] = mine or (_number(cell) if field.kind in NUMBERS else cell)
        self._unheld.execute(
            "INSERT INTO unheld VALUES (?, ?)", [entity, json.dumps(row, ensure_ascii=False)]
        )

    @property
    def unheld(self) -> int:
        """How many records stand in TABULAR."""
        return sum(count for (_, reason), count in self.counts.items() if reason == UNHELD)

    def lines(self) -> list[str]:
        """Counts by table, field and reason."""
        order = {entity: number for number, entity in enumerate(ENTITIES)}
        found = sorted(self.counts.items(), key=lambda one: (order[one[0][0].partition(".")[0]], one[0]))
        return [f"{what}: {count} {reason}" for (what, reason), count in found]

    def write_tabular(self, file: IO[str]) -> None:
        """Rows by file, as the standard's own example has them."""
        entities = [e for e in ENTITIES if self.counts[e, UNHELD]]
        for number, entity in enumerate(entities):
            file.write(("," if number else "{") + f'\n"{ENTITIES[entity].file}": [')
            with closing(self._unheld.execute("SELECT row FROM unheld WHERE entity = ?", [entity])) as rows:
                for place, (row,) in enumerate(rows):
                    file.write((",\n" if place else "\n") + row)
            file.write("\n]")
        file.write("\n}\n")

    def write_report(self, file: IO[str]) -> None:
        """Counts, then the first values one by one; no value itself."""
        file.write(HEAD + "\n".join(self.lines()) + "\n")
        if self._listed:
            total = sum(count for (_, reason), count in self.counts.items() if reason != UNHELD)
            file.write(f"\nOne by one ({len(self._listed)} of {total}):\n" + "\n".join(self._listed) + "\n")

    def close(self) -> None:
        """Remove the temporary files."""
        self._said.close()
        self._unheld.close()


def _number(cell: str) -> str | int | float:
    """A number where JSON's says the same as the cell, else the cell."""
    number = json_number(cell)
    return number if number is not None and written_form(number) == cell else cell
