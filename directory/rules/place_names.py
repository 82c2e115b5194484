"""The words of a place name: how they are folded, which province they end in, what stands before and after.

Nothing here knows a place; `places.py` looks the readings up.
"""

import re
from collections.abc import Iterator

from directory.rules.province_names import PROVINCE_OF
from directory.rules.text import fold

_SAINTS = {"saint": "st", "st": "st", "sainte": "ste", "ste": "ste"}

_TITLE = re.compile(
    r"(?:the |la |le )?(?:city|town|village|hamlet|community|ville|village|hameau|communaute)"
    r" (?:of|de la|de l|des|de|du|d) (?:the )?(?=\w)"
)
# A municipality or county may be another place than the town of its name, or far wider.
_WIDE_TITLE = re.compile(
    r"(?:the |la |le )?(?:township|municipality|district|district municipality|rural municipality|rm|county|parish"
    r"|regional municipality|municipal district|md|region|municipalite|canton|paroisse|comte|mrc)"
    r"(?: (?:of|de la|de l|des|de|du|d))?(?: the)? (?=\w)|(?<=\w) (?:county|township|district|municipality|region)$"
)
_AROUND = re.compile(
    r"(?:(?:downtown|uptown|greater|metro|near|around|outside|pres (?:de|d)|(?:centre ville|region) (?:de|d)) )+(?=\w)"
    r"|(?<=\w) (?:city|town|area|ville|downtown|centre ville|et environs)$"
)
_NATION_AFTER = re.compile(
    r"(?<=\w)(?: (?:(?:cree|dene|ojibwa|ojibway|oji cree|ojibwe|anishinabe|anishinaabe|indian|mi kmaq|micmac|mohawk)"
    r" )?(?:first nations?|nations?|band|tribe|indian reserves?|reserves?|reservation|indian settlement|ir))"
    r"(?: (?:no |number )?(?P<number>\d+\w?))?$"
)
_NATION_BEFORE = re.compile(
    r"(?:the |la |les )?(?:\w+ )?(?:premiere nation|nation|bande?|conseil de bande|reserve|conseil|chippewas"
    r"|mississaugas|ojibways?|mohawks?|algonquins?|cree|innus?|abenakis|micmacs?|anicinapek)"
    r"(?: (?:crie|innue?|anishinabe|algonquine|micmac|mi kmaq|huronne wendat))?"
    r"(?: (?:of the|of|des|de la|de l|de|du|d))? (?=\w)"
)
_BETWEEN = re.compile(r"[,/;()&]|\s-\s|\b(?:and|et)\b", re.IGNORECASE)
_HYPHENS = re.compile(r"[-\u2010-\u2015]")
_NUMBER_SIGN = re.compile(r"(?<= )(?:no|nos|number|numero) (?=\d)")
# "N Vancouver", "Mt Royal": short words at the beginning, and what they may be short for.
_SHORT = {
    "ft": ("fort",), "mt": ("mount", "mont"), "pt": ("point", "port", "pointe"), "pte": ("pointe",), "lk": ("lake",),
    "n": ("north",), "s": ("south",), "e": ("east",), "w": ("west",), "pr": ("prince",), "gr": ("grand", "grande"),
    "hbr": ("harbour",), "is": ("ile", "island"), "mts": ("monts",), "cp": ("cape",), "riv": ("riviere",),
}  # fmt: skip


def place_key(text: str) -> str:
    """Return `text` folded for looking places up.

    "Saint" equals "St", "Sainte" equals "Ste", and a possessive s joins its word, so that
    "St. John's" equals "st johns" and stays apart from "Saint John".
    """
    words: list[str] = []
    for word in fold(text).split():
        if word == "s" and words:
            words[-1] += word
        else:
            words.append(_SAINTS.get(word, word))
    return " ".join(words)


def spelled_out(key: str) -> Iterator[str]:
    """Yield a key with its first word written out, where that is a usual short one: "ft nelson"."""
    first, _, rest = key.partition(" ")
    if rest:
        yield from (f"{word} {rest}" for word in _SHORT.get(first, ()))


def joined(key: str) -> str:
    """Return a key without its spaces: "troisrivieres" is typed for "trois rivieres"."""
    return key.replace(" ", "")


def split_province(key: str) -> Iterator[tuple[str, str]]:
    """Yield (name, province code) for each way to read the last words as a province."""
    words = key.split()
    for start in range(1, len(words)):
        province = PROVINCE_OF.get(" ".join(words[start:]))
        if province:
            yield " ".join(words[:start]), province


def without_title(key: str) -> str:
    """Return a key without "city of" or "ville de", and without the sign before a number; "" if there is none."""
    bare = _NUMBER_SIGN.sub("", _TITLE.sub("", key, count=1))
    return bare if bare != key else ""


def without_wide_title(key: str) -> str:
    """Return a key without "county of" or "rural municipality of", so that one may ask; "" if there is none."""
    bare = _WIDE_TITLE.sub("", key, count=1)
    return bare if bare != key else ""


def without_surroundings(key: str) -> str:
    """Return a key without "downtown", "greater" or "area", which only tell whereabouts; "" if there is none."""
    bare = _AROUND.sub("", key).strip()
    return bare if bare != key else ""


def of_a_nation(key: str) -> str:
    """Return the bare name of a First Nation or reserve, with the number that stands behind it; "" if it is none."""
    number = ""
    bare = key
    if found := _NATION_AFTER.search(key):
        bare, number = key[: found.start()], found["number"] or ""
    bare = _NATION_BEFORE.sub("", bare, count=1) if _NATION_BEFORE.match(bare) else bare
    return f"{bare} {number}".strip() if bare != key else ""


def is_numbered(name: str) -> bool:
    """Say whether a name ends in a number, as a reserve's does: "Cross Lake 19A"."""
    words = name.split()
    return len(words) > 1 and words[-1][0].isdigit()


def other_names(names: tuple[str, ...], most: int) -> Iterator[str]:
    """Yield more names that `names` hold: halves of "A/B" and "Happy Hill-Otter Bay", "Otter Bay" of "Otter Bay 3"."""
    for name in names:
        yield from name.split("/")[:most] if "/" in name else ()
        halves = name.split("-")
        yield from halves if len(halves) == 2 and any(" " in half.strip() for half in halves) else ()
        if is_numbered(name):
            yield " ".join(name.split()[:-1])


def parts(text: str) -> tuple[list[str], bool]:
    """Return the keys of what commas, slashes, brackets or "and" part, first to last; else what one hyphen parts.

    The second value says whether each part must be a place: behind a hyphen a word may be anything.
    """
    by_mark = [key for part in _BETWEEN.split(text) if (key := place_key(part))]
    if len(by_mark) > 1:
        return by_mark, False
    by_hyphen = [place_key(part) for part in _HYPHENS.split(text)]
    return (by_hyphen, True) if len(by_hyphen) == 2 and all(by_hyphen) else ([], True)
