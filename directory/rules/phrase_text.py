"""A phrase made comparable, so that each part of it still knows the words of the original.

Unlike in `rules/text.fold` the punctuation stays: dashes, commas and brackets say how the parts belong together.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_ALIKE = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032`\u00b4", "'"),
    "œ": "oe",
    "æ": "ae",
    "\u2022": "\n",
    "\u00b7": "\n",
    "…": ".",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """`folded`: small letters without accents, plain dashes and apostrophes; `places[i]` is where folded[i] stood."""

    original: str
    folded: str
    places: tuple[int, ...]

    def words(self, start: int, end: int) -> str:
        """Return the original words of folded[start:end]."""
        if start >= end:
            return ""
        return self.original[self.places[start] : self.places[end - 1] + 1].strip()


def _alike(character: str) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    if character.isspace():
        return "\n" if character in "\n\r\u2028\u2029" else " "
    if unicodedata.category(character) == "Cf":
        return ""
    # A sign such as "½" or "²" becomes digits when taken apart and would then count as a number: left as it is.
    if not character.isdecimal() and any(c.isdecimal() for c in unicodedata.normalize("NFKD", character)):
        return character
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_ALIKE.get(c, c) for c in spread if not unicodedata.combining(c))


def phrase(text: str) -> Phrase:
    """Return `text` for reading, with single blanks. Any string is accepted."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        alike = _alike(character)
        if alike == " " and folded[-1:] == [" "]:
            continue
        folded.append(alike)
        places.extend([place] * len(alike))
    return Phrase(text, "".join(folded), tuple(places))


def any_of(*alternatives: str) -> str:
    """Return one pattern for whole words, the longest first."""
    longest = sorted(alternatives, key=len, reverse=True)
    return r"(?<![^\W_])(?:" + "|".join(longest) + r")(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Token:
    """One understood part of a phrase: its kind, what it says, and where it stands in the folded text."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: Phrase, kinds: Sequence[tuple[str, re.Pattern[str]]]) -> list[Token]:
    """Return `text` cut into tokens: the first kind that fits at a place wins; what fits none is "unknown".

    Blanks part tokens and are none. A kind named "" is left out.
    """
    found: list[Token] = []
    at = 0
    while at < len(text.folded):
        if text.folded[at] == " ":
            at += 1
            continue
        token = _token(text.folded, at, kinds)
        at = token.end
        if token.kind:
            found.append(token)
    return found


_WORD = re.compile(r"[^\W_]+|.", re.DOTALL)


def _token(folded: str, at: int, kinds: Sequence[tuple[str, re.Pattern[str]]]) -> Token:
    for kind, pattern in kinds:
        if (match := pattern.match(folded, at)) and match.end() > at:
            return Token(kind, match[0], at, match.end())
    word = _WORD.match(folded, at)
    end = word.end() if word else at + 1
    return Token("unknown", folded[at:end], at, end)


def unknown_words(text: Phrase, found: Sequence[Token]) -> str:
    """Return the original words that no kind fitted, neighbours together."""
    runs: list[tuple[int, int]] = []
    for token in found:
        if token.kind != "unknown":
            continue
        if runs and not text.folded[runs[-1][1] : token.start].strip():
            runs[-1] = (runs[-1][0], token.end)
        else:
            runs.append((token.start, token.end))
    return " … ".join(text.words(start, end) for start, end in runs)
