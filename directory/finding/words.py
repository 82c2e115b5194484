"""The SQL that finds listings by their words, in both languages at once, whatever way a thing is called."""

from collections.abc import Sequence
from itertools import zip_longest

from directory.rules.synonyms import is_little, sifting_words

LONG_ENOUGH = 4
"""Letters from which on a word is told from another one with a slip in it."""

LANGUAGES = ("en", "fr")
# Half of a word's letter triples in common: one or two slips in a word of eight letters.
ALIKE = "word_similarity(%({name})s, words) >= 0.5"
LITERAL = "strpos(' ' || words || ' ', ' ' || %({name})s || ' ') > 0"


def _query(language: str, names: Sequence[str]) -> str:
    """SQL for a tsquery that is satisfied by any of the parameters; one that has but stop words adds nothing to it."""
    return f"({' || '.join(_phrases(language, names))})"


def _phrases(language: str, names: Sequence[str]) -> list[str]:
    return [f"phraseto_tsquery('relais_{language}', %({name})s)" for name in names]


def _found(language: str, names: Sequence[str], sifting: Sequence[str]) -> str:
    """SQL for whether any stands there. Of many phrases few words are asked first, which takes a fifth of the time.

    A word that PostgreSQL does not read here sifts nothing.
    """
    found = f"search_{language} @@ {_query(language, names)}"
    if not sifting:
        return found
    unread = " OR ".join(f"numnode({phrase}) = 0" for phrase in _phrases(language, sifting))
    return f"((search_{language} @@ {_query(language, sifting)} OR {unread}) AND {found})"


def _may_be_empty(unit: Sequence[str]) -> bool:
    """True if PostgreSQL may find no word in it: stop words alone, or a script that this server's locale can't read."""
    return all(is_little(text) or not text.isascii() for text in unit)


def _unit(unit: Sequence[str], names: Sequence[str], sifting: Sequence[str], *, forgives_slips: bool) -> str:
    ways = [_found(language, names, sifting) for language in LANGUAGES]
    if _may_be_empty(unit):
        nothing = " AND ".join(f"numnode({_query(language, names)}) = 0" for language in LANGUAGES)
        ways.append(f"({nothing} AND {LITERAL.format(name=names[0])})")
    if forgives_slips and len(unit[0]) >= LONG_ENOUGH:
        ways.append(ALIKE.format(name=names[0]))
    return "(" + " OR ".join(ways) + ")"


def _is_read(unit: Sequence[str], *, forgives_slips: bool) -> bool:
    """True if nothing but its lexemes finds it."""
    return not _may_be_empty(unit) and not forgives_slips


def words_condition(
    groups: Sequence[Sequence[str]],
    concepts: Sequence[Sequence[int]] = (),
    *,
    forgives_slips: bool,
) -> tuple[str, dict[str, str]]:
    """SQL on a listing's words and concepts, and its named parameters (`w_0_0`, `s_0_0`, `c_0`, ...).

    `groups` as `Synonyms.word_groups` gives them: every unit has to be found, in either language, by any of its
    alternatives. With `forgives_slips` a word that is only alike, among names and kinds, will do. A unit of stop
    words alone has to stand there as typed. Without units everything fits. `concepts`: of each unit, as
    `Synonyms.concepts` gives them; they narrow what is read and change nothing of what is found.
    """
    conditions, values = [], {}
    for number, (unit, meant) in enumerate(zip_longest(groups, concepts, fillvalue=())):
        names = [f"w_{number}_{position}" for position in range(len(unit))]
        words = sifting_words(unit)
        sifting = [f"s_{number}_{position}" for position in range(len(words))]
        values.update(zip([*names, *sifting], [*unit, *words], strict=True))
        if meant and _is_read(unit, forgives_slips=forgives_slips):
            conditions.append(f"concepts @@ %(c_{number})s::query_int")
            values[f"c_{number}"] = "|".join(map(str, meant))
        conditions.append(_unit(unit, names, sifting, forgives_slips=forgives_slips))
    return f"({' AND '.join(conditions) or 'true'})", values
