"""The demonstration's country: organizations and services added to the hand-written ones until there are enough.

The same words, seed and day give the same records; keys, and so ids, don't depend on the day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from directory.demo.reading import DemoOrganization, DemoPhone, DemoPlace, DemoService, DemoWords
from directory.demo.story_about import Abouts, of_its_people
from directory.demo.story_decks import Decks
from directory.demo.story_names import Namer, Numbers, street
from directory.demo.story_services import ASKED, UNTOLD, Setting, Teller
from directory.demo.story_towns import NATION, doors, neighbours, settle
from directory.demo.story_words import Profile, Say, Town, Words
from directory.rules.publishing import PROTECTED_KINDS

SEED = 20261122
ORGANIZATIONS, SERVICES = 400, 1200
FRENCH = {"fr": 90, "both": 42, "en": 2}
"""Of a hundred organizations of a town that speaks so, how many are French."""
ROUNDS = 40
CHECKS = ((0, 0), (31, 90), (90, 180), (31, 120), (180, 365), (0, 0), (365, 900))
"""Days since somebody asked, from and to: never, lately, or so long ago that it is stale."""
MAILBOXES = {True: ("bonjour", "info", "accueil"), False: ("hello", "info", "desk")}


def tell_story(
    words: Words,
    told: Sequence[DemoOrganization],
    *,
    today: date,
    seed: int = SEED,
    organizations: int = ORGANIZATIONS,
    services: int = SERVICES,
) -> list[DemoOrganization]:
    """What must be added to `told` until there are so many organizations and services."""
    missing = services - sum(len(o.service) for o in told)
    return _Country(words, told, today, seed).tell(organizations - len(told), missing)


class _Country:
    """Tells one organization after another, from west to east by province and town."""

    def __init__(self, words: Words, told: Sequence[DemoOrganization], today: date, seed: int) -> None:
        self.words, self.decks = words, Decks(seed)
        self.numbers = Numbers(told)
        self.namer = Namer(words, self.decks, told)
        self.teller = Teller(words, self.decks, self.numbers, today)
        self.abouts = Abouts(words, self.decks)
        self.nations = [Say(en, fr, (province,)) for en, fr, province in words.names["nations"]]

    def tell(self, organizations: int, services: int) -> list[DemoOrganization]:
        """Exactly so many."""
        provinces = [nation.tags[0] for nation in self.nations]
        settled = settle(self.words.profiles, doors(self.words.towns, organizations), provinces, self.decks)
        counts = self._counts([profile for _, profile in settled], services)
        found = [self._organization(t, p, n) for (t, p), n in zip(settled, counts, strict=True)]
        return self._governed(found, [profile for _, profile in settled])

    def _counts(self, profiles: Sequence[Profile], total: int) -> list[int]:
        """How many services each organization has: one to seven, `total` together."""
        most = [min(7, len(set(p.core + p.extra))) for p in profiles]
        counts = [min(self.decks.deal("how many services", (1, 2, 2, 3, 3, 3, 4, 4, 5, 6)), m) for m in most]
        for turn in range(len(counts) * ROUNDS):
            place, short = turn % len(counts), total - sum(counts)
            if not short:
                break
            if short > 0 and counts[place] < most[place]:
                counts[place] += 1
            elif short < 0 and counts[place] > 1:
                counts[place] -= 1
        return counts

    def _organization(self, town: Town, profile: Profile, count: int) -> DemoOrganization:
        decks = self.decks
        nation = self._nation(town) if profile.key == NATION else None
        profile = of_its_people(profile, nation) if nation else profile
        is_french = decks.happens(f"french in {town.speaks}", FRENCH[town.speaks])
        if nation:
            is_french = nation.en == nation.fr
        named = self.namer.name(profile, town, is_french=is_french, nation=nation)
        setting = Setting(
            profile,
            town,
            named,
            is_french,
            decks.happens(f"both {is_french}", 70 if is_french else 83),
            self._checked(),
        )
        kinds = self._kinds(profile, count)
        places = self._places(setting, kinds)
        facts = tuple(f for p in places[:1] for say in self._access(p) for f in say.tags)
        setting = replace(setting, place_facts=facts)
        open_places = [place.key for place in places if not place.is_protected and place.key != ASKED]
        services = [self.teller.service(setting, self.words.kinds[slug], open_places) for slug in kinds]
        return self._whole(setting, places, services)

    def _nation(self, town: Town) -> Say:
        return next(
            self.nations.pop(i) for i, nation in enumerate(self.nations) if nation.tags[0] == town.province
        )

    def _checked(self) -> int | None:
        """Days since a person asked: never, some months ago, or so long that it is stale."""
        least, most = self.decks.deal("checked", CHECKS)
        return self.decks.chance("checked", self.decks.turn("checks")).randint(least, most) or None

    def _kinds(self, profile: Profile, count: int) -> list[str]:
        found = [self.decks.deal(f"core {profile.key}", profile.core)]
        others = tuple(dict.fromkeys((*profile.core, *profile.extra)))
        while len(found) < count:
            fits = [slug not in found for slug in others]
            slug = self.decks.deal_fitting(f"kinds {profile.key}", others, fits)
            if slug is None:
                break
            found.append(slug)
        return found

    def _places(self, setting: Setting, kinds: Sequence[str]) -> list[DemoPlace]:
        """An open door, a second one now and then, a hidden house where its services need one."""
        town, profile = setting.town, setting.profile
        found = [] if profile.protected else [self._door(setting, "office", town)]
        if found and self.decks.happens("second place", 14):
            near = neighbours(self.words.towns, town)
            if near:
                second = self.decks.chance("second place", setting.named.key).choice(near)
                found.append(self._door(setting, "second", second))
        if profile.protected or not PROTECTED_KINDS.isdisjoint(kinds):
            found.append(DemoPlace("house", town.name, is_protected=True))
        if UNTOLD & set(kinds) and not profile.protected:
            found.append(DemoPlace(ASKED, town.name, setting.named.brand.own))
        return found

    def _door(self, setting: Setting, key: str, town: Town) -> DemoPlace:
        decks = self.decks
        latitude, longitude = town.point
        chance = decks.chance("point", setting.named.key, key)
        is_known = decks.happens("coordinates", 62)
        access = self._accessible()
        return DemoPlace(
            key=key,
            community=town.name,
            name=setting.named.brand.own if key == "office" else f"{setting.named.brand.own}, {town.plain}",
            address_1=street(self.words, decks, town, is_french=setting.is_french and town.speaks != "en")
            if is_known or decks.happens("street alone", 60)
            else "",
            latitude=round(latitude + chance.uniform(-0.012, 0.012), 4) if is_known else None,
            longitude=round(longitude + chance.uniform(-0.015, 0.015), 4) if is_known else None,
            accessibility=tuple(DemoWords(say.en, say.fr) for say in access),
        )

    def _accessible(self) -> tuple[Say, ...]:
        manners = self.words.manners["place"]
        turn = self.decks.deal("accessible", range(20))
        if turn < 9:
            return tuple(
                self.decks.deal("accessibility", manners["accessibility"]) for _ in range(1 + turn % 2)
            )
        return (self.decks.deal("stairs", manners["stairs"]),) if turn < 11 else ()

    def _access(self, place: DemoPlace) -> list[Say]:
        """What was said of a place, with its facts."""
        known = {say.en: say for group in self.words.manners["place"].values() for say in group}
        return [known[row.text] for row in place.accessibility]

    def _whole(
        self, setting: Setting, places: Sequence[DemoPlace], services: Sequence[DemoService]
    ) -> DemoOrganization:
        decks, named, profile = self.decks, setting.named, setting.profile
        english, french = self.abouts.tell(profile, town=setting.town.name, is_remote=setting.town.remote)
        if not setting.has_both:
            english, french = ("", french) if setting.is_french else (english, "")
        has_mail = decks.happens(f"mail {profile.protected}", 15 if profile.protected else 50)
        word = decks.deal(f"mailbox {setting.is_french}", MAILBOXES[setting.is_french])
        return DemoOrganization(
            key=named.key,
            name=named.name,
            name_fr=named.name_fr,
            description=english,
            description_fr=french,
            website=f"https://{named.host}.example" if decks.happens("website", 84) else "",
            email=f"{word}@{named.host}.example" if has_mail else "",
            phones=self._phones(setting),
            place=tuple(places),
            service=tuple(services),
        )

    def _phones(self, setting: Setting) -> tuple[DemoPhone, ...]:
        is_far = setting.profile.protected or setting.profile.reach or self.decks.happens("toll-free", 12)
        number = self.numbers.toll_free() if is_far else self.numbers.local(setting.town.codes)
        if setting.profile.signs:
            return (DemoPhone(number, "text", "Text", "Texto"),)
        return (DemoPhone(number),)

    def _governed(
        self, told: Sequence[DemoOrganization], profiles: Sequence[Profile]
    ) -> list[DemoOrganization]:
        """Each Indigenous organization with who decides about it: a Nation of its province, or itself."""
        nations = {
            (o.place[0].community[-2:], "Inuit" in o.name): o.key
            for o, p in zip(told, profiles, strict=True)
            if p.key == NATION and "Métis" not in o.name
        }
        found = []
        for organization, profile in zip(told, profiles, strict=True):
            home = (organization.place[0].community[-2:], profile.key == "inuit")
            nation = nations.get(home, organization.key)
            governor = {"": "", "itself": organization.key, "nation": nation}[profile.governed]
            found.append(replace(organization, governed_by=governor))
        return found
