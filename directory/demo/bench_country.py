"""A made country of any size, chunk by chunk: rows of the records' own tables, ready to be copied.

A chunk draws from chances of its own, so that it comes out the same whoever makes it, and however many there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from zlib import crc32

from directory.demo.bench_organizations import Draft, Founder
from directory.demo.bench_services import Provider
from directory.demo.bench_templates import Templates
from directory.demo.bench_towns import Country
from directory.demo.story_decks import Decks
from directory.demo.story_words import Words

MANY = (1, 2, 2, 3, 3, 3, 4, 4, 5, 6)
"""Services of an organization: one of these numbers, if it does so many different things."""

Row = Mapping[str, str | None]
Rows = list[tuple[str, Row]]


@dataclass(frozen=True, slots=True)
class World:
    """What every chunk draws from. `terms`: ids of our terms ("need/food", "focus/men"); `groups`: of each need."""

    words: Words
    country: Country
    templates: Templates
    terms: Mapping[str, str]
    groups: Mapping[str, str]
    seed: int


@dataclass(slots=True)
class Ids:
    """Ids that tell what they are: `be`, a service's number, a record's among those of that service, the seed.

    RFC 9562 leaves a version 8 to its maker. Ids in the order of the making keep the indexes small and the rows of a
    service together; the last eight digits are drawn, since results that are equally near are ordered by them.
    """

    seed: str
    chance: Random
    number: int = 0
    turn: int = 0

    def at(self, number: int) -> None:
        """From now on ids of the service of that number."""
        self.number, self.turn = number, 0

    def new(self) -> str:
        """The next one."""
        self.turn += 1
        s = self.seed
        return f"{prefix(self.number)}-{self.turn:04x}-8{s[:3]}-a{s[3:6]}-{s[6:]}{self.chance.getrandbits(32):08x}"


def prefix(number: int) -> str:
    """The first eight digits of all ids of the service of that number, counted from 0."""
    return f"{0xBE000000 + number:08x}"


def seed_digits(seed: int) -> str:
    """Ten digits that stand for a seed in each id."""
    return Random(f"seed {seed}").randbytes(5).hex()  # noqa: S311  # no secret


def made_services(world: World, chunk: int, size: int) -> Iterator[tuple[int, Rows]]:
    """(number, rows) of the `size` services of a chunk. What a service shares comes with the first that needs it."""
    chance = Random(f"{world.seed}/{chunk}")  # noqa: S311  # the same seed must give the same
    ids = Ids(seed_digits(world.seed), chance)
    decks = Decks(crc32(f"{world.seed}/{chunk}".encode()))
    founder = Founder(world.words, world.country, decks, chance, ids.new)
    provider = Provider(world.words, world.templates, world.terms, world.groups, chance, ids.new)
    number, end = chunk * size, (chunk + 1) * size
    while number < end:
        ids.at(number)
        organization = founder.found()
        for slug in _kinds(organization, chance)[: end - number]:
            if not organization.is_new:
                ids.at(number)
            yield number, provider.service(organization, slug, number)
            number += 1


def _kinds(organization: Draft, chance: Random) -> Sequence[str]:
    """What it does, the main thing first."""
    core, extra = organization.profile.core, organization.profile.extra
    first = chance.choice(core)
    others = [slug for slug in dict.fromkeys((*core, *extra)) if slug != first]
    return [first, *chance.sample(others, min(chance.choice(MANY) - 1, len(others)))]
