"""The SQL that finds listings by their words, in both languages at once, whatever way a thing is called."""

from collections.abc import Sequence
from itertools import zip_longest

from directory.finding.alike import LANGUAGES, Alike, alike_condition
from directory.rules.little_words import is_read
from directory.rules.synonyms import is_little, sifting_words

# Within CASE the words lead to no index and promise to leave nothing out: what sifts is left to lead. Else the database
# takes both for independent, expects few, and reads all that bear the words in the country, to sort them by distance.
SIFTED = "(concepts @@ %(c_{number})s::query_int AND CASE WHEN {condition} THEN true ELSE false END)"
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


def _read_by_language(unit: Sequence[str], names: Sequence[str]) -> dict[str, list[str]]:
    """The parameters that say in a language what their phrase means; without a language that reads none of them."""
    told = zip(unit, names, strict=True)
    pairs = [(language, name) for text, name in told for language in LANGUAGES if is_read(text, language)]
    return {
        language: [n for said, n in pairs if said == language]
        for language in LANGUAGES
        if language in dict(pairs)
    }


def _unit(unit: Sequence[str], names: Sequence[str], sifting: Sequence[str], alike: str) -> str:
    read = _read_by_language(unit, names)
    ways = [_found(language, asked, sifting) for language, asked in read.items()]
    if not read:
        ways.append(LITERAL.format(name=names[0]))
    elif _may_be_empty(unit):
        nothing = " AND ".join(f"numnode({_query(language, names)}) = 0" for language in LANGUAGES)
        ways.append(f"({nothing} AND {LITERAL.format(name=names[0])})")
    if alike:
        ways.append(alike)
    return "(" + " OR ".join(ways) + ")"


def _is_found_by_lexemes(unit: Sequence[str]) -> bool:
    """True if nothing but its lexemes finds it."""
    is_told = any(is_read(text, language) for text in unit for language in LANGUAGES)
    return is_told and not _may_be_empty(unit)


def words_condition(
    groups: Sequence[Sequence[str]],
    concepts: Sequence[Sequence[int]] = (),
    *,
    alike: Alike | None = None,
    is_any_enough: bool = False,
) -> tuple[str, dict[str, str]]:
    """SQL on a listing's words and concepts, and its named parameters (`w_0_0`, `s_0_0`, `a_0_0_0`, `c_0`, ...).

    `groups` as `Synonyms.word_groups` gives them: every unit has to be found, in either language, by any of its
    alternatives; with `is_any_enough` one unit will do. Of a typed word what is `alike` will do too. A unit of stop
    words alone has to stand there as typed. Without units everything fits.
    `concepts`: of each unit, as `Synonyms.concepts` gives them; they narrow what is read and change nothing of what is
    found.
    """
    conditions, values = [], {}
    for number, (unit, meant) in enumerate(zip_longest(groups, concepts, fillvalue=())):
        names = [f"w_{number}_{position}" for position in range(len(unit))]
        words = sifting_words(unit)
        sifting = [f"s_{number}_{position}" for position in range(len(words))]
        values.update(zip([*names, *sifting], [*unit, *words], strict=True))
        slips, told = alike_condition(number, unit[0], alike or {})
        values.update(told)
        condition = _unit(unit, names, sifting, slips)
        if meant and alike is None and _is_found_by_lexemes(unit):
            values[f"c_{number}"] = "|".join(map(str, meant))
            condition = SIFTED.format(number=number, condition=condition)
        conditions.append(condition)
    return f"({(' OR ' if is_any_enough else ' AND ').join(conditions) or 'true'})", values
