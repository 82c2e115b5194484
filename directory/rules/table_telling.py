"""Whether a text tells the street of a place, however a list writes the one and the other.

A number of the cells with the street, beside a word of its name: in either order, with or without "Street", a comma,
"no" or an article between. Cells that can't be read as an address count all the same.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from directory.rules.table_addresses import POSTAL, is_no_place, read_address
from directory.rules.text import fold
from directory.rules.written_doors import views

Door = tuple[str, str, str]
"""Number, word of the street's name, city; folded."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TYPES = _set(
    "street st str avenue ave av road rd drive dr boulevard blvd boul bd crescent cres cr croissant court crt ct"
    " lane ln way highway hwy terrace terr trail tr place pl square sq circle cir close parkway pkwy concession"
    " sideroad county rue chemin ch chem rang rg montee cote route rte autoroute allee impasse ruelle voie quai"
    " promenade prom"
)
_DIRECTIONS = _set("north south east west nord sud est ouest n s e w o ne nw se sw no so")
_ARTICLES = _set("the at on of to in la le les l de des du d a au aux en sur saint sainte st ste saints")
_COUNTERS = _set("no nos number numero num nr n civic civique lot")
_UNITS = _set(
    "unit suite apt apartment room rm office bureau bur local app appartement appt porte floor fl level etage bis"
    " building bldg edifice"
)
_PASSED = _TYPES | _DIRECTIONS | _ARTICLES | _COUNTERS | _UNITS
_MOST_PASSED = 6
"""So many words that are no name may stand between a number and the name."""
_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FRENCH = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_IN_WORDS = dict(zip(_ENGLISH, range(2, 13), strict=True))
_IN_WORDS |= dict(zip(_FRENCH, range(2, 13), strict=True))
_IN_WORDS |= {"one": 1}
_NUMBER = re.compile(r"(\d+)[a-z]?$")
_FRACTION = re.compile(r"[½¼¾]|\b1/2\b")


def tells_street(text: str, cells: Iterable[str]) -> bool:
    """True if `text` holds a postal code, or a number beside a name of `cells`: too much of a protected place."""
    streets = [_numbers_and_names(cell) for cell in cells]
    return any(
        POSTAL.search(view) or any(_tells(_words(view), *street) for street in streets)
        for view in views(text)
    )


def doors_at(streets: Iterable[str], city: str) -> frozenset[Door]:
    """What two spellings of one door in `city` share; empty where none of them has a number and a name."""
    town = fold(city)
    found = set()
    for words in map(_words, streets if town else ()):
        numbers = filter(None, map(_number, words))
        found |= {(number, name, town) for number in numbers for name in _names(words)[:1] if number != name}
    return frozenset(found)


def _words(plain: str) -> list[str]:
    folded = fold(_FRACTION.sub(" ", plain)).split()
    return [str(_IN_WORDS.get(word, word)) for word in folded]


def _number(word: str) -> str:
    """The number that a word is, without the letter of "12B"; "" if it is none."""
    found = _NUMBER.match(word)
    return found[1].lstrip("0") or "0" if found else ""


@lru_cache(maxsize=1024)
def _numbers_and_names(cell: str) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers of a cell, and the words that name its street or building."""
    read = read_address(cell)
    street = _words(POSTAL.sub(" ", views(read.address_1 if read else cell)[-1]))
    beside = _words(views(read.address_2)[-1]) if read else []
    if is_no_place(cell) and not _TYPES & {*street}:
        return frozenset(), frozenset()
    numbers = frozenset(filter(None, map(_number, (*street, *beside))))
    return numbers, frozenset((*_names(street), *_meaning(beside)))


def _meaning(words: list[str]) -> list[str]:
    return [word for word in words if len(word) > 1 and word not in _PASSED and not _number(word)]


def _names(words: list[str]) -> list[str]:
    """Words that are no type, article or direction; else the number of "99 Street"; else all: "12 Avenue Terrace"."""
    numbered = [word for one, word in _pairs(words) if one in _TYPES and _number(word)]
    numbered += [one for one, word in _pairs(words[1:]) if word in _TYPES and _number(one)]
    return _meaning(words) or numbered or [w for w in words if not _number(w) and w not in _UNITS]


def _pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    return pairwise(words)


def _tells(words: list[str], numbers: frozenset[str], names: frozenset[str]) -> bool:
    if not numbers or not names:
        return False
    for place, word in enumerate(words):
        if _number(word) in numbers:
            behind = words[place + 1 : place + 2 + _MOST_PASSED]
            before = words[max(0, place - 1 - _MOST_PASSED) : place]
            if _leads_to(behind, names - {word}) or _leads_to(before[::-1], names - {word}):
                return True
        elif _is_glued(word, numbers, names):
            return True
    return False


def _leads_to(words: list[str], names: frozenset[str]) -> bool:
    """Whether a name is the first of these words that means anything."""
    for word in words:
        if word in names:
            return True
        if word not in _PASSED:
            return False
    return False


def _is_glued(word: str, numbers: frozenset[str], names: frozenset[str]) -> bool:
    """ "12oakave", as in an address of the web."""
    if not re.search(r"\d", word):
        return False
    return any(f"{number}{name}" in word or f"{name}{number}" in word for number in numbers for name in names)
