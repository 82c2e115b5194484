"""Several needs of one person at once: the nearest of each, one statement a need, and what reaches from afar."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from directory.finding.answer import Result, result_of
from directory.finding.asked import Asked
from directory.finding.asking import asked_of
from directory.finding.places_asked import near_of, shunned_by
from directory.finding.search import find_elsewhere, find_page
from directory.finding.vocabulary import vocabulary
from directory.finding.windows import Window
from directory.rules.places import Place
from directory.rules.query import Fault, Query, Reading

MOST_NEEDS = 3
"""With the one statement for what is elsewhere these are four: as many as any search may be."""
OF_EACH = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One need: how many services have it, and the first of them."""

    need: str
    total: int
    is_capped: bool
    results: list[Result]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What was found for each need, or what is wrong with the search."""

    query: Query
    faults: tuple[Fault, ...] = ()
    place: Place | None = None
    columns: list[Column] = field(default_factory=list)
    elsewhere: list[Result] = field(default_factory=list)


def can_stand_beside(query: Query) -> bool:
    """True for a search of two needs or three."""
    return 2 <= len(query.needs) <= MOST_NEEDS


def _columns(asks: Callable[[Query], Asked], query: Query, now: datetime) -> Iterator[Column]:
    for need in query.needs:
        asked = asks(replace(query, needs=(need,)))
        page = find_page(asked)
        results = [result_of(row, asked, query, now) for row in page.rows[:OF_EACH]]
        yield Column(need, page.total, page.is_capped, results)


def side_by_side(reading: Reading, language: str, now: datetime, window: Window) -> SideBySide:
    """The needs of a search each by itself, at `now` and as far as `window` lets see; no slip is forgiven."""
    query = replace(reading.query, page=1, needs=reading.query.needs[:MOST_NEEDS])
    near = near_of(query.near)
    shunned, shun_faults = shunned_by(query.not_in)
    if faults := reading.faults + near.faults + shun_faults:
        return SideBySide(query, faults, near.place)
    words = vocabulary()

    def asks(one: Query) -> Asked:
        return asked_of(one, near.place, shunned, words, language, now, window=window)

    columns, asked = list(_columns(asks, query, now)), asks(query)
    afar = [result_of(row, asked, query, now) for row in find_elsewhere(asked).rows]
    return SideBySide(query, (), near.place, columns, afar)
