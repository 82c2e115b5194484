"""What stands in the columns of a row, as its mapping cleans it, and the conditions that ask for it."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from directory.rules.table_cells import CellError, MergedCell, as_text, as_texts, cell, without
from directory.rules.table_mapping import Columns, Condition, Patterns, TableMapping
from directory.rules.text import fold

Read = TypeVar("Read")
Row = Mapping[str, object]
SHOWN = 80
"""Characters of a cell in a message."""


class RowError(Exception):
    """A reason to refuse a row; `is_closed` if its service has closed for good."""

    def __init__(self, reason: str, *, is_closed: bool = False) -> None:
        super().__init__(reason)
        self.is_closed = is_closed


def in_column(name: str, read: Callable[[], Read]) -> Read:
    """What `read` returns. A CellError becomes a RowError that names the column."""
    try:
        return read()
    except CellError as fault:
        raise RowError(f"column {name} {fault}") from None


def text_of(mapping: TableMapping, row: Row, column: str, *, across: bool = False) -> str:
    """A cell as text, without what the mapping cuts off and removes, "" for the words that it calls empty.

    `across`: a cell that is merged over several columns is told by each of them, and not by its first alone.
    """
    value = cell(row, column)
    if across and isinstance(value, MergedCell):
        value = value.value
    if value is None or value == "":
        return ""
    raw = in_column(column, lambda: as_text(value))
    return _cleaned(raw, mapping.cut_from, mapping.remove, mapping.empty)


# A row's few texts are asked for by every rule of its mapping, one row after the other.
@lru_cache(maxsize=256)
def _cleaned(raw: str, cut_from: Patterns, remove: Patterns, empty: frozenset[str]) -> str:
    text = raw[: _end(raw, cut_from)].rstrip() if cut_from else raw
    text = without(text, remove) if remove else text
    return "" if empty and fold(text) in empty else text


def _end(raw: str, cut_from: Patterns) -> int:
    """Where the first match of any of the patterns begins."""
    return min((found.start() for pattern in cut_from if (found := pattern.search(raw))), default=len(raw))


def what_was_cut(mapping: TableMapping, row: Row) -> tuple[str, ...]:
    """One sentence for each column of the mapping whose text was cut: nothing of a list is lost without a word."""
    if not mapping.cut_from:
        return ()
    told = []
    for column in sorted(mapping.columns()):
        value = cell(row, column)
        raw = in_column(column, lambda value=value: as_text(value)) if isinstance(value, str) else ""  # type: ignore[misc]
        if lost := raw[_end(raw, mapping.cut_from) :]:
            told.append(
                f"column {column} is cut: {len(lost)} characters from {shortened(lost)} on are left out"
            )
    return tuple(told)


def shortened(text: str) -> str:
    """The beginning of a text between quotes, for a message."""
    return repr(text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}...")


@lru_cache(maxsize=256)
def spaced(text: str) -> str:
    """The folded text between spaces, so that " word " is found at both ends too."""
    return f" {fold(text)} "


def first_of(mapping: TableMapping, row: Row, columns: Columns) -> str:
    """The first of the columns with something in it, "" if none has."""
    return next((text for column in columns if (text := text_of(mapping, row, column))), "")


def categories_of(mapping: TableMapping, row: Row) -> tuple[str, ...]:
    """The categories of a row: one for each word of a list, if the mapping says that the column holds several."""
    if not mapping.category:
        return ()
    if mapping.has_many_categories:
        return in_column(mapping.category, lambda: as_texts(cell(row, mapping.category)))
    return (text_of(mapping, row, mapping.category),)


def holds(mapping: TableMapping, row: Row, when: Condition) -> bool:
    """Whether a condition of the mapping holds for the row."""
    if when.values and not {fold(category) for category in categories_of(mapping, row)} & {*when.values}:
        return False
    texts = [text_of(mapping, row, column) for column in when.columns]
    folded = [spaced(text) for text in texts]
    if any(f" {word} " in text for word in when.unless for text in folded):
        return False
    if not (when.words or when.matches):
        return True
    has_word = any(f" {word} " in text for word in when.words for text in folded)
    return has_word or any(pattern.search(text) for pattern in when.matches for text in texts)
