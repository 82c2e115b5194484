"""Made organizations: a town, a sort, a name, a number, and places that come when a service needs them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from directory.demo import bench_shares as shares
from directory.demo.bench_templates import Manner
from directory.demo.bench_towns import Country, Town
from directory.demo.story_country import MAILBOXES
from directory.demo.story_decks import Decks
from directory.demo.story_names import TOLL_FREE, Named, Namer
from directory.demo.story_towns import NATION, NORTH_OF
from directory.demo.story_words import Profile, Say, Words
from directory.demo.story_words import Town as StoryTown

Row = dict[str, str | None]
NewId = Callable[[], str]
SECOND_DOOR = 0.14
"""Share of organizations with two doors."""


@dataclass(slots=True)
class Draft:
    """An organization under way. `rows` are those that wait for the next service; `places` its locations by key."""

    id: str
    town: Town
    profile: Profile
    named: Named
    manner: Manner
    rows: list[tuple[str, Row]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    is_new: bool = True
    has_second: bool = False

    @property
    def governor(self) -> str | None:
        """Who decides about what is told of it, where it is Indigenous: itself."""
        return self.id if self.profile.governed else None

    def only(self, english: str, french: str) -> tuple[str, str]:
        """Both texts, or only that of its own language."""
        if self.manner.has_both:
            return english, french
        return ("", french) if self.manner.is_french else (english, "")


def toll_free(chance: Random) -> str:
    """A fictional number that tells no region."""
    return f"{chance.choice(TOLL_FREE)}-555-01{chance.randrange(100):02d}"


class Founder:
    """Founds one organization after another."""

    def __init__(self, words: Words, country: Country, decks: Decks, chance: Random, ids: NewId) -> None:
        self._words, self._country, self._chance, self._new_id = words, country, chance, ids
        self._decks = decks
        self._sorts: dict[int, tuple[list[Profile], list[int]]] = {}

    def found(self) -> Draft:
        """An organization without services and places."""
        chance, town = self._chance, self._country.draw(self._chance)
        profile = self._profile(town)
        nation = self._nation(town) if profile.key == NATION else None
        is_french = chance.random() * 100 < shares.FRENCH.get(town.province, 1)
        if nation:
            is_french = nation.en == nation.fr
        manner = Manner(is_french, chance.random() * 100 < shares.BOTH[is_french], town.is_remote)
        stands = StoryTown(f"{town.name}, {town.province}", town.population, (), "", (0, 0))
        # A namer of its own: there aren't names enough that each is borne once.
        named = Namer(self._words, self._decks, ()).name(profile, stands, is_french=is_french, nation=nation)
        draft = Draft(self._new_id(), town, profile, named, manner, has_second=chance.random() < SECOND_DOOR)
        draft.rows += [("organization", self._row(draft)), ("phone", self._phone(draft))]
        return draft

    def _profile(self, town: Town) -> Profile:
        """A sort that suits the town."""
        if town.id not in self._sorts:
            suited = [profile for profile in self._words.profiles if self._suits(profile, town)]
            weights = list(accumulate(shares.ORGANIZATIONS[profile.key] for profile in suited))
            self._sorts[town.id] = suited, weights
        suited, weights = self._sorts[town.id]
        return self._chance.choices(suited, cum_weights=weights)[0]

    def _suits(self, profile: Profile, town: Town) -> bool:
        return (
            town.population >= profile.people
            and (not profile.provinces or town.province in profile.provinces)
            and (not profile.north or town.latitude > NORTH_OF or town.is_remote)
            and (profile.key != NATION or self._nation(town) is not None)
        )

    def _nation(self, town: Town) -> Say | None:
        of_province = [Say(en, fr) for en, fr, p in self._words.names["nations"] if p == town.province]
        return self._chance.choice(of_province) if of_province else None

    def _row(self, draft: Draft) -> Row:
        about, named = self._chance.choice(draft.profile.about), draft.named
        english, french = draft.only(about.en, about.fr)
        mailbox = self._chance.choice(MAILBOXES[draft.manner.is_french])
        has_mail = self._chance.random() < (0.15 if draft.profile.protected else 0.5)
        return {
            "id": draft.id,
            "name": named.name,
            "name_fr": named.name_fr,
            "description": english,
            "description_fr": french,
            "website": f"https://{named.host}.example" if self._chance.random() < 0.84 else "",
            "email": f"{mailbox}@{named.host}.example" if has_mail else "",
            "governed_by_id": draft.governor,
        }

    def _phone(self, draft: Draft) -> Row:
        profile, chance = draft.profile, self._chance
        is_far = profile.protected or profile.reach or chance.random() < 0.12
        number = toll_free(chance) if is_far else draft.town.phone(chance)
        kind = "text" if profile.signs else "voice"
        return {"id": self._new_id(), "organization_id": draft.id, "number": number, "type": kind}
