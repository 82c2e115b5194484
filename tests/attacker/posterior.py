"""What an attacker believes: of each protected place every spot of its published area, until an answer rules some out.

An answer that the area's one public point explains rules out nothing: it is given for every place of the area. Any
other was worked out from something else, and leaves the spots that agree with it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from directory.rules.areas import PublishedArea, areas_of
from directory.rules.places import Place
from tests.attacker.earth import Point, around, centre, kilometres

SLACK = 0.06
"""Kilometres by which the attacker's own reckoning may be off."""
WIDEST, MOST_CLUES = 200.0, 40
"""Kilometres around the middle of an area, and clues, with which a guess is made: more would change little."""
IN_A_CITY, IN_A_VILLAGE = 60, 7
"""Spots that are thought of in the area's own community, and in each other one."""


class Clue(NamedTuple):
    """What one answer tells of one place: by which channel, whether the public point explains it, and which spots
    agree with it.
    """

    channel: str
    is_explained: bool
    allows: Callable[[Point], bool]


def _inside(point: Point, origin: Point, least: float, most: float, slack: float) -> bool:
    return least - slack <= kilometres(origin, point) <= most + slack


def ring(channel: str, public: Point, origin: Point, least: float, most: float, slack: float = SLACK) -> Clue:
    """It is told to lie between so many kilometres of `origin`."""

    def allows(point: Point) -> bool:
        return _inside(point, origin, least, most, slack)

    return Clue(channel, allows(public), allows)


def at(channel: str, public: Point, told: Point, within: float) -> Clue:
    """It is told to be at a point, as exactly as so many kilometres."""
    return ring(channel, public, told, 0, within)


def cut(channel: str, public: Point, origin: Point, limits: tuple[float, float], *, is_inside: bool) -> Clue:
    """It was found, or not, by a radius of limits[0] kilometres that of what has no door reaches to limits[1].

    Too near to the edge to tell, the public point explains either. Who leaks may have taken either of the limits.
    """
    far = kilometres(origin, public)
    is_explained = abs(far - limits[1]) <= SLACK or (far < limits[1]) == is_inside

    def allows(point: Point) -> bool:
        away = kilometres(origin, point)
        return away <= limits[1] + SLACK if is_inside else away >= limits[0] - SLACK

    return Clue(channel, is_explained, allows)


def cut_roughly(
    channel: str, public: Point, origin: Point, km: float, *, is_inside: bool, by: float = 1.0
) -> Clue:
    """As `cut`, by a radius whose middle is known to `by` kilometres alone."""

    def allows(point: Point) -> bool:
        far = kilometres(origin, point)
        return far <= km + by if is_inside else far >= km - by

    return Clue(channel, allows(public), allows)


def anywhere(channel: str, *, is_explained: bool) -> Clue:
    """Something that should not differ, though it tells no spot by itself."""
    return Clue(channel, is_explained, lambda _: True)


def near_to(channel: str, town: Place, *, is_explained: bool) -> Clue:
    """It has to do with a town."""
    middle = town.latitude, town.longitude
    return Clue(channel, is_explained, lambda point: kilometres(middle, point) <= 15)


@dataclass(slots=True)
class Posterior:
    """Of one place: its area's public point, the spots where it may be, and the clues that rule some of them out."""

    public: Point
    prior: tuple[Point, ...]
    clues: list[Clue] = field(default_factory=list)
    heard: int = 0

    def hear(self, clue: Clue) -> None:
        """Take an answer into account."""
        self.heard += 1
        if not clue.is_explained:
            self.clues.append(clue)

    @property
    def is_the_area(self) -> bool:
        """True as long as nothing was learnt beyond the published area."""
        return not self.clues

    @property
    def channels(self) -> set[str]:
        """Those that told more."""
        return {clue.channel for clue in self.clues}

    def spots(self) -> list[Point]:
        """Those that agree with most of what was heard, looked for more and more closely; all if nothing was learnt."""
        if not self.clues:
            return list(self.prior)
        middle = centre(list(self.prior))
        wide = min(WIDEST, 5 + max(kilometres(middle, point) for point in self.prior))
        best = self._best([*self.prior, *around(middle, wide, 1500)])
        for near in (wide / 20, wide / 60):
            some = best[:: max(1, len(best) // 8)]
            best = self._best([*best, *(spot for point in some for spot in around(point, near, 80))])
        return best

    def _best(self, points: list[Point]) -> list[Point]:
        """Of these the ones that most clues agree with."""
        agreeing = [sum(clue.allows(point) for clue in self.clues[:MOST_CLUES]) for point in points]
        best = max(agreeing)
        return [point for point, count in zip(points, agreeing, strict=True) if count == best]

    def estimate(self) -> Point:
        """The best guess: the area's public point if nothing was learnt."""
        return centre(self.spots()) if self.clues else self.public


class Atlas:
    """What everybody can look up: the published areas (docs/adr/0027) and who lives in them."""

    def __init__(self, places: Iterable[Place]) -> None:
        communities = [place for place in places if place.kind == "community"]
        found = areas_of(communities)
        self._areas = {area.slug: area for area in found.areas}
        told = Counter((area.name, area.province) for area in found.areas)
        self._named = {(a.name, a.province): a for a in found.areas if told[a.name, a.province] == 1}
        self.members: dict[str, list[Place]] = {}
        for place in communities:
            self.members.setdefault(found.area_of[place.id], []).append(place)
        self._spots: dict[str, tuple[Point, ...]] = {}

    def named(self, name: str | None, province: str | None) -> PublishedArea | None:
        """The area that an English answer names as a place; None for a community, or where two areas share a name."""
        return self._named.get((name or "", province or ""))

    def area(self, slug: str) -> PublishedArea:
        """By its slug."""
        return self._areas[slug]

    @property
    def areas(self) -> list[PublishedArea]:
        """All that can be told by their names."""
        return list(self._named.values())

    def posterior(self, area: PublishedArea) -> Posterior:
        """What is believed of a place before anything is asked."""
        if area.slug not in self._spots:
            self._spots[area.slug] = tuple(self._thought_of(area))
        return Posterior(point_of(area), self._spots[area.slug])

    def _thought_of(self, area: PublishedArea) -> list[Point]:
        return [
            spot
            for place in self.members[area.slug]
            for spot in around(
                (place.latitude, place.longitude),
                min(15.0, 0.5 + place.population**0.5 / 75),
                IN_A_CITY if (place.latitude, place.longitude) == point_of(area) else IN_A_VILLAGE,
            )
        ]


def point_of(area: PublishedArea) -> Point:
    """The one point that is public."""
    return area.latitude, area.longitude
