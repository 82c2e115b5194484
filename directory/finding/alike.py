"""What is written like the words that somebody typed: words of what listings are called."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from directory.rules.little_words import Language, is_read
from directory.rules.synonyms import is_little
from directory.rules.word_slips import LONGER, likeliest

Alike = Mapping[str, Sequence[str]]
"""By a typed word, the words that listings have and that it may have been meant for, the likeliest first."""

LONG_ENOUGH = 4
"""Letters from which on a word is told from another one with a slip in it."""

MOST = 30
"""Words and phrases that one typed word may have been meant for."""

COMPARED = 200
"""Words of one typed word that are looked at letter by letter."""

# A swap of two letters in the middle of a short word leaves few of its triples ("laywer"): what begins alike and is
# about as long is put in the order of its triples, and none is left out for having few.
ALIKE = f"""(SELECT json_object_agg(typed, ARRAY(
    SELECT word FROM listing_word
     WHERE left(word, 1) = left(typed, 1) AND abs(length(word) - length(typed)) <= {LONGER}
     ORDER BY similarity(word, typed) DESC, abs(length(word) - length(typed)), word LIMIT {COMPARED}
))::text FROM unnest(%(typed)s::text[]) typed)"""  # noqa: S608

LANGUAGES: tuple[Language, ...] = ("en", "fr")


def typed_words(units: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The typed words that may have a slip in them, of what `Synonyms.word_groups` gives."""
    words = (word for unit in units for word in unit[0].split())
    return tuple(dict.fromkeys(word for word in words if len(word) >= LONG_ENOUGH and not is_little(word)))


def read_alike(stored: Any) -> Alike:
    """What a statement told of them, as far as it may be meant; nothing where it was not asked."""
    told = json.loads(stored) if isinstance(stored, str) else stored or {}
    meant = {typed: likeliest(typed, words) for typed, words in told.items()}
    return {typed: words for typed, words in meant.items() if words}


def also_known(typed: Sequence[str], alike: Alike, known: Sequence[str]) -> Alike:
    """The same, where a word of the synonyms may have been meant as well: no listing need bear it."""
    meant = {word: likeliest(word, tuple(dict.fromkeys((*alike.get(word, ()), *known)))) for word in typed}
    return {word: words for word, words in meant.items() if words}


def alike_condition(number: int, typed: str, alike: Alike) -> tuple[str, dict[str, str]]:
    """SQL for whether every word of a typed unit, or one that is like it, stands there, and its parameters.

    Empty where nothing is like any of them: then it is found as typed, or not at all.
    """
    words = [word for word in typed.split() if not is_little(word)]
    if not any(word in alike for word in words):
        return "", {}
    parts, values = [], {}
    for position, word in enumerate(words):
        texts = list(dict.fromkeys((word, *alike.get(word, ()))))[: MOST + 1]
        said = {f"a_{number}_{position}_{place}": text for place, text in enumerate(texts)}
        values.update(said)
        parts.append(_any_of(said))
    return f"({' AND '.join(parts)})", values


def _any_of(said: Mapping[str, str]) -> str:
    """SQL for whether any of the texts stands there. `said` has at least one word, by the name of its parameter."""
    ways = []
    for language in LANGUAGES:
        names = [name for name, text in said.items() if is_read(text, language)]
        phrases = " || ".join(f"phraseto_tsquery('relais_{language}', %({name})s)" for name in names)
        ways.append(f"search_{language} @@ ({phrases})")
    return f"({' OR '.join(ways)})"
