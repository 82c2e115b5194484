"""Where things are on the earth, as anybody can work it out with a formula from a book."""

from functools import lru_cache
from math import asin, atan, cos, degrees, pi, radians, sin, sqrt, tan

Point = tuple[float, float]
"""Degrees north, degrees east (WGS 84)."""

AXIS, FLATTENING = 6378.137, 1 / 298.257223563
GOLDEN = pi * (3 - sqrt(5))


@lru_cache(maxsize=65_536)
def _reduced(latitude: float) -> tuple[float, float, float]:
    """The parametric latitude, its sine and its cosine."""
    beta = atan((1 - FLATTENING) * tan(radians(latitude)))
    return beta, sin(beta), cos(beta)


def kilometres(here: Point, there: Point) -> float:
    """Between two points of the ellipsoid, by Lambert's formula for long lines: some ten metres off at most."""
    (one, _, cos_one), (two, _, cos_two) = _reduced(here[0]), _reduced(there[0])
    half = sin((two - one) / 2) ** 2 + cos_one * cos_two * sin(radians(there[1] - here[1]) / 2) ** 2
    if half < 1e-16:
        return 0.0
    sigma = 2 * asin(min(1.0, sqrt(half)))
    middle, apart = (one + two) / 2, (two - one) / 2
    x = (sigma - sin(sigma)) * (sin(middle) * cos(apart)) ** 2 / (1 - half)
    y = (sigma + sin(sigma)) * (cos(middle) * sin(apart)) ** 2 / half
    return AXIS * (sigma - FLATTENING / 2 * (x + y))


def moved(point: Point, north: float, east: float) -> Point:
    """The point so many kilometres further north and east, near enough for a few hundred."""
    latitude = point[0] + degrees(north / 6371)
    return latitude, point[1] + degrees(east / 6371) / cos(radians(point[0]))


def around(middle: Point, radius: float, count: int) -> list[Point]:
    """`count` points spread evenly over a disc of so many kilometres, the middle first."""
    return [
        moved(middle, reach * cos(number * GOLDEN), reach * sin(number * GOLDEN))
        for number in range(count)
        for reach in [radius * sqrt(number / count)]
    ]


def centre(points: list[Point]) -> Point:
    """The mean of points that lie near each other."""
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
