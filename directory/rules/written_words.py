"""The words of a text, each with what its writing tells: a capital, the mark before it, the sentence it opens."""

import re
import unicodedata
from typing import NamedTuple

from directory.rules.text import fold

_TOKEN = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[^\s'’-]")
_OPENS = re.compile(r"[.!?…•\n\r]")
_JOINS = frozenset(("and", "or", "et"))
"""Not "ou", which may be "où"."""

_MOST_IN_ITEM = 2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FOR_WHOM = frozenset(
    ("for", "pour", "available", "disponible", "disponibles", "provided", "free", "gratuits")
)
_NO_ITEM = _words(
    "a an the our your their its this that these where which who when near in on at by from to of is are has was we it"
    " un une le la les l notre nos votre vos leur leurs ou qui que dont pres dans sur au aux de du des d en est sont"
    " area areas region regions environs surrounding surroundings vicinity district districts village villages"
    " county nearby around beyond communities community municipality township towns town rural alentours autour"
    " banlieue secteur municipalite ville villes comte hameau hameaux hamlet hamlets province west east north south"
    " ouest nord sud"
)
"""Words with which something is said of a place, or another place is named beside it."""


class Word(NamedTuple):
    """A folded word of a text. `is_capital`: it is written with a capital letter; `is_parted`: a stop or a comma stands
    before it, or a bracket: it says nothing of what the word before it is; `opens`: it is the first of a sentence."""

    text: str
    is_capital: bool = False
    is_parted: bool = False
    opens: bool = False


NOTHING = Word("")


def composed(text: str) -> str:
    """Composed letters; what is invisible parts no word."""
    if text.isascii():
        return text
    whole = unicodedata.normalize("NFC", text)
    return "".join(c for c in whole if unicodedata.category(c) != "Cf")


def words_of(text: str) -> list[Word]:
    """The folded words of a text in their order. A text without any capital letter is written carelessly."""
    plain = composed(text)
    is_careless = plain == plain.lower()
    found: list[Word] = []
    done = 0
    for match in _TOKEN.finditer(plain):
        token, start = match[0], match.start()
        is_parted = bool(_PARTS.search(plain, done, start))
        opens = not found or bool(_OPENS.search(plain, done, start))
        is_capital = is_careless or token[0] != token[0].lower()
        found += [
            Word(folded, is_capital, is_parted and not place, opens and not place)
            for place, folded in enumerate(fold(token).split())
        ]
        done = match.end()
    return found


def is_in_list(words: list[Word], start: int) -> bool:
    """True where the word opens a sentence that is a mere list of common words: "Bath, shower and laundry."

    There its capital letter says nothing. "Bath, Ontario", "Bath and area" and "Bath, near a lake" are no such lists.
    """
    if not words[start].opens:
        return False
    end = next((at for at in range(start + 1, len(words)) if words[at].opens), len(words))
    items = _items(words[start + 1 : end])
    return bool(items) and all(0 < len(item) <= _MOST_IN_ITEM for item in items)


def _items(words: list[Word]) -> list[list[str]]:
    """What stands beside the first word of a list whose last item is joined with "and"; [] where it is no list.

    Behind the list nothing may stand but for whom it is.
    """
    if any(word.is_capital or word.text.isdigit() for word in words) or not words:
        return []
    if not (words[0].is_parted or words[0].text in _JOINS):
        return []
    items: list[list[str]] = []
    is_joined = False
    for place, word in enumerate(words):
        if word.text in _JOINS and not is_joined:
            is_joined = True
            items.append([])
        elif is_joined and items[-1] and word.text in _FOR_WHOM:
            return [] if _says_more(words[place:]) else items
        elif word.text in _NO_ITEM or (is_joined and word.is_parted):
            return []
        elif word.is_parted or not items:
            items.append([word.text])
        else:
            items[-1].append(word.text)
    return items if is_joined else []


def _says_more(words: list[Word]) -> bool:
    return any(word.text in _NO_ITEM for word in words)
