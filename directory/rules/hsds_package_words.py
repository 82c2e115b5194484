"""Words of HSDS packages: areas by name, prisons called lodges, keys to compare services by."""

import re
from collections.abc import Sequence

from directory.rules.provinces import PROVINCES
from directory.rules.text import fold

COUNTRY = "country"
_COUNTRY = frozenset(
    [
        "canada",
        "canada wide",
        "all of canada",
        "across canada",
        "throughout canada",
        "national",
        "nationwide",
        "pan canadian",
        "pancanadien",
        "pancanadienne",
        "partout au canada",
        "tout le canada",
        "a travers le canada",
        "ensemble du canada",
        "l ensemble du canada",
        "anywhere in canada",
        "ca",
    ]
)
_SHORT = {"ont": "ON", "que": "QC", "pq": "QC", "nfld": "NL", "newfoundland": "NL", "labrador": "NL"}
_PROVINCES = {fold(word): code for code, names in PROVINCES.items() for word in (code, *names[:2])} | _SHORT
_AROUND = re.compile(
    r"^(?:all of|throughout|across|province of|the|la province d[eu]|province d[eu]|territory of|territoire du"
    r"|tout le|toute l|tout|partout au|partout en|ensemble (?:du|de)|l|le|la|les|d)\s+|\s+(?:canada|wide|province)$"
)

# Correctional Service Canada's lodges and those of its agreements (domain.md: a prison is never listed).
_LODGES = tuple(
    map(
        fold,
        (
            "Okimaw Ohci",
            "Pê Sâkâstêw",
            "Stan Daniels Healing Centre",
            "Willow Cree Healing",
            "Kwìkwèxwelhp",
            "Waseskun Healing Cent",
            "Prince Albert Grand Council Spiritual Healing",
            "Buffalo Sage Wellness House",
            "O-Chi-Chak-Ko-Sipi",
            "Eagle Women's Healing Lodge",
        ),
    )
)
_LODGE = re.compile(
    r"healing (?:lodge|cent(?:re|er)|village)|wellness house|spiritual lodge"
    r"|pavillon de ressourcement|maison de (?:guerison|ressourcement)|centre de guerison"
)
_PRISON = re.compile(
    r"\b(?:correctional service|service correctionnel|csc|scc|inmates?|offenders?|detenu(?:e?s)?|delinquant(?:e?s)?"
    r"|section 81|article 81|federal sentence|peine federale|minimum security|securite minimale|penitentiary"
    r"|penitencier|day parole|semi liberte)\b"
)


def area_named(name: str) -> str:
    """ "country" for all of Canada, the two letters of a province, or "" for any other area."""
    folded = fold(name)
    for _ in range(3):
        if folded in _COUNTRY:
            return COUNTRY
        if folded in _PROVINCES:
            return _PROVINCES[folded]
        shorter = _AROUND.sub("", folded, count=1).strip()
        if shorter == folded:
            return ""
        folded = shorter
    return ""


def is_correctional_lodge(texts: Sequence[str]) -> bool:
    """True if these texts of one record (its name first) tell of a prison that bears the name of a lodge."""
    low = " ".join(texts).lower()
    if not any(hint in low for hint in _HINTS):
        return False
    folded = fold(" ".join(texts))
    names = fold(" ".join(texts[:2]))
    return any(lodge in names for lodge in _LODGES) or bool(_LODGE.search(folded) and _PRISON.search(folded))


# What any lodge's texts hold before they are folded: most records are told apart by this alone.
_HINTS = (
    "heal",
    "wellness house",
    "lodge",
    "ressourcement",
    "guérison",
    "guerison",
    "ohci",
    "sâk",
    "sak",
    "wìk",
    "sipi",
)


def name_key(name: str) -> str:
    """A service's name for comparing two publishers' records."""
    return fold(name)


def phone_key(number: str) -> str:
    """The digits of a number for comparing: ten of them where it is a North American one, "" for too few."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return digits if len(digits) >= 7 else ""
