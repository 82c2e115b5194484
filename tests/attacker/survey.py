"""The attack by the ten thousand: every hidden place of the country is asked for from around it, and judged by truth.

The stranger is given public answers alone. Whoever judges knows where the houses stand, from the feed that told them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from directory.rules.areas import PublishedArea
from tests.attacker.attack import Attack
from tests.attacker.clues import hear, of_distances, of_order, of_points
from tests.attacker.earth import Point, kilometres, moved
from tests.attacker.houses import House
from tests.attacker.posterior import Atlas, point_of
from tests.attacker.stranger import place

RINGS = (3.0, 9.0, 22.0, 28.0, 46.0, 55.0)
"""Kilometres from an area's point at which he stands: each side of where the words for a distance change."""
NEED = "emergency_shelter"
TRIED = 3
"""Of these, so many are tried around each area, by chance."""
ENOUGH = 12
"""Clues about each place of an area, after which he goes on to the next one."""
BEYOND = 1
"""Pages read beyond those that an area's own places should fill."""
SAME = 0.001


def survey(attack: Attack, areas: Iterable[PublishedArea]) -> None:
    """Ask for shelters from around each area, and look at each on the map."""
    for area in areas:
        here = place(point_of(area))
        middle = attack.stranger.found(near=here, need=NEED, sort="distance", within=5)
        attack.meet(middle)
        hear(attack.hidden, of_distances(attack.hidden, _rounded(point_of(area)), middle))
        hear(attack.hidden, of_order(attack.hidden, _rounded(point_of(area)), middle))
        fill = 1 + sum(found.slug == area.slug for _, found in attack.of.values()) // 20
        for far in attack.chance.sample(RINGS, TRIED):
            if _least_heard(attack, area) >= ENOUGH:
                break
            origin = _at(point_of(area), far, attack.chance)
            results = attack.stranger.found(fill + BEYOND, near=place(origin), need=NEED, sort="distance")
            attack.meet(results)
            hear(attack.hidden, of_distances(attack.hidden, origin, results))
            hear(attack.hidden, of_order(attack.hidden, origin, results))
        hear(attack.hidden, of_points(attack.hidden, attack.stranger.map(near=here, need=NEED, within=5)))


def _least_heard(attack: Attack, area: PublishedArea) -> int:
    """How many clues there are about that place of an area of which there are fewest."""
    heard = [attack.hidden[id_].heard for id_, (_, found) in attack.of.items() if found.slug == area.slug]
    return min(heard, default=0)


def _at(middle: Point, far: float, chance: Random) -> Point:
    north, east = chance.uniform(-1, 1), chance.uniform(-1, 1)
    length = max(0.1, (north**2 + east**2) ** 0.5)
    point = moved(middle, far * north / length, far * east / length)
    return _rounded(point)


def _rounded(point: Point) -> Point:
    """As the search reads it."""
    return round(point[0], 2), round(point[1], 2)


@dataclass(frozen=True, slots=True)
class Belief:
    """What a stranger believes of one place in the end: its area, how much he heard, and what he learnt beyond it.

    `guess` is None where all that he heard is explained by the area's one public point.
    """

    area: str
    heard: int
    guess: Point | None
    channels: tuple[str, ...] = ()


def beliefs(attack: Attack) -> dict[str, Belief]:
    """By the id of a listing."""
    return {
        id_: Belief(
            attack.of[id_][1].slug,
            one.heard,
            None if one.is_the_area else one.estimate(),
            tuple(sorted(one.channels)),
        )
        for id_, one in attack.hidden.items()
    }


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of how many houses the stranger knew, of how many he learnt more than their area, and how many he came nearer to.

    `heard` is the least that he heard of any of them.
    """

    places: int
    located: int
    nearer: int
    heard: int

    @property
    def better_than_area(self) -> int:
        """Located better than their area: by what he learnt, or because his guess is nearer than the public point."""
        return max(self.located, self.nearer)


def verdict(found: Mapping[str, Belief], houses: Mapping[str, House], atlas: Atlas) -> Verdict:
    """Judge what he believes by where the houses stand."""
    known = [(found[id_], houses[id_]) for id_ in found.keys() & houses.keys()]
    return Verdict(
        places=len(known),
        located=sum(belief.guess is not None for belief, _ in known),
        nearer=sum(_is_nearer(belief, house, atlas) for belief, house in known),
        heard=min((belief.heard for belief, _ in known), default=0),
    )


def _is_nearer(belief: Belief, house: House, atlas: Atlas) -> bool:
    if belief.guess is None:
        return False
    public = point_of(atlas.area(belief.area))
    return kilometres(belief.guess, house.door) < kilometres(public, house.door) - SAME


def strewn(atlas: Atlas, count: int, seed: int, most_areas: int = 100_000) -> list[House]:
    """So many houses all over the country: by the square root of an area's people, in its towns by theirs."""
    chance = Random(f"houses {seed}")
    areas = sorted(atlas.areas, key=lambda area: area.slug)
    areas = chance.sample(areas, min(most_areas, len(areas)))
    drawn = chance.choices(areas, [area.people**0.5 for area in areas], k=count)
    return [_house(atlas, number, area.slug, chance) for number, area in enumerate(drawn)]


def _house(atlas: Atlas, number: int, slug: str, chance: Random) -> House:
    towns = atlas.members[slug]
    town = chance.choices(towns, [max(500, town.population) for town in towns])[0]
    far = min(15.0, 0.5 + town.population**0.5 / 75)
    door = moved((town.latitude, town.longitude), chance.gauss(0, far / 2), chance.gauss(0, far / 2))
    return House(number, slug, town, (round(door[0], 5), round(door[1], 5)))
