"""Ages in a sentence of English or French, read only where nothing else can be meant.

Bounds are HSDS's minimum_age and maximum_age: completed years, both in. "Under 12" is 11 at most, "12 and under" 12;
"6 months" is 0.5. "Over 18" is said for 18 and for 19, so it is not read. A sentence beside the ages that speaks of
ages, families or exceptions makes the whole unsure.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from directory.rules.phrase_text import Phrase, Token, any_of, phrase, tokens, unknown_words

OLDEST = 120
LONGEST_TEXT = 2_000
"""Longer texts are prose and stay so."""


@dataclass(frozen=True, slots=True)
class Ages:
    """Years, both bounds in. Sure without bounds: all ages are stated. Not sure: nothing is, and `rest` says why."""

    low: Decimal | None = None
    high: Decimal | None = None
    is_sure: bool = False
    rest: str = ""


_UNIT = r"(?: ?-?(?P<{}>years?(?: old| of age)?|yrs?(?: old)?|y/?o|ans|an|months?(?: old)?|mois))?"
_LOW = r"(?P<low>\d{1,3})(?![\d.,:%/]\d|\d|%)" + _UNIT.format("low_unit")
_HIGH = r"(?P<high>\d{1,3})(?![\d.,:%/]\d|\d|%)" + _UNIT.format("high_unit")
_BIRTH = r"(?P<birth>birth|newborns?|la naissance|naissance)"
_START = r"(?<![\w$#.,:/-])"
_STOP = r"(?![\w$%:/]|-\w)"
_GAP = r" ?(?:-|to|a|through|until|and up to|jusqu'a) ?"

RANGE = re.compile(rf"{_START}(?:from |de )?(?:{_LOW}|{_BIRTH}){_GAP}{_HIGH}{_STOP}")
BETWEEN = re.compile(
    rf"{_START}(?:between|entre)(?: the ages of| l'age de)? {_LOW} (?:and|et) {_HIGH}{_STOP}"
)
LOWEST = re.compile(
    rf"{_START}{_LOW} ?(?:(?:et|and|or|ou) ?)?(?:\+|(?<![^ ])(?:over|older|up|above|plus)(?: of age)?){_STOP}"
    rf"|{_START}(?:at least|minimum(?: age)?(?: of)?:?|a partir de(?: l'age de)?|des l'age de|au moins|age minimum ?:?"
    rf"|from the age of) {_LOW.replace('low', 'least')}{_STOP}"
)
HIGHEST = re.compile(
    rf"{_START}{_HIGH} (?:and|or|et|ou) (?:under|younger|below|moins){_STOP}"
    rf"|{_START}(?:up to(?: the age of)?(?: and including)?|jusqu'a(?: l'age de)?|maximum age(?: of)?:?"
    rf"|age maximum ?:?) {_HIGH.replace('high', 'most')}{_STOP}"
)
UNDER = re.compile(
    rf"{_START}(?:under(?: the age of| age)?|younger than|below(?: the age of)?|(?:de |ages de |agees de )?moins de) "
    rf"{_HIGH}{_STOP}"
)
ALL = re.compile(
    any_of("all ages?", "any age", "tous(?: les)? ages", "de tout age", "a tout age", "every age")
)

PEOPLE = any_of(
    "youths?", "young people", "young adults?", "young (?:women|men)", "children", "kids", "teens?", "teenagers?",
    "seniors?", "older adults?", "adults?", "women", "men", "girls", "boys", "people", "persons?", "individuals",
    "clients?", "anyone", "those", "residents?", "survivors?", "infants?", "toddlers?",
    "jeunes?", "jeunes (?:femmes|hommes|adultes)", "enfants?", "adolescente?s", "ados?", "aine(?:e|s|es)?", "adultes?",
    "femmes", "hommes", "filles", "garcons", "personnes?", "personnes ainees", "toute personne", "survivantes?",
)  # fmt: skip
_NEUTRAL = any_of(
    "ages?", "aged", "agees?", "age group", "years?", "old", "of age", "ans", "years old", "must be", "you must be",
    "is", "are", "be", "for", "serves", "serving", "open to", "offered to", "services? for", "ouvert aux?",
    "offert aux?", "pour(?: les| des)?", "avoir", "doit avoir", "doivent avoir", "s'adresse aux?", "who are", "the",
    "les", "des", "de", "all", "tous les", "toutes les", "(?:in|across) (?:canada|ontario)", "ontario",
    "(?:en|de l')ontario", "au canada", "experiencing homelessness", "of sexual violence", "sans abri",
    "inclusion", "eligibility", "admissibilite", "a", "l'age de", "who", "only", "seulement", "age range",
    "groupe d'age", "vous devez avoir",
)  # fmt: skip

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("all", ALL), ("between", BETWEEN), ("range", RANGE), ("lowest", LOWEST), ("highest", HIGHEST), ("under", UNDER),
    ("people", re.compile(PEOPLE)), ("", re.compile(_NEUTRAL)), ("exclusion", re.compile(r"exclusions? ?:")),
    ("break", re.compile(r"[.;\n]")), ("", re.compile(r"[(),:/]|\[|\]")),
)  # fmt: skip
SAYS_AGES = ("all", "between", "range", "lowest", "highest", "under")

# What another sentence must not hold: numbers, ages, others who come along, exceptions, doubts.
_TOUCHES = re.compile(
    r"\d|" + any_of(
        "ages?", "ans?", "years?", "months?", "mois", "old(?:er)?", "young(?:er)?", "parents?", "famil(?:y|ies)",
        "familles?", "caregivers?", "guardians?", "proches", "partners?", "accompan\\w+", "accompagn\\w+", "all",
        "tou(?:s|t|tes)", "except\\w*", "unless", "sauf", "if", "si", "or", "ou", "some", "certains?", "certaines?",
        "may", "peu(?:t|vent)", "not", "pas", "no", "varies", "vary", "usually", "souvent", "exclusions?", "other",
        "autres?", "minors?", "mineure?s",
    ) + "|" + PEOPLE
)  # fmt: skip
_HARMLESS = re.compile(r"exclusions? ?: ?(?:none(?: stated)?|aucune?|men|women|hommes|femmes)")


# A list says the same few phrases again and again.
@lru_cache(maxsize=2048)
def read_ages(text: str, *, is_age_column: bool = False) -> Ages:
    """Return the ages that `text` states; not sure where it may mean two things. Never raises.

    A bare "16-24" counts only where `is_age_column` says that the text can be of nothing else.
    """
    if len(text) > LONGEST_TEXT:
        return Ages(rest=text.strip())
    said = phrase(text)
    read: list[Ages] = []
    for sentence in _sentences(tokens(said, KINDS)):
        kinds = [token.kind for token in sentence]
        is_of_age = any(kind in SAYS_AGES for kind in kinds)
        if is_of_age and "unknown" not in kinds:
            found = _of_sentence(said, sentence, is_sole=is_age_column)
            if found is None:
                return _unsure(said, text)
            read.append(found)
        elif is_of_age or _touches(said, sentence):
            return _unsure(said, text)
    return _together(read) or _unsure(said, text)


def _unsure(said: Phrase, text: str) -> Ages:
    return Ages(rest=unknown_words(said, tokens(said, KINDS)) or text.strip())


def _sentences(found: list[Token]) -> list[list[Token]]:
    sentences: list[list[Token]] = [[]]
    for token in found:
        if token.kind == "break":
            sentences.append([])
        else:
            sentences[-1].append(token)
    return [sentence for sentence in sentences if sentence]


def _touches(said: Phrase, sentence: list[Token]) -> bool:
    words = said.folded[sentence[0].start : sentence[-1].end]
    return bool(_TOUCHES.search(words)) and not _HARMLESS.fullmatch(words)


def _of_sentence(said: Phrase, sentence: list[Token], *, is_sole: bool) -> Ages | None:
    """The ages of a sentence whose every word is known; None where it says none, or two things."""
    telling = [token for token in sentence if token.kind in SAYS_AGES]
    if len(telling) != 1:
        return None
    token = telling[0]
    before = said.folded[: token.start].rstrip(" (:,")
    is_bound = token.kind == "under" or (token.kind in ("lowest", "highest") and token.text[0].isdigit())
    is_cued = is_bound or bool(re.search(rf"(?:{PEOPLE}|\bage[ds]?|\bages of)$", before))
    found = _bounds(token, is_cued=is_cued or is_sole)
    if found is None or not any(part.kind == "exclusion" for part in sentence):
        return found
    return _excluding(found)


def _excluding(out: Ages) -> Ages | None:
    """ "Exclusion: adults 25+" leaves those of 24 at most; "exclusion: under 16" those of 16 and over."""
    if out.high is None and out.low is not None and out.low == int(out.low) and out.low >= 1:
        return Ages(high=out.low - 1, is_sure=True)
    if out.low is None and out.high is not None and out.high == int(out.high):
        return Ages(low=out.high + 1, is_sure=True)
    return None


def _together(read: list[Ages]) -> Ages | None:
    """One statement of ages; further ones must not say anything else of the bound that they state."""
    if not read:
        return None
    first = read[0]
    for other in read[1:]:
        if (
            other.low not in (None, first.low)
            or other.high not in (None, first.high)
            or other == Ages(is_sure=True)
        ):
            return None
    return first


def _bounds(token: Token, *, is_cued: bool) -> Ages | None:
    if token.kind == "all":
        return Ages(is_sure=True)
    pattern = dict(KINDS)[token.kind]
    match = pattern.fullmatch(token.text)
    if match is None:
        return None
    given = {name: value for name, value in match.groupdict().items() if value}
    has_unit = any(name.endswith("_unit") for name in given)
    # "Up to 12" and "at least 5" may count anything.
    if not (is_cued or has_unit or "birth" in given or "age" in token.text):
        return None
    unit = given.get("high_unit") or given.get("most_unit") or ""
    low = _age(
        given.get("low") or given.get("least"), given.get("low_unit") or given.get("least_unit") or unit
    )
    high = _age(given.get("high") or given.get("most"), unit, less=1 if token.kind == "under" else 0)
    return _checked(Decimal(0) if "birth" in given else low, high)


def _age(number: str | None, unit: str, *, less: int = 0) -> Decimal | None:
    """Years, to three decimals; "under 18 months" is 17 months at most."""
    if number is None:
        return None
    count = Decimal(int(number) - less)
    is_months = unit.startswith("mo")
    return (count / 12).quantize(Decimal("0.001")).normalize() if is_months else count


def _checked(low: Decimal | None, high: Decimal | None) -> Ages | None:
    bounds = [bound for bound in (low, high) if bound is not None]
    if not all(0 <= bound <= OLDEST for bound in bounds) or (len(bounds) == 2 and bounds[0] > bounds[1]):
        return None
    return Ages(low, high, is_sure=True)
