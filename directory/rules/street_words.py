"""The words of streets in both languages: kinds, small words, units, and which words say the same in two spellings."""

import re
from functools import lru_cache

from directory.rules.street_kinds import SAME_KINDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPES = _words(
    "allee autoroute av ave avenue bd blvd boul boulevard ch chem chemin cir circle close cote cour cours court cr"
    " cres crescent croissant crt ct dr drive esplanade gate grove highway hwy impasse lane ln montee parkway"
    " passage pkwy pl place promenade quai rang rd rg road route row rte rue ruelle sentier sq square st str street"
    " terr terrace terrasse trail voie way"
)
LITTLE = _words(
    "and at au bis civic civique d de des du e east est et l la le les n ne no nord north nr num number numero nw o"
    " of on ouest quater s saint sainte se so south ste sud sw ter the sur through to w west"
)
UNITS = _words(
    "apartment app appartement appt apt bat batiment bldg box building bur bureau case casier cp etage fl floor local"
    " office rm room suite unit unite"
)
NUMBER_WORDS = _words("civic civique no nr num number numero")
JOINING = NUMBER_WORDS | _words("and bis et quater ter to")

_SAME = (
    ("highway", "hwy", "route", "rte", "autoroute", "aut"),
    ("road", "rd"),
    ("avenue", "ave", "av"),
    ("boulevard", "boul", "blvd", "bd"),
    ("township", "twp"),
    ("range", "rge", "rr"),
    ("concession", "conc", "con"),
    ("sideroad", "side", "sdrd", "sr"),
    ("mount", "mt", "mont"),
    ("mountain", "mtn"),
    ("fort", "ft"),
    ("county", "cty"),
    ("main", "principale"),
)
_KINDS = (
    *_SAME[:4],
    ("street", "st", "str", "rue"),
    ("road", "rd", "chemin", "ch", "chem"),
    ("crescent", "cres", "cr", "croissant"),
    ("court", "ct", "crt", "cour", "cours"),
    ("place", "pl"),
    ("square", "sq"),
    ("lane", "ln", "ruelle", "allee"),
    ("drive", "dr", "promenade"),
    ("terrace", "terr", "terrasse"),
    ("parkway", "pkwy"),
    ("circle", "cir"),
    ("trail", "sentier"),
    ("rang", "rg"),
)
KIND_OF = {word: kinds[0] for kinds in (*SAME_KINDS, *_KINDS) for word in kinds}
"""One word for each kind of street, whatever the language: "rue" is a street."""

_SPELLED = {word: group for group in _SAME for word in group}
_ENGLISH = "one two three four five six seven eight nine ten eleven twelve"
_FRENCH = "un deux trois quatre cinq six sept huit neuf dix onze douze"
IN_WORDS = {
    word: str(number)
    for words in (_ENGLISH, _FRENCH)
    for number, word in enumerate(words.split(), 1)
    if word != "un"
}
_ORDINALS = tuple(
    words.split()
    for words in (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        "premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme"
        " treizieme quatorzieme quinzieme seizieme dix-septieme dix-huitieme dix-neuvieme vingtieme",
        "premier seconde",
    )
)
_ORDINAL_WORDS = {
    word: str(number) for words in _ORDINALS for number, word in enumerate(words, 1) if "-" not in word
}
_ENDINGS = ["st", "nd", "rd", "th", "e", "er", "re", "ere", "eme", "ieme", "ier", "iere", "nde"]
_ORDINAL = re.compile(rf"(\d{{1,4}})(?:{'|'.join(_ENDINGS)})")
ORDINAL_ENDINGS = frozenset(_ENDINGS)
_CIVIC = re.compile(r"(\d+)[a-z]?")


@lru_cache(maxsize=20_000)
def number_in(word: str) -> str:
    """The digits of "26" and "26a", else nothing: "5th" is a word."""
    found = _CIVIC.fullmatch(word)
    return found[1] if found else ""


@lru_cache(maxsize=20_000)
def ordinal_in(word: str) -> str:
    """The digits of "5th", "5e", "5ieme", "fifth" and "cinquieme", else nothing."""
    found = _ORDINAL.fullmatch(word)
    return found[1] if found else _ORDINAL_WORDS.get(word, "")


def as_ordinal(number: str) -> str:
    """ "104" as "104th": how a street that is named by a number is kept, whatever its language."""
    if number[-2:-1] == "1":
        return f"{number}th"
    return number + {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")


@lru_cache(maxsize=20_000)
def ways(word: str) -> tuple[str, ...]:
    """A word of a street's name in the spellings it is kept by, "mount" and "mt", "5th" and "fifth"; else that word."""
    if number := ordinal_in(word):
        return tuple(dict.fromkeys((word, as_ordinal(number), number)))
    return _SPELLED.get(word, (word,))


@lru_cache(maxsize=2_000)
def ordinal_ways(number: str) -> tuple[str, ...]:
    """How the door of a street named by this number was kept, now and before one spelling was kept for all."""
    words = [word for word, value in _ORDINAL_WORDS.items() if value == number]
    endings = ["eme", "ieme", *(["er", "re", "ere"] if number == "1" else [])]
    return (as_ordinal(number), number, *(number + ending for ending in endings), *words)


@lru_cache(maxsize=20_000)
def one_way(word: str) -> str:
    """The spelling that stands for all: "mt" is "mount"; "5", "5e" and "cinquieme" are "5th"."""
    if number := ordinal_in(word) or number_in(word):
        return as_ordinal(number)
    return _SPELLED.get(word, (word,))[0]


_FURTHEST = 6
"""Words that may stand between a number and its street."""


def number_beside(words: list[str], place: int, step: int, skipped: frozenset[str] = TYPES) -> str:
    """The number before (`step` -1) or behind (1) a place; between stand small words and kinds of streets at most."""
    for _ in range(_FURTHEST):
        place += step
        if not 0 <= place < len(words):
            return ""
        if number := number_in(words[place]):
            return number
        if words[place] not in LITTLE and words[place] not in skipped:
            return ""
    return ""
