"""One service of the demonstration, told from its kind, its organization and its town."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from directory.demo.reading import DemoCost, DemoPhone, DemoService, DemoWords
from directory.demo.story_conditions import Conditions, audience_facts, clash, conditions
from directory.demo.story_decks import Decks
from directory.demo.story_fitting import Chosen, Fit, all_marked, choose, has_name, without_description
from directory.demo.story_hours import SEASONS, TOLD, hours_of, season_of
from directory.demo.story_names import Named, Numbers, said
from directory.demo.story_tongues import FARM_PROVINCES, LARGE, tongues
from directory.demo.story_ways import APPLIED_FOR, BY_DAY, NO_DOOR, is_visit, told_ways, ways_in
from directory.demo.story_words import Kind, Profile, Say, Town, Words
from directory.rules.provinces import PROVINCES
from directory.rules.publishing import PROTECTED_KINDS

THE = {"NT": "the Northwest Territories", "YT": "the Yukon"}
FRENCH_IN = {
    "AB": "en Alberta", "BC": "en Colombie-Britannique", "MB": "au Manitoba", "NB": "au Nouveau-Brunswick",
    "NL": "à Terre-Neuve-et-Labrador", "NS": "en Nouvelle-Écosse", "NT": "aux Territoires du Nord-Ouest",
    "NU": "au Nunavut", "ON": "en Ontario", "PE": "à l'Île-du-Prince-Édouard", "QC": "au Québec",
    "SK": "en Saskatchewan", "YT": "au Yukon",
}  # fmt: skip
WOMEN = {"women", "women_children", "women_young_sons"}
LINES = {"crisis_line", "technology_safety", "image_removal", "interpretation"}
STATES = ((3, "temporarily closed"), (5, "inactive"), (6, "defunct"), (100, "active"))
ASKED, UNTOLD = "asked", {"ceremony"}
"""Kinds of which no street and no hour is published (domain.md), and the key of the place at which one asks."""
HOLIDAYS = ("not_stated",) * 9 + ("closed",) * 7 + ("open",) * 2 + ("own_list",) * 2


@dataclass(frozen=True, slots=True)
class Setting:
    """The organization around a service. `checked` is how many days ago a person asked it, if ever."""

    profile: Profile
    town: Town
    named: Named
    is_french: bool
    has_both: bool
    checked: int | None
    place_facts: tuple[str, ...] = ()


class Teller:
    """Tells services, one after another, dealing from the same decks."""

    def __init__(self, words: Words, decks: Decks, numbers: Numbers, today: date) -> None:
        self.words, self.decks, self.numbers, self.today = words, decks, numbers, today
        self._heard: dict[str, set[str]] = {}

    def service(self, setting: Setting, kind: Kind, places: Sequence[str]) -> DemoService:
        """One service of that kind; `places` are keys of the open ones, "house" the protected one's."""
        decks, profile = self.decks, setting.profile
        is_protected = profile.protected or kind.slug in PROTECTED_KINDS
        audience = self._audience(setting, kind)
        heard = self._heard.setdefault(setting.town.name, set())
        fit = self._fit(setting, kind, audience, is_protected=is_protected)
        chosen = choose(decks, kind, replace(fit, style=self._style(kind, fit)))
        if decks.happens("no description", 4):
            chosen = without_description(chosen)
        heard |= {say.en for say in (chosen.does, chosen.more) if say is not None}
        told = [say.en for say in (chosen.name, chosen.does, chosen.more) if say is not None]
        stated = self._conditions(setting, kind, chosen, audience, is_protected=is_protected)
        stated.add(told_ways(*told))
        reached = self._where(setting, kind, chosen, places, is_protected=is_protected)
        return DemoService(
            key=kind.slug,
            needs=(kind.slug, *self._also(kind, is_protected=is_protected)),
            focus=self._focus(profile),
            **self._names(setting, chosen),
            **self._texts(setting, kind, chosen),
            **self._eligibility(setting, stated),
            **self._hours(setting, kind, chosen),
            **self._manners(setting, kind, chosen, stated, is_protected=is_protected),
            **reached,
            **self._state(setting, kind, chosen, stated, is_protected=is_protected),
            languages=tongues(
                self.words, decks, setting.town, profile, kind.slug, is_french=setting.is_french
            ),
            phones=self._phones(setting, kind, chosen, is_protected=is_protected),
            checked_days_ago=None if decks.happens("left out of a check", 12) else setting.checked,
            facts=tuple(stated.facts),
        )

    def _fit(self, setting: Setting, kind: Kind, audience: str, *, is_protected: bool) -> Fit:
        """What is known before the first word is chosen."""
        return Fit(
            audience=audience,
            focus=setting.profile.focus,
            reach=self._reach(setting.profile, kind),
            is_protected=is_protected,
            is_remote=setting.town.remote,
            facts=audience_facts(self.words, audience),
            is_farming=_is_farming(setting.town),
            heard=frozenset(self._heard[setting.town.name]),
        )

    def _audience(self, setting: Setting, kind: Kind) -> str:
        """For whom it is: what its organization says or its name tells, where the kind suits them."""
        profile, name = setting.profile, setting.named.audience
        found = self.decks.deal(f"audience {profile.key}", profile.audience)
        if name and not (name == "women" and found in WOMEN):
            found = name
        return kind.instead.get(found, found)

    def _style(self, kind: Kind, fit: Fit) -> str:
        fits = [style not in TOLD or has_name(kind, replace(fit, style=style)) for style in kind.hours]
        return self.decks.deal_fitting(f"{kind.slug} hours", kind.hours, fits) or kind.hours[0]

    def _reach(self, profile: Profile, kind: Kind) -> str:
        afar = tuple(reach for reach in kind.reach if reach != "place")
        if profile.reach:
            return self.decks.deal(f"far reach {kind.slug}", afar or ("province",))
        return self.decks.deal(f"reach {kind.slug}", kind.reach)

    def _also(self, kind: Kind, *, is_protected: bool) -> tuple[str, ...]:
        fitting = [s for s in kind.also if s not in UNTOLD and (is_protected or s not in PROTECTED_KINDS)]
        many = self.decks.deal("how many needs", (0, 1, 1, 2, 1, 2, 0))
        return tuple(
            dict.fromkeys(self.decks.deal(f"also {kind.slug} {is_protected}", fitting) for _ in range(many))
        )

    def _focus(self, profile: Profile) -> tuple[str, ...]:
        if profile.governed or self.decks.happens("all focus", 40):
            return profile.focus
        return profile.focus[:1]

    def _filled(self, setting: Setting, say: Say, chosen: Chosen) -> tuple[str, str]:
        province, brand = setting.town.province, setting.named.brand
        is_country = chosen.reach == "country"
        english = "Canada" if is_country else THE.get(province, PROVINCES[province][0])
        french = "au Canada" if is_country else FRENCH_IN[province]
        shared = {"town": setting.town.plain, "own": brand.own}
        return (
            said(say.en, brand=brand.en, across=f"across {english}", **shared),
            said(say.fr, brand=brand.fr, across=f"partout {french}", **shared),
        )

    def _only(self, setting: Setting, english: str, french: str) -> tuple[str, str]:
        """Both texts, or only that of the organization's own language."""
        if setting.has_both:
            return english, french
        return ("", french) if setting.is_french else (english, "")

    def _names(self, setting: Setting, chosen: Chosen) -> dict[str, Any]:
        english, french = self._filled(setting, chosen.name, chosen)
        if not setting.has_both:
            return {
                "name": french if setting.is_french else english,
                "name_fr": french if setting.is_french else "",
            }
        return {"name": english, "name_fr": french}

    def _texts(self, setting: Setting, kind: Kind, chosen: Chosen) -> dict[str, Any]:
        if not chosen.does.en:
            return {}
        says = [chosen.does]
        if chosen.more is not None:
            says.append(chosen.more)
        elif setting.town.remote and self.decks.happens("tells of the distance", 40):
            says.append(self.decks.deal("remote", self.words.manners["remote"]["says"]))
        told = [self._filled(setting, say, chosen) for say in says]
        english, french = self._only(setting, *(" ".join(texts) for texts in zip(*told, strict=True)))
        return {"description": english, "description_fr": french}

    def _conditions(
        self, setting: Setting, kind: Kind, chosen: Chosen, audience: str, *, is_protected: bool
    ) -> Conditions:
        stated = conditions(
            self.words, self.decks, kind.slug, audience, reach=chosen.reach, said=chosen.facts
        )
        if not is_protected and chosen.reach == "place" and kind.slug not in UNTOLD:
            stated.add(setting.place_facts)
        return stated

    def _eligibility(self, setting: Setting, stated: Conditions) -> dict[str, Any]:
        english, french = self._only(setting, " ".join(stated.en), " ".join(stated.fr))
        least, most = stated.age()
        return {
            "eligibility_description": english,
            "eligibility_description_fr": french,
            "minimum_age": least,
            "maximum_age": most,
        }

    def _hours(self, setting: Setting, kind: Kind, chosen: Chosen) -> dict[str, Any]:
        decks, style = self.decks, chosen.style
        if style in ("appointment", "none"):
            if decks.happens("no note", 35):
                return {}
            notes = self.words.manners["notes"][style]
            fits = [self._is_note_for(say, setting, kind) for say in notes]
            note = decks.deal_fitting(f"note {style}", notes, fits)
            english, french = self._only(setting, *(_pair(note) if note else ("", "")))
            return {"hours_note": english, "hours_note_fr": french}
        if style != "always" and style not in SEASONS and decks.happens("hours unknown", 25):
            return {}
        chance = decks.chance("hours", setting.named.key, kind.slug)
        return {
            "hours": hours_of(style, chance),
            "season": season_of(style, self.today),
            "on_holidays": "open" if style == "always" else decks.deal("holidays", HOLIDAYS),
        }

    def _is_note_for(self, say: Say, setting: Setting, kind: Kind) -> bool:
        kinds = [tag for tag in say.tags if tag != "remote"]
        return (not kinds or kind.slug in kinds) and ("remote" not in say.tags or setting.town.remote)

    def _manners(
        self, setting: Setting, kind: Kind, chosen: Chosen, stated: Conditions, *, is_protected: bool
    ) -> dict[str, Any]:
        """How one gets in, what it costs, what to bring."""
        return (
            self._how(setting, kind, chosen, stated, is_protected=is_protected)
            | self._fees(setting, kind, chosen, stated)
            | self._documents(setting, kind)
        )

    def _asked(self, setting: Setting, kind: Kind, chosen: Chosen, stated: Conditions, way: str) -> Say:
        """The sentence that says that way in, once its facts are stated."""
        is_true = {
            "day": chosen.style in BY_DAY,
            "applied": kind.slug in APPLIED_FOR,
            "text": chosen.has_texts,
        }
        rows = self.words.manners["how"]["signed" if setting.profile.signs else way]
        fits = [
            all(is_true.get(tag, tag[0] == "=" and not clash([tag[1:]], stated.facts)) for tag in say.tags)
            for say in rows
        ]
        say = self.decks.deal_fitting(f"how {way}", rows, fits) or rows[0]
        stated.add(
            [
                *all_marked(say, "="),
                *told_ways(say.en),
                "intake:self_call" if way == "appointment" else f"intake:{way}",
            ]
        )
        return say

    def _how(
        self, setting: Setting, kind: Kind, chosen: Chosen, stated: Conditions, *, is_protected: bool
    ) -> dict[str, Any]:
        decks = self.decks
        is_hidden = is_protected and chosen.reach == "place"
        ways = ways_in(
            kind.slug,
            chosen.style,
            chosen.reach,
            is_hidden=is_hidden,
            has_no_door=setting.profile.protected or is_visit(chosen.name.en, chosen.does.en),
            is_remote=setting.town.remote,
        )
        way = decks.deal(f"ways {' '.join(ways)}", ways)
        if not is_hidden and decks.happens("how unknown", 35):
            return {}
        says = [self._asked(setting, kind, chosen, stated, way)]
        if is_hidden:
            told = self.words.manners["told"]["address"]
            is_bed = kind.slug in PROTECTED_KINDS
            address = decks.deal_fitting("address told", told, [is_bed or not say.tags for say in told])
            says.append(address or told[0])
        english, french = self._only(setting, " ".join(s.en for s in says), " ".join(s.fr for s in says))
        return {"application_process": english, "application_process_fr": french}

    def _fees(self, setting: Setting, kind: Kind, chosen: Chosen, stated: Conditions) -> dict[str, Any]:
        fees = "free" if "accept:free" in stated.facts else self._fee_kind(setting, kind)
        if fees == "free":
            if self.decks.happens("fees unknown", 30):
                return {}
            stated.add(["accept:free"])
        say = self.decks.deal(f"fees {fees}", self.words.manners["fees"][fees])
        english, french = self._only(setting, say.en, say.fr)
        amounts = dict(zip(("Least", "Most"), map(float, say.tags), strict=False))
        costs = tuple(DemoCost(option, amount) for option, amount in amounts.items())
        return {"fees_description": english, "fees_description_fr": french, "costs": costs}

    def _fee_kind(self, setting: Setting, kind: Kind) -> str:
        if kind.slug in ("second_stage", "third_stage"):
            return "rent"
        if kind.slug == "storage_hygiene" and self.decks.happens("small fee", 50):
            return "small"
        if setting.profile.key == "clinic" and kind.fees == "free" and self.decks.happens("insured", 45):
            return "insured"
        if kind.slug in ("mental_health", "trauma_counselling") and self.decks.happens("sliding", 20):
            return "sliding"
        return kind.fees

    def _documents(self, setting: Setting, kind: Kind) -> dict[str, Any]:
        if not kind.documents or self.decks.happens("no documents", 40):
            return {}
        papers = self.words.manners["documents"][kind.documents]
        many = self.decks.deal("how many papers", (1, 2, 1))
        says = [self.decks.deal(f"papers {kind.documents}", papers) for _ in range(many)]
        pairs = [self._only(setting, say.en, say.fr) for say in says]
        return {"documents": tuple(DemoWords(en or fr, fr if en else "") for en, fr in pairs)}

    def _where(
        self, setting: Setting, kind: Kind, chosen: Chosen, places: Sequence[str], *, is_protected: bool
    ) -> dict[str, Any]:
        province = setting.town.province
        if chosen.reach != "place":
            return {"reach": chosen.reach, "province": province if chosen.reach == "province" else ""}
        if is_protected:
            return {"places": ("house",)}
        if kind.slug in UNTOLD:
            return {"places": (ASKED,)}
        stands = tuple(places) if self.decks.happens("at every place", 50) else tuple(places[:1])
        if not self.decks.happens("tells its area", 14):
            return {"places": stands}
        name = "flown" if setting.town.remote else "around"
        say = self.decks.deal(f"area {name}", self.words.manners["areas"][name])
        area = DemoWords(*(said(text, town=setting.town.plain) for text in (say.en, say.fr)))
        return {"places": stands, "area": (area,), "covers": (setting.town.name,)}

    def _state(
        self, setting: Setting, kind: Kind, chosen: Chosen, stated: Conditions, *, is_protected: bool
    ) -> dict[str, Any]:
        """Running, closed for a while, or gone; with what a reader must know first."""
        turn = self.decks.deal("state", range(100))
        status = next(name for last, name in STATES if turn < last)
        name = "temporarily_closed" if status == "temporarily closed" else "active" if 6 <= turn < 12 else ""
        if not name:
            return {"status": status}
        about = {
            "house": kind.slug in PROTECTED_KINDS,
            "door": chosen.reach == "place" and not is_protected and chosen.style != "always",
            "clinic": setting.profile.key == "clinic",
            "booked": chosen.style in ("appointment", "office", "office_evening")
            and not setting.profile.reach,
            "speaks": setting.profile.key in ("newcomers", "workers", "clinic", "hub"),
            "lift": kind.slug not in NO_DOOR
            and not setting.town.remote
            and "access:wheelchair:no" not in stated.facts,
        }
        alerts = self.words.manners["alerts"][name]
        fits = [all(about[tag] for tag in say.tags) for say in alerts]
        alert = self.decks.deal_fitting(f"alert {name}", alerts, fits)
        english, french = self._only(setting, *(_pair(alert) if alert else ("", "")))
        return {"status": status, "alert": english, "alert_fr": french}

    def _phones(
        self, setting: Setting, kind: Kind, chosen: Chosen, *, is_protected: bool
    ) -> tuple[DemoPhone, ...]:
        """A number of its own; none: the organization's serves."""
        decks, labels = self.decks, self.words.manners["phone_words"]
        is_afar = chosen.reach != "place" or (is_protected and not setting.profile.protected)
        if not is_afar and not chosen.has_texts and not decks.happens("own number", 22):
            return ()
        number = (
            self.numbers.toll_free() if is_afar or is_protected else self.numbers.local(setting.town.codes)
        )
        if setting.profile.signs:
            return (DemoPhone(number, "text", "Text", "Texto"),)
        found = [
            DemoPhone(number, "voice", *(_pair(labels["intake"][0]) if decks.happens("intake", 15) else ()))
        ]
        if (
            chosen.has_texts
            or (kind.slug in LINES and decks.happens("texts", 45))
            or decks.happens("texts elsewhere", 8)
        ):
            another = (
                self.numbers.toll_free()
                if is_afar or is_protected
                else self.numbers.local(setting.town.codes)
            )
            found.append(DemoPhone(another, "text", *_pair(decks.deal("text words", labels["text"]))))
        return tuple(found)


def _is_farming(town: Town) -> bool:
    """True where farms hire: towns of some size, outside the large cities and the North."""
    return town.province in FARM_PROVINCES and 8_000 <= town.people < LARGE and not town.remote


def _pair(say: Say) -> tuple[str, str]:
    return say.en, say.fr
