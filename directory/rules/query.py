"""Reading a search: names and values become a Query, or faults that say what is wrong with which name.

The names are those of the search parameters that the README promises. Beside this file: query_sent.py reads single
values, query_person.py whom a search is for, query_times.py when something must be open.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from directory.rules.person import Person
from directory.rules.provinces import PROVINCES
from directory.rules.query_person import ABOUT_MANY, ABOUT_ONE, person_pairs, read_person
from directory.rules.query_person import CHOICES as PERSON_CHOICES
from directory.rules.query_sent import LONGEST, Fault, Sent, rounded, whole
from directory.rules.query_times import MOMENTS, read_times, time_pairs
from directory.rules.radius import FARTHEST, NEAREST
from directory.rules.tags import WAYS

__all__ = [
    "CHOICES", "LAST_PAGE", "LONGEST", "REPEATED", "SINGLE", "Fault", "Query", "Reading", "pairs_of", "read",
]  # fmt: skip

SINGLE = ("near", "within", "away", "q", "page", "sort", "beds", *ABOUT_ONE)
REPEATED = ("need", "focus", "language", "not_in", "open", "way", *ABOUT_MANY)
"""Names that may be given more than once."""

VOCABULARIES = {"need": "unknown_need", "focus": "unknown_focus", "language": "not_a_language"}
"""Names whose values the door knows, and the fault of one that it does not know."""

SORTS = ("best", "distance", "checked")
BEDS = ("tonight",)
CHOICES: Mapping[str, tuple[str, ...]] = {
    **PERSON_CHOICES,
    "open": MOMENTS,
    "way": tuple(WAYS),
    "sort": SORTS,
    "beds": BEDS,
}
"""Names with a closed list of values (`open` takes an instant too)."""

UNTOLD = Person()
MOST_PLACES = 20
LAST_PAGE = 50


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was asked. `page` counts from 1.

    Any of `needs`, of `focuses` (slugs), of `ways` and of `open` and `open_at` (now, parts of the week, instants) will
    do. `languages` are ISO 639-3; they put results in order and hide none. `within` and `away` are whole kilometres
    from `near`: at most, at least; without `within` there is no cut-off. `not_in` are places as typed, or two letters
    of a province. `sort` is one of SORTS. `beds` is asked at the desk only.
    """

    near: str = ""
    q: str = ""
    needs: tuple[str, ...] = ()
    page: int = 1
    within: int | None = None
    languages: tuple[str, ...] = ()
    away: int | None = None
    not_in: tuple[str, ...] = ()
    focuses: tuple[str, ...] = ()
    person: Person = UNTOLD
    open: tuple[str, ...] = ()
    open_at: tuple[datetime, ...] = ()
    ways: tuple[str, ...] = ()
    sort: str = "best"
    beds: str = ""

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values that read back as this query, without the page. They may hold a status."""
        place = [("near", self.near), ("within", str(self.within or "")), ("away", str(self.away or ""))]
        last = [("sort", "" if self.sort == "best" else self.sort), ("beds", self.beds)]
        return [
            *((name, value) for name, value in (*place, ("q", self.q)) if value),
            *_each("not_in", self.not_in),
            *_each("need", self.needs),
            *_each("focus", self.focuses),
            *_each("language", self.languages),
            *person_pairs(self.person),
            *time_pairs(self.open, self.open_at),
            *_each("way", self.ways),
            *((name, value) for name, value in last if value),
        ]

    def text(self) -> str:
        """The query as one line, to be sealed."""
        return urlencode(self.pairs())


@dataclass(frozen=True, slots=True)
class Reading:
    """A query and what is wrong with it. A faulty value is left out of the query."""

    query: Query
    faults: tuple[Fault, ...] = field(default=())


def _each(name: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, value) for value in values]


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Names and values of a line that `Query.text` wrote, or that somebody made by hand."""
    return parse_qsl(text, keep_blank_values=True, max_num_fields=200)


def read(
    pairs: Iterable[tuple[str, str]],
    known: Mapping[str, Collection[str]],
    also: Iterable[str] = (),
    *,
    at_desk: bool = False,
    may_tell_status: bool = False,
) -> Reading:
    """The query of `pairs`. Never raises.

    `known` has the values of each of VOCABULARIES; `also` are more names that the door reads itself. `at_desk`: for a
    vetted worker, who may ask for more. `may_tell_status`: not for what stands readable in an address.
    """
    sent = Sent(pairs)
    _check_names(sent, also)
    needs, focuses, languages = (
        sent.choices(name, known.get(name, ()), code) for name, code in VOCABULARIES.items()
    )
    person = read_person(sent, at_desk=at_desk, may_tell_status=may_tell_status)
    moments, instants = read_times(sent)
    within = _kilometres(sent, "within")
    query = Query(
        near=rounded(sent.text("near")),
        q=sent.text("q"),
        needs=needs,
        page=_page(sent),
        within=within,
        languages=languages,
        away=_away(sent, within),
        not_in=_not_in(sent),
        focuses=focuses,
        person=person,
        open=moments,
        open_at=instants,
        ways=sent.choices("way", WAYS),
        sort=sent.choice("sort", SORTS) or "best",
        beds=_beds(sent, at_desk=at_desk),
    )
    return Reading(query, tuple(sent.faults))


def _check_names(sent: Sent, also: Iterable[str]) -> None:
    known = {*SINGLE, *REPEATED, *also}
    for name in sent.values:
        if name not in known:
            sent.faults.append(Fault(name[:60], "unknown_name"))
    for name in SINGLE:
        if len(set(sent.values.get(name, []))) > 1:
            sent.fault(name, "twice")


def _kilometres(sent: Sent, name: str) -> int | None:
    """Empty is any distance. A distance from nowhere is a fault; it stays, so that the form still shows it."""
    kilometres = sent.whole(name, NEAREST, FARTHEST, "not_kilometres")
    if kilometres is not None and not sent.one("near"):
        sent.fault(name, "around_nothing")
    return kilometres


def _away(sent: Sent, within: int | None) -> int | None:
    """What must be farther than the farthest that is wanted finds nothing, for sure: it is told."""
    away = _kilometres(sent, "away")
    if away is not None and within is not None and away > within:
        sent.fault("away", "beyond_within", str(within))
    return away


def _not_in(sent: Sent) -> tuple[str, ...]:
    """Two letters of a province in capitals, everything else as it was typed; which place it is, the door finds out."""
    places = sent.texts("not_in", MOST_PLACES)
    return tuple(dict.fromkeys(p.upper() if p.upper() in PROVINCES else rounded(p) for p in places))


def _beds(sent: Sent, *, at_desk: bool) -> str:
    if at_desk or not any(sent.values.get("beds", [])):
        return sent.choice("beds", BEDS)
    sent.fault("beds", "desk_only")
    return ""


def _page(sent: Sent) -> int:
    if "page" not in sent.values:
        return 1
    page = whole(sent.one("page"), 1, LAST_PAGE)
    if page is None:
        sent.fault("page", "not_a_page", str(LAST_PAGE))
    return page or 1
