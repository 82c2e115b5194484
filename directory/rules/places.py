"""Finding the place that somebody means by a few typed characters.

A name, a postal code or its first three characters, or a rounded position. Nothing here guesses
quietly: a spelling that was corrected says so, and two places of one name are offered, unless one
has ten times the people of the next. A wrong place is worse than a question.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from directory.rules.place_answers import (
    MOST_OFFERED,
    Choice,
    Found,
    NotFound,
    Place,
    Resolution,
    RuralPostalCode,
    apart,
    asked,
    dominates,
    either,
    is_same,
    places_of,
    rank,
    settle,
    within,
)
from directory.rules.place_beginnings import Beginnings
from directory.rules.place_grid import Grid, flat_kilometres
from directory.rules.place_names import (
    is_numbered,
    joined,
    of_a_nation,
    other_names,
    parts,
    place_key,
    spelled_out,
    split_province,
    without_surroundings,
    without_title,
    without_wide_title,
)
from directory.rules.place_postal import CITY, forward_area, is_postal_letter, leading_code, trailing_code
from directory.rules.place_quarters import Quarters, city_around
from directory.rules.place_slips import Slips
from directory.rules.place_twins import FARTHEST_KM, SMALL, landmark_of, nearest_to, told_by
from directory.rules.province_names import province_letters

__all__ = ["Choice", "Found", "Gazetteer", "NotFound", "Place", "Resolution", "RuralPostalCode", "place_key"]

LONGEST_QUERY = 200
# People that a place needs before a slip is taken for it unasked: by (edits, whether its province was typed too).
_TAKEN_UNASKED = {(1, False): 50_000, (1, True): 3_000, (2, False): 50_000, (2, True): 50_000}

_POSITION = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]*)?)(?:\s*[,;]\s*|\s+)([+-]?[0-9]{1,3}(?:\.[0-9]*)?)")
_OF_ONE_PLACE_KM = 60.0
"""How far a postal area's point may lie from a community of whose addresses it is."""
_IN_CANADA = re.compile(r"[\s,]+canada\W*$", re.IGNORECASE)


class Gazetteer:
    """The known places, in memory, built once; `resolve` reads a person's words."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._postal: dict[str, Place] = {}
        self._named: dict[str, list[Place]] = {}
        self._also_called: dict[str, list[Place]] = {}
        self.communities: Grid[Place] = Grid(())
        self._towns: list[Place] = []
        self._landmarks: dict[int, Place | None] = {}
        self._beginnings = Beginnings()
        self._cities: list[Place] = []
        self._around: dict[int, Place | None] = {}
        self.zones: set[str] = set()
        for place in places:
            if place.kind == "postal_area":
                self._add_postal_area(place)
            elif place.kind == "community":
                self._add_community(place)
        self._slips = Slips(self._named)
        self._quarters = Quarters(self._postal.values(), self._town_of)
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
        self._beginnings.add(place)
        if place.population >= SMALL:
            self._towns.append(place)
        if place.population >= CITY:
            self._cities.append(place)
        own = {place_key(place.name), place_key(place.name_fr)} - {""}
        for key in own:
            self._named.setdefault(key, []).append(place)
        others = (
            *place.alternates,
            *other_names((place.name, place.name_fr, *place.alternates), MOST_OFFERED),
        )
        for key in set(map(place_key, others)) - own - {""}:
            self._also_called.setdefault(key, []).append(place)

    def called(self, name: str) -> tuple[Place, ...]:
        """Return the communities whose own name this is, in English or French, the largest first."""
        return tuple(sorted(self._named.get(place_key(_IN_CANADA.sub("", name)), ()), key=rank))

    def rural_areas(self, province: str) -> tuple[Place, ...]:
        """Return the postal areas of a province whose codes are rural."""
        return tuple(p for code, p in self._postal.items() if code[1] == "0" and p.province == province)

    def _town_of(self, key: str, province: str) -> Place | None:
        return min(within(self._named.get(key, ()), province), key=rank, default=None)

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
        if leading_code(plain)[1] and (found := self._resolve_with_code(plain)):
            return found
        found = self._resolve_name(plain)
        if isinstance(found, NotFound) and found.reason == "unknown":
            return self._resolve_with_code(plain) or found
        return found

    def nearest(self, latitude: float, longitude: float) -> Place | None:
        """Return the nearest community of a point in degrees; None if no community is known."""
        return self.communities.nearest(latitude, longitude)

    def landmark(self, place: Place) -> Place | None:
        """Return the larger place that tells where `place` is: from another of its name, or as a quarter of a city.

        None if there is none.
        """
        key = place_key(place.name)
        named = within(self._named.get(key, ()), place.province)
        twins = [twin for twin in named if not is_same(twin, place)]
        if twins and place.id not in self._landmarks:
            towns = ((town.population, town) for town in self._towns if place_key(town.name) != key)
            self._landmarks[place.id] = landmark_of(place, twins, towns)
        return self._landmarks[place.id] if twins else self._city_around(place)

    def _city_around(self, place: Place) -> Place | None:
        """Return the city that a community is a quarter of."""
        if place.kind == "community" and place.id not in self._around:
            self._around[place.id] = city_around(place, self._cities)
        return self._around.get(place.id)

    def _resolve_twin(self, plain: str) -> Found | None:
        """Read "Vanier (Ottawa), ON": of the places of that name, the one that is near the other."""
        if not (told := told_by(plain)):
            return None
        key, town = place_key(told[0]), self._resolve_name(told[1])
        readings: list[tuple[str, str | None]] = [(key, None), *split_province(key)]
        named = next((p for name, prov in readings if (p := within(self._named.get(name, ()), prov))), [])
        if not named or not isinstance(town, Found | Choice):
            return None
        landmark = places_of(town)[0]
        place = nearest_to(landmark, named)
        if flat_kilometres(landmark.latitude, landmark.longitude, place) > FARTHEST_KM:
            return None
        return Found(place, tuple(apart(p for p in named if not is_same(p, place))[:MOST_OFFERED]))

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
        unique = dict.fromkeys(place for answer in found for place in places_of(answer))
        return tuple(unique)[:MOST_OFFERED]

    def _resolve_with_code(self, plain: str) -> Resolution | None:
        """Read "Kingston ON K7L 3N6": the code's own point if it is one, else the name beside it.

        Where both are known and lie apart, one is a mistake: a question.
        """
        whole = _IN_CANADA.sub("", plain)
        if code := forward_area(whole):
            return self._resolve_postal(code)
        beside, code = trailing_code(whole)
        if not code:
            beside, code = leading_code(whole)
        if not code:
            return None
        area = self._resolve_postal(code)
        name = self._resolve_name(beside) if beside else NotFound()
        if not isinstance(name, Found | Choice):
            return area
        if not isinstance(area, Found):
            return name
        return area if self._agree(area.place, name) else either(area.place, name)

    def _agree(self, area: Place, name: Found | Choice) -> bool:
        """Say whether a postal area may be of a place that was named beside it, or of one that was only guessed."""
        told = {place.id for place in self._told_by(area)}
        return name.corrected or any(
            place.id in told or flat_kilometres(area.latitude, area.longitude, place) <= _OF_ONE_PLACE_KM
            for place in places_of(name)
            if place.province == area.province
        )

    def _resolve_name(self, text: str) -> Resolution:
        key = place_key(text)
        if " " in key:
            key = key.removesuffix(" canada")
        if not key:
            return NotFound("blank")
        readings = list(split_province(key))
        every: list[tuple[str, str | None]] = [(key, None), *readings]
        if found := self._literal(every) or self._spelled_out(key):
            return self._or_quarter(found, every)
        if found := self._loose(text, every) or self._of_quarter(every) or self._doubtful(key, readings):
            return found
        return self._beginnings.question(every) or NotFound()

    def _literal(self, readings: list[tuple[str, str | None]]) -> Found | Choice | None:
        """Return what the words name as they stand, but for spaces and "city of"."""
        for name, province in readings:
            if found := self._exact(name, province):
                return found
        for name, province in readings:
            if found := self._spaced(name, province) or self._exact(without_title(name), province):
                return found
        return None

    def _spelled_out(self, key: str) -> Found | Choice | None:
        """Return what "Ft. Nelson" or "Mt Royal" names once its first word is whole; a question if several do."""
        read = [self._literal([(name, None), *split_province(name)]) for name in spelled_out(key)]
        found = [answer for answer in read if answer]
        places = tuple(dict.fromkeys(place for answer in found for place in places_of(answer)))
        return found[0] if len(found) == 1 else Choice(places[:MOST_OFFERED]) if found else None

    def _or_quarter(self, found: Found | Choice, readings: list[tuple[str, str | None]]) -> Found | Choice:
        """Ask about "Saint-Boniface" of a thousand people, where a city has a quarter of that name.

        And about a quarter of a city, where its name alone may mean another place: "Niagara" of Toronto.
        """
        if isinstance(found, Choice):
            cities = self._beginnings.towns(readings, above=CITY - 1)
            return replace(found, places=tuple(dict.fromkeys((*found.places, *cities)))[:MOST_OFFERED])
        quartered = [
            c for name, province in readings for c in self._quarters.larger_than(found.place, name, province)
        ]
        also = quartered or (self._also_meant(found, readings) if self._city_around(found.place) else [])
        places = tuple(dict.fromkeys((found.place, *also, *found.others)))
        if also:
            return Choice(places[:MOST_OFFERED], corrected=found.corrected)
        larger = self._beginnings.towns(readings, above=found.place.population)
        return replace(found, others=tuple(dict.fromkeys((*found.others, *larger)))[:MOST_OFFERED])

    def _also_meant(self, found: Found, readings: list[tuple[str, str | None]]) -> list[Place]:
        """Return places of a quarter's name, and towns whose name begins with it."""
        key = place_key(found.place.name)
        provinces = {province for name, province in readings if name == key}
        twins = [place for place in found.others if place_key(place.name) == key]
        towns = self._beginnings.towns([(key, None)])
        apart = [town for town in towns if self._city_around(town) is None]
        return [p for p in (*twins, *apart) if None in provinces or p.province in provinces]

    def _of_quarter(self, readings: list[tuple[str, str | None]]) -> Choice | None:
        """Ask about the city of a quarter that is no place of its own: "St. Vital"."""
        cities = [city for name, province in readings for city in self._quarters.cities(name, province)]
        return Choice(tuple(dict.fromkeys(cities))[:MOST_OFFERED], corrected=True) if cities else None

    def _loose(self, text: str, readings: list[tuple[str, str | None]]) -> Found | Choice | None:
        """Return what a part of the words names: a nation's community, a city's surroundings, one of two names."""
        for name, province in readings:
            if found := self._of_nation(of_a_nation(name), province):
                return found
        for name, province in readings:
            if found := self._exact(bare := without_wide_title(name), province):
                return asked(self._or_quarter(found, [(bare, province)]))
        for name, province in readings:
            if found := self._exact(bare := without_surroundings(name), province):
                return self._or_quarter(replace(found, corrected=True), [(bare, province)])
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
                return asked(found)
        return None

    def _exact(self, key: str, province: str | None = None) -> Found | Choice | None:
        named = within(self._named.get(key, ()), province)
        return settle(named, within(self._also_called.get(key, ()), province))

    def _spaced(self, key: str, province: str | None) -> Found | Choice | None:
        """Return what bears the name with its spaces elsewhere; nothing if two names do."""
        whole = joined(key)
        keys = [whole] if whole != key and (whole in self._named or whole in self._also_called) else []
        found = [
            answer for k in (*keys, *self._joined.get(whole, ())) if (answer := self._exact(k, province))
        ]
        return found[0] if len({places_of(answer)[0] for answer in found}) == 1 else None

    def _of_nation(self, bare: str, province: str | None) -> Found | Choice | None:
        """Return reserves of that name, else ask about a town of it, which may lie elsewhere altogether."""
        places = [*self._named.get(bare, ()), *self._also_called.get(bare, ())]
        reserves = within(filter(lambda p: is_numbered(p.name), places), province)
        if reserves:
            return settle(reserves, [])
        found = self._exact(bare, province)
        return asked(found) if found else None

    def _of_parts(self, text: str) -> Found | Choice | None:
        """Ask which of "Ottawa-Gatineau" is meant, or about the town of "12 Oak Street, Kingston, ON"."""
        keys, need_all = parts(text)
        province = province_letters(keys[-1]) if keys else ""
        keys = keys[:-1] if province else keys
        read = [self._literal([(key, province or None), *split_province(key)]) for key in keys]
        found = [answer for answer in read if answer]
        if not found or not read[-1] or (need_all and not all(read)):
            return None
        firsts = tuple(dict.fromkeys(places_of(answer)[0] for answer in found))
        if len(firsts) == 1 and len(found) == len(keys) > 1:
            return Found(firsts[0])
        return Choice(firsts[:MOST_OFFERED], corrected=True)

    def _elsewhere(self, name: str, province: str) -> Found | Choice | None:
        """Return what was meant if no place of this name lies in the province that was typed."""
        mended = self._mended(name, province)
        if not (far := self._exact(name)):
            return mended
        near = () if mended is None else places_of(mended)
        return Choice((near + places_of(far))[:MOST_OFFERED], corrected=True)

    def _mended(self, key: str, province: str | None = None) -> Found | Choice | None:
        """Return the places whose own name is a typo away; only one name may be chosen."""
        close = [(away, n) for away, n in self._slips.near(key) if within(self._named[n], province)]
        ranked = [apart(within(self._named[name], province)) for _, name in close]
        unique = tuple(dict.fromkeys(place for places in ranked for place in places))
        if not unique:
            return None
        first, is_one_name = unique[0], len(close) == 1
        is_one = len(unique) == 1 or (is_one_name and dominates(first, unique[1]))
        if is_one and first.population >= _TAKEN_UNASKED[close[0][0], province is not None]:
            return Found(first, unique[1 : 1 + MOST_OFFERED], corrected=True)
        return Choice(unique[:MOST_OFFERED], corrected=True)
