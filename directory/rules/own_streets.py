"""Whether the lines of an address tell a street of their own, or that none is told: a box, "Confidential", a phone.

A civic number with its street tells one, however it is spelled, and so do a lot, a corner and a street without its
number. The name of a building tells none.
"""

import re
from collections.abc import Iterable

from directory.rules.name_words import HOUSE_WORDS
from directory.rules.street_kinds import EITHER, UNMISTAKABLE
from directory.rules.street_words import LITTLE, TYPES
from directory.rules.text import fold
from directory.rules.written_doors import Door, sure_doors_in
from directory.rules.written_names import streets_in
from directory.rules.written_roads import lots_of, roads_in

_PHONE = re.compile(r"(?<!\d)(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)")
_BOX = re.compile(
    r"(?i)\b(?:p\.?\s?o\.?\s?box|p\.?o\.?b\.?|box|c\.?\s?p\.?|b\.?\s?p\.?|(?:case|casier|bo[iî]te)\s+postale?|pmb|bag"
    r"|r\.?\s?r\.?|rural\s+route|route\s+rurale|general\s+delivery|poste\s+restante)"
    r"(?:\s*(?:#|no?\.?|n[°º]|num[eé]ro|number)?\s*\d+\w?|(?=\s*(?:$|[,;])))"
    r"(?:[\s,]*\b(?:stn|station|succ|succursale)\b\.?\s[^,;\n]*)?"
)
"""A box, a rural route and the like, with the post office that has it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTED = re.compile(r"[,;()\n]")
_SAYS_NONE = _words(
    "address adresse available anonyme anonymous call cachee caviardee confidentiality confidentialite disclosed"
    " disclosure divulge divulguee divulgue hidden known location lieu masquee na none not non online only phone"
    " provided published publiee released request demande restricted retenue revealed secrete see tba tbd"
    " telephone telephonez unavailable undisclosed unlisted unpublished upon virtual withheld appelez appeler"
    " appel line ligne hour hours heure heures h hr hrs day days jour jours week semaine minute minutes min km"
    " kilometre kilometres site sites locations places points lieux beds lits people personnes"
)
"""Words that say that a street isn't told, or that count something else than doors."""

_NO_NAMES = HOUSE_WORDS | LITTLE | _SAYS_NONE
_KINDS = TYPES | UNMISTAKABLE


def has_street(lines: Iterable[str]) -> bool:
    """True if any of these lines (address_1, address_2) tells a street."""
    return any(_is_street(part) for line in lines if line for part in _parts(line))


def _parts(line: str) -> list[str]:
    """The line without boxes and phone numbers, and each part of it: an excuse beside a street hides none."""
    told = _BOX.sub(",", _PHONE.sub(",", line))
    return [told, *_PARTED.split(told)]


def _is_street(told: str) -> bool:
    if any(_is_named(door) for door in sure_doors_in(told, is_street=True)):
        return True
    folded = fold(told)
    numbered = (*lots_of(told), *roads_in(folded.split(), is_text=False))
    if any(road[0].isdigit() or road.startswith(("lot ", "highway ")) for road in numbered):
        return True
    return _SAYS_NONE.isdisjoint(folded.split()) and any(
        not _NO_NAMES.issuperset(street.street.split()[1:]) for street in streets_in(folded)
    )


def _is_named(door: Door) -> bool:
    """True for "18 Broadway", "104 Avenue" and "14 The Esplanade", and not for "24 hours" or "2 sites in Kingston"."""
    if _KINDS.intersection(door.street):
        return True
    names = [word for word in door.street if word not in LITTLE]
    if not names or names[0] in _SAYS_NONE:
        return False
    return names[0] in EITHER or not _NO_NAMES.issuperset(names)
