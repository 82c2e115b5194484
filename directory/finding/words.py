"""The SQL that finds listings by their words, in both languages at once, whatever way a thing is called."""

from collections.abc import Sequence

from directory.rules.synonyms import is_little

LONG_ENOUGH = 4
"""Letters from which on a word is told from another one with a slip in it."""

LANGUAGES = ("en", "fr")
# Half of a word's letter triples in common: one or two slips in a word of eight letters.
ALIKE = "word_similarity(%({name})s, words) >= 0.5"
LITERAL = "strpos(' ' || words || ' ', ' ' || %({name})s || ' ') > 0"


def _query(language: str, names: Sequence[str]) -> str:
    """SQL for a tsquery that is satisfied by any of the parameters; one that has but stop words adds nothing to it."""
    return "(" + " || ".join(f"phraseto_tsquery('relais_{language}', %({name})s)" for name in names) + ")"


def _may_be_empty(unit: Sequence[str]) -> bool:
    """True if PostgreSQL may find no word in it: stop words alone, or a script that this server's locale can't read."""
    return all(is_little(text) or not text.isascii() for text in unit)


def _unit(unit: Sequence[str], names: Sequence[str], *, forgives_slips: bool) -> str:
    queries = {language: _query(language, names) for language in LANGUAGES}
    ways = [f"search_{language} @@ {query}" for language, query in queries.items()]
    if _may_be_empty(unit):
        nothing = " AND ".join(f"numnode({query}) = 0" for query in queries.values())
        ways.append(f"({nothing} AND {LITERAL.format(name=names[0])})")
    if forgives_slips and len(unit[0]) >= LONG_ENOUGH:
        ways.append(ALIKE.format(name=names[0]))
    return "(" + " OR ".join(ways) + ")"


def words_condition(groups: Sequence[Sequence[str]], *, forgives_slips: bool) -> tuple[str, dict[str, str]]:
    """SQL on `search_en`, `search_fr` and `words` of a listing, and its named parameters (`w_0_0`, ...).

    `groups` as `Synonyms.word_groups` gives them: every unit has to be found, in either language, by any of its
    alternatives. With `forgives_slips` a word that is only alike, among names and kinds, will do. A unit of stop
    words alone has to stand there as typed. Without units everything fits.
    """
    conditions, values = [], {}
    for number, unit in enumerate(groups):
        names = [f"w_{number}_{position}" for position in range(len(unit))]
        values.update(zip(names, unit, strict=True))
        conditions.append(_unit(unit, names, forgives_slips=forgives_slips))
    return f"({' AND '.join(conditions) or 'true'})", values
