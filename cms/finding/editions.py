"""Reading editions: the list in one language, one page, its history, what is found by words, what fits a need."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

from cms.models.edition import FACETS, Edition
from directory.finding.synonyms import synonyms
from directory.finding.words import words_condition
from safety.viewer import Viewer

LISTED = ("id", "key", "language", "number", "slug", "kind", "title", "facts", "tier", "published_at")
LISTED += ("reviewed_on", "review_by", *FACETS, "needs")
MOST = 300
"""Pages of one list; a language would have to hold more protocols than anybody reads."""

# Of the newest ones, today; {condition} is the directory's own SQL, what was typed a parameter.
FOUND = """
SELECT {columns} FROM edition
 WHERE is_current AND is_live AND tier = ANY(%(tiers)s) AND language = %(language)s AND {condition}
   AND (shown_until IS NULL OR shown_until >= current_date)
 ORDER BY ts_rank(search_en || search_fr, plainto_tsquery(%(config)s::regconfig, %(typed)s)) DESC, slug LIMIT %(most)s
"""


def open_to(viewer: Viewer, language: str, today: date, using: str) -> QuerySet[Edition]:
    """All that this viewer may read in "en" or "fr" today, older editions too."""
    return Edition.objects.using(using).visible_to(viewer).in_language(language).on(today)


def found_by_words(q: str, language: str, using: str) -> list[UUID]:
    """Ids of current editions of any tier that have all these words, or what means the same, best first.

    To be looked up among those that may be read. Where none has all: those that have any. Folding and synonyms are the
    directory's.
    """
    groups = synonyms().word_groups(q)
    ways = (words_condition(groups), words_condition(groups, is_any_enough=True)) if groups else ()
    tries = (
        _ids(condition, values | {"language": language, "typed": q}, using) for condition, values in ways
    )
    return next(filter(None, tries), [])


def _ids(condition: str, values: Mapping[str, str], using: str) -> list[UUID]:
    """`condition` is SQL of the directory's own; what was typed is in `values`."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            FOUND.format(columns="id", condition=condition), _values(values, MOST, ["public", "vetted"])
        )
        return [id_ for (id_,) in cursor.fetchall()]


def _values(values: Mapping[str, str], most: int, tiers: list[str]) -> dict[str, str | int | list[str]]:
    return {**values, "config": f"relais_{values['language']}", "most": most, "tiers": tiers}


def best_by_words(q: str, language: str, using: str, most: int) -> list[Edition]:
    """The few public current editions that have any of these words, best first, in one statement."""
    groups = synonyms().word_groups(q)
    if not groups:
        return []
    condition, values = words_condition(groups, is_any_enough=True)
    statement = FOUND.format(columns="id, slug, title, review_by, reviewed_on", condition=condition)
    told = _values(values | {"language": language, "typed": q}, most, ["public"])
    return list(Edition.objects.using(using).raw(statement, told))


def listed(
    readable: QuerySet[Edition], chosen: Mapping[str, str], found: Sequence[UUID] | None
) -> list[Edition]:
    """The current ones under the chosen words, by title; those that were `found`, in their order."""
    rows = readable.current().under(chosen).only(*LISTED).order_by("title", "slug")
    if found is None:
        return list(rows[:MOST])
    place = {id_: at for at, id_ in enumerate(found)}
    return sorted(rows.filter(pk__in=found)[:MOST], key=lambda edition: place[edition.pk])


def counts(editions: Iterable[Edition]) -> dict[str, Counter[str]]:
    """How many bear each word, for each of FACETS and for kind."""
    rows = list(editions)
    told = {facet: Counter(slug for row in rows for slug in getattr(row, facet)) for facet in FACETS}
    return told | {"kind": Counter(row.kind for row in rows)}


def related(readable: QuerySet[Edition], edition: Edition, most: int = 4) -> list[Edition]:
    """Others that share kinds of help with this one, most shared first."""
    if not edition.needs:
        return []
    others = readable.current().helping_with(edition.needs).exclude(key=edition.key).only(*LISTED)
    shared = set(edition.needs)
    return sorted(others, key=lambda other: (-len(shared & set(other.needs)), other.title))[:most]


def fitting(readable: QuerySet[Edition], needs: Iterable[str], most: int = 3) -> list[Edition]:
    """Those about these kinds of help, most of them first: beside a listing, or where no service was found."""
    asked = set(needs)
    rows = readable.current().filter(kind="protocol").helping_with(asked).only(*LISTED) if asked else []
    return sorted(rows, key=lambda one: (-len(asked & set(one.needs)), one.title))[:most]
