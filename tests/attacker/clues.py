"""What an answer to a search tells of where protected places are: by every number, word, order and absence in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from directory.rules.areas import PublishedArea
from directory.rules.radius import STEPS
from tests.attacker.earth import Point, kilometres
from tests.attacker.posterior import SLACK, Atlas, Clue, Posterior, anywhere, at, cut, ring
from tests.attacker.stranger import Json

BANDS = {
    "here": (0, 5), "near": (5, 25), "within_50": (25, 50), "within_100": (50, 100), "within_250": (100, 250),
    "far": (250, 21_000),
}  # fmt: skip
"""Kilometres that the words of a distance stand for."""
ROUNDED = {2: 0.8, 3: 0.08}
"""How far a point may be from where it is told, with so many digits behind the point of its degrees."""

Heard = Iterator[tuple[str, Clue]]
"""Ids of listings, each with what was learnt of it."""
Hidden = Mapping[str, Posterior]
"""By the id of a listing, what is believed of its place."""


def of_distances(hidden: Hidden, origin: Point, results: Sequence[Json]) -> Heard:
    """Bands and kilometres, as they are told."""
    for result in results:
        if (believed := hidden.get(result["id"])) is None:
            continue
        if band := result["distance_band"]:
            yield result["id"], ring("band", believed.public, origin, *BANDS[band])
        if (km := result["distance_km"]) is not None:
            yield result["id"], ring("kilometres", believed.public, origin, km - 0.5, km + 0.5)


def of_order(hidden: Hidden, origin: Point, results: Sequence[Json]) -> Heard:
    """Of a list in order of distance: each hidden place lies between the doors whose kilometres are told."""
    nearer = 0.0
    waiting: list[str] = []
    for result in results:
        km = result["distance_km"]
        if result["id"] in hidden:
            waiting.append(result["id"])
        elif km is not None:
            yield from _between(hidden, origin, waiting, nearer, km + 0.5)
            waiting, nearer = [], max(nearer, km - 0.5)
    yield from _between(hidden, origin, waiting, nearer, 21_000)
    yield from _of_neighbours(hidden, origin, [r["id"] for r in results if r["id"] in hidden])


def _between(hidden: Hidden, origin: Point, ids: Sequence[str], least: float, most: float) -> Heard:
    for id_ in ids:
        yield id_, ring("order", hidden[id_].public, origin, least, most)


def _of_neighbours(hidden: Hidden, origin: Point, ids: Sequence[str]) -> Heard:
    """Of two that follow each other the first is nearer: measured to public points, that must hold as well."""
    far = {id_: kilometres(origin, hidden[id_].public) for id_ in ids}
    for one, other in pairwise(ids):
        is_explained = far[one] <= far[other] + SLACK
        yield one, Clue("order of two", is_explained, _nearer_than(origin, far[other]))
        yield other, Clue("order of two", is_explained, _farther_than(origin, far[one]))


def _nearer_than(origin: Point, km: float) -> Callable[[Point], bool]:
    return lambda point: kilometres(origin, point) <= km + SLACK


def _farther_than(origin: Point, km: float) -> Callable[[Point], bool]:
    return lambda point: kilometres(origin, point) >= km - SLACK


def reach(within: int) -> tuple[float, float]:
    """Kilometres to which a radius reaches: of a door, and of what has none (the end of the step that it cuts)."""
    return within + 0.5, next((float(step) for step in STEPS if step >= within), 21_000.0)


def of_absence(
    channel: str,
    hidden: Hidden,
    origin: Point,
    limits: tuple[float, float],
    inside: set[str],
    asked: set[str],
) -> Heard:
    """Each of `asked` lies within the limits of `origin` if it is in `inside`, and beyond them if not."""
    for id_ in sorted(asked & hidden.keys()):
        yield id_, cut(channel, hidden[id_].public, origin, limits, is_inside=id_ in inside)


def of_points(hidden: Hidden, rows: Sequence[Json]) -> Heard:
    """Points of a map, each as finely as it is told; a pin (`around_km` 0) would be the door itself."""
    by_mark = {id_[:8]: id_ for id_ in hidden}
    for row in rows:
        if (id_ := by_mark.get(row["mark"])) is not None:
            yield id_, of_point("map", hidden[id_], row["latitude"], row["longitude"])
            if not row["around_km"]:
                yield id_, anywhere("pin", is_explained=False)


def of_point(channel: str, believed: Posterior, latitude: float, longitude: float) -> Clue:
    """A point in so many digits."""
    digits = max(len(f"{degrees!r}".partition(".")[2]) for degrees in (latitude, longitude))
    return at(
        channel, believed.public, (latitude, longitude), ROUNDED.get(digits, 0.8 if digits < 2 else 0.01)
    )


def by_clock(atlas: Atlas, area: PublishedArea, moment: datetime, *, is_explained: bool) -> Clue:
    """Hours told with an offset from UTC: of the towns of its area, it is at one where clocks have that."""
    agreeing = [
        town
        for town in atlas.members[area.slug]
        if moment.astimezone(ZoneInfo(town.zone)).utcoffset() == moment.utcoffset()
    ]

    def allows(point: Point) -> bool:
        return any(kilometres((town.latitude, town.longitude), point) <= 15 for town in agreeing)

    return Clue("clock", is_explained, allows)


def hear(hidden: Hidden, heard: Heard) -> None:
    """Take all of it into account."""
    for id_, clue in heard:
        hidden[id_].hear(clue)
