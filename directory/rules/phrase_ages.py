"""Ages in a sentence of English or French, read only where nothing else can be meant.

Bounds are HSDS's minimum_age and maximum_age: completed years, both in. "Under 12" is 11 at most, "12 and under" 12;
"6 months" is 0.5. "Over 18" is said for 18 and for 19, so it is not read. A sentence beside the ages that speaks of
ages, families or exceptions makes the whole unsure. So does a second group beside the one that the age is of ("women,
children under 12"), and what may be a length of stay or a number of beds ("up to 2 years", "women: up to 12"), or
years in the country (`phrase_ages_doubts`).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from directory.rules import phrase_ages_doubts as doubts
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
    "les", "des", "de", "tous les", "toutes les", "(?:in|across) (?:canada|ontario)", "ontario",
    "(?:en|de l')ontario", "au canada", "inclusion", "eligibility", "admissibilite", "a", "l'age de", "who", "only",
    "seulement", "age range", "groupe d'age", "vous devez avoir",
)  # fmt: skip

_TROUBLE = any_of("experiencing homelessness", "of sexual violence", "sans abri")
YOUNG = any_of("children", "kids", "infants?", "toddlers?", "girls", "boys", "enfants", "filles", "garcons")
YOUTH = any_of("youths?", "young people", "teens?", "teenagers?", "jeunes?", "ados?", "adolescente?s")

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("all", ALL), ("between", BETWEEN), ("range", RANGE), ("lowest", LOWEST), ("highest", HIGHEST), ("under", UNDER),
    ("people", re.compile(PEOPLE)), ("trouble", re.compile(_TROUBLE)),
    ("", re.compile(rf"\ball(?= {PEOPLE})")),
    ("", re.compile(_NEUTRAL)), ("exclusion", re.compile(r"exclusions? ?:")),
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
        "autres?", "minors?", "mineure?s?", "everyone", "everybody", "anybody", "tout le monde", "flexib\\w+",
        "souples?", "welcome\\w*", "bienvenu\\w*", "accept\\w*", "can", "pouvez", "outside",
    ) + "|" + PEOPLE
)  # fmt: skip
_HARMLESS = re.compile(
    r"exclusions? ?: ?(?:none(?: stated)?|aucune?|men|women|hommes|femmes)|all genders|tous les genres"
)


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
    if len(telling) != 1 or _has_others(said, sentence, telling[0]):
        return None
    token = telling[0]
    before = said.folded[: token.start].rstrip(" (:,")
    is_bound = token.kind == "under" or (token.kind in ("lowest", "highest") and token.text[0].isdigit())
    is_cued = is_bound or bool(re.search(rf"(?:{PEOPLE}|\bage[ds]?|\bages of)$", before))
    found = _bounds(token, is_cued=is_cued or is_sole)
    if found is None or _may_be_a_length(said, sentence, token, found, is_sole=is_sole):
        return None
    is_exclusion = any(part.kind == "exclusion" for part in sentence)
    return _excluding(sentence, found) if is_exclusion else found


def _has_others(said: Phrase, sentence: list[Token], age: Token) -> bool:
    """Whether a group stands beside the age that need not be of it: "adults, youth under 25", "65+, adults"."""
    people = [token for token in sentence if token.kind == "people"]
    is_apart = any(re.search("[,/]", said.folded[age.end : token.start]) for token in people)
    is_alone = any(
        token.kind == "trouble" and (not at or sentence[at - 1].kind not in ("people", *SAYS_AGES))
        for at, token in enumerate(sentence)
    )
    return len(people) > 1 or is_apart or is_alone


_SAYS_AGE = re.compile(any_of("age[ds]?", "agees?", "old(?:er)?", "younger", "yo", "y/o"))
_PREFIX = re.compile(r"up to|jusqu'a|at least|minimum|au moins|maximum")
_FOR = re.compile(r"(?<!\w)(?:for|during|pendant|pour|depuis|durant)$")
LONGEST_STAY, LONGEST_STAY_IN_MONTHS = 10, 4
"""Years. Longer ones are ages, where a sentence says no more than from when to when."""


def _may_be_a_length(
    said: Phrase, sentence: list[Token], token: Token, found: Ages, *, is_sole: bool
) -> bool:
    """Whether the numbers may be of a stay or of beds: no word says age, and no child is spoken of.

    `is_sole` (a column of ages) leaves only months in doubt, and numbers beside grown people.
    """
    people = next((part.text for part in sentence if part.kind == "people"), "")
    before, words = said.folded[: token.start].rstrip(), _words_around(said, token)
    unit = said.folded[token.start : token.end + 6]
    if token.kind == "all":
        return False
    is_counted = doubts.is_count(words, unit, _behind(said, sentence, token), found.low, found.high)
    if is_counted or doubts.is_of_months(words, token.text, people, found.low, found.high):
        return True
    if _SAYS_AGE.search(words):
        return False
    if doubts.is_time_lived(said.folded, words, before, unit, people, _top(found)):
        return True
    return _may_be_a_stay(token, found, before, unit, people, is_sole=is_sole)


def _may_be_a_stay(token: Token, found: Ages, before: str, unit: str, people: str, *, is_sole: bool) -> bool:
    is_prefix = bool(_PREFIX.match(token.text))
    if is_prefix and (_FOR.search(before) or before.endswith(":")):
        return not is_sole or bool(people)
    if people and _FOR.search(before) and "year" in unit:
        return True
    is_of_months = bool(re.search(r"month|\bmois\b|\dmois\b", token.text))
    is_safe_column = is_sole and not (people or is_of_months)
    if found.low == 0 or is_safe_column or _is_of_the_young(people, found, is_prefix=is_prefix):
        return False
    return is_prefix or _is_short(token.kind, unit, found, is_of_months=is_of_months, is_said=bool(people))


def _behind(said: Phrase, sentence: list[Token], age: Token) -> str:
    """The group that stands right behind the age."""
    people = (part for part in sentence if part.kind == "people" and part.start >= age.end)
    return next((part.text for part in people if not said.folded[age.end : part.start].strip()), "")


def _is_of_the_young(people: str, found: Ages, *, is_prefix: bool) -> bool:
    """Children of few years are an age; "youth up to 2 years" is a stay."""
    if re.fullmatch(YOUNG, people):
        return True
    return bool(re.fullmatch(YOUTH, people)) and not (is_prefix and _top(found) < LONGEST_STAY)


def _is_short(kind: str, unit: str, found: Ages, *, is_of_months: bool, is_said: bool) -> bool:
    """Whether no stay is too long for the numbers; `is_said` of whom they are."""
    if is_of_months and found.low is None:
        return True
    if kind in ("range", "between"):
        return _top(found) <= (LONGEST_STAY_IN_MONTHS if is_of_months else LONGEST_STAY)
    if kind == "lowest":
        return is_of_months or (bool(re.search(r"years?|\dyr| yr", unit)) and _top(found) <= LONGEST_STAY)
    return is_said and _top(found) <= LONGEST_STAY


def _top(found: Ages) -> Decimal:
    return found.high if found.high is not None else found.low or Decimal(0)


def _words_around(said: Phrase, token: Token) -> str:
    """The whole sentence of a token, with the words that are no tokens."""
    start = max(said.folded.rfind(end, 0, token.start) for end in ".;\n") + 1
    ends = [at for end in ".;\n" if (at := said.folded.find(end, token.end)) >= 0]
    return said.folded[start : min(ends, default=len(said.folded))]


_ANYBODY = any_of(
    "people", "persons?", "individuals", "clients?", "anyone", "those", "personnes?", "toute personne"
)
_GROWN = any_of("adults?", "older adults?", "seniors?", "adultes?", "aine(?:e|s|es)?", "personnes ainees")


def _excluding(sentence: list[Token], out: Ages) -> Ages | None:
    """ "Exclusion: adults 25+" leaves those of 24 at most; "exclusion: under 16" those of 16 and over.

    "Exclusion: men 18+" says nothing of women: only a group that is everybody of that age counts.
    """
    people = next((token.text for token in sentence if token.kind == "people"), "")
    everybody = _GROWN if out.high is None else any_of("children", "kids", "enfants", "infants?")
    if people and not re.fullmatch(rf"{_ANYBODY}|{everybody}", people):
        return None
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


_OTHER_AGES = any_of(
    "youths?", "young\\w*", "teens?", "teenagers?", "minors?", "children", "kids", "infants?", "babies", "older",
    "seniors?", "adults?", "parents?", "famil(?:y|ies)", "famille?s?", "jeunes?", "ados?", "adolescente?s?", "enfants?",
    "mineure?s?", "aine(?:e|s|es)?", "adultes?", "bebes", "everyone", "everybody", "anyone", "anybody", "tout le monde",
    "tous", "toutes", "all", "others?", "autres?", "ages?", "ans", "years?",
)  # fmt: skip
_LETS_IN = any_of(
    "welcome\\w*", "bienvenu\\w*", "accept\\w*", "admi\\w+", "may", "can", "peu(?:t|vent)", "if", "si", "with", "avec",
    "also", "aussi", "egalement", "open to", "ouverts?", "ouvertes?", "outside", "serves?", "considered", "eligible",
)  # fmt: skip
_EXCEPTS = any_of(
    "except\\w*", "unless", "sauf", "flexib\\w+", "souples?", "case[- ]by[- ]case", "cas par cas", "discretion",
    "a moins",
)  # fmt: skip
_COUNTED = re.compile(
    r"\$ ?\d+|\d+(?:[-:.,/]\d+)* ?(?:\$|%|a\.?m\b|p\.?m\b|h\b|beds?|lits|places?|spaces?|minutes?|hours?|heures?|days?"
    r"|jours?|weeks?|semaines?|dollars?|units?|rooms?|chambres?|logements?|km)|\d[\d-]{4,}|\d\d?:\d\d"
)
_NUMBER = re.compile(r"(?<![\d.])\d{1,2}(?![\d.]\d|\d)")


def takes_back(text: str, stated: Ages) -> bool:
    """Whether `text` names another age than `stated` or lets others in: "youth 16 and 17 with a parent are welcome"."""
    own = {bound + near for bound in (stated.low, stated.high) if bound is not None for near in (-1, 0, 1)}
    for sentence in re.split(r"[.;!\n|]+(?=\s|$)", phrase(text).folded):
        is_said_of_ages = re.search(_OTHER_AGES, sentence) or re.search(rf"{PEOPLE}|\d ?\+", sentence)
        numbers = {Decimal(number) for number in _NUMBER.findall(_COUNTED.sub("", sentence))}
        if re.search(_EXCEPTS, sentence) or (is_said_of_ages and numbers - own):
            return True
        if not numbers and re.search(_OTHER_AGES, sentence) and re.search(_LETS_IN, sentence):
            return True
    return False
