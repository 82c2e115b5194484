"""What one must know of a way before setting out: how far the nearest is, that no road leads there, another province.

Nothing is guessed: a place that is not known to be without a road is told nothing of.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from directory.rules.place_names import place_key
from directory.rules.radius import STEPS

By = Literal["plane", "train", "boat"]

FAR_KM = 150
"""Kilometres in a straight line from which the nearest service is called far."""

NEIGHBOURS_KM = 25
"""Below so many kilometres two names may be one place, or a boat may cross between them: nothing is said."""

Spot = tuple[str, str]


def spot(name: str, province: str) -> Spot:
    """A community as it is compared: its folded name and the letters of its province."""
    return place_key(name), province


@dataclass(frozen=True, slots=True)
class Roadless:
    """Places without an all-season road. `groups` numbers them: names with one number are one place.

    `by` says how one gets to a group all the year; `whole` are provinces where no community has a road to another.
    """

    groups: Mapping[Spot, int] = field(default_factory=dict)
    by: Mapping[int, By] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()

    def way_to(self, place: Spot) -> By | None:
        """How one gets to a place that has no road; None if it has one, or if nobody said."""
        if place in self.groups:
            return self.by[self.groups[place]]
        return "plane" if place[1] in self.whole else None

    def is_one(self, here: Spot, there: Spot) -> bool:
        """True if the two names are one place."""
        if here == there:
            return True
        group = self.groups.get(here)
        return group is not None and group == self.groups.get(there)


def way_between(here: Spot, there: Spot, km: float, roadless: Roadless) -> By | None:
    """How one must travel between two communities at least `km` kilometres apart, if either has no road; else None.

    A train to the one does not help where the other has none: then it is the plane.
    """
    if km < NEIGHBOURS_KM or not (here[0] and there[0]) or roadless.is_one(here, there):
        return None
    ways = {way for way in (roadless.way_to(here), roadless.way_to(there)) if way}
    if not ways:
        return None
    return ways.pop() if len(ways) == 1 else "plane"


def is_other_province(here: str, there: str) -> bool:
    """True if both provinces are known and not the same: a health card and who pays are asked about."""
    return bool(here and there) and here != there


@dataclass(frozen=True, slots=True)
class Nearest:
    """How far the nearest is: about `km` kilometres, or over `km` where that is all one may say."""

    km: int
    is_about: bool


def nearest_of(shown: Sequence[tuple[int, bool]], *, are_all: bool, sort: str) -> Nearest | None:
    """How far the nearest is, if that is far; None if it is not, or if nobody can say.

    `shown` is a first page as `sort` has it, each with its kilometres and whether they are those of a door (else the
    least that its band says). Sorted by "best", results come by steps of distance: unless these `are_all`, a nearer
    door of the same step may stand on the next page.
    """
    if not shown or (sort == "checked" and not are_all):
        return None
    km, is_door = min(_risen(shown, sort), key=lambda told: (told[0], not told[1]))
    is_sure = are_all or sort == "distance" or any(door and other >= _end(km) for other, door in shown)
    if is_door and is_sure:
        return Nearest(round(km, -1), is_about=True) if km >= FAR_KM else None
    return Nearest(_start(km), is_about=False) if _start(km) >= FAR_KM else None


def _risen(shown: Sequence[tuple[int, bool]], sort: str) -> Iterator[tuple[int, bool]]:
    """The same, where what has no door is known to be no nearer than the doors that come before it."""
    passed = 0
    for km, is_door in shown:
        yield (km if is_door else max(km, passed)), is_door
        if is_door and sort != "checked":
            passed = max(passed, km if sort == "distance" else _start(km))


def _start(km: int) -> int:
    """Where the step of so many kilometres begins."""
    return max((bound for bound in STEPS if bound <= km), default=0)


def _end(km: int) -> float:
    """Where it ends."""
    return next((bound for bound in STEPS if km < bound), math.inf)
