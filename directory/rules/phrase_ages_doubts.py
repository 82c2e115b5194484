"""Numbers that look like ages and may be something else: years in Canada or of sobriety, months, numbers of people.

A wrong age hides a service from those for whom it is: where one of these readings is left, no age is stated.
"""

import re
from decimal import Decimal

from directory.rules.phrase_text import any_of

FEW_YEARS = 10
"""Nobody is told from longer ones that they are of a stay, of work or of sobriety."""
_UNIT = re.compile(r"\d ?[+-]? ?(?:years?|yrs?|ans?|months?|mois|y/?o)(?![^\W\d_])")
_YEARS = re.compile(r"\d ?[+-]? ?(?:years?|yrs?|ans?)(?![^\W\d_])")
_MONTHS_THEN_BARE = re.compile(r"(?P<months>\d+) ?-?(?:months?|mois)\b.*\D(?P<bare>\d+)$")
_PLACE = re.compile(
    any_of("canada", "ontario", "quebec", "here", "ici", "province", "country", "pays", "area", "region")
)
_SINCE = re.compile(
    any_of(
        "newcomers?", r"new arrivals?", r"arriv\w+", r"immigra\w+", "refugees?", r"refugie\w*", "landed", "since",
        "depuis",
        r"nouv(?:eaux|elles) arrivante?s?", r"nouveaux? venu\w*", r"sob(?:er|re|res|riety|riete)", "clean", "recovery",
        r"abstin\w+", "retablissement", r"stay\w*", r"sejours?", "length", "duration", "duree", r"liv(?:ed|ing)",
        r"resid(?:ed|ence|ency|ing)", "experience", "employed", "service", "diagnosis", "diagnostic", "separat\\w+",
        "status", "statut", "permanent residents?", r"parrain\w+", r"sponsor\w+",
    )
)  # fmt: skip
_FOR = re.compile(r"(?<!\w)(?:for|during|pendant|pour|depuis|durant|since)$")
_TINY = any_of("infants?", "toddlers?", "babies", "bebes?", "nourrissons?", "tout-petits")
_CHILDREN = any_of("children", "kids", "enfants?")
_ANYONE = any_of(
    "people", "persons?", "individuals", "clients?", "anyone", "those", "residents?", "survivors?", "personnes?",
    "toute personne", "survivantes?",
)  # fmt: skip
_SAYS_OLD = re.compile(any_of("old(?:er)?", "age[ds]?", "agees?"))
GROWN, OLDEST_BARE = 19, 95
"""Years: nobody older is a child; from here on a number of people is likelier."""


def is_time_lived(text: str, sentence: str, before: str, number: str, people: str, top: Decimal) -> bool:
    """Whether years may have been lived somewhere, or sober: "under 5 years in Canada", "for 2+ years".

    `text` is the whole, `sentence` that of the `number`, `before` what stands before it; `people` of whom it is, if of
    anybody; `top` the higher bound. All folded, without a word of age in the sentence.
    """
    is_short = top <= FEW_YEARS and not re.fullmatch(f"{_TINY}|{_CHILDREN}", people)
    if _YEARS.search(number) and not people and _PLACE.search(sentence):
        return True
    if is_short and _YEARS.search(number) and _FOR.search(before.rstrip()):
        return True
    return is_short and bool(_PLACE.search(text) or _SINCE.search(text))


def is_of_months(sentence: str, number: str, people: str, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether bare numbers may be months: "toddlers 12-24", "children 18-36", "18 months to 36"."""
    if mixed := _MONTHS_THEN_BARE.search(number):
        return int(mixed["bare"]) > int(mixed["months"])
    if _UNIT.search(number) or re.search(r"\byears?\b|\bans\b", sentence):
        return False
    if re.fullmatch(_TINY, people):
        return True
    return bool(re.fullmatch(_CHILDREN, people)) and low is not None and high is not None and high > GROWN


def is_count(sentence: str, number: str, behind: str, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether a number may be of people: "2+ people", "up to 12 children", "individuals 100+".

    `behind` is a group that stands right behind the number.
    """
    if _UNIT.search(number) or _SAYS_OLD.search(sentence):
        return False
    if low is not None and low >= OLDEST_BARE and re.search(_ANYONE, sentence):
        return True
    if not behind or low == 0:
        return False
    is_one_bound = low is None or high is None
    top = high if high is not None else low or Decimal(0)
    return top <= FEW_YEARS or (
        is_one_bound and bool(re.fullmatch(_ANYONE, behind) or not number[0].isdigit())
    )
