"""Canaries: values that nobody would write, so that one look at a text tells which of them stand in it, and where from.

Each kind can be told by a few letters or digits at its beginning, which keeps a look at ten thousand answers quick.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from safety.viewer import Tier

LETTERS = "abcdefghijklmnop"
SHAPES = (
    ("zq", re.compile(r"zq[a-p]{3}x")),
    ("867", re.compile(r"867[^0-9a-z]{0,8}555[^0-9a-z]{0,8}01\d\d")),
    ("44.27", re.compile(r"44\.27[1-9]7")),
    ("76.53", re.compile(r"76\.53[1-9]7")),
    ("7731", re.compile(r"7731\d[.,]125")),
    ("1 o", re.compile(r"1 (?:or 2 beds, reported|ou 2 lits, signal)")),
)
"""What each kind begins with, and its whole shape, in small letters."""
SEALED = re.compile(r"(?<![\w-])ATIw[\w-]{50,}")
"""What safety.seal makes in this century: opaque, and its letters make every word once in a while."""
BEDS = "beds"


@dataclass(frozen=True, slots=True)
class Canary:
    """One planted value. `word` is how it is found, `what` the field or paper it stands in, `whose` the organization.

    `needed`: the tier that reads it, for a field of a listing; None where nobody does. `alone`: the tier of the field
    by itself, whoever may find the listing. `of`: the person it belongs to.
    """

    word: str
    what: str
    whose: UUID | None = None
    needed: Tier | None = None
    alone: Tier | None = None
    of: UUID | None = None

    def __str__(self) -> str:
        return f"{self.what} ({self.word})"


class Aviary:
    """All canaries of a world, by their words."""

    def __init__(self) -> None:
        self.by_word: dict[str, Canary] = {}
        self._number = count()
        self._numbers = {kind: count() for kind in ("phone", "latitude", "longitude", "amount")}

    def _keep(self, word: str, what: str, **facts: object) -> str:
        assert word not in self.by_word, word
        self.by_word[word] = Canary(word, what, **facts)  # type: ignore[arg-type]
        return word

    def word(self, what: str, **facts: object) -> str:
        """A word of six letters."""
        number = next(self._number)
        letters = "".join(LETTERS[number // 16**place % 16] for place in (2, 1, 0))
        return self._keep(f"zq{letters}x", what, **facts)

    def phone(self, what: str, **facts: object) -> str:
        """A number as people write it."""
        word = f"86755501{next(self._numbers['phone']):02}"
        self._keep(word, what, **facts)
        return f"{word[:3]}-{word[3:6]}-{word[6:]}"

    def latitude(self, what: str, **facts: object) -> float:
        """Near Kingston, to eleven metres."""
        return float(self._keep(f"44.27{next(self._numbers['latitude']) + 1}7", what, **facts))

    def longitude(self, what: str, **facts: object) -> float:
        """Near Kingston, to eight metres."""
        return -float(self._keep(f"76.53{next(self._numbers['longitude']) + 1}7", what, **facts))

    def amount(self, what: str, **facts: object) -> str:
        """A number of beds that no house has."""
        return self._keep(f"7731{next(self._numbers['amount'])}.125", what, **facts)

    def beds(self, what: str, **facts: object) -> str:
        """The band of one or two, as the pages tell it: the only report of it in a world."""
        self._keep(BEDS, what, **facts)
        return "few"

    def found_in(self, texts: Iterable[str]) -> set[Canary]:
        """Those that stand in any of the texts, however they are written there."""
        return {self.by_word[word] for text in texts for word in words_in(text) if word in self.by_word}


def words_in(text: str) -> Iterator[str]:
    """Every word of a canary's shape; not the letters of something sealed, which are chance and tell nothing."""
    small = SEALED.sub("", text).lower()
    for beginning, shape in SHAPES:
        if beginning in small:
            for found in shape.findall(small):
                yield _plain(found)


def _plain(found: str) -> str:
    if found.startswith("1 o"):
        return BEDS
    if found.startswith("867"):
        return re.sub(r"\D", "", found)
    return found.replace(",", ".")
