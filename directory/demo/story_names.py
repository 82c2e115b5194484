"""Names, keys, web addresses, streets and telephone numbers that nobody bears."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from directory.demo.reading import DemoOrganization
from directory.demo.story_decks import Decks
from directory.demo.story_words import Profile, Say, Town, Words
from directory.rules.text import fold

TOLL_FREE = ("1-800", "1-833", "1-844", "1-855", "1-866", "1-877", "1-888")
OF = re.compile(r"^(de la |de l'|du |des )")


@dataclass(frozen=True, slots=True)
class Brand:
    """An organization's own word: in English, in French behind a noun ("de la Sterne bleue"), in French alone."""

    en: str
    fr: str
    own: str


@dataclass(frozen=True, slots=True)
class Named:
    """Names of one organization; `key` and `host` come from them."""

    name: str
    name_fr: str
    key: str
    host: str
    brand: Brand
    audience: str = ""
    """For whom the name says that it is: "women" for a women's centre."""


SPELLED = {
    4: "Four quatre", 5: "Five cinq", 6: "Six six", 7: "Seven sept", 8: "Eight huit", 9: "Nine neuf", 10: "Ten dix",
    12: "Twelve douze", 14: "Fourteen quatorze",
}  # fmt: skip


def spelled(text: str, number: int, *, in_french: bool) -> str:
    """`text` with a number at its beginning written as a word, as one writes it there."""
    return text.replace("{n}", SPELLED[number].split()[in_french], 1) if text.startswith("{n}") else text


def said(text: str, **words: Any) -> str:
    """`text` with its {words}, and a capital where it begins."""
    told = text
    for name, word in words.items():
        told = told.replace("{" + name + "}", str(word))
    return told[:1].upper() + told[1:]


class Namer:
    """Gives each organization a name that is not taken."""

    def __init__(self, words: Words, decks: Decks, told: Iterable[DemoOrganization]) -> None:
        self._words, self._decks = words.names, decks
        self._taken = {fold(o.name) for o in told} | {o.key for o in told}

    def name(self, profile: Profile, town: Town, *, is_french: bool, nation: Say | None = None) -> Named:
        """A name by the profile's types; a nation's own is given."""
        for _ in range(500):
            brand = (
                Brand(nation.en, nation.fr, nation.fr)
                if nation
                else self._brand(profile, is_french=is_french)
            )
            kind = self._decks.deal(f"types {profile.key} {is_french}", profile.types)
            found = self._named(kind, brand, is_french=is_french, has_french=nation is not None)
            if found.key not in self._taken and fold(found.name) not in self._taken:
                self._taken |= {found.key, fold(found.name)}
                return found
        raise LookupError(f"no name is left for {profile.key} in {town.name}")

    def _named(self, kind: Say, brand: Brand, *, is_french: bool, has_french: bool) -> Named:
        english, french = said(kind.en, brand=brand.en), said(kind.fr, brand=brand.fr, own=brand.own)
        has_french = has_french or self._decks.happens("french name", 40)
        name, other = (french, "") if is_french else (english, french if has_french else "")
        host = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
        audience = kind.tags[0] if kind.tags else ""
        return Named(name, "" if other == name else other, host.replace("-", "_"), host, brand, audience)

    def _brand(self, profile: Profile, *, is_french: bool) -> Brand:
        if profile.land:
            english, french = self._decks.deal(f"{profile.land} {is_french}", self._words[profile.land])
            own = OF.sub("", french)
            return Brand(own, french, own) if is_french else Brand(english, english, english)
        return self._french_brand() if is_french else self._english_brand()

    def _english_brand(self) -> Brand:
        first = self._decks.deal("first words", self._words["first"])
        second = self._decks.deal(f"second words of {first}", self._words["second"])
        own = f"{first} {second}"
        return Brand(own, own, own)

    def _french_brand(self) -> Brand:
        of, noun, gender = self._decks.deal("french nouns", self._words["french_nouns"])
        forms = self._decks.deal(f"adjectives of {noun}", self._words["french_adjectives"])
        own = f"{noun} {forms[gender == 'f']}"
        return Brand(own, of + own, own)


class Numbers:
    """Telephone numbers of the fictional ranges, each given once while there are any left."""

    def __init__(self, told: Iterable[DemoOrganization]) -> None:
        phones = [p for o in told for p in (*o.phones, *(p for s in o.service for p in s.phones))]
        self._taken = {phone.number for phone in phones}

    def local(self, codes: Sequence[str]) -> str:
        """A number of one of these area codes; a toll-free one when they are used up."""
        return self._free(codes) or self.toll_free()

    def toll_free(self) -> str:
        """A number that tells no region. Raises LookupError when all seven hundred are given."""
        found = self._free(TOLL_FREE)
        if not found:
            raise LookupError("no toll-free number is left")
        return found

    def _free(self, codes: Sequence[str]) -> str:
        for last in range(100):
            for code in codes:
                number = f"{code}-555-01{last:02}"
                if number not in self._taken:
                    self._taken.add(number)
                    return number
        return ""


def street(words: Words, decks: Decks, town: Town, *, is_french: bool) -> str:
    """A door in a street that is on no map; in the smallest places a building's number."""
    chance = decks.chance("street", town.name, decks.turn(f"doors of {town.name}"))
    number = chance.randint(2, 980)
    if town.remote:
        return f"Édifice {number}" if is_french else f"Building {number}"
    if is_french:
        suite = chance.choice(
            ("", "", f", bureau {chance.randint(2, 40) * 10}", f", {chance.randint(2, 4)}e étage")
        )
        return f"{number}, {decks.deal(f'rues {town.name}', words.names['french_streets'])}{suite}"
    suite = chance.choice(
        ("", "", f", unit {chance.randint(2, 18)}", f", suite {chance.randint(2, 40) * 10}")
    )
    return f"{number} {decks.deal(f'streets {town.name}', words.names['streets'])}{suite}"
