"""Which towns a line of an address names that could not be read as one: "100 King St, Windsor", "serving Ottawa".

A street, a unit, a building and a province are no towns. What may be the name of a town that nobody here knows makes
the line doubtful: such a row must not be shown in the town of its neighbours.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from directory.rules.table_addresses import POSTAL, behind_street, is_unit, province_code
from directory.rules.text import fold

_PARTS = re.compile(r"[,;|()/\n\r\t]+|\s[-\u2013\u2014]\s")
_AND = re.compile(r"\s(?:and|et|&)\s", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?i)^(?:(?:serving|serves|servicing|in|at|near|of|for|to|the|downtown|greater|central|based|located|offices?"
    r"|city|town|township|village|ville|region|r[ée]gion|area|dessert|desservant|[àa]|de|du|la|le|centre-ville|pr[èe]s"
    r")\s+|d['\u2019])+"
)
_BEHIND = re.compile(
    r"(?i)(?:\s+(?:and|et|area|region|r[ée]gion|environs|based|only|county|downtown|office|residents?|location|site))+$"
)
# Folded words of buildings and of the way to a door; whatever they stand in is no town.
_BUILDING = re.compile(
    r"\b(?:building|bldg|mall|plaza|cent(?:re|er)|hall|house|church|school|hospital|clinic|library|college|university"
    r"|campus|tower|block|floor|entrance|door|rear|upstairs|downstairs|basement|lobby|wing|pavil(?:l?ion|lon)|edifice"
    r"|immeuble|eglise|ecole|hopital|clinique|bibliotheque|entree|porte|arriere|rdc|corner|behind|across|beside"
    r"|between|coin|angle|entre)\b"
)
_SMALL_WORDS = frozenset(
    ("of", "the", "and", "de", "des", "du", "la", "le", "les", "et", "sur", "aux", "on", "upon", "in")
)
LONGEST_NAME = 5
"""Words of a town's name."""
Known = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Towns:
    """The names of known towns in a line, provinces by their letters, and whether it may name an unknown town."""

    names: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    is_doubtful: bool = False


def towns_named(line: str, is_known: Known) -> Towns:
    """Return the towns that `line` names; `is_known` says whether a name is one town's."""
    names: dict[str, None] = {}
    provinces: dict[str, None] = {}
    parts = list(_parts(line))
    has_street, is_doubtful = any(behind_street(part) is not None for part in parts), False
    is_behind = not has_street
    for part in parts:
        rest = behind_street(part)
        is_behind = is_behind or rest is not None
        told = part if rest is None else rest
        if found := [name for name in _readings(told) if is_known(name)]:
            names.setdefault(found[0])
        elif several := _known_of_list(told, is_known):
            names.update(dict.fromkeys(several))
        elif province := province_code(told):
            provinces.setdefault(province)
        elif is_behind and _is_like_a_name(told):
            is_doubtful = True
    return Towns(tuple(names), tuple(provinces), is_doubtful)


def _parts(line: str) -> Iterator[str]:
    bare = POSTAL.sub(",", line)
    for part in _PARTS.split(bare):
        tidy = part.strip(" .-:")
        if tidy and not is_unit(tidy) and fold(tidy) != "canada":
            yield tidy


def _readings(part: str) -> Iterator[str]:
    """The part as it stands, and without words that only tell whereabouts. A province's name alone is not a town's."""
    if not part or province_code(part):
        return
    bare = _BEHIND.sub("", _BEFORE.sub("", part))
    yield from dict.fromkeys(name for name in (part, bare) if name)


def _known_of_list(part: str, is_known: Known) -> list[str]:
    """ "Kingston and Napanee"."""
    told = [next(filter(is_known, _readings(each.strip())), "") for each in _AND.split(part)]
    return told if len(told) > 1 and all(told) else []


def _is_like_a_name(part: str) -> bool:
    """A few words with capitals, and none of a building: it may be a town, and nobody knows."""
    words = part.split()
    if not words or len(words) > LONGEST_NAME or re.search(r"\d", part):
        return False
    if _BUILDING.search(fold(part)):
        return False
    return all(word[:1].isupper() or fold(word) in _SMALL_WORDS for word in words)
