"""The nearest place of a point, by cells of a grid: quick among fifty thousand."""

from collections.abc import Iterable, Iterator
from math import cos, floor, radians
from typing import Generic, Protocol, TypeVar

CELL = 0.2
"""Degrees of one side of a cell."""

KILOMETRES_A_DEGREE = 111.2
_FARTHEST_RING = 40


class Point(Protocol):
    """What has a latitude and a longitude in degrees."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


P = TypeVar("P", bound=Point)


def flat_kilometres(latitude: float, longitude: float, point: Point) -> float:
    """Return how far `point` is on a flat map: within 1 % up to 100 km, and in the right order beyond."""
    north = latitude - point.latitude
    east = (longitude - point.longitude) * cos(radians(latitude))
    return KILOMETRES_A_DEGREE * float((north * north + east * east) ** 0.5)


class Grid(Generic[P]):
    """Points by cell; built once, then only read."""

    def __init__(self, points: Iterable[P]) -> None:
        self._cells: dict[tuple[int, int], list[P]] = {}
        self._all: list[P] = []
        for point in points:
            self.add(point)

    def __iter__(self) -> Iterator[P]:
        """Yield every point in the order in which they came."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many points there are."""
        return len(self._all)

    def add(self, point: P) -> None:
        """Know one more."""
        self._all.append(point)
        self._cells.setdefault(_cell(point.latitude, point.longitude), []).append(point)

    def nearest(self, latitude: float, longitude: float) -> P | None:
        """Return the nearest point, the one added first of two equally near; None if there is none at all."""
        narrow = cos(radians(latitude))
        best, away = None, float("inf")  # in square degrees of latitude
        for ring in range(_FARTHEST_RING + 1):
            for point in self._ring(latitude, longitude, ring):
                # The same as flat_kilometres, without a call for each of thousands.
                north, east = latitude - point.latitude, (longitude - point.longitude) * narrow
                if (far := north * north + east * east) < away:
                    best, away = point, far
            if away <= (ring * CELL * narrow) ** 2:
                return best
        return min(self._all, key=lambda p: flat_kilometres(latitude, longitude, p), default=None)

    def within(self, latitude: float, longitude: float, kilometres: float) -> list[P]:
        """Return the points not farther than `kilometres`, 15 at most, the nearest first."""
        around = [point for ring in (0, 1, 2) for point in self._ring(latitude, longitude, ring)]
        found = [(flat_kilometres(latitude, longitude, point), i) for i, point in enumerate(around)]
        return [around[i] for far, i in sorted(found) if far <= kilometres]

    def _ring(self, latitude: float, longitude: float, ring: int) -> Iterator[P]:
        """Yield what lies in the cells at `ring` steps from the point's own."""
        row, column = _cell(latitude, longitude)
        for r in range(row - ring, row + ring + 1):
            step = 1 if abs(r - row) == ring or not ring else 2 * ring
            for c in range(column - ring, column + ring + 1, step):
                yield from self._cells.get((r, c), ())


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return floor(latitude / CELL), floor(longitude / CELL)
