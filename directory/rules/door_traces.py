"""What would lead to a door that is to be protected, and texts without it.

Traces are number and street, postal code, coordinates, identifiers and directions, as they were stored of the place.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from itertools import pairwise

from directory.rules.kept_traces import KeptTrace, KeptTraces, beginning, keep_street
from directory.rules.kept_traces import kept as keep
from directory.rules.number_words import as_written_or_said
from directory.rules.text import fold
from directory.rules.told_names import Names, tells_name
from directory.rules.written_doors import pairs_in, phrases_of, said_plainly, views
from directory.rules.written_names import door_pairs, open_doors, streets_in, streets_of
from directory.rules.written_points import decimals, is_spot_told
from directory.rules.written_roads import lots_of

_BREAK = re.compile(r"[.!?]\s+|\n+")
_WORD = re.compile(r"\w")
_CAPITAL = re.compile(r"[A-ZÀ-Ý]")
_LAST_WORD = re.compile(r"\w*\Z")
# A point behind these ends no sentence, nor behind one or two letters ("12 St. Paul St. W.").
_ABBREVIATED = frozenset(
    ("ave", "apt", "appt", "blvd", "boul", "bldg", "bur", "cres", "fort", "hwy", "mount", "rte", "ste", "twp")
)
TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATED))
_SHORTEST_PHRASE = 5
FEWEST_WORDS = 4
"""A shorter text of a place ("Main office") is told of other places too, and leads nowhere."""
_DECIMALS = 3
"""Coordinates with fewer decimals (about 100 m) are found in too many texts that mean something else."""


@dataclass(frozen=True)
class Traces:
    """`phrases` are folded words, `numbers` coordinates to three decimals, `kept` what is known by digest.

    `streets` are those of the doors without a number; they count where `is_own` is True: in texts of whoever runs the
    place, in which a code of any spot counts too, and so do `names`. `open_streets` are those of open places, which
    it may tell.
    """

    phrases: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    kept: KeptTraces | None = None
    streets: frozenset[str] = frozenset()
    is_own: bool = False
    open_streets: frozenset[str] = frozenset()
    names: Names = field(default_factory=Names)

    def __bool__(self) -> bool:
        """False if there is nothing to look for."""
        return bool(self.phrases or self.numbers or (self.kept and self.kept.digests) or self.names)

    @cached_property
    def starts(self) -> dict[tuple[str, ...], list[list[str]]]:
        """The phrases, as words, by their first two: a text is gone through once, however many there are."""
        found: dict[tuple[str, ...], list[list[str]]] = {}
        for words in (phrase.split() for phrase in self.phrases):
            found.setdefault(tuple(words[:2]), []).append(words)
        return found

    @cached_property
    def has_names_alone(self) -> bool:
        """True if no door is looked for: then nobody has to read the text for one."""
        return bool(self.names) and not (self.phrases or self.numbers or self.kept or self.streets)

    @cached_property
    def open_pairs(self) -> frozenset[str]:
        """Numbers with their streets' names of open places; read when a street is found, which is seldom."""
        return frozenset(pair for street in self.open_streets for pair in open_doors(street))

    def joined(self, others: Iterable["Traces"]) -> "Traces":
        """Return these and all of the others."""
        every = (self, *others)
        return Traces(
            frozenset().union(*(one.phrases for one in every)),
            frozenset().union(*(one.numbers for one in every)),
            _joined(one.kept for one in every),
            frozenset().union(*(one.streets for one in every)),
            names=reduce(Names.joined, (one.names for one in every)),
        )

    def in_own_texts(self, open_streets: Iterable[str] = ()) -> "Traces":
        """The same, to look for in what its own organization says; `open_streets` are those of its open places."""
        return replace(self, is_own=True, open_streets=frozenset(open_streets))

    @cached_property
    def for_names(self) -> "Traces":
        """The same, to look for in names: "Mill Lane Centre" is what people know it by, and stays.

        Made once: the phrases of thousands of doors are put in order for it, and a package has thousands of names.
        """
        return replace(self, is_own=False) if self.is_own else self

    @cached_property
    def nameless(self) -> "Traces":
        """The same without the names of places and communities: for what is called so in public, and for codes."""
        return replace(self, names=Names()) if self.names else self

    def to_keep(self, key: bytes) -> frozenset[KeptTrace]:
        """These as digests under `key`, for as long as the place is protected."""
        return frozenset(
            {keep(key, "phrase", beginning(phrase)) for phrase in self.phrases}
            | {keep(key, "number", number) for number in self.numbers}
            | {keep_street(key, street) for street in self.streets}
        )


def _joined(kept: Iterable[KeptTraces | None]) -> KeptTraces | None:
    found: KeptTraces | None = None
    for one in kept:
        found = one.joined(found) if one else found
    return found


def traces_of(
    *,
    streets: Iterable[str] = (),
    beside: Iterable[str] = (),
    postal_codes: Iterable[str] = (),
    others: Iterable[str] = (),
    directions: Iterable[str] = (),
    coordinates: Iterable[float] = (),
) -> Traces:
    """Return what to look for. `beside` (address_2, attention) counts only where a number and words stand in it.

    `others` are identifiers and whole texts, taken if long enough to be told; of `directions` each sentence is.
    """
    streets = [way for street in streets for way in as_written_or_said(street)]
    beside = [way for line in beside for way in as_written_or_said(line)]
    phrases = {phrase for street in streets for phrase in _of_street(street)}
    phrases |= {phrase for line in beside for phrase in phrases_of(line)}
    for code in map(fold, postal_codes):
        phrases |= {code, code.replace(" ", "")} if code else set()
    phrases |= {told for told in map(fold, others) if len(told) >= _SHORTEST_PHRASE}
    said = (fold(sentence) for text in directions for sentence in _sentences(text))
    phrases |= {told for told in said if len(told.split()) >= FEWEST_WORDS}
    named = {name for street in streets for name in streets_of(street, is_street=True)}
    named |= {name for line in beside for name in streets_of(line, is_street=False)}
    numbers = frozenset(told for value in coordinates for told in _of_number(value))
    return Traces(frozenset(phrases), numbers, streets=frozenset(named))


def _of_street(street: str) -> set[str]:
    """Number and first word, which no spelling of "Street" or unit changes, in any order; else the whole line."""
    if found := phrases_of(street) | lots_of(street):
        return found
    words = fold(street).split()
    if len(words) > 1 and words[0][0].isdigit():
        return {" ".join(words[:2])}
    whole = " ".join(words)
    return {whole} if len(whole) >= _SHORTEST_PHRASE else set()


def _of_number(value: float) -> set[str]:
    """Cut and rounded to three decimals, with a point: as `decimals` finds them in texts."""
    if not math.isfinite(value):
        return set()
    scale = 10**_DECIMALS
    size = abs(value)
    if size == round(
        size, _DECIMALS - 1
    ):  # "44.2304" is told to ten metres, though its third decimal is a nought.
        return set()
    return {f"{math.floor(size * scale) / scale:.{_DECIMALS}f}", f"{size:.{_DECIMALS}f}"}


def _stand_in(words: list[str], starts: dict[tuple[str, ...], list[list[str]]]) -> bool:
    """True if a phrase stands there: found by its first two words, or its only one, then read to its end."""
    if not starts.keys().isdisjoint(zip(words, strict=True)):
        return True
    return not starts.keys().isdisjoint(pairwise(words)) and any(
        words[place : place + len(phrase)] == phrase
        for place, pair in enumerate(pairwise(words))
        if pair in starts
        for phrase in starts[pair]
    )


def tells(text: str, traces: Traces) -> bool:
    """True if any trace stands in `text`, however it is spelled, spaced, punctuated or escaped."""
    return any(_tells(view, traces) for view in views(text))


def _names_street(text: str, folded: str, traces: Traces) -> bool:
    """True for the street without a number, and for a code of a spot; not beside the number of an open door."""
    if is_spot_told(text):
        return bool(traces)
    kept = traces.kept
    return any(
        traces.open_pairs.isdisjoint(door_pairs(folded, told))
        for told in streets_in(folded)
        if told.street in traces.streets or (kept is not None and kept.has_street(told.street))
    )


def _tells(text: str, traces: Traces) -> bool:
    if traces.has_names_alone:
        return traces.is_own and tells_name(text, traces.names)
    folded = fold(text)
    if traces.is_own and (
        _names_street(text, folded, traces) or (traces.names and tells_name(text, traces.names))
    ):
        return True
    plain, pairs = said_plainly(folded), pairs_in(text, folded)
    if traces.phrases and not traces.phrases.isdisjoint(pairs):
        return True
    if traces.phrases and any(_stand_in(said.split(), traces.starts) for said in plain):
        return True
    if traces.numbers and not traces.numbers.isdisjoint(decimals(text)):
        return True
    return traces.kept is not None and traces.kept.stand_in(text, plain, pairs)


def _sentences(text: str) -> list[str]:
    """Parted behind marks that end a sentence, and at ends of lines; each character is read a few times at most."""
    parts: list[str] = []
    start = place = following = 0
    while found := _BREAK.search(text, place):
        place = found.end()
        if text[found.start()] != "\n":
            following = following if following >= place else _next_word(text, place)
            if not _CAPITAL.match(text, following):
                place = found.start() + 1  # Lines may end in the blanks behind it.
                continue
            if not _ends(text, found.start()):
                continue
        parts.append(text[start:place].strip())
        start = place
    return [*parts, text[start:].strip()]


def _next_word(text: str, place: int) -> int:
    found = _WORD.search(text, place)
    return found.start() if found else len(text)


def _ends(text: str, mark: int) -> bool:
    """False for the point of an abbreviation."""
    before = _LAST_WORD.search(text[max(0, mark - _LONGEST_ABBREVIATION - 1) : mark])
    word = before[0] if before else ""
    return text[mark] != "." or (len(word) > 2 and word.lower() not in _ABBREVIATED)


def without(text: str, traces: Traces) -> str:
    """Return `text` without the sentences that tell; all of it goes if what is left still does."""
    if not tells(text, traces):
        return text
    kept = " ".join(part for part in _sentences(text) if not tells(part, traces)).strip()
    return "" if tells(kept, traces) else kept


def is_for_everybody(number: str) -> bool:
    """True for a toll-free number or a short code: it tells no town. Others are for the keeper to confirm."""
    digits = re.sub(r"\D", "", number)
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    return 3 <= len(digits) <= 6 or (len(digits) == 10 and digits[:3] in TOLL_FREE)
