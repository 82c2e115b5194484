"""What a map may say of where things are: how finely a point is told, how wide an area is, which names are written.

A point is told no finer than the public page tells the place: to the block where it tells a street, to a kilometre
otherwise. What has no exact point is an area around its public point, protected or not: nobody sees which.
"""

from collections.abc import Iterable, Sequence
from math import cos, radians

from directory.rules.place_grid import flat_kilometres
from directory.rules.places import Place

Point = tuple[float, float]
"""Degrees north, degrees east."""

Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""

TO_A_BLOCK, TO_A_KILOMETRE = 3, 2
"""Digits after the point of degrees: about 100 m, and about 1 km."""

MOST_NAMES = 40
VIEWS = (5, 20, 1000)
"""How many of the nearest a reader may look at: some, a page, all. Each view has names of its own."""

_AROUND = 0.25
"""By what share of its height and width a view reaches beyond its points, with as many degrees at least."""

_SIDE_BY_SIDE = (5, 10, 20)
"""So many names stand side by side in a view: few far apart first, more between them while there may be more."""


def told_point(point: Point, *, is_exact: bool, has_street: bool) -> Point:
    """The point as the map tells it. `has_street`: the public page tells its street."""
    digits = TO_A_BLOCK if is_exact and has_street else TO_A_KILOMETRE
    return round(point[0], digits), round(point[1], digits)


def view_of(points: Sequence[Point]) -> Box:
    """What is seen of a map that shows `points`, with some room around. Raises ValueError without any."""
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    high, wide = max(_AROUND, (north - south) * _AROUND), max(_AROUND, (east - west) * _AROUND)
    return south - high, west - wide, north + high, east + wide


def _is_in(place: Place, view: Box) -> bool:
    return view[0] <= place.latitude <= view[2] and view[1] <= place.longitude <= view[3]


def _breadth(view: Box) -> float:
    """Kilometres across, the longer way."""
    middle = radians((view[0] + view[2]) / 2)
    return 111.2 * max(view[2] - view[0], (view[3] - view[1]) * cos(middle))


def names_in(view: Box, largest_first: Iterable[Place], most: int) -> list[Place]:
    """The largest places of a view, spread over it: at most `most`."""
    inside = [place for place in largest_first if _is_in(place, view)]
    found: list[Place] = []
    for names in _SIDE_BY_SIDE:
        apart = _breadth(view) / names
        for place in inside:
            if len(found) == most:
                return found
            if all(flat_kilometres(p.latitude, p.longitude, place) >= apart for p in found):
                found.append(place)
    return found


def names_around(points: Sequence[Point], places: Iterable[Place]) -> list[Place]:
    """The places whose names a map of `points`, the nearest first, writes: at most 40, the largest first."""
    if not points:
        return []
    ranked = sorted(places, key=lambda p: (-p.population, p.id))
    views = dict.fromkeys(view_of(points[:nearest]) for nearest in VIEWS)
    found: dict[int, Place] = {}
    for done, view in enumerate(views):
        share = (MOST_NAMES - len(found)) // (len(views) - done)
        found |= {
            place.id: place for place in names_in(view, (p for p in ranked if p.id not in found), share)
        }
    return sorted(found.values(), key=lambda p: (-p.population, p.id))
