"""Finding the place that somebody means by a few typed characters.

A name, a postal code or its first three characters, or a rounded position. Nothing here guesses
quietly: a spelling that was corrected says so, and two places of one name are offered, unless one
has ten times the people of the next.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Literal

from directory.rules.text import fold

LONGEST_QUERY = 200
MOST_OFFERED = 8
DOMINANCE = 10
# GeoNames writes 0 for a population that it does not know, which is not a small one.
_UNKNOWN_POPULATION_COUNTS_AS = 1000

_POSTAL = re.compile(r"([A-Z][0-9][A-Z])(?:[0-9][A-Z][0-9])?")
_POSTAL_FIRST_LETTERS = frozenset("ABCEGHJKLMNPRSTVXY")
_POSITION = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]*)?)(?:\s*[,;]\s*|\s+)([+-]?[0-9]{1,3}(?:\.[0-9]*)?)")

# Codes, names and usual short forms, English and French, as `fold` leaves them.
_PROVINCE_WORDS = {
    "AB": "ab|alberta|alta",
    "BC": "bc|british columbia|colombie britannique|cb",
    "MB": "mb|manitoba|man",
    "NB": "nb|new brunswick|nouveau brunswick",
    "NL": "nl|newfoundland and labrador|newfoundland labrador|newfoundland|labrador|nfld"
    "|terre neuve et labrador|terre neuve|tnl",
    "NS": "ns|nova scotia|nouvelle ecosse|ne",
    "NT": "nt|northwest territories|territoires du nord ouest|nwt|tno",
    "NU": "nu|nunavut",
    "ON": "on|ontario|ont",
    "PE": "pe|prince edward island|ile du prince edouard|pei|ipe",
    "QC": "qc|quebec|que|pq",
    "SK": "sk|saskatchewan|sask",
    "YT": "yt|yukon|yukon territory|territoire du yukon|yk",
}


def _province_names() -> dict[str, str]:
    """Return folded name to code; short codes also as typed with points ("b c")."""
    names = {}
    for code, words in _PROVINCE_WORDS.items():
        for word in words.split("|"):
            names[word] = code
            if len(word) <= 3:
                names[" ".join(word)] = code
    return names


_PROVINCES = _province_names()


@dataclass(frozen=True, slots=True)
class Place:
    """A community, a postal area or a position; degrees in WGS84, `zone` an IANA name.

    `province` is its two letters. A postal area's `name` (or one of its `alternates`) is its first
    three characters, "K7L". A population of 0 is unknown. A position has `id` 0 and is in no list.
    """

    id: int
    name: str
    name_fr: str
    province: str
    latitude: float
    longitude: float
    population: int
    zone: str
    kind: Literal["community", "postal_area", "position"]
    alternates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One place. `others` bear the same name; `corrected` says that the spelling was mended."""

    place: Place
    others: tuple[Place, ...] = ()
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Several places, the likeliest first, at most 8: the person has to say which."""

    places: tuple[Place, ...]
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class RuralPostalCode:
    """A postal code of a rural area, which is no point: ask for the community's name.

    `code` is its first three characters; `place` the postal area, if it is known.
    """

    code: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing, and why."""

    reason: Literal["blank", "unknown", "bad_postal_code", "outside_canada"] = "unknown"


Resolution = Found | Choice | NotFound | RuralPostalCode

_SAINTS = {"saint": "st", "st": "st", "sainte": "ste", "ste": "ste"}


def place_key(text: str) -> str:
    """Return `text` folded for looking places up.

    "Saint" equals "St", "Sainte" equals "Ste", and a possessive s joins its word, so that
    "St. John's" equals "st johns" and stays apart from "Saint John".
    """
    words: list[str] = []
    for word in fold(text).split():
        if word == "s" and words:
            words[-1] += word
        else:
            words.append(_SAINTS.get(word, word))
    return " ".join(words)


def _fixed_words(key: str) -> list[str]:
    """Return the words that a typo must not touch: numbers and saints tell places apart."""
    return [w for w in key.split() if w in ("st", "ste") or any(map(str.isdigit, w))]


def _allowed_edits(key: str) -> int:
    """Return how many typos a name may hold: one from 5 letters on, two from 9 on."""
    fixed = _fixed_words(key)
    letters = sum(len(word) for word in key.split() if word not in fixed)
    return 0 if letters < 5 else 1 if letters < 9 else 2


def _edits(one: str, other: str, most: int) -> int:
    """Return the edits between two keys (optimal string alignment), or `most` + 1 if more.

    An insertion, a deletion, a substitution or a swap of two neighbours is one edit.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


def _split_province(key: str) -> Iterator[tuple[str, str]]:
    """Yield (name, province code) for each way to read the last words as a province."""
    words = key.split()
    for start in range(1, len(words)):
        province = _PROVINCES.get(" ".join(words[start:]))
        if province:
            yield " ".join(words[:start]), province


def _rank(place: Place) -> tuple[int, str, str, int]:
    return (-place.population, place.name, place.province, place.id)


def _dominates(first: Place, second: Place) -> bool:
    """Say whether a place has ten times the people of the next."""
    return first.population >= DOMINANCE * (second.population or _UNKNOWN_POPULATION_COUNTS_AS)


def _settle(named: list[Place], also_called: list[Place]) -> Found | Choice | None:
    """Choose among places of one name; its own name outweighs a name that a place also has."""
    first, rest = (named, also_called) if named else (also_called, [])
    ranked = sorted(first, key=_rank)
    places = ranked + sorted(rest, key=_rank)
    if not places:
        return None
    if len(ranked) == 1 or _dominates(ranked[0], ranked[1]):
        return Found(ranked[0], others=tuple(places[1 : 1 + MOST_OFFERED]))
    return Choice(tuple(places[:MOST_OFFERED]))


def _other_names(place: Place) -> Iterator[str]:
    """Yield other names: alternates, the halves of "A/B", a reserve without its number."""
    yield from place.alternates
    for name in (place.name, place.name_fr):
        yield from name.split("/")[:MOST_OFFERED] if "/" in name else ()
        words = name.split()
        if len(words) > 1 and words[-1][0].isdigit():
            yield " ".join(words[:-1])


def _within(places: Iterable[Place], province: str | None) -> list[Place]:
    return [place for place in places if province in (None, place.province)]


class Gazetteer:
    """The known places, in memory, built once; `resolve` reads a person's words."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._communities: list[Place] = []
        self._postal: dict[str, Place] = {}
        self._named: dict[str, list[Place]] = {}
        self._also_called: dict[str, list[Place]] = {}
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for place in places:
            if place.kind == "postal_area":
                self._add_postal_area(place)
            elif place.kind == "community":
                self._add_community(place)
        for key in self._named:
            self._by_shape.setdefault((key[0], len(key)), []).append(key)

    def _add_postal_area(self, place: Place) -> None:
        for name in (place.name, *place.alternates):
            code = name.strip().upper()
            if len(code) == 3 and _POSTAL.fullmatch(code):
                self._postal.setdefault(code, place)

    def _add_community(self, place: Place) -> None:
        self._communities.append(place)
        own = {place_key(place.name), place_key(place.name_fr)} - {""}
        for key in own:
            self._named.setdefault(key, []).append(place)
        for key in set(map(place_key, _other_names(place))) - own - {""}:
            self._also_called.setdefault(key, []).append(place)

    def resolve(self, text: str) -> Resolution:
        """Return what `text` means; any string is accepted and none raises.

        Reads `lat,lon` in degrees (rounded to 2 decimals, inside Canada's box), a postal code or
        its first three characters, or a name, with or without a province after it. A small typo
        is mended only if nothing bears the typed name, and then `corrected` is True; names that
        differ are never chosen between.
        """
        if len(text) > LONGEST_QUERY:
            return NotFound()
        plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
        if position := _POSITION.fullmatch(plain):
            return self._resolve_position(float(position[1]), float(position[2]))
        if postal := _POSTAL.fullmatch(re.sub(r"[\s-]", "", plain).upper()):
            return self._resolve_postal(postal[1])
        return self._resolve_name(place_key(plain))

    def _resolve_position(self, latitude: float, longitude: float) -> Resolution:
        latitude, longitude = round(latitude, 2), round(longitude, 2)
        if not (41 <= latitude <= 84 and -142 <= longitude <= -52):
            return NotFound("outside_canada")
        nearest = self._nearest(latitude, longitude)
        label = f"{latitude:.2f}, {longitude:.2f}"
        province, zone = (nearest.province, nearest.zone) if nearest else ("", "UTC")
        return Found(Place(0, label, label, province, latitude, longitude, 0, zone, "position", ()))

    def _nearest(self, latitude: float, longitude: float) -> Place | None:
        """Return the nearest community, on a flat map: good enough for a province and a zone."""
        narrowing = cos(radians(latitude)) ** 2

        def apart(place: Place) -> float:
            return (place.latitude - latitude) ** 2 + narrowing * (place.longitude - longitude) ** 2

        return min(self._communities, key=apart, default=None)

    def _resolve_postal(self, code: str) -> Resolution:
        if code[0] not in _POSTAL_FIRST_LETTERS:
            return NotFound("bad_postal_code")
        place = self._postal.get(code)
        if code[1] == "0":
            return RuralPostalCode(code, place)
        return Found(place) if place else NotFound()

    def _resolve_name(self, key: str) -> Resolution:
        if " " in key:
            key = key.removesuffix(" canada")
        if not key:
            return NotFound("blank")
        if exact := self._exact(key):
            return exact
        readings = list(_split_province(key))
        for name, province in readings:
            if found := self._exact(name, province):
                return found
        for name, province in readings:
            if found := self._elsewhere(name, province):
                return found
        return (None if readings else self._mended(key)) or NotFound()

    def _exact(self, key: str, province: str | None = None) -> Found | Choice | None:
        named = _within(self._named.get(key, ()), province)
        return _settle(named, _within(self._also_called.get(key, ()), province))

    def _elsewhere(self, name: str, province: str) -> Found | Choice | None:
        """Return what was meant if no place of this name lies in the province that was typed."""
        mended = self._mended(name, province)
        if not (far := self._exact(name)):
            return mended
        near = () if mended is None else _places_of(mended)
        return Choice((near + _places_of(far))[:MOST_OFFERED], corrected=bool(near))

    def _mended(self, key: str, province: str | None = None) -> Found | Choice | None:
        """Return the places whose own name is a typo away; only one name may be chosen."""
        close = self._close_names(key, province)
        places = [
            place for name in close for place in sorted(_within(self._named[name], province), key=_rank)
        ]
        unique = tuple(dict.fromkeys(places))
        if not unique:
            return None
        if len(unique) == 1 or (len(close) == 1 and _dominates(unique[0], unique[1])):
            return Found(unique[0], unique[1 : 1 + MOST_OFFERED], corrected=True)
        return Choice(unique[:MOST_OFFERED], corrected=True)

    def _close_names(self, key: str, province: str | None) -> list[str]:
        """Return names with the same first letter and few edits, the closest first."""
        most, fixed = _allowed_edits(key), _fixed_words(key)
        lengths = range(len(key) - most, len(key) + most + 1) if most else ()
        found = [
            (edits, name)
            for length in lengths
            for name in self._by_shape.get((key[0], length), ())
            if fixed == _fixed_words(name)
            and _within(self._named[name], province)
            and (edits := _edits(key, name, most)) <= most
        ]
        return [name for _, name in sorted(found)]


def _places_of(answer: Found | Choice) -> tuple[Place, ...]:
    return (answer.place, *answer.others) if isinstance(answer, Found) else answer.places
