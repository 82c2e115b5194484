"""Words that are nothing but the names of languages: "Tagalog", "je parle espagnol", "a lawyer" is none."""

from collections.abc import Iterator, Mapping, Sequence

from directory.rules.little_words import LITTLE
from directory.rules.text import fold

LONGEST = 3
"""Words of a language's name."""

# What people write around the name of a language.
_SPEAKING = """
hablo language languages only speak speaker speakers speaking speaks spoken
langue langues parlant parle parlent parler parlez parlons seulement uniquement
"""
_AROUND = LITTLE | frozenset(_SPEAKING.split())


def _known(words: Sequence[str], names: Mapping[str, str]) -> int:
    """How many of the words that come first make the longest known name; 0 for none."""
    return next((n for n in range(min(LONGEST, len(words)), 0, -1) if " ".join(words[:n]) in names), 0)


def _told(words: Sequence[str], names: Mapping[str, str]) -> Iterator[str]:
    """The names in their order; "" for what is neither a name nor a word around one."""
    at = 0
    while at < len(words):
        if length := _known(words[at:], names):
            yield " ".join(words[at : at + length])
        elif words[at] not in _AROUND:
            yield ""
        at += length or 1


def languages_said(q: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Codes of the languages that `q` names, each once; none if it says anything else as well.

    `names` are codes by folded name.
    """
    told = tuple(_told(fold(q).split(), names))
    return tuple(dict.fromkeys(names[name] for name in told)) if all(told) else ()
