"""Places of one name and province, told apart by a larger place near each: "Vanier (Ottawa), ON"."""

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

from directory.rules.place_grid import Point, flat_kilometres

LARGE, SMALL = 100_000, 5_000
"""People of a place by which others are told apart, and of one that will do where no large one is near."""
NEAR_KM = 150.0
"""How near such a place is."""
FARTHEST_KM = 600.0
"""Farther from a place nobody tells it by that one: something else is meant."""

_TOLD_BY = re.compile(r"\s*([^()]*[^()\s])\s*\(([^()]+)\)\s*,?([^()]*)")
P = TypeVar("P", bound=Point)


def told_by(text: str) -> tuple[str, str] | None:
    """ "Vanier (Ottawa), ON" as ("Vanier, ON", "Ottawa"); None for words without a place in brackets."""
    found = _TOLD_BY.fullmatch(text)
    if found is None:
        return None
    name, landmark, rest = (part.strip() for part in found.groups())
    return (f"{name}, {rest}" if rest else name), landmark


def landmark_of(place: P, twins: Sequence[P], towns: Iterable[tuple[int, P]]) -> P | None:
    """The town (with its people) that tells `place` from its twins: a large one near it, else a small one, else any.

    No twin is nearer to it. None if there is none.
    """
    far = ((flat_kilometres(place.latitude, place.longitude, town), people, town) for people, town in towns)
    own = [each for each in sorted(far, key=itemgetter(0)) if nearest_to(each[2], [place, *twins]) is place]
    near = [(people, town) for kilometres, people, town in own if kilometres <= NEAR_KM]
    large = [town for people, town in near if people >= LARGE]
    return next(iter([*large, *(town for _, town in near), *(town for _, _, town in own)]), None)


def nearest_to(town: Point, places: Sequence[P]) -> P:
    """The one of these places that is nearest to a town."""
    return min(places, key=lambda place: flat_kilometres(town.latitude, town.longitude, place))
