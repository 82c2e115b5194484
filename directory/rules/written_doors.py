"""A door as people write it: number and street in either order, with units, ranges, letters and words between.

Both sides are brought to the same pairs of words, "24 mill" and "mill 24": what is looked for and what is read.
"""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from directory.rules.number_words import SPELLED, with_digits
from directory.rules.street_kinds import EITHER, UNMISTAKABLE
from directory.rules.street_words import (
    JOINING,
    LITTLE,
    NUMBER_WORDS,
    TYPES,
    UNITS,
    number_in,
    one_way,
    ordinal_in,
    ways,
)
from directory.rules.text import fold
from directory.rules.written_beside import RUN, beside, thousands
from directory.rules.written_roads import roads_in

_WIDEST_RANGE = 20
_LONGEST = 8
_SHORTEST_NAME = 3
_SHORTEST_IN_ONE = 7
_GLUED = re.compile(r"(\d+)([a-z]{3,40})|([a-z]{3,40}?)(\d+)")
_DIGIT = re.compile(r"\d")
_KINDS = TYPES | UNMISTAKABLE
_RANGE = re.compile(
    r"(?<![\d-])(\d{1,6})[a-zA-Z]?\s{0,3}(?:[-~\u2010-\u2015]|\b(?:to|through|à|au)\b)\s{0,3}(\d{1,6})(?!\d)"
)
_TAG = re.compile(r"<[^<>]*>")
_PARTED = re.compile(r"[,;()\n]")
_ZEROS = re.compile(r"&#0+(?=\d)")
_HUGE = re.compile(r"&#\d{8,}+;?")


class Door(NamedTuple):
    """`numbers` in their order, the last one surely the street's; the words of the street as they are folded."""

    numbers: tuple[str, ...]
    street: tuple[str, ...]

    @property
    def all_numbers(self) -> list[str]:
        """These, and what lies between those of a range ("413-419")."""
        between = (
            str(number)
            for one, two in pairwise(self.numbers)
            if _is_range(one, two)
            for number in range(int(one) + 2, int(two), 2)
        )
        return [*self.numbers, *between, *thousands(pairwise(self.numbers))]

    @property
    def name(self) -> list[str]:
        """What no spelling of "Street" or "de la" changes; may be empty ("The Esplanade")."""
        return [word for word in _names(self.street) if not number_in(word)]

    @property
    def told_as(self) -> list[str]:
        """More words than its first by which the street may be told: past what may be a kind, two names in one."""
        name = self.name
        past = next((place for place, word in enumerate(name) if word not in EITHER), 0)
        in_one = ["".join(name[:2])] if len(name) > 1 else []
        return [*([name[past]] if past else []), *in_one, *self._with_article]

    @property
    def _with_article(self) -> list[str]:
        """ "delasalle" of "de la Salle", and "salle" of "Delasalle": some write it in one."""
        name = next(iter(self.name), "")
        if name.startswith("dela") and len(name) > _SHORTEST_IN_ONE:
            return [name.removeprefix("dela")]
        return [f"dela{name}"] if name and self._has_article else []

    @property
    def _has_article(self) -> bool:
        before = self.street[: self.street.index(self.name[0])]
        return before[-2:] == ("de", "la")


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


def _halves_gone(text: str) -> str:
    return text.replace("½", " ").replace(" 1/2", " ")


def _is_suffix(words: list[str], place: int) -> bool:
    """True for the letter of "26 A Mill Lane", and not for that of "26 A Street"."""
    word = words[place]
    if len(word) != 1 or not word.isalpha() or place == 0 or not number_in(words[place - 1]):
        return False
    return not (place + 1 < len(words) and words[place + 1] in TYPES)


def _is_of_unit(words: list[str], place: int) -> bool:
    """True for the 3 of "Unit 3, 16 Mill Lane", and of "3e étage"."""
    if place + 1 == len(words):
        return False
    if words[place + 1] == "etage":
        return bool(ordinal_in(words[place]))
    is_behind = place > 0 and words[place - 1] in UNITS
    return is_behind and bool(number_in(words[place]) and number_in(words[place + 1]))


def _names(street: tuple[str, ...] | list[str]) -> list[str]:
    """The words that tell a street from another; a letter before "Street" is a name."""
    return [
        word
        for place, word in enumerate(street)
        if word not in TYPES
        and (
            word not in LITTLE or (len(word) == 1 and street[place + 1 : place + 2] and _heads(street, place))
        )
    ]


def _heads(words: tuple[str, ...] | list[str], place: int) -> bool:
    """True for the "E" of "24 E Street", which begins a street, and not for that of "24 King E Road"."""
    return words[place + 1] in TYPES and (place == 0 or bool(number_in(words[place - 1])))


def said_plainly(folded: str) -> list[str]:
    """The folded text, and without the "number" of "The Esplanade, number 14" where it has one."""
    words = folded.split()
    spare = not NUMBER_WORDS.isdisjoint(words) and {
        place
        for place, word in enumerate(words[:-1])
        if word in NUMBER_WORDS and words[place + 1][0].isdigit()
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
    if not SPELLED.isdisjoint(words):
        words = with_digits(words)
    elif not _DIGIT.search(folded):
        return set()
    glued = {
        pair for word in words if len(word) > _SHORTEST_NAME and _DIGIT.search(word) for pair in _glued(word)
    }
    glued.update(roads_in(words))
    if not any(map(number_in, words)):
        return glued
    words, ranges = (
        [word for place, word in enumerate(words) if not _is_suffix(words, place)],
        _ranges_in(plain),
    )
    outside = [] if UNITS.isdisjoint(words) else _without_units(words)
    words = [word for place, word in enumerate(words) if not _is_of_unit(words, place)]
    for told in map(_names, (words, outside) if outside else (words,)):
        glued.update(beside(told, ranges, behind=True))
        glued.update(beside(told[::-1], ranges, behind=False))
    return glued


def _without_units(words: list[str]) -> list[str]:
    """The words without "unit 3", "app. no 5", "bureau B" and "2e etage", wherever these stand."""
    found: list[str] = []
    place = 0
    while place < len(words):
        length = _unit_at(words, place)
        found += [] if length else [words[place]]
        place += length or 1
    return found


def _unit_at(words: list[str], place: int) -> int:
    """How many words a unit with its number takes that begins here; 0 where none does."""
    behind = place + 1
    if words[place] in UNITS:
        behind += behind < len(words) and words[behind] in NUMBER_WORDS
        told = words[behind] if behind < len(words) else ""
        return behind + 1 - place if number_in(told) or (len(told) == 1 and told.isalpha()) else 0
    return 2 if ordinal_in(words[place]) and words[behind : behind + 1] in (["etage"], ["floor"]) else 0


def _ranges_in(text: str) -> dict[tuple[str, str], list[str]]:
    """What lies between the numbers of "413-419", by these two in either order: 414 to 418."""
    found: dict[tuple[str, str], list[str]] = {}
    for one, two in _RANGE.findall(text):
        if 1 < int(two) - int(one) <= _WIDEST_RANGE:
            first, last = str(int(one)), str(int(two))
            between = [str(number) for number in range(int(one) + 1, int(two))]
            found |= {(first, last): between, (last, first): between}
    return found


def _glued(word: str) -> Iterator[str]:
    """ "12oakave", as in an address of the web: the number beside each beginning, or end, that may be a name."""
    if found := _GLUED.fullmatch(word):
        number, behind, before, after = found.groups()
        for length in range(_SHORTEST_NAME, len(behind or before) + 1):
            yield f"{number} {behind[:length]}" if number else f"{before[-length:]} {after}"


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
        if not number_in(tokens[place]):
            before = tokens[place] if tokens[place] not in JOINING and tokens[place] != "," else before
            place += 1
            continue
        numbers, place = _run(tokens, place)
        if before not in UNITS and (length := _unit_at(tokens, place) if place < len(tokens) else 0):
            # "24, unit 3, Mill Lane": the street of the number before the unit; the unit's is read next.
            behind = place + length
            behind += tokens[behind : behind + 1] == [","]
            found += _door(numbers, _street(tokens, behind)[0], in_unit=False)
        street, place = _street(tokens, place)
        found += _door(numbers, street, in_unit=before in UNITS)
        before = ""
    return found or _turned(tokens)


def _run(tokens: list[str], place: int) -> tuple[list[str], int]:
    numbers: list[str] = []
    while place < len(tokens) and (
        number_in(tokens[place]) or tokens[place] in JOINING or tokens[place] == ","
    ):
        numbers += [tokens[place]] if number_in(tokens[place]) else []
        place += 1
    return numbers[-RUN:], place


def _street(tokens: list[str], place: int) -> tuple[list[str], int]:
    """The words to the end of the street: another number, a unit, a kind of street behind its name, a comma."""
    street: list[str] = []
    while place < len(tokens) and len(street) < _LONGEST and not number_in(tokens[place]):
        word = tokens[place]
        if word in UNITS or (word == "," and _names(street)):
            break
        place += 1
        if word != ",":
            is_whole = word in TYPES and bool(_names(street))
            street.append(word)
            if is_whole:
                break
    return street, place


def _door(numbers: list[str], street: list[str], *, in_unit: bool) -> list[Door]:
    is_named_by_number = len(numbers) > 1 and street and street[0] in TYPES and not _names(street)
    if is_named_by_number:  # "10020 104 Avenue"
        street = [numbers[-1], *street]
        numbers = numbers[:-1]
    if in_unit and len(numbers) > 1:
        numbers = numbers[1:]
    elif in_unit and not TYPES.intersection(street):
        return []
    return [Door(tuple(map(number_in, numbers)), tuple(street))] if street else []


def _turned(tokens: list[str]) -> list[Door]:
    """ "Mill Lane, number 24": a number behind a street, if no street is behind a number."""
    place = next((place for place, token in enumerate(tokens) if number_in(token)), 0)
    street = [word for word in tokens[:place] if word != "," and word not in JOINING][-_LONGEST:]
    if UNITS.intersection(street) or not (_KINDS.intersection(street) and _names(street)):
        return []
    return [Door((number_in(tokens[place]),), tuple(street))]


def phrases_of(line: str) -> set[str]:
    """What to look for in the words and in the pairs of a text."""
    found: set[str] = set()
    for door in doors_in(line):
        name, first = door.name, door.street[0]
        if not name and LITTLE.issuperset(door.street):
            continue  # "Highway 7 East": no number of a house.
        for number in door.all_numbers:
            found |= {f"{number} {first}"} | {f"{number} {word}" for word in _spellings(first)}
            if name:
                found |= {f"{number} {name[0]}", f"{name[-1]} {number}"}
                found |= {pair for word in door.told_as for pair in (f"{number} {word}", f"{word} {number}")}
                found |= {f"{word} {number}" for word in _before_its_kind(name)}
            elif len(door.street) > 1:
                found.add(" ".join([*_to_its_kind(door.street), number]))
            if number_in(first):
                found |= {f"{number} {one_way(first)}", f"{one_way(first)} {number}"}
    told = (pair for pair in roads_in(fold(line).split(), is_text=False) if _is_door(pair))
    return found | set(told) if found else found


def _before_its_kind(name: list[str]) -> list[str]:
    """ "mill" of "mill wynd"."""
    return [next((word for word in reversed(name) if word not in EITHER), name[-1])]


def _is_door(pair: str) -> bool:
    """True for "1509 14th" and "14th 1509", and not for "highway 7"."""
    return pair[0].isdigit()


def _to_its_kind(street: tuple[str, ...]) -> tuple[str, ...]:
    """ "104 avenue" of "104 avenue nw"."""
    ends = [place for place, word in enumerate(street) if place and word in TYPES]
    return street[: ends[0] + 1] if ends else street


def _spellings(word: str) -> set[str]:
    return {one_way(word)} if ordinal_in(word) else set(ways(word))


def numbers_of(door: Door) -> list[str]:
    """The numbers that are the street's: of "3-16" the last, of a range ("30-32") both."""
    last = door.numbers[-1]
    whole = thousands([door.numbers[-2:]]) if len(door.numbers) > 1 else []
    return [*whole, *(number for number in door.numbers[:-1] if _is_range(number, last)), last]


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
    if is_street and first and (first[0][0].isdigit() or first[0] in UNITS):
        return doors_in(line)
    return [door for door in doors_in(line) if _KINDS.intersection(door.street)]


def numbered(line: str, *, is_street: bool) -> Iterator[tuple[str, str]]:
    """Number and name of each: what two spellings of one door share. Of "The Esplanade" the first word."""
    for door in sure_doors_in(line, is_street=is_street):
        name = next(iter(door.name), door.street[0])
        yield from ((number, one_way(name)) for number in numbers_of(door))
