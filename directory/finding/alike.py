"""What is written like the words that somebody typed: words of what listings are called."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from directory.rules.little_words import Language
from directory.rules.synonyms import is_little
from directory.rules.word_slips import likeliest

Alike = Mapping[str, Sequence[str]]
"""By a typed word, the words that listings have and that it may have been meant for, the likeliest first."""

LONG_ENOUGH = 4
"""Letters from which on a word is told from another one with a slip in it."""

MOST = 30
"""Words that one typed word may have been meant for."""

# Half of the typed word's letter triples in common: one or two slips in a word of eight letters. The index knows the
# operator, which asks for less of both words.
ALIKE = f"""(SELECT json_object_agg(typed, ARRAY(
    SELECT word FROM listing_word WHERE word %% typed AND word_similarity(typed, word) >= 0.5
     ORDER BY word_similarity(typed, word) DESC, abs(length(word) - length(typed)), word LIMIT {MOST}
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


def alike_condition(number: int, typed: str, alike: Alike) -> tuple[str, dict[str, str]]:
    """SQL for whether every word of a typed unit, or one that is like it, stands there, and its parameters.

    Empty where nothing is like any of them: then it is found as typed, or not at all.
    """
    words = [word for word in typed.split() if not is_little(word)]
    if not any(word in alike for word in words):
        return "", {}
    parts, values = [], {}
    for position, word in enumerate(words):
        said = dict.fromkeys((word, *alike.get(word, ())))
        names = [f"a_{number}_{position}_{place}" for place, _ in enumerate(said)]
        values.update(zip(names, said, strict=True))
        parts.append(_any_of(names))
    return f"({' AND '.join(parts)})", values


def _any_of(names: Sequence[str]) -> str:
    ways = []
    for language in LANGUAGES:
        phrases = " || ".join(f"phraseto_tsquery('relais_{language}', %({name})s)" for name in names)
        ways.append(f"search_{language} @@ ({phrases})")
    return f"({' OR '.join(ways)})"
