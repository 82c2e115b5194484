"""Provinces and territories as people type them: names, letters and short forms, English and French, with slips."""

import re

from directory.rules.place_slips import allowed_edits, edits
from directory.rules.text import fold

# Codes, names and usual short forms, English and French, as `fold` leaves them.
_PROVINCE_WORDS = {
    "AB": "ab|alberta|alta|alb",
    "BC": "bc|british columbia|colombie britannique|cb",
    "MB": "mb|manitoba|man",
    "NB": "nb|new brunswick|nouveau brunswick",
    "NL": "nl|newfoundland and labrador|newfoundland labrador|newfoundland|labrador|nfld|nf"
    "|terre neuve et labrador|terre neuve et le labrador|terre neuve|tnl|tn",
    "NS": "ns|nova scotia|nouvelle ecosse|ne",
    "NT": "nt|northwest territories|northwest territory|territoires du nord ouest|nwt|tno",
    "NU": "nu|nunavut|nunavut territory|nt nu|nvt",
    "ON": "on|ontario|ont",
    "PE": "pe|prince edward island|ile du prince edouard|i p e|pei|ipe",
    "QC": "qc|quebec|que|pq|qué",
    "SK": "sk|saskatchewan|sask",
    "YT": "yt|yukon|yukon territory|territoire du yukon|yk|yn",
}


def _province_names() -> dict[str, str]:
    """Return folded name to code; short codes also as typed with points ("b c")."""
    names = {}
    for code, words in _PROVINCE_WORDS.items():
        for word in words.split("|"):
            names[fold(word)] = code
            if len(word) <= 3:
                names[" ".join(word)] = code
    return names


PROVINCE_OF = _province_names()
"""The two letters by each folded name and short form."""

_ARTICLE = "the|la|le|les|l"
_LITTLE = re.compile(rf"(?:(?:all|whole|entire|anywhere|in|of|en|au|aux|dans|toute?|{_ARTICLE}) )*(?=\w)")
_BEFORE = re.compile(rf"(?:province|territory|territoire) (?:of|de|du|d) (?:(?:{_ARTICLE}) )*(?=\w)")
_AFTER = re.compile(rf"(?<=\w) (?:(?:{_ARTICLE}) )?(?:province|territor(?:y|ies)|territoires?)$")
_IN_CANADA = re.compile(r"(?<=\w) canada$")


def province_letters(text: str) -> str:
    """Return the two letters of a province that stands alone, in words or short; "" if it is none."""
    return PROVINCE_OF.get(fold(text), "")


def province_meant(text: str) -> str:
    """Return the same with what stands around a province's name: "the Yukon", "province de Québec", "PEI, Canada"."""
    key = _IN_CANADA.sub("", fold(text))
    bare = _LITTLE.sub("", key, count=1)
    readings = (key, bare, _BEFORE.sub("", bare, count=1), _AFTER.sub("", bare))
    return next((PROVINCE_OF[name] for name in readings if name in PROVINCE_OF), "")


def province_slipped(text: str) -> str:
    """Return the letters of the one province whose name is a slip of the keyboard away; "" if none or several are."""
    key = _LITTLE.sub("", _IN_CANADA.sub("", fold(text)), count=1)
    most = allowed_edits(key)
    near = {
        letters
        for name, letters in PROVINCE_OF.items()
        if most and name[0] == key[0] and edits(key, name, most) <= min(most, allowed_edits(name))
    }
    return near.pop() if len(near) == 1 else ""
