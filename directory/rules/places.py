"""Finding the place that somebody means by a few typed characters.

A name, a postal code or its first three characters, or a rounded position. Nothing here guesses
quietly: a spelling that was corrected says so, and two places of one name are offered, unless one
has ten times the people of the next. A wrong place is worse than a question.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from directory.rules.place_grid import Grid, flat_kilometres
from directory.rules.place_names import (
    is_numbered,
    joined,
    of_a_nation,
    other_names,
    parts,
    place_key,
    province_letters,
    split_province,
    without_surroundings,
    without_title,
    without_wide_title,
)
from directory.rules.place_postal import forward_area, is_postal_letter, trailing_code
from directory.rules.place_slips import Slips
from directory.rules.place_twins import FARTHEST_KM, SMALL, landmark_of, nearest_to, told_by

LONGEST_QUERY = 200
MOST_OFFERED = 8
DOMINANCE = 10
ONE_PLACE_KM = 15.0
"""Two communities of one name and province that are nearer than this are one place told twice."""
# GeoNames writes 0 for a population that it does not know, which is not a small one.
_UNKNOWN_POPULATION_COUNTS_AS = 1000
# People that a place needs before a slip is taken for it unasked: by (edits, whether its province was typed too).
_TAKEN_UNASKED = {(1, False): 20_000, (1, True): 3_000, (2, False): 50_000, (2, True): 50_000}

_POSITION = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]*)?)(?:\s*[,;]\s*|\s+)([+-]?[0-9]{1,3}(?:\.[0-9]*)?)")


@dataclass(frozen=True, slots=True)
class Place:
    """A community, a postal area or a position; degrees in WGS84, `zone` an IANA name.

    `province` is its two letters. A postal area's `name` (or one of its `alternates`) is its first
    three characters, "K7L"; its other alternates name its locality. A population of 0 is unknown. A position has
    `id` 0 and is in no list. `is_unsure`: the point may be many kilometres off, so that no distance is told from it.
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
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One place. `others` bear the same name; `corrected`: the spelling was mended, or not all was understood."""

    place: Place
    others: tuple[Place, ...] = ()
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Several places, the likeliest first, at most 8: the person has to say which. One alone is a question too."""

    places: tuple[Place, ...]
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class RuralPostalCode:
    """A postal code that is no point: ask for the community's name.

    `code` is its first three characters; `place` the postal area, if it is known. `reason`: a rural area is wide, and
    of an "unsure" one the point is doubtful. `named` are communities that its locality's name tells.
    """

    code: str
    place: Place | None = None
    reason: Literal["rural", "unsure"] = "rural"
    named: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing, and why."""

    reason: Literal["blank", "unknown", "bad_postal_code", "outside_canada"] = "unknown"


Resolution = Found | Choice | NotFound | RuralPostalCode


def _rank(place: Place) -> tuple[int, str, str, int]:
    return (-place.population, place.name, place.province, place.id)


def _dominates(first: Place, second: Place) -> bool:
    """Say whether a place has ten times the people of the next."""
    return first.population >= DOMINANCE * (second.population or _UNKNOWN_POPULATION_COUNTS_AS)


def _is_same(one: Place, other: Place) -> bool:
    """Say whether two places of one name are one: a neighbourhood told twice, a town and its municipality."""
    return (
        one.province == other.province and flat_kilometres(one.latitude, one.longitude, other) <= ONE_PLACE_KM
    )


def _apart(places: Iterable[Place]) -> list[Place]:
    """Return the first places by rank, more than are ever offered; of those that are one the largest alone."""
    kept: list[Place] = []
    for place in sorted(places, key=_rank):
        if len(kept) <= MOST_OFFERED and not any(_is_same(place, known) for known in kept):
            kept.append(place)
    return kept


def _settle(named: list[Place], also_called: list[Place]) -> Found | Choice | None:
    """Choose among places of one name; its own name outweighs a name that a place also has."""
    first, rest = (named, also_called) if named else (also_called, [])
    ranked = _apart(first)
    places = ranked + sorted(rest, key=_rank)
    if not places:
        return None
    if len(ranked) == 1 or _dominates(ranked[0], ranked[1]):
        return Found(ranked[0], others=tuple(places[1 : 1 + MOST_OFFERED]))
    return Choice(tuple(places[:MOST_OFFERED]))


def _within(places: Iterable[Place], province: str | None) -> list[Place]:
    return [place for place in places if province in (None, place.province)]


def _places_of(answer: Found | Choice) -> tuple[Place, ...]:
    return (answer.place, *answer.others) if isinstance(answer, Found) else answer.places


def _asked(answer: Found | Choice) -> Choice:
    """Turn an answer into a question, where the words hold more than was understood."""
    return Choice(_places_of(answer)[:MOST_OFFERED], corrected=answer.corrected)


class Gazetteer:
    """The known places, in memory, built once; `resolve` reads a person's words."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._postal: dict[str, Place] = {}
        self._named: dict[str, list[Place]] = {}
        self._also_called: dict[str, list[Place]] = {}
        self.communities: Grid[Place] = Grid(())
        self._towns: list[Place] = []
        self._landmarks: dict[int, Place | None] = {}
        self.zones: set[str] = set()
        for place in places:
            if place.kind == "postal_area":
                self._add_postal_area(place)
            elif place.kind == "community":
                self._add_community(place)
        self._slips = Slips(self._named)
        self._joined: dict[str, list[str]] = {}
        for key in {**self._named, **self._also_called}:
            if " " in key:
                self._joined.setdefault(joined(key), []).append(key)

    def _add_postal_area(self, place: Place) -> None:
        for name in (place.name, *place.alternates):
            code = name.strip().upper()
            if len(code) == 3 and forward_area(code) == code:
                self._postal.setdefault(code, place)

    def _add_community(self, place: Place) -> None:
        self.communities.add(place)
        self.zones.add(place.zone)
        if place.population >= SMALL:
            self._towns.append(place)
        own = {place_key(place.name), place_key(place.name_fr)} - {""}
        for key in own:
            self._named.setdefault(key, []).append(place)
        others = (
            *place.alternates,
            *other_names((place.name, place.name_fr, *place.alternates), MOST_OFFERED),
        )
        for key in set(map(place_key, others)) - own - {""}:
            self._also_called.setdefault(key, []).append(place)

    def __len__(self) -> int:
        """How many communities and postal areas are known."""
        return len(self.communities) + len(self._postal)

    def resolve(self, text: str) -> Resolution:
        """Return what `text` means; any string is accepted and none raises.

        Reads `lat,lon` in degrees (rounded to 2 decimals, inside Canada's box), a postal code or
        its first three characters, or a name, with or without a province after it. A small typo
        is mended only if nothing bears the typed name, and then `corrected` is True; names that
        differ are never chosen between, and for a small place a typo is only a question.
        """
        if len(text) > LONGEST_QUERY:
            return NotFound()
        plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
        if position := _POSITION.fullmatch(plain):
            return self._resolve_position(float(position[1]), float(position[2]))
        if code := forward_area(plain):
            return self._resolve_postal(code)
        if twin := self._resolve_twin(plain):
            return twin
        found = self._resolve_name(plain)
        if isinstance(found, NotFound) and found.reason == "unknown":
            return self._resolve_with_code(plain) or found
        return found

    def nearest(self, latitude: float, longitude: float) -> Place | None:
        """Return the nearest community of a point in degrees; None if no community is known."""
        return self.communities.nearest(latitude, longitude)

    def landmark(self, place: Place) -> Place | None:
        """Return the larger place that tells `place` from another of its name and province; None if there is none."""
        key = place_key(place.name)
        named = _within(self._named.get(key, ()), place.province)
        twins = [twin for twin in named if not _is_same(twin, place)]
        if twins and place.id not in self._landmarks:
            towns = ((town.population, town) for town in self._towns if place_key(town.name) != key)
            self._landmarks[place.id] = landmark_of(place, twins, towns)
        return self._landmarks[place.id] if twins else None

    def _resolve_twin(self, plain: str) -> Found | None:
        """Read "Vanier (Ottawa), ON": of the places of that name, the one that is near the other."""
        if not (told := told_by(plain)):
            return None
        key, town = place_key(told[0]), self._resolve_name(told[1])
        readings: list[tuple[str, str | None]] = [(key, None), *split_province(key)]
        named = next((p for name, prov in readings if (p := _within(self._named.get(name, ()), prov))), [])
        if not named or not isinstance(town, Found | Choice):
            return None
        landmark = _places_of(town)[0]
        place = nearest_to(landmark, named)
        if flat_kilometres(landmark.latitude, landmark.longitude, place) > FARTHEST_KM:
            return None
        return Found(place, tuple(_apart(p for p in named if not _is_same(p, place))[:MOST_OFFERED]))

    def _resolve_position(self, latitude: float, longitude: float) -> Resolution:
        latitude, longitude = round(latitude, 2), round(longitude, 2)
        if not (41 <= latitude <= 84 and -142 <= longitude <= -52):
            return NotFound("outside_canada")
        nearest = self.nearest(latitude, longitude)
        label = f"{latitude:.2f}, {longitude:.2f}"
        province, zone = (nearest.province, nearest.zone) if nearest else ("", "UTC")
        return Found(Place(0, label, label, province, latitude, longitude, 0, zone, "position", ()))

    def _resolve_postal(self, code: str) -> Resolution:
        if not is_postal_letter(code[0]):
            return NotFound("bad_postal_code")
        place = self._postal.get(code)
        if code[1] == "0":
            return RuralPostalCode(code, place, "rural", self._told_by(place))
        if place and place.is_unsure:
            return RuralPostalCode(code, place, "unsure", self._told_by(place))
        return Found(place) if place else NotFound()

    def _told_by(self, area: Place | None) -> tuple[Place, ...]:
        """Return the communities that a postal area's locality names, in its province."""
        if area is None:
            return ()
        keys = map(place_key, area.alternates)
        found = [answer for key in keys if (answer := self._exact(key, area.province))]
        unique = dict.fromkeys(place for answer in found for place in _places_of(answer))
        return tuple(unique)[:MOST_OFFERED]

    def _resolve_with_code(self, plain: str) -> Resolution | None:
        """Read "Kingston ON K7L 3N6": the code's own point if it is one, else the name before it."""
        before, code = trailing_code(plain)
        if not code:
            return None
        found = self._resolve_postal(code)
        name = self._resolve_name(before) if before else None
        return found if isinstance(found, Found) or not name or isinstance(name, NotFound) else name

    def _resolve_name(self, text: str) -> Resolution:
        key = place_key(text)
        if " " in key:
            key = key.removesuffix(" canada")
        if not key:
            return NotFound("blank")
        readings = list(split_province(key))
        every: list[tuple[str, str | None]] = [(key, None), *readings]
        return self._literal(every) or self._loose(text, every) or self._doubtful(key, readings) or NotFound()

    def _literal(self, readings: list[tuple[str, str | None]]) -> Found | Choice | None:
        """Return what the words name as they stand, but for spaces and "city of"."""
        for name, province in readings:
            if found := self._exact(name, province):
                return found
        for name, province in readings:
            if found := self._spaced(name, province) or self._exact(without_title(name), province):
                return found
        return None

    def _loose(self, text: str, readings: list[tuple[str, str | None]]) -> Found | Choice | None:
        """Return what a part of the words names: a nation's community, a city's surroundings, one of two names."""
        for name, province in readings:
            if found := self._of_nation(of_a_nation(name), province):
                return found
        for name, province in readings:
            if found := self._exact(without_wide_title(name), province):
                return _asked(found)
        for name, province in readings:
            if found := self._exact(without_surroundings(name), province):
                return replace(found, corrected=True)
        return self._of_parts(text)

    def _doubtful(self, key: str, readings: list[tuple[str, str]]) -> Found | Choice | None:
        """Return what may have been meant: the name in another province, or a slip."""
        if asked := self._of_other_saint([(key, None), *readings]):
            return asked
        for name, province in readings:
            if found := self._elsewhere(name, province):
                return found
        return None if readings else self._mended(key)

    def _of_other_saint(self, readings: list[tuple[str, str | None]]) -> Choice | None:
        """Ask about "Sault Ste. Marie" where "Sault St Marie" was typed; a first word tells two villages apart."""
        for name, province in readings:
            first, *rest = name.split() or [""]
            other = " ".join([first, *({"st": "ste", "ste": "st"}.get(word, word) for word in rest)])
            if other != name and (found := self._exact(other, province)):
                return _asked(found)
        return None

    def _exact(self, key: str, province: str | None = None) -> Found | Choice | None:
        named = _within(self._named.get(key, ()), province)
        return _settle(named, _within(self._also_called.get(key, ()), province))

    def _spaced(self, key: str, province: str | None) -> Found | Choice | None:
        """Return what bears the name with its spaces elsewhere; nothing if two names do."""
        whole = joined(key)
        keys = [whole] if whole != key and (whole in self._named or whole in self._also_called) else []
        found = [
            answer for k in (*keys, *self._joined.get(whole, ())) if (answer := self._exact(k, province))
        ]
        return found[0] if len({_places_of(answer)[0] for answer in found}) == 1 else None

    def _of_nation(self, bare: str, province: str | None) -> Found | Choice | None:
        """Return reserves of that name, else ask about a town of it, which may lie elsewhere altogether."""
        places = [*self._named.get(bare, ()), *self._also_called.get(bare, ())]
        reserves = _within(filter(lambda p: is_numbered(p.name), places), province)
        if reserves:
            return _settle(reserves, [])
        found = self._exact(bare, province)
        return _asked(found) if found else None

    def _of_parts(self, text: str) -> Found | Choice | None:
        """Ask which of "Ottawa-Gatineau" is meant, or about the town of "12 Oak Street, Kingston, ON"."""
        keys, need_all = parts(text)
        province = province_letters(keys[-1]) if keys else ""
        keys = keys[:-1] if province else keys
        read = [self._literal([(key, province or None), *split_province(key)]) for key in keys]
        found = [answer for answer in read if answer]
        if not found or not read[-1] or (need_all and not all(read)):
            return None
        firsts = tuple(dict.fromkeys(_places_of(answer)[0] for answer in found))
        if len(firsts) == 1 and len(found) == len(keys) > 1:
            return Found(firsts[0])
        return Choice(firsts[:MOST_OFFERED], corrected=True)

    def _elsewhere(self, name: str, province: str) -> Found | Choice | None:
        """Return what was meant if no place of this name lies in the province that was typed."""
        mended = self._mended(name, province)
        if not (far := self._exact(name)):
            return mended
        near = () if mended is None else _places_of(mended)
        return Choice((near + _places_of(far))[:MOST_OFFERED], corrected=bool(near))

    def _mended(self, key: str, province: str | None = None) -> Found | Choice | None:
        """Return the places whose own name is a typo away; only one name may be chosen."""
        close = [(away, n) for away, n in self._slips.near(key) if _within(self._named[n], province)]
        ranked = [_apart(_within(self._named[name], province)) for _, name in close]
        unique = tuple(dict.fromkeys(place for places in ranked for place in places))
        if not unique:
            return None
        first, is_one_name = unique[0], len(close) == 1
        is_one = len(unique) == 1 or (is_one_name and _dominates(first, unique[1]))
        if is_one and first.population >= _TAKEN_UNASKED[close[0][0], province is not None]:
            return Found(first, unique[1 : 1 + MOST_OFFERED], corrected=True)
        return Choice(unique[:MOST_OFFERED], corrected=True)
