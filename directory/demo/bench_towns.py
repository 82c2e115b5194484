"""Where made services stand: the communities of the gazetteer, by how many people live in each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import accumulate
from math import cos, radians
from random import Random
from zoneinfo import ZoneInfo

from directory.demo.bench_shares import PEOPLE
from directory.demo.bench_words import PROVINCES
from directory.models.place import Place
from safety.db import public_database

LETTERS = "ABCEGHJKLMNPRSTVWXYZ"
RURAL = 5_000
"""People below which a community's postal codes are taken for rural ones."""
FEWEST = 500
"""People that a community counts as at least: many are listed with none."""


class CannotMake(Exception):
    """What was asked can't be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Town:
    """A community: WGS 84 degrees, how many live there, and its standard offset from UTC in hours as HSDS has it.

    `id` is the gazetteer's, `area` the slug of its published area.
    """

    name: str
    province: str
    latitude: float
    longitude: float
    population: int
    offset: str
    id: int = 0
    area: str = ""

    @property
    def is_remote(self) -> bool:
        """True where one mostly comes by plane: a guess from how far north and how small it is."""
        return self.province == "NU" or (self.latitude > 54 and self.population < 3_000)

    def phone(self, chance: Random) -> str:
        """A number of its province, of the kind that is kept for fiction: 555-01XX."""
        return f"{chance.choice(PROVINCES[self.province][0])}-555-01{chance.randrange(100):02d}"

    def postal_code(self, chance: Random) -> str:
        """One that may exist or not; its second character is 0 where few people live."""
        first, third, fifth = PROVINCES[self.province][1], chance.choice(LETTERS), chance.choice(LETTERS)
        second = 0 if self.population < RURAL else chance.randint(1, 9)
        return f"{chance.choice(first)}{second}{third} {chance.randint(1, 9)}{fifth}{chance.randint(1, 9)}"

    def point_near(self, chance: Random) -> tuple[float, float]:
        """(latitude, longitude) of a door: in Toronto within some 12 km of its middle, in a village within one."""
        kilometres = min(15.0, 0.5 + self.population**0.5 / 150)
        north, east = chance.gauss(0, kilometres), chance.gauss(0, kilometres)
        narrowing = 111.32 * cos(radians(self.latitude))
        return round(self.latitude + north / 111.32, 5), round(self.longitude + east / narrowing, 5)


class Country:
    """Towns to draw from: a province by its people, in it a town by its own."""

    def __init__(self, towns: Sequence[Town]) -> None:
        """Raises CannotMake where there are none."""
        if not towns:
            raise CannotMake("The gazetteer is empty: run manage.py prepare first.")
        self._towns = towns
        counted: dict[str, int] = {}
        for town in towns:
            counted[town.province] = counted.get(town.province, 0) + max(town.population, FEWEST)
        shares = (max(t.population, FEWEST) / counted[t.province] * PEOPLE[t.province] for t in towns)
        self._weights = list(accumulate(shares))

    def draw(self, chance: Random) -> Town:
        """One of them."""
        return chance.choices(self._towns, cum_weights=self._weights)[0]


def known_towns() -> list[Town]:
    """The communities of the gazetteer, in a fixed order."""
    stored = Place.objects.using(public_database()).filter(kind="community", province__in=PEOPLE)
    facts = ("name", "province", "latitude", "longitude", "population", "zone", "id", "area_id")
    return list(_towns(stored.order_by("id").values_list(*facts)))


def _towns(rows: Iterable[tuple[str, str, float, float, int, str, int, str | None]]) -> Iterable[Town]:
    for *facts, zone, id_, area in rows:
        yield Town(*facts, _offset(zone), id_, area or "")


@cache
def _offset(zone: str) -> str:
    """Hours from UTC in winter, as short as a number is written: "-5", "-3.5"."""
    offset = datetime(2026, 1, 15, tzinfo=ZoneInfo(zone)).utcoffset()
    return f"{offset.total_seconds() / 3600:g}" if offset else "0"
