"""A whole answer to a search: the same for the page and for the API, which only put it into words."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from directory.finding.hours import open_state
from directory.finding.languages import known_languages, language_tags
from directory.finding.places import gazetteer
from directory.finding.search import PER_PAGE, Asked, FoundPage, Row, count_tags, find_elsewhere, find_page
from directory.finding.vocabulary import Vocabulary, vocabulary
from directory.rules.bands import distance_band, whole_km
from directory.rules.opening import OpenState
from directory.rules.places import Choice, Found, NotFound, Place, RuralPostalCode
from directory.rules.query import LAST_PAGE, Fault, Query, Reading
from directory.rules.tags import LANGUAGE, NEED, SPAN, any_of, language_code
from directory.rules.text import fold

Spoken = Literal["staff", "interpreter", "unsure", "ask"]

SPOKEN: tuple[Spoken, ...] = ("staff", "interpreter", "unsure", "ask")
"""How a result answers in the languages that were asked for, the best first.

"unsure": it names a group of languages without saying which ("Cree"). "ask": it says nothing of them.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One result: its facts, whether it is open, and how far. `km` only where the door's point is known.

    `spoken` is empty where no language was asked for.
    """

    facts: dict[str, Any]
    open: OpenState
    km: int | None = None
    band: str = ""
    spoken: Spoken | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, or what has to be said first: `faults`, or `choices` between places of one name.

    Of the `total`, the staff of `speaking` speak a language asked for. `nearest` is told where nothing is within the
    radius. Each facet counts the results that have a need (by slug) or whose staff speak a language (by code).
    """

    query: Query
    faults: tuple[Fault, ...] = ()
    place: Place | None = None
    others: tuple[Place, ...] = ()
    is_corrected: bool = False
    choices: tuple[Place, ...] = ()
    total: int = 0
    speaking: int = 0
    is_capped: bool = False
    results: list[Result] = field(default_factory=list)
    elsewhere: list[Result] = field(default_factory=list)
    elsewhere_total: int = 0
    nearest: Result | None = None
    facets: dict[str, int] = field(default_factory=dict)
    language_facets: dict[str, int] = field(default_factory=dict)

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
        case RuralPostalCode(code, _, reason, named):
            return _Near(choices=named, faults=(Fault("near", reason, code),))
        case NotFound(reason):
            return _Near(faults=(Fault("near", reason, text[:60]),))


def known_values() -> dict[str, Collection[str]]:
    """The values of each repeated name of a search: what `directory.rules.query.read` wants to know."""
    return {"need": vocabulary().needs, "language": known_languages()}


def _ranks(codes: tuple[str, ...]) -> tuple[str, ...]:
    """A query_int for each of SPOKEN but the last. One that nothing can have keeps its number: tags begin at 1."""
    if not codes:
        return ()
    tags = language_tags(codes)
    return tuple(any_of([group]) or "0" for group in (tags.staff, tags.interpreter, tags.unsure))


def _asked(query: Query, place: Place | None, words: Vocabulary, language: str) -> Asked:
    return Asked(
        language=language,
        tags=any_of([words.tags(query.needs)]),
        q=query.q,
        folded=fold(query.q),
        here=(place.latitude, place.longitude) if place else None,
        province=place.province if place else "",
        within=query.within if place else None,
        ranks=_ranks(query.languages),
        offset=(query.page - 1) * PER_PAGE,
    )


def result_of(row: Row, asked: Asked, now: datetime) -> Result:
    """A found listing at `now`."""
    state, spoken = open_state(row.facts, now), _spoken(row.rank, asked)
    if row.metres is None:
        return Result(row.facts, state, spoken=spoken)
    if row.has_exact_point:
        return Result(row.facts, state, km=whole_km(row.metres), spoken=spoken)
    return Result(row.facts, state, band=distance_band(row.metres / 1000), spoken=spoken)


def _spoken(rank: int, asked: Asked) -> Spoken | Literal[""]:
    return SPOKEN[rank] if asked.ranks else ""


def _facets(counts: dict[int, int], words: Vocabulary) -> dict[str, dict[str, int]]:
    by_number = {need.number: slug for slug, need in words.needs.items()}
    told: dict[str, dict[str, int]] = {"facets": {}, "language_facets": {}}
    for tag, count in sorted(counts.items()):
        space, number = divmod(tag, SPAN)
        if space == NEED and number in by_number:
            told["facets"][by_number[number]] = count
        elif space == LANGUAGE and language_code(number) in known_languages():
            told["language_facets"][language_code(number)] = count
    return told


def _elsewhere(asked: Asked, now: datetime) -> dict[str, Any]:
    total, found = find_elsewhere(asked)
    results = [Result(facts, open_state(facts, now), spoken=_spoken(rank, asked)) for rank, facts in found]
    return {"elsewhere_total": total, "elsewhere": results}


def _found(page: FoundPage, asked: Asked, now: datetime, words: Vocabulary) -> dict[str, Any]:
    found = {
        "total": page.total,
        "speaking": page.first_rank if asked.ranks else 0,
        "is_capped": page.is_capped,
        "results": [result_of(row, asked, now) for row in page.rows],
        "nearest": result_of(page.nearest, asked, now) if page.nearest else None,
    }
    return found | _elsewhere(asked, now) | _facets(count_tags(asked), words)


def answer(reading: Reading, language: str, now: datetime) -> Answer:
    """Search at `now`, with facts in "en" or "fr". With any fault nothing is searched: no silent half answer."""
    query, near, words = reading.query, _near(reading.query.near), vocabulary()
    faults = reading.faults + near.faults
    about_place = {"place": near.place, "others": near.others, "is_corrected": near.is_corrected}
    if faults:
        return Answer(query, faults, choices=near.choices, **about_place)
    asked = _asked(query, near.place, words, language)
    page = find_page(asked)
    if query.q and not page.total and page.nearest is None:
        asked = replace(asked, forgives_slips=True)
        page = find_page(asked)
    return Answer(query, **about_place, **_found(page, asked, now, words))
