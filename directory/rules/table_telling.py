"""Whether a text of a list tells the street of a protected place, and which rows are at one door.

Cells that can't be read as an address count all the same.
"""

from collections.abc import Iterable
from functools import lru_cache

from directory.rules.door_traces import Traces, tells
from directory.rules.table_addresses import POSTAL, is_no_place
from directory.rules.text import fold
from directory.rules.written_doors import numbered, phrases_of, sure_doors_in, views

Door = tuple[str, str, str]
"""Number, word of the street's name, city; folded."""


def tells_street(text: str, cells: Iterable[str]) -> bool:
    """True if `text` holds a postal code, or a number beside a name of `cells`: too much of a protected place."""
    return any(map(POSTAL.search, views(text))) or tells(text, _traces(tuple(cells)))


def doors_at(streets: Iterable[str], city: str) -> frozenset[Door]:
    """What two spellings of one door in `city` share; empty where none of them has a number and a name."""
    town = fold(city)
    told = (each for street in (streets if town else ()) for each in numbered(street, is_street=True))
    return frozenset((number, name, town) for number, name in told)


@lru_cache(maxsize=1024)
def _traces(cells: tuple[str, ...]) -> Traces:
    return Traces(frozenset(phrase for cell in cells if _is_street(cell) for phrase in phrases_of(cell)))


def _is_street(cell: str) -> bool:
    """False for what is known to be none, such as a box, unless a street stands beside it."""
    return not is_no_place(cell) or bool(sure_doors_in(cell, is_street=False))
