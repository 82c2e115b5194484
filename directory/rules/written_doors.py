"""A door as people write it: number and street in either order, with units, ranges, letters and words between.

Both sides are brought to the same pairs of words, "24 mill" and "mill 24": what is looked for and what is read.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from directory.rules.text import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TYPES = _words(
    "allee autoroute av ave avenue bd blvd boul boulevard ch chem chemin cir circle close cote cour cours court cr"
    " cres crescent croissant crt ct dr drive esplanade gate grove highway hwy impasse lane ln montee parkway"
    " passage pkwy pl place promenade quai rang rd rg road route row rte rue ruelle sentier sq square st str street"
    " terr terrace terrasse trail voie way"
)
_LITTLE = _words(
    "and at au bis civic civique d de des du e east est et l la le les n ne no nord north nr num number numero nw o"
    " of on ouest quater s saint sainte se so south ste sud sw ter the sur through to w west"
)
_UNITS = _words(
    "apartment app appartement appt apt bat batiment bldg box building bur bureau case casier cp etage fl floor local"
    " office rm room suite unit unite"
)
_NUMBER_WORDS = _words("civic civique no nr num number numero")
_JOINING = _NUMBER_WORDS | _words("and bis et quater ter to")
_SAME = (
    ("highway", "hwy", "route", "rte"),
    ("road", "rd"),
    ("avenue", "ave", "av"),
    ("boulevard", "boul", "blvd"),
)
_WIDEST_RANGE = 20
_LONGEST = 8
_RUN = 3
"""Of so many numbers side by side each is the street's: "24, 26 and 28 Mill Lane"."""

_SHORTEST_NAME = 3
_ENGLISH = "one two three four five six seven eight nine ten eleven twelve"
_FRENCH = "un deux trois quatre cinq six sept huit neuf dix onze douze"
_IN_WORDS = {
    word: str(number)
    for words in (_ENGLISH, _FRENCH)
    for number, word in enumerate(words.split(), 1)
    if word != "un"
}
_GLUED = re.compile(r"(\d+)([a-z]{3,40})|([a-z]{3,40}?)(\d+)")
_DIGIT = re.compile(r"\d")
_CIVIC = re.compile(r"(\d+)[a-z]?")
_TAG = re.compile(r"<[^<>]*>")
_PARTED = re.compile(r"[,;()\n]")
_ZEROS = re.compile(r"&#0+(?=\d)")
_HUGE = re.compile(r"&#\d{8,}+;?")


class Door(NamedTuple):
    """`numbers` in their order, the last one surely the street's; the words of the street as they are folded."""

    numbers: tuple[str, ...]
    street: tuple[str, ...]

    @property
    def name(self) -> list[str]:
        """What no spelling of "Street" or "de la" changes; may be empty ("The Esplanade")."""
        return [word for word in _names(self.street) if not _number(word)]


def views(text: str) -> list[str]:
    """`text`, and as a browser would show it where that is something else: escapes read, marks of HTML gone."""
    found = [text]
    if "%" in text or "&" in text:
        plain = text
        for _ in range(3):
            # Python refuses to read numbers of thousands of digits.
            plain = html.unescape(_HUGE.sub(" ", _ZEROS.sub("&#", unquote(plain))))
        found.append(plain)
    if "<" in found[-1]:
        found.append(_TAG.sub(" ", found[-1]))
        found.append(_TAG.sub("", found[-1 if len(found) == 2 else -2]))
    return list(dict.fromkeys(found))


@lru_cache(maxsize=20_000)
def _number(word: str) -> str:
    """The digits of "26" and "26a", else nothing: "5th" is a word."""
    found = _CIVIC.fullmatch(word)
    return found[1] if found else ""


def _halves_gone(text: str) -> str:
    return text.replace("½", " ").replace(" 1/2", " ")


def _is_suffix(words: list[str], place: int) -> bool:
    """True for the letter of "26 A Mill Lane", and not for that of "26 A Street"."""
    word = words[place]
    if len(word) != 1 or not word.isalpha() or place == 0 or not _number(words[place - 1]):
        return False
    return not (place + 1 < len(words) and words[place + 1] in _TYPES)


def _is_of_unit(words: list[str], place: int) -> bool:
    """True for the 3 of "Unit 3, 16 Mill Lane"."""
    is_between = 0 < place < len(words) - 1 and words[place - 1] in _UNITS
    return is_between and bool(_number(words[place]) and _number(words[place + 1]))


def _names(street: tuple[str, ...] | list[str]) -> list[str]:
    """The words that tell a street from another; a letter before "Street" is a name."""
    return [
        word
        for place, word in enumerate(street)
        if word not in _TYPES
        and (
            word not in _LITTLE
            or (len(word) == 1 and street[place + 1 : place + 2] and _heads(street, place))
        )
    ]


def _heads(words: tuple[str, ...] | list[str], place: int) -> bool:
    """True for the "E" of "24 E Street", which begins a street, and not for that of "24 King E Road"."""
    return words[place + 1] in _TYPES and (place == 0 or bool(_number(words[place - 1])))


def said_plainly(folded: str) -> list[str]:
    """The folded text, and without the "number" of "The Esplanade, number 14" where it has one."""
    words = folded.split()
    spare = not _NUMBER_WORDS.isdisjoint(words) and {
        place
        for place, word in enumerate(words[:-1])
        if word in _NUMBER_WORDS and words[place + 1][0].isdigit()
    }
    if not spare:
        return [folded]
    return [folded, " ".join(word for place, word in enumerate(words) if place not in spare)]


def pairs_in(text: str, folded: str) -> set[str]:
    """Every number with the word behind it and the word before it, little words and kinds of streets left out.

    `folded` is `text`, folded: whoever asks has it already.
    """
    plain = _halves_gone(text)
    words = (folded if plain == text else fold(plain)).split()
    if not _IN_WORDS.keys().isdisjoint(words):
        words = [_IN_WORDS.get(word, word) for word in words]
    elif not _DIGIT.search(folded):
        return set()
    glued = {
        pair for word in words if len(word) > _SHORTEST_NAME and _DIGIT.search(word) for pair in _glued(word)
    }
    if not any(map(_number, words)):
        return glued
    words = [word for place, word in enumerate(words) if not _is_suffix(words, place)]
    words = [word for place, word in enumerate(words) if not _is_of_unit(words, place)]
    told = _names(words)
    return glued | set(_beside(told, behind=True)) | set(_beside(told[::-1], behind=False))


def _glued(word: str) -> Iterator[str]:
    """ "12oakave", as in an address of the web: the number beside each beginning, or end, that may be a name."""
    if found := _GLUED.fullmatch(word):
        number, behind, before, after = found.groups()
        for length in range(_SHORTEST_NAME, len(behind or before) + 1):
            yield f"{number} {behind[:length]}" if number else f"{before[-length:]} {after}"


def _beside(words: list[str], *, behind: bool) -> Iterator[str]:
    waiting: list[str] = []
    for word in words:
        if number := _number(word):
            waiting = [*waiting[1 - _RUN :], number]
            continue
        for number in waiting:
            yield f"{number} {word}" if behind else f"{word} {number}"
        waiting = []


def _tokens(line: str) -> list[str]:
    """Folded words, with a comma wherever a part of the line ends."""
    found: list[str] = []
    for part in _PARTED.split(_halves_gone(line)):
        words = fold(part).split()
        found += [*(word for place, word in enumerate(words) if not _is_suffix(words, place)), ","]
    return found


def doors_in(line: str) -> list[Door]:
    """The doors that a line of an address tells: each number with the street behind it, else the one before it."""
    tokens = _tokens(line)
    found, place, before = [], 0, ""
    while place < len(tokens):
        if not _number(tokens[place]):
            before = tokens[place] if tokens[place] not in _JOINING and tokens[place] != "," else before
            place += 1
            continue
        numbers, place = _run(tokens, place)
        street, place = _street(tokens, place)
        found += _door(numbers, street, in_unit=before in _UNITS)
        before = ""
    return found or _turned(tokens)


def _run(tokens: list[str], place: int) -> tuple[list[str], int]:
    numbers: list[str] = []
    while place < len(tokens) and (
        _number(tokens[place]) or tokens[place] in _JOINING or tokens[place] == ","
    ):
        numbers += [tokens[place]] if _number(tokens[place]) else []
        place += 1
    return numbers[-_RUN:], place


def _street(tokens: list[str], place: int) -> tuple[list[str], int]:
    """The words to the end of the street: another number, a unit, a kind of street behind its name, a comma."""
    street: list[str] = []
    while place < len(tokens) and len(street) < _LONGEST and not _number(tokens[place]):
        word = tokens[place]
        if word in _UNITS or (word == "," and _names(street)):
            break
        place += 1
        if word != ",":
            is_whole = word in _TYPES and bool(_names(street))
            street.append(word)
            if is_whole:
                break
    return street, place


def _door(numbers: list[str], street: list[str], *, in_unit: bool) -> list[Door]:
    is_named_by_number = len(numbers) > 1 and street and street[0] in _TYPES and not _names(street)
    if is_named_by_number:  # "10020 104 Avenue"
        street = [numbers[-1], *street]
        numbers = numbers[:-1]
    if in_unit and len(numbers) > 1:
        numbers = numbers[1:]
    elif in_unit and not _TYPES.intersection(street):
        return []
    return [Door(tuple(map(_number, numbers)), tuple(street))] if street else []


def _turned(tokens: list[str]) -> list[Door]:
    """ "Mill Lane, number 24": a number behind a street, if no street is behind a number."""
    place = next((place for place, token in enumerate(tokens) if _number(token)), 0)
    street = [word for word in tokens[:place] if word != "," and word not in _JOINING][-_LONGEST:]
    if _UNITS.intersection(street) or not (_TYPES.intersection(street) and _names(street)):
        return []
    return [Door((_number(tokens[place]),), tuple(street))]


def phrases_of(line: str) -> set[str]:
    """What to look for in the words and in the pairs of a text."""
    found: set[str] = set()
    for door in doors_in(line):
        name, first = door.name, door.street[0]
        for number in door.numbers:
            found |= {f"{number} {first}"} | {f"{number} {word}" for word in _spellings(first)}
            if name:
                found |= {f"{number} {name[0]}", f"{name[-1]} {number}"}
            elif len(door.street) > 1:
                found.add(" ".join([*_to_its_kind(door.street), number]))
    return found


def _to_its_kind(street: tuple[str, ...]) -> tuple[str, ...]:
    """ "104 avenue" of "104 avenue nw"."""
    ends = [place for place, word in enumerate(street) if place and word in _TYPES]
    return street[: ends[0] + 1] if ends else street


def _spellings(word: str) -> set[str]:
    return {other for group in _SAME if word in group for other in group}


def numbers_of(door: Door) -> list[str]:
    """The numbers that are the street's: of "3-16" the last, of a range ("30-32") both."""
    last = door.numbers[-1]
    return [*(number for number in door.numbers[:-1] if _is_range(number, last)), last]


def _is_range(one: str, two: str) -> bool:
    if len(one) > len(two) or len(two) > 6:
        return False
    apart = int(two) - int(one)
    return 0 < apart <= _WIDEST_RANGE and apart % 2 == 0


def sure_doors_in(line: str, *, is_street: bool) -> list[Door]:
    """Those that tell a kind of street: "18 Mill Lane", not "2 desks".

    The line of a street may begin with its number, or that of a unit, and tell no kind: "18 Broadway".
    """
    first = fold(line).split()[:1]
    if is_street and first and (first[0][0].isdigit() or first[0] in _UNITS):
        return doors_in(line)
    return [door for door in doors_in(line) if _TYPES.intersection(door.street)]


def numbered(line: str, *, is_street: bool) -> Iterator[tuple[str, str]]:
    """Number and name of each: what two spellings of one door share. Of "The Esplanade" the first word."""
    for door in sure_doors_in(line, is_street=is_street):
        name = next(iter(door.name), door.street[0])
        yield from ((number, name) for number in numbers_of(door))
