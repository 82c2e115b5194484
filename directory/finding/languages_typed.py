"""A language typed where words are asked for: hardly any listing tells it in words, and nothing would be found."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from directory.finding.languages import INDIGENOUS, KnownLanguage, known_languages
from directory.finding.places import gazetteer
from directory.finding.synonyms import synonyms
from directory.rules.languages_said import languages_said
from directory.rules.query import Query
from directory.rules.text import fold

_CALLED_LIKE_A_REGION = frozenset(("otw",))
"""Of these the community is meant, or the Outaouais."""


def _names_of(row: KnownLanguage) -> Iterator[str]:
    """Its names in English, French and itself; not what stands in brackets if that is a people or a region as well."""
    for name in (row.name, row.name_fr):
        main, _, other = name.partition(" (")
        yield main
        if not row.members and row.code not in INDIGENOUS:
            yield other
    yield row.endonym


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Codes of spoken languages by folded name: of several that share one, the first, which is the whole family."""
    found: dict[str, str] = {}
    for row in known_languages().values():
        if not row.signed and row.code not in _CALLED_LIKE_A_REGION:
            for name in filter(None, map(fold, _names_of(row))):
                found.setdefault(name, row.code)
    return found


def _is_meant(name: str) -> bool:
    """False for what is known as something else: a synonym, or a community."""
    return not synonyms().is_known(name) and not gazetteer().called(name)


def languages_asked(query: Query) -> Query:
    """The search as it is; where its words but name languages, one for who speaks them."""
    typed = fold(query.q)
    names = {name: code for name, code in _names().items() if name in typed and _is_meant(name)}
    codes = languages_said(typed, names)
    return (
        replace(query, q="", languages=tuple(dict.fromkeys((*query.languages, *codes)))) if codes else query
    )
