"""A whole answer to a search: the same for the page and for the API, which only put it into words."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from directory.finding.hours import open_state
from directory.finding.places import gazetteer
from directory.finding.search import PER_PAGE, Asked, FoundPage, Row, count_needs, find_elsewhere, find_page
from directory.finding.vocabulary import Vocabulary, vocabulary
from directory.rules.bands import distance_band, whole_km
from directory.rules.opening import OpenState
from directory.rules.places import Choice, Found, NotFound, Place, RuralPostalCode
from directory.rules.query import LAST_PAGE, Fault, Query, Reading
from directory.rules.tags import any_of
from directory.rules.text import fold


@dataclass(frozen=True, slots=True)
class Result:
    """One result: its facts, whether it is open, and how far. `km` only where the door's point is known."""

    facts: dict[str, Any]
    open: OpenState
    km: int | None = None
    band: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, or what has to be said first: `faults`, or `choices` between places of one name."""

    query: Query
    faults: tuple[Fault, ...] = ()
    place: Place | None = None
    others: tuple[Place, ...] = ()
    is_corrected: bool = False
    choices: tuple[Place, ...] = ()
    total: int = 0
    is_capped: bool = False
    results: list[Result] = field(default_factory=list)
    elsewhere: list[Result] = field(default_factory=list)
    elsewhere_total: int = 0
    facets: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, min(LAST_PAGE, -(-self.total // PER_PAGE)))


@dataclass(frozen=True, slots=True)
class _Near:
    """What a typed place came to."""

    place: Place | None = None
    others: tuple[Place, ...] = ()
    choices: tuple[Place, ...] = ()
    is_corrected: bool = False
    faults: tuple[Fault, ...] = ()


def _near(text: str) -> _Near:
    if not text:
        return _Near()
    match gazetteer().resolve(text):
        case Found(place, others, corrected):
            return _Near(place=place, others=others, is_corrected=corrected)
        case Choice(places):
            return _Near(choices=places, faults=(Fault("near", "choose", text[:60]),))
        case RuralPostalCode(code):
            return _Near(faults=(Fault("near", "rural", code),))
        case NotFound(reason):
            return _Near(faults=(Fault("near", reason, text[:60]),))


def _asked(query: Query, place: Place | None, words: Vocabulary, language: str) -> Asked:
    return Asked(
        language=language,
        tags=any_of([words.tags(query.needs)]),
        q=query.q,
        folded=fold(query.q),
        here=(place.latitude, place.longitude) if place else None,
        province=place.province if place else "",
        offset=(query.page - 1) * PER_PAGE,
    )


def result_of(row: Row, now: datetime) -> Result:
    """A found listing at `now`."""
    state = open_state(row.facts, now)
    if row.metres is None:
        return Result(row.facts, state)
    if row.has_exact_point:
        return Result(row.facts, state, km=whole_km(row.metres))
    return Result(row.facts, state, band=distance_band(row.metres / 1000))


def _facets(counts: dict[int, int], words: Vocabulary) -> dict[str, int]:
    by_number = {need.number: slug for slug, need in words.needs.items()}
    return {by_number[n]: count for n, count in sorted(counts.items()) if n in by_number}


def _found(page: FoundPage, asked: Asked, now: datetime, words: Vocabulary) -> dict[str, Any]:
    elsewhere_total, elsewhere = find_elsewhere(asked)
    return {
        "total": page.total,
        "is_capped": page.is_capped,
        "results": [result_of(row, now) for row in page.rows],
        "elsewhere": [Result(facts, open_state(facts, now)) for facts in elsewhere],
        "elsewhere_total": elsewhere_total,
        "facets": _facets(count_needs(asked), words),
    }


def answer(reading: Reading, language: str, now: datetime) -> Answer:
    """Search at `now`, with facts in "en" or "fr". With any fault nothing is searched: no silent half answer."""
    query, near, words = reading.query, _near(reading.query.near), vocabulary()
    faults = reading.faults + near.faults
    about_place = {"place": near.place, "others": near.others, "is_corrected": near.is_corrected}
    if faults:
        return Answer(query, faults, choices=near.choices, **about_place)
    asked = _asked(query, near.place, words, language)
    page = find_page(asked)
    if query.q and not page.total:
        asked = replace(asked, forgives_slips=True)
        page = find_page(asked)
    return Answer(query, **about_place, **_found(page, asked, now, words))
