"""Services told once and given out many times: what the demonstration's teller says, with its names left open.

Telling a service takes ten times as long as filling in {brand}, {town} and {across}.
"""

from dataclasses import dataclass
from datetime import date
from random import Random
from zlib import crc32

from directory.demo.reading import DemoService
from directory.demo.story_decks import Decks
from directory.demo.story_fitting import Chosen
from directory.demo.story_names import Brand, Named, Numbers, said, spelled
from directory.demo.story_services import FRENCH_IN, THE, Setting, Teller
from directory.demo.story_words import Profile, Say, Words
from directory.demo.story_words import Town as StoryTown
from directory.rules.provinces import PROVINCES

EACH = 8
"""Tellings of one kind of service of one sort of organization: enough that neighbours differ."""
TODAY = date(2026, 9, 1)
"""Seasons are those around this day, whenever the data are made: the same seed gives the same bytes."""
OPEN = Named("", "", "bench", "bench", Brand("{brand}", "{fr}", "{own}"))


@dataclass(frozen=True, slots=True)
class Manner:
    """How an organization tells of itself: in which languages, and whether one flies to it."""

    is_french: bool
    has_both: bool
    is_remote: bool


class _OpenTeller(Teller):
    """Leaves names open where Teller writes them."""

    def _filled(self, setting: Setting, say: Say, chosen: Chosen) -> tuple[str, str]:
        number = self.decks.deal("numbers", (4, 5, 6, 7, 8, 9, 10, 12, 14))
        is_country = chosen.reach == "country"
        english = _left_open(say.en, number, "across Canada" if is_country else "{across}", in_french=False)
        french = _left_open(
            say.fr, number, "partout au Canada" if is_country else "{partout}", in_french=True
        )
        return english, french.replace("{brand}", "{fr}")


def _left_open(text: str, number: int, across: str, *, in_french: bool) -> str:
    return said(spelled(text, number, in_french=in_french), n=number, across=across)


class Templates:
    """Tellings by sort of organization, kind of service and manner; each is told when it is first asked for."""

    def __init__(self, words: Words, seed: int) -> None:
        self._words, self._seed = words, seed
        self._told: dict[tuple[str, str, Manner], list[DemoService]] = {}

    def draw(self, profile: Profile, slug: str, manner: Manner, chance: Random) -> DemoService:
        """One telling; its `places` say whether it is at an open door, in a hidden house, or nowhere."""
        key = (profile.key, slug, manner)
        if key not in self._told:
            self._told[key] = self._tell(profile, slug, manner)
        told = self._told[key]
        return told[int(chance.random() * len(told))]

    def _tell(self, profile: Profile, slug: str, manner: Manner) -> list[DemoService]:
        decks = Decks(crc32(f"{self._seed}/{profile.key}/{slug}/{manner}".encode()))
        teller = _OpenTeller(self._words, decks, Numbers(()), TODAY)
        town = StoryTown("{town}, ON", 100_000, ("613",), "en", (50.0, -80.0), manner.is_remote)
        setting = Setting(profile, town, OPEN, manner.is_french, manner.has_both, None)
        return [teller.service(setting, self._words.kinds[slug], ("office",)) for _ in range(EACH)]


def fill(text: str, brand: Brand, town: str, province: str) -> str:
    """`text` with its open names written in, and a capital where it begins."""
    if "{" not in text:
        return text
    across, partout = f"across {THE.get(province, PROVINCES[province][0])}", f"partout {FRENCH_IN[province]}"
    return said(text, brand=brand.en, fr=brand.fr, own=brand.own, town=town, across=across, partout=partout)
