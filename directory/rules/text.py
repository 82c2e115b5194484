"""Folding text, so that a name is found however it was typed.

Case, accents, ligatures, apostrophes and punctuation differ between keyboards and languages and say
nothing about which place or service is meant. Marks that carry meaning in other scripts stay.
"""

import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart although readers type them without the stroke or as two.
_SPELLED_OUT = {
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "ŧ": "t",
    "ħ": "h",
}
# Unicode calls these letters; in names such as Mi'kmaq they are typed as an apostrophe.
_APOSTROPHE_LETTERS = frozenset("ʹʺʻʼʽʾʿˈˊˋꞋꞌ")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Fold one character that is already decomposed (NFKD)."""
    if "\u0300" <= character <= "\u036f":
        return ""
    category = unicodedata.category(character)
    if category == "Cf":  # soft hyphens and joiners are invisible: they part no word
        return ""
    if category[0] not in "LNM" or character in _APOSTROPHE_LETTERS:
        return " "
    lowered = unicodedata.normalize("NFKD", character.casefold())
    return "".join(_SPELLED_OUT.get(c, c) for c in lowered if not "\u0300" <= c <= "\u036f")


class _Folded(dict[int, str]):
    """Folded characters by code point, for `str.translate`: what is common is kept, the rest worked out each time."""

    def __missing__(self, point: int) -> str:
        return _fold_character(chr(point))


_COMMON = _Folded((point, _fold_character(chr(point))) for point in (*range(0x180), *range(0x300, 0x370)))


def fold(text: str) -> str:
    """Return `text` for comparing: lower case, no accents, words parted by single spaces.

    "Saint", "St." and "Ste" stay three different words; "St." and "st" become the same.
    Folding twice changes nothing more. Any string is accepted, the empty one gives "".
    """
    if text.isascii():
        return " ".join(text.translate(_COMMON).split())
    spread = unicodedata.normalize("NFKD", text).translate(_COMMON)
    return unicodedata.normalize("NFC", " ".join(spread.split()))
