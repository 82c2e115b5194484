"""A whole answer to a search: the same for the page and for the API, which only put it into words."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Literal

from directory.finding.asked import Asked, Guesses
from directory.finding.asking import asked_of
from directory.finding.facets import facets_of
from directory.finding.hours import open_state
from directory.finding.languages import known_languages
from directory.finding.languages_typed import languages_asked
from directory.finding.places_asked import RuledOut, near_of, shunned_by
from directory.finding.search import FoundPage, Row, find_elsewhere, find_page, looked_for
from directory.finding.search_sql import PER_PAGE
from directory.finding.stated import facts_from_json
from directory.finding.vocabulary import vocabulary
from directory.finding.windows import EVERYBODY, Window
from directory.rules.bands import distance_band, whole_km
from directory.rules.eligibility import Reason, judge
from directory.rules.opening import OpenState
from directory.rules.places import Place
from directory.rules.query import LAST_PAGE, Fault, Query, Reading

Spoken = Literal["staff", "interpreter", "unsure", "ask"]

SPOKEN: tuple[Spoken, ...] = ("staff", "interpreter", "unsure", "ask")
"""How a result answers in the languages that were asked for, the best first.

"unsure": it names a group of languages without saying which ("Cree"). "ask": it says nothing of them.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One result: its facts, whether it is open, and how far. `km` only where the door's point is known.

    `spoken` is empty where no language was asked for. `match` and `reasons` say how it answers what was told about
    the person; `is_overdue`: the check of it has run out.
    """

    facts: dict[str, Any]
    open: OpenState
    km: int | None = None
    band: str = ""
    spoken: Spoken | Literal[""] = ""
    match: Literal["yes", "ask"] = "yes"
    reasons: tuple[Reason, ...] = ()
    is_overdue: bool = False


def pages_of(total: int) -> int:
    """How many pages so many services fill; at least one, at most LAST_PAGE."""
    return max(1, min(LAST_PAGE, -(-total // PER_PAGE)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, or what has to be said first: `faults`, or `choices` between places of one name.

    `is_also_province`: the place is a city that is called like its province. `ruled_out`: what `not_in` was taken for.
    `query` as it was answered: of a page past the end, with the last page in its stead; words that but name languages
    as those languages.

    `words_taken`: nothing bears all that was typed; what is told bears one of these, or several.
    `words_read`: nothing bears these as they were typed; what is told bears words that they may be meant for.
    Of the `total`, the staff of `speaking` speak a language asked for. `is_capped` and `is_elsewhere_capped`: there may
    be more than were judged. `nearest` is told where nothing is within the radius; `shut` where what fits is a step
    nearer than all that may be open when it must be, but is closed then. `first_speaking` is the nearest that speaks,
    at `speaking_at` of the whole list, from 1. Each facet counts the results that
    have a need (by slug), whose staff speak a language (by code), that are made for somebody, that help in some way, or
    that open in a part of the week. `not_shown` counts services that a stated no leaves out, by the name of the
    parameter.
    """

    query: Query
    faults: tuple[Fault, ...] = ()
    place: Place | None = None
    others: tuple[Place, ...] = ()
    is_corrected: bool = False
    is_also_province: bool = False
    ruled_out: tuple[RuledOut, ...] = ()
    words_taken: tuple[str, ...] = ()
    words_read: Guesses = ()
    choices: tuple[Place, ...] = ()
    total: int = 0
    speaking: int = 0
    is_capped: bool = False
    results: list[Result] = field(default_factory=list)
    elsewhere: list[Result] = field(default_factory=list)
    elsewhere_total: int = 0
    is_elsewhere_capped: bool = False
    nearest: Result | None = None
    shut: Result | None = None
    first_speaking: Result | None = None
    speaking_at: int = 0
    facets: dict[str, int] = field(default_factory=dict)
    language_facets: dict[str, int] = field(default_factory=dict)
    focus_facets: dict[str, int] = field(default_factory=dict)
    way_facets: dict[str, int] = field(default_factory=dict)
    open_facets: dict[str, int] = field(default_factory=dict)
    not_shown: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return pages_of(self.total)


def known_values() -> dict[str, Collection[str]]:
    """The values of each name of a search that the vocabulary knows, for `directory.rules.query.read`."""
    words = vocabulary()
    return {"need": words.needs, "language": known_languages(), "focus": words.focuses}


def result_of(row: Row, asked: Asked, query: Query, now: datetime) -> Result:
    """A found listing at `now`."""
    judged = judge(query.person, facts_from_json(row.facts.get("stated", [])))
    is_placed = row.metres is not None
    return Result(
        row.facts,
        open_state(row.facts, now),
        km=whole_km(row.metres) if row.metres is not None and row.has_exact_point else None,
        band=distance_band((row.metres or 0) / 1000) if is_placed and not row.has_exact_point else "",
        spoken=SPOKEN[row.spoken] if asked.ranks else "",
        match="yes" if judged.match == "yes" else "ask",
        reasons=judged.reasons,
        is_overdue=row.overdue and row.facts["checked_on"] is not None,
    )


def _found(page: FoundPage, asked: Asked, query: Query, now: datetime) -> dict[str, Any]:
    elsewhere = find_elsewhere(asked)

    def told(row: Row | None) -> Result | None:
        return result_of(row, asked, query, now) if row else None

    return {
        "total": page.total,
        "speaking": page.first_rank if asked.ranks else 0,
        "is_capped": page.is_capped,
        "results": [result_of(row, asked, query, now) for row in page.rows],
        "nearest": told(page.nearest),
        "shut": told(page.shut),
        "first_speaking": told(page.speaking),
        "speaking_at": page.speaking_at,
        "elsewhere_total": elsewhere.total,
        "is_elsewhere_capped": elsewhere.is_capped,
        "elsewhere": [result_of(row, asked, query, now) for row in elsewhere.rows],
        "not_shown": page.left_out,
    } | facets_of(page.tags, vocabulary())


def answer(reading: Reading, language: str, now: datetime, window: Window = EVERYBODY) -> Answer:
    """Search at `now`, with facts in "en" or "fr", as far as `window` lets see. With any fault nothing is searched: no
    silent half answer.
    """
    query, near, words = languages_asked(reading.query), near_of(reading.query.near), vocabulary()
    shunned, shun_faults = shunned_by(query.not_in)
    faults = reading.faults + near.faults + shun_faults
    about_place: dict[str, Any] = {
        "place": near.place,
        "others": near.others,
        "is_corrected": near.is_corrected,
        "is_also_province": near.is_also_province,
        "ruled_out": shunned.told,
    }
    if faults:
        return Answer(query, faults, choices=near.choices, **about_place)
    asks = partial(asked_of, query, near.place, shunned, words, language, now, window=window)
    asked, page = looked_for(asks, find_page)
    query = replace(query, page=min(query.page, pages_of(page.total))) if page.total else query
    told = _found(page, asked, query, now)
    is_found = bool(page.seen or told["elsewhere"])
    taken = asked.known if asked.is_loose and is_found else ()
    read_as = asked.read_as if is_found else ()
    return Answer(query, words_taken=taken, words_read=read_as, **about_place, **told)
