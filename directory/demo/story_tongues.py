"""Which languages a service answers in: its own, those of its town, those of its people."""

from directory.demo.story_decks import Decks
from directory.demo.story_words import Profile, Town, Words

PEOPLES = ("first_nations", "inuit", "metis")
INUIT = {"ike", "ikt"}
SIGNED = {"QC": "fcs", "NU": "iks"}
NEWCOMERS = {"newcomers", "workers", "line"}
LARGE, FARM_PROVINCES = 150_000, {"ON", "BC", "AB", "QC", "NS", "PE", "MB", "NB"}


def tongues(
    words: Words, decks: Decks, town: Town, profile: Profile, kind: str, *, is_french: bool
) -> tuple[str, ...]:
    """ISO 639-3 codes, the main one first; a fifth of services say nothing about it."""
    if decks.happens("languages unknown", 20):
        return ()
    found = ["fra" if is_french else "eng"]
    if decks.happens(f"other official language {town.speaks}", 75 if town.speaks != "en" else 12):
        found.append("eng" if is_french else "fra")
    if profile.signs:
        found = [*(("fcs", "ase") if is_french else ("ase",)), *found]
    if profile.governed or town.remote or town.point[0] > 58:
        found += _own(words, decks, town, profile)
    if not profile.governed:
        found += _heard(words, decks, town, profile, kind)
    return tuple(dict.fromkeys(found))


def people_of(profile: Profile) -> str:
    """ "first_nations", "inuit" or "metis"; "" for those of several peoples or of none."""
    peoples = [people for people in PEOPLES if people in profile.focus]
    return peoples[0] if len(peoples) == 1 else ""


def _own(words: Words, decks: Decks, town: Town, profile: Profile) -> list[str]:
    """A language of the organization's people there; of any people of the place where it is of several."""
    people = people_of(profile)
    here = [code for code, towns in words.tongues["here"].items() if town.name in towns]
    if people == "metis":
        here = words.tongues[people].get(town.province, [])
    elif people:
        here = [code for code in here if (code in INUIT) == (people == "inuit")]
    if not here or not decks.happens("speaks its own", 75):
        return []
    return [decks.deal(f"indigenous {people} {town.name}", here)]


def _heard(words: Words, decks: Decks, town: Town, profile: Profile, kind: str) -> list[str]:
    """Languages of those who came: many in a newcomers' centre, one or none elsewhere."""
    heard = words.tongues["heard"]
    is_farm = profile.key == "workers" and town.people < LARGE and town.province in FARM_PROVINCES
    name = "farm" if is_farm else "large" if town.people >= LARGE or kind == "interpretation" else "small"
    often = profile.key in NEWCOMERS or kind == "interpretation"
    many = decks.deal(f"how many heard {often}", (3, 4, 5, 2, 6) if often else (0, 1, 0, 0, 2, 1))
    if town.remote:
        many = 0
    elif town.people < 10_000 and not often:
        many = min(many, 1)
    signed = [SIGNED.get(town.province, "ase")] if decks.happens("signs too", 3) else []
    return [decks.deal(f"heard {name}", heard[name]) for _ in range(many)] + signed
