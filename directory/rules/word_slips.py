"""Whether a word that nobody knows may be meant for another one: a slip of the keyboard, or spelled as it sounds."""

import re
from collections.abc import Sequence

from directory.rules.little_words import LITTLE
from directory.rules.place_slips import edits

SHORT = 4
"""Letters of a word in which every letter counts: with another one in its place it is another word ("faim", "fait")."""
LONG = 8
"""Letters from which on two slips are forgiven."""

LONGER = 4
"""Letters by which a word that is meant may be longer or shorter: slips, doubled letters, sounds, a plural's sign."""

# As people write what they hear. A double letter sounds like a single one.
_SOUNDS = (("cks", "x"), ("ks", "x"), ("ph", "f"), ("qu", "k"), ("ck", "k"))
_DOUBLE = re.compile(r"(.)\1")


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _DOUBLE.sub(r"\1", word)


def _singular(word: str) -> str:
    return word[:-1] if word[-1] in "sx" and len(word) > SHORT else word


def slips_between(typed: str, word: str) -> int | None:
    """How many slips make of the folded word `word` what was `typed`; None where it is another word.

    One letter may be wrong, too many, too few or swapped with its neighbour; from LONG letters on two. Of SHORT letters
    none may be wrong. The plural's sign is none of them, nor is a spelling that sounds alike.
    """
    if word in LITTLE or word[0] != typed[0] or len(typed) < SHORT:
        return None
    most = 2 if len(typed) >= LONG else 1
    ways = [(typed, word), (typed, _singular(word))]
    if len(typed) == SHORT:
        ways = [way for way in ways if not _is_replaced(*way)]
    fewest = min((edits(*way, most) for way in ways), default=most + 1)
    sounding = 1 + edits(_sound(typed), _sound(word), most)
    fewest = min(fewest, sounding) if len(typed) > SHORT else fewest
    return fewest if fewest <= most else None


def _is_replaced(typed: str, word: str) -> bool:
    """True if a letter stands in the place of another."""
    return len(typed) == len(word) and sorted(typed) != sorted(word)


def likeliest(typed: str, words: Sequence[str]) -> list[str]:
    """Those of `words`, in their order, that `typed` may be meant for with the fewest slips."""
    told = {word: slips_between(typed, word) for word in words}
    fewest = min((slips for slips in told.values() if slips is not None), default=None)
    return [word for word, slips in told.items() if slips is not None and slips == fewest]


def without_plurals(words: Sequence[str]) -> tuple[str, ...]:
    """The words without the plurals of others among them: as one says them to a reader."""
    return tuple(word for word in words if _singular(word) == word or _singular(word) not in words)
