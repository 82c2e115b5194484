"""Puts a search as it was asked into the database's terms: places found, words cut, tags looked up."""

from datetime import datetime
from typing import NamedTuple

from directory.finding.alike import Alike, also_known, typed_words
from directory.finding.asked import Asked, Guesses
from directory.finding.languages import language_tags
from directory.finding.places import gazetteer
from directory.finding.places_asked import NotIn
from directory.finding.search_sql import CANDIDATES, PER_PAGE
from directory.finding.synonyms import synonyms
from directory.finding.vocabulary import Vocabulary
from directory.finding.windows import EVERYBODY, Window
from directory.finding.words import words_condition
from directory.rules.as_typed import as_typed
from directory.rules.beds import earliest
from directory.rules.eligibility_tags import conditions
from directory.rules.places import Place
from directory.rules.query import Query
from directory.rules.synonyms import Synonyms, phrase_key
from directory.rules.tags import PARTS, any_of, part_tag, way_tag
from directory.rules.word_slips import without_plurals
from safety.viewer import Tier


def _ranks(codes: tuple[str, ...]) -> tuple[str, ...]:
    """A query_int for each of SPOKEN but the last. One that nothing can have keeps its number: tags begin at 1."""
    if not codes:
        return ()
    tags = language_tags(codes)
    return tuple(any_of([group]) or "0" for group in (tags.staff, tags.interpreter, tags.unsure))


def _parts(query: Query, *, is_open: bool) -> str:
    """A query_int of parts of the week: open in any of them, or shut in each."""
    asked = [part for part in PARTS if part in query.open]
    return ("|" if is_open else "&").join(str(part_tag(part, is_open=is_open)) for part in asked)


def _communities_at(place: Place) -> tuple[int, ...]:
    """Ids under which a service may say that it covers this place: its own, and the community's where it lies."""
    nearest = gazetteer().nearest(place.latitude, place.longitude)
    return (place.id, nearest.id) if nearest else (place.id,)


class _Words(NamedTuple):
    """SQL for what was typed and its values; and what of it is known, where that is asked for."""

    sql: str = ""
    values: dict[str, str] = {}  # noqa: RUF012  # never written to
    known: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    read_as: Guesses = ()


def _words(q: str, vocabulary: Vocabulary, alike: Alike | None, *, is_loose: bool) -> _Words:
    """As typed; or alike; or loose: any of the words that are known. Nothing where nothing was typed."""
    meant = synonyms()
    units = meant.word_groups(q) if q else ()
    if not units:
        return _Words()
    known: tuple[tuple[str, ...], ...] = ()
    if (alike is not None or is_loose) and len(units) > 1:
        names = vocabulary.keys
        known = tuple(unit for unit in units if meant.is_known(unit[0]) or phrase_key(unit[0]) in names)
    asked = known if is_loose else units
    # What is known by another name is no slip.
    typed = typed_words([unit for unit in units if not meant.is_known(unit[0])])
    read_as = {} if alike is None else also_known(typed, alike, meant.single_words)
    sql, values = words_condition(
        asked,
        [meant.concepts(unit) for unit in asked],
        alike=None if alike is None else _by_any_name(read_as, meant),
        is_any_enough=is_loose,
    )
    return _Words(
        sql,
        values,
        known=tuple(as_typed(q, unit[0]) for unit in known),
        typed=typed,
        read_as=tuple((as_typed(q, word), without_plurals(words)) for word, words in read_as.items()),
    )


def _by_any_name(alike: Alike, meant: Synonyms) -> Alike:
    """What the words may have been meant for finds what it would have found without the slip."""
    return {
        word: tuple(dict.fromkeys((*words, *(text for said in words for text in meant.same_as(said)))))
        for word, words in alike.items()
    }


def asked_of(
    query: Query,
    place: Place | None,
    shunned: NotIn,
    words: Vocabulary,
    language: str,
    now: datetime,
    *,
    window: Window = EVERYBODY,
    alike: Alike | None = None,
    is_loose: bool = False,
) -> Asked:
    """The search for the statements, at `now`. `alike` forgives slips.

    `is_loose` may be asked for where `Asked.known` holds something. Beds are asked for at the vetted tier alone: to the
    public nobody reports any.
    """
    told = conditions(query.person)
    instants = [now] * ("now" in query.open) + list(query.open_at)
    typed = _words(query.q, words, alike, is_loose=is_loose)
    return Asked(
        language=language,
        today=now.date(),
        moments=(now, *instants),
        opens=bool(query.open or query.open_at),
        parts_open=_parts(query, is_open=True),
        parts_shut=_parts(query, is_open=False),
        tags=any_of(
            [
                words.tags(query.needs),
                words.focus_tags(query.focuses),
                [way_tag(way) for way in query.ways],
            ]
        ),
        words=typed.sql,
        word_values=typed.values,
        here=(place.latitude, place.longitude) if place else None,
        province=place.province if place else "",
        around=_communities_at(place) if place else (),
        within=query.within if place else None,
        away=query.away if place else None,
        not_provinces=shunned.provinces,
        shunned=shunned.places,
        ranks=_ranks(query.languages),
        person=told,
        sort=query.sort,
        offset=(query.page - 1) * PER_PAGE,
        candidates=CANDIDATES * 2 if told.no else CANDIDATES,
        typed=typed.typed,
        forgives_slips=alike is not None,
        read_as=typed.read_as,
        known=typed.known,
        is_loose=is_loose,
        window=window,
        beds_since=earliest(now) if query.beds and window.tier >= Tier.VETTED else None,
    )
