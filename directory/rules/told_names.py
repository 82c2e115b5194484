"""Names that lead to a protected place, its own and those of its small community, wherever a text tells them.

They are looked for in the texts of whoever runs the place alone. What its organization and services are called is
public, and tells nothing new; the name of a county, a region or a road is another name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from directory.rules.kept_traces import KeptTrace, Kind, kept
from directory.rules.name_forms import MOST_LOST, SHORTEST, in_one, people_of
from directory.rules.name_words import HOUSE_WORDS, ORDINARY
from directory.rules.provinces import PROVINCES
from directory.rules.text import fold
from directory.rules.written_words import NOTHING, Word, composed, is_in_list, words_of

MOST_WORDS = 6
"""A longer name is known by its beginning."""

_SHORTEST_ALIAS = 4
_SHORTEST_NAME = 3
_SURE = 6
"""Letters from which on a single word is taken for the name however it is written."""

_SHORTEST_GLUED, _LONGEST_GLUED = 5, 28
_MOST_GLUED = 80
_SAINTS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_TOKEN = re.compile(r"[^\W_]+")
_GLUED = re.compile(r"\S*[./@#]\S*\w|[^\W_]*[a-zà-ÿ][A-ZÀ-Ý][^\W_]*")
_ADDRESS = frozenset(".@#")
_LETTERS = re.compile(r"[^\W\d_]")
_OF = frozenset(("of", "the", "de", "du", "des", "d", "la", "le", "les", "l"))
_COUNTIES = frozenset(("county", "counties", "comte", "comtes", "mrc"))
_REGIONS = frozenset(("region", "regional", "regionale"))
_ROADS_BEHIND = frozenset(
    [
        "road",
        "rd",
        "street",
        "st",
        "avenue",
        "ave",
        "boulevard",
        "blvd",
        "highway",
        "hwy",
        "crescent",
        "cres",
        "lane",
    ]
)
_ROADS_BEFORE = frozenset(["rue", "chemin", "avenue", "boulevard", "boul", "rang", "montee"])
_PROVINCES = frozenset(fold(word) for code, names in PROVINCES.items() for word in (code, *names[:2])) | {
    "canada"
}
_ARTICLES = frozenset(("the", "le", "la", "les", "l"))


@dataclass(frozen=True)
class Names:
    """`towns` and `houses` are keys (`key_of`) in clear, `kept` what is known by digest under `key`, of the same kinds.

    `own` are the names, folded, that the organization, its programs and services bear in public.
    """

    towns: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    key: bytes = field(default=b"", repr=False)
    kept: frozenset[tuple[str, bytes]] = frozenset()

    def __bool__(self) -> bool:
        """False if there is nothing to look for."""
        return bool(self.towns or self.houses or self.kept)

    def joined(self, other: "Names") -> "Names":
        """These and those; both are kept under the one key of this site."""
        return Names(
            self.towns | other.towns,
            self.houses | other.houses,
            self.own | other.own,
            self.key or other.key,
            self.kept | other.kept,
        )

    def in_clear(self) -> "Names":
        """The same without digests of what is known in clear: fewer words have to be looked up."""
        clear = {(t.kind, t.digest) for t in to_keep(self.key, self.towns, self.houses)}
        return replace(self, kept=self.kept - clear)

    @cached_property
    def told_by_own(self) -> frozenset[str]:
        """Which of these the public names tell already."""
        return frozenset(
            run
            for own in self.own
            for run, _ in _runs([Word(word, is_capital=True) for word in own.split()])
            if self.kind_of(run)
        )

    @cached_property
    def masks(self) -> list[list[str]]:
        """The words of each public name, longest first."""
        return sorted((own.split() for own in self.own if own), key=len, reverse=True)

    def kind_of(self, run: str) -> Kind | None:
        """Whether these words, in one, are the name of a town or of a house."""
        if run in self.towns:
            return "town"
        if run in self.houses:
            return "name"
        for kind in _KINDS if self.kept else ():
            if (kind, kept(self.key, kind, run).digest) in self.kept:
                return kind
        return None

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """What no text tells without; the longest part of a key that its spellings, and its people's, share."""
        return tuple(sorted({_needle(key) for key in (*self.towns, *self.houses)}))


_KINDS: tuple[Kind, ...] = ("town", "name")


def _needle(key: str) -> str:
    for spelled in _SAINTS.values():
        key = max(key.split(spelled), key=len) if spelled in key else key
    return key[: max(2, len(key) - MOST_LOST)]


def key_of(words: Sequence[str]) -> str:
    """A name as it is compared: its words in one, "st" as "saint"."""
    return "".join(_SAINTS.get(word, word) for word in words)


def town_keys(names: Iterable[str]) -> frozenset[str]:
    """The keys of a community's names. Codes of airports and the like ("YIB") are no names."""
    found = set()
    for name in names:
        words = fold(name).split()[:MOST_WORDS]
        is_code = name.isupper() and len(name) < _SHORTEST_ALIAS
        if not is_code and len(key_of(words)) >= _SHORTEST_NAME:
            found.add(key_of(words))
    return frozenset(found)


def city_keys(cities: Iterable[str], larger: frozenset[str]) -> frozenset[str]:
    """The keys of cities as addresses tell them, also of hamlets without a gazetteer. `larger`, folded, may be told."""
    found = set()
    for city in cities:
        words = fold(city).split()[:MOST_WORDS]
        while words and words[-1] in _PROVINCES:
            words = words[:-1]
        telling = [word for word in words if word not in HOUSE_WORDS and not word.isdigit()]
        if telling and " ".join(words) not in larger and len(key_of(words)) >= _SHORTEST_NAME:
            found.add(key_of(words))
    return frozenset(found)


def house_keys(names: Iterable[str]) -> frozenset[str]:
    """The keys of a house's names, whole and without the words that any house has. Empty for "Main office"."""
    return frozenset(key for name in names for key in _house_keys(fold(name).split()))


def _house_keys(words: list[str]) -> Iterator[str]:
    while words and words[0] in _ARTICLES:
        words = words[1:]
    telling = [place for place, word in enumerate(words) if word not in HOUSE_WORDS and not word.isdigit()]
    if not telling:
        return
    core = words[telling[0] : telling[-1] + 1]
    if len(words) > 1:
        yield key_of(words[:MOST_WORDS])
    if len(core) > 1 or len(words) == 1 or (len(core[0]) >= _SURE and core[0] not in ORDINARY):
        yield key_of(core[:MOST_WORDS])


def to_keep(key: bytes, towns: Iterable[str], houses: Iterable[str]) -> frozenset[KeptTrace]:
    """These keys as digests, for as long as the place is protected. How many words or letters one has isn't kept."""
    return frozenset(
        {kept(key, "town", town) for town in towns} | {kept(key, "name", name) for name in houses}
    )


def _runs(words: list[Word]) -> Iterator[tuple[str, tuple[int, int]]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + MOST_WORDS, len(words)) + 1):
            yield key_of([word.text for word in words[start:end]]), (start, end)


def tells_name(text: str, names: Names) -> bool:
    """True if `text`, escapes read, tells one of the names."""
    if not names.kept and not _may_tell(text, names):
        return False
    words = words_of(text)
    masked = _masked(words, names.masks)
    for run, (start, end) in _runs(words):
        kind = names.kind_of(run)
        if kind is None or _is_inside(masked, start, end) or (kind == "name" and run in names.told_by_own):
            continue
        if _counts(words, start, end, kind):
            return True
    if any(_is_glued(token, names) for token in _GLUED.findall(composed(text))):
        return True
    return any(_is_name(part, names) for part in in_one(composed(text))) or _tells_people(
        words, masked, names
    )


def _may_tell(text: str, names: Names) -> bool:
    squeezed = fold(text).replace(" ", "")
    return any(needle in squeezed for needle in names.needles)


def _masked(words: list[Word], masks: list[list[str]]) -> list[tuple[int, int]]:
    told = [word.text for word in words]
    return [
        (start, start + len(mask))
        for mask in masks
        for start in range(len(told) - len(mask) + 1)
        if told[start : start + len(mask)] == mask
    ]


def _is_inside(masked: list[tuple[int, int]], start: int, end: int) -> bool:
    """True for a run inside a longer public name: "Atikokan" in "Atikokan Helpers"."""
    return any(one <= start and end <= two and end - start < two - one for one, two in masked)


def _counts(words: list[Word], start: int, end: int, kind: Kind) -> bool:
    if kind == "town" and _is_another(words, start, end):
        return False
    if end - start > 1:
        return words[start].text not in _ARTICLES or words[start + 1].is_capital
    word = words[start]
    if word.text in ORDINARY:
        return word.is_capital and not is_in_list(words, start)
    return word.is_capital or len(word.text) >= _SURE


def _tells_people(words: list[Word], masked: list[tuple[int, int]], names: Names) -> bool:
    """True for the people of a town, or its plural: "Atikokans", "les Wawaites", "familles atikokanaises"."""
    for end, last in enumerate(words, 1):
        for stem, is_french in people_of(last.text) if len(last.text) > SHORTEST else ():
            for start in range(max(0, end - MOST_WORDS), end):
                before = [word.text for word in words[start : end - 1]]
                is_written = words[start].is_capital or (is_french and len(stem) >= _SURE)
                is_common = not before and stem in ORDINARY
                if not is_written or is_common or _is_inside(masked, start, end):
                    continue
                if names.kind_of(key_of([*before, stem])) == "town" and not _is_another(words, start, end):
                    return True
    return False


def _is_another(words: list[Word], start: int, end: int) -> bool:
    """True for a county, a region or a road that bears the name: nothing stands between the two but "of"."""
    behind = words[end] if end < len(words) and not words[end].is_parted else NOTHING
    place = start - 1
    while place >= 0 and words[place].text in _OF:
        place -= 1
    is_one = place >= 0 and not any(word.is_parted for word in words[place + 1 : start + 1])
    before = words[place] if is_one else NOTHING
    if before.text in _COUNTIES or before.text in _ROADS_BEFORE:
        return True
    if before.text in _REGIONS and before.is_capital and place < start - 1:
        return True
    if place > 0 and words[place - 1].text == "regional" and before.text in ("municipality", "district"):
        return True
    if behind.text in _COUNTIES or (behind.text in _REGIONS and behind.is_capital):
        return True
    return behind.text in _ROADS_BEHIND and behind.is_capital


def _is_glued(token: str, names: Names) -> bool:
    """A name within an address of the web or a word in one: "atikokanhouse.example", "#AtikokanHouse"."""
    is_address = not _ADDRESS.isdisjoint(token)
    for piece in _TOKEN.findall(token):
        letters = "".join(fold(piece).split())[:_MOST_GLUED]
        if not _LETTERS.search(letters):
            continue
        for start in range(len(letters)):
            for end in range(start + _SHORTEST_GLUED, min(start + _LONGEST_GLUED, len(letters)) + 1):
                if _is_name(letters[start:end], names):
                    return True
        if is_address and _is_name(letters, names):
            return True
    return False


def _is_name(part: str, names: Names) -> bool:
    """True for a name that means nothing else and isn't public."""
    return part not in ORDINARY and bool(names.kind_of(part)) and part not in names.told_by_own
