"""Merged cells of a sheet: what is written once is shown over several rows or columns, and is meant for all of them."""

from collections.abc import Iterable, Sequence
from typing import IO, NamedTuple

from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.functions import iterparse

from directory.rules.table_cells import MergedCell


class Merged(NamedTuple):
    """The corners of a merged range, both in; rows and columns count from 1."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int


def merged_ranges(source: IO[bytes]) -> list[Merged]:
    """Return the merged ranges of a sheet's XML. Raises ValueError or SyntaxError for a damaged one."""
    found = []
    for _, element in iterparse(source):
        if element.tag.rpartition("}")[2] == "mergeCell":
            found.append(Merged(*range_boundaries(element.get("ref", ""))))
        element.clear()
    return found


class Filling:
    """Fills row after row; `ranges` are those below the header."""

    def __init__(self, ranges: Iterable[Merged], header_row: int) -> None:
        below = [one for one in ranges if one.first_row > header_row]
        self._coming = sorted(below, key=lambda one: one.first_row, reverse=True)
        self._open: list[tuple[Merged, object]] = []

    def filled(self, cells: Sequence[object], number: int) -> list[object]:
        """Return the cells of row `number` with the value of a range in all of its rows.

        Of several columns the first has the value and the others are MergedCells. To be called for each row in turn.
        """
        found = list(cells)
        self._open = [(one, value) for one, value in self._open if one.last_row >= number]
        while self._coming and self._coming[-1].first_row <= number:
            one = self._coming.pop()
            at = one.first_column - 1
            self._open.append((one, found[at] if at < len(found) else None))
        for one, value in self._open:
            if value is not None:
                for column in range(one.first_column - 1, min(one.last_column, len(found))):
                    found[column] = value if column == one.first_column - 1 else MergedCell(value)
        return found
