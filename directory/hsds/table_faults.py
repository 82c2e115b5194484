"""What can be wrong with somebody's list, and how its rows get the names of their columns."""

from collections.abc import Sequence
from typing import Any

from directory.rules.table_records import BadRow, NumberedRow


class TableFileError(Exception):
    """A file that can't be read: one sentence with its name, the place in it, and the reason."""


def header_names(cells: Sequence[object], number: int) -> list[str]:
    """Return the names in row `number`. Raises TableFileError for one that is missing or stands twice."""
    names = ["" if cell is None else " ".join(str(cell).split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise TableFileError(f"row {number}: the header is empty.")
    for column, name in enumerate(names, 1):
        if not name:
            raise TableFileError(
                f"row {number}, column {column}: the header has no name here. If this row is a title or its cells are"
                " merged, write the number of the row with the names into the mapping: [file] header_row = 2"
            )
        if name in names[: column - 1]:
            raise TableFileError(f"row {number}, column {column}: the header {name!r} stands twice.")
    return names


def named_row(names: list[str], cells: Sequence[Any], number: int, mend: str = "") -> NumberedRow | None:
    """The cells by their names; None for an empty row, a BadRow for cells without a name. `mend` says what to do."""
    if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
        return None
    if any(cell not in (None, "") for cell in cells[len(names) :]):
        return unfit_row(names, cells, number, mend)
    return NumberedRow(number, dict(zip(names, cells, strict=False)))


def unfit_row(names: list[str], cells: Sequence[Any], number: int, mend: str) -> NumberedRow:
    """A row that has more or fewer cells than the header, with what to do about it."""
    return NumberedRow(
        number, BadRow(f"{len(cells)} cells, but the header has {len(names)}{mend and f': {mend}'}")
    )
