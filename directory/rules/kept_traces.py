"""Traces of a protected door as they may be kept: keyed digests, which find a street and tell none.

Who has the database and not the key learns nothing; who has a text finds out whether it tells a door.
"""

import hmac
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from directory.rules.number_words import as_written_or_said
from directory.rules.street_words import number_in, ordinal_in, ordinal_ways, ways
from directory.rules.text import fold
from directory.rules.written_doors import numbers_of, sure_doors_in
from directory.rules.written_points import decimals

Kind = Literal["phrase", "number", "door", "id", "town", "name", "cell"]
STREET = "street"
"""What digests of streets without a number are made of; they are kept as phrases of no words (`keep_street`)."""

DIGEST_BYTES = 16
"""Enough that no two traces are taken for each other, and half of what HMAC-SHA-256 gives."""

MOST_WORDS = 8
"""A longer phrase is known by its beginning: each length costs a digest for each word of a text."""

_DOOR_DECIMALS = 4
"""About 10 m: what two publishers who mean one door may both write, and two neighbours not."""


class KeptTrace(NamedTuple):
    """One trace. `words`: how many a phrase has, 0 for all else."""

    kind: Kind
    words: int
    digest: bytes


def kept(key: bytes, kind: Kind, text: str) -> KeptTrace:
    """The trace that `text` becomes under `key`; a phrase has to be folded."""
    return KeptTrace(kind, len(text.split()) if kind == "phrase" else 0, _digest(key, kind, text))


def keep_street(key: bytes, street: str) -> KeptTrace:
    """The trace of a street without a number: it counts only where `has_street` is asked."""
    return KeptTrace("phrase", 0, _digest(key, STREET, street))


@lru_cache(maxsize=50_000)
def _digest(key: bytes, kind: str, text: str) -> bytes:
    """Remembered: the texts of a package say the same few words again and again."""
    return hmac.digest(key, f"{kind}\0{text}".encode(), "sha256")[:DIGEST_BYTES]


def beginning(folded: str) -> str:
    """As much of a phrase as is kept."""
    return " ".join(folded.split()[:MOST_WORDS])


def grams(folded: str, lengths: Iterable[int]) -> Iterator[str]:
    """Every run of so many words."""
    words = folded.split()
    for length in lengths:
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


@dataclass(frozen=True, slots=True)
class KeptTraces:
    """The kept phrases and numbers of some places, to look for in texts."""

    key: bytes = field(repr=False)
    digests: frozenset[bytes]
    lengths: frozenset[int]

    @classmethod
    def of(cls, key: bytes, traces: Iterable[KeptTrace]) -> "KeptTraces":
        """Those of `traces` that stand in texts."""
        told = [trace for trace in traces if trace.kind in ("phrase", "number")]
        lengths = frozenset(trace.words for trace in told if trace.kind == "phrase" and trace.words)
        return cls(key, frozenset(trace.digest for trace in told), lengths)

    def joined(self, other: "KeptTraces | None") -> "KeptTraces":
        """These and those; both are kept under the one key of this site."""
        if other is None:
            return self
        return KeptTraces(self.key, self.digests | other.digests, self.lengths | other.lengths)

    def has_street(self, street: str) -> bool:
        """True for the street of one of the places, as `written_names` reads it."""
        return _digest(self.key, STREET, street) in self.digests

    def stand_in(self, text: str, plain: Iterable[str], pairs: Iterable[str]) -> bool:
        """True if any of them does. `plain` are the ways `text` is said, folded; `pairs` its numbers with words."""
        phrases = chain(pairs, *(grams(said, self.lengths) for said in plain))
        if any(_digest(self.key, "phrase", phrase) in self.digests for phrase in phrases):
            return True
        return any(_digest(self.key, "number", number) in self.digests for number in decimals(text))


def doors_of(street: str, city: str, postal_code: str) -> frozenset[str]:
    """What only this door has: number and street with the city, number with the postal code; of two spellings the same.

    "Suite 3, 16 Mill Lane" and "3-16 Mill Lane" are 16 Mill Lane. Empty without a number: a street alone is many doors.
    """
    words = fold(street).split()
    # As doors were kept before units and ranges were read: those have to be found, too.
    first = [(words[0], words[1])] if len(words) > 1 and words[0][0].isdigit() else []
    return _doors([*first, *_numbered(street, is_street=True)], city, postal_code)


def doors_beside(line: str, city: str, postal_code: str) -> frozenset[str]:
    """The same of a line that need not be a street (address_2, attention): "Unit 4" and "2nd floor" are no doors."""
    return _doors(_numbered(line, is_street=False), city, postal_code)


def _numbered(line: str, *, is_street: bool) -> Iterator[tuple[str, str]]:
    for door in (one for way in as_written_or_said(line) for one in sure_doors_in(way, is_street=is_street)):
        for number in numbers_of(door):
            words = (door.street[0], *door.name[:1], *door.told_as)
            yield from ((number, way) for word in words for way in _ways(word))


def _ways(word: str) -> tuple[str, ...]:
    """All that one street may have been kept by: "14", "14th" and "fourteenth" are one."""
    number = ordinal_in(word) or number_in(word)
    return (word, *ordinal_ways(number)) if number else ways(word)


def _doors(numbered: Iterable[tuple[str, str]], city: str, postal_code: str) -> frozenset[str]:
    pairs, town, code = list(numbered), fold(city), fold(postal_code).replace(" ", "")
    found = {f"{number} {word}|{town}" for number, word in pairs} if town else set()
    return frozenset(found | ({f"{number}|{code}" for number, _ in pairs} if code else set()))


def point_door(latitude: float | None, longitude: float | None) -> frozenset[str]:
    """A point as a door, cut and rounded; empty where it isn't known to about 10 m."""
    if latitude is None or longitude is None:
        return frozenset()
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return frozenset()
    forms = [_forms(latitude), _forms(longitude)]
    return frozenset(f"{one}|{two}" for one in forms[0] for two in forms[1]) if all(forms) else frozenset()


def _forms(value: float) -> set[str]:
    size, scale = abs(value), 10**_DOOR_DECIMALS
    if round(size, _DOOR_DECIMALS) == round(size, _DOOR_DECIMALS - 2):
        return set()
    return {f"{math.floor(size * scale) / scale:.{_DOOR_DECIMALS}f}", f"{size:.{_DOOR_DECIMALS}f}"}
