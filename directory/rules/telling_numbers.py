"""Which numbers of a protected listing everybody may see: an exchange can name the town that its area does not.

A toll-free number or a short code tells no town. A local one does, and may be the way to help: so a crisis line is told
whatever its number, and any other local line only where nobody can be reached in the same way without it. What is not
told to everybody is told to vetted workers (docs/adr/0068).
"""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from directory.rules.door_traces import is_for_everybody

WRITTEN, SEEN, TYPED = frozenset({"text", "sms"}), frozenset({"video"}), frozenset({"textphone", "tty"})
FOR_PAPER = frozenset({"fax", "pager"})
"""Types of phones by which one writes, is seen, types, and reaches nobody in time; by all others one talks."""

CRISIS = r"crisis|crise|hot ?line|help ?line|distress|d[eé]tresse|emergency|urgence|24[ -]?[h/]|[eé]coute"
"""What says of a line that it is for the worst hour. Read by Python and by PostgreSQL (finding/numbers_told.py)."""
_CRISIS = re.compile(CRISIS, re.IGNORECASE)


class Number(Protocol):
    """A number as it was published, what kind of line it is, and whose, in both languages."""

    @property
    def number(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def description_fr(self) -> str: ...


AnyNumber = TypeVar("AnyNumber", bound=Number)


def way_of(kind: str) -> str:
    """How one reaches somebody by a line of this type: "talk", "write", "see", "type", or "paper" for a fax."""
    said = kind.strip().casefold()
    ways = (("write", WRITTEN), ("see", SEEN), ("type", TYPED), ("paper", FOR_PAPER))
    return next((way for way, kinds in ways if said in kinds), "talk")


def is_crisis_line(row: Number) -> bool:
    """True if its type or its words say that it is there for the worst hour."""
    return any(_CRISIS.search(text) for text in (row.type, row.description, row.description_fr))


def told_to_all(numbers: Sequence[AnyNumber]) -> list[AnyNumber]:
    """Those of a protected listing's numbers that everybody may see, in their order.

    By whatever way somebody could be reached, somebody still can; but for paper.
    """
    ways = {way_of(row.type) for row in numbers if is_for_everybody(row.number)} | {"paper"}

    def is_told(row: AnyNumber) -> bool:
        return is_for_everybody(row.number) or is_crisis_line(row) or way_of(row.type) not in ways

    return [row for row in numbers if is_told(row)]
