"""Numbers to call that a text tells, however they are written: in digits, in words, in letters that look like digits.

They are told as their digits alone, so that the same number written otherwise is the same.
"""

import re
import unicodedata
from collections.abc import Iterator

from directory.rules.number_words import SPELLED, numbers_said
from directory.rules.text import fold

_LOOK_ALIKES = str.maketrans("оοаеіїсрхуӏ|０", "ooaeiicpxyll0")
"""Letters of other scripts that nobody tells from ours."""
_AS_DIGITS = str.maketrans("lioszb", "110528")
_NEARLY_DIGITS = re.compile(r"(?=\w*\d)[\dlioszb]+|[lio]{3,4}")
_SINGLE = {"zero": "0", "oh": "0", "one": "1", "un": "1", "une": "1"}
_FILLER_WORDS = (
    "then puis ensuite dash tiret hyphen trait space espace first next followed by suivi enfin finally plus"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
_TIMES = {"double": 2, "triple": 3}
_SPELLED_IN_ONE = (
    "zero one two three four five six seven eight nine ten deux trois quatre cinq sept huit neuf twenty thirty forty"
    " fifty sixty seventy eighty ninety hundred cent vingt trente quarante cinquante soixante eleven twelve onze douze"
)
_IN_ONE = re.compile(rf"(?:{'|'.join(_SPELLED_IN_ONE.split())}){{2,}}")
_PART = re.compile("|".join(sorted(_SPELLED_IN_ONE.split(), key=len, reverse=True)))
_NO_NUMBERS = re.compile(
    r"\b(?:[01]?\d|2[0-4])\s?[:h]\s?(?:00|15|30|45|59)\b|\b(?:19|20)\d\d-[01]\d-[0-3]\d\b"
    r"|(?<!\d[\s.)-])(?<![\d-])(?:19|20)\d\d(?![\d])"
)
"""Times of day, days and years: a clock is no telephone."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_MIXED = re.compile(r"[^\W_]+")
_SHORTEST = 5
_SHORTEST_GROUP, _SHORTEST_IN_GROUPS, _WORDS_BETWEEN = 3, 7, 5
_VANITY = (
    re.compile(r"\b8(?:00|33|44|55|66|77|88)[\W_]{0,3}[a-z](?:[\W_]{0,2}[a-z\d]){4,}"),
    re.compile(r"\b\d{3}[-.](?=(?:[-.]?[a-z\d]){7}\b)[a-z\d.-]*[a-z][a-z\d.-]*"),
)
_VANITY_IN_CAPITALS = re.compile(r"\b\d{3}\W{1,3}(?:[A-Z]{7}|[A-Z]{3}\W[A-Z]{4}|[A-Z]{4}\W[A-Z]{3})\b")


def plain(text: str) -> str:
    """Every digit an ASCII one, no invisible characters, lower case, letters of other scripts as ours look."""
    shown = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    found = "".join(str(unicodedata.digit(c, c)) if c.isdigit() else c for c in shown)
    return found.casefold().translate(_LOOK_ALIKES)


def _unmasked(found: re.Match[str]) -> str:
    """A word with digits for letters that look so, and with a break between letters and digits."""
    word = found[0]
    if _NEARLY_DIGITS.fullmatch(word):
        return word.translate(_AS_DIGITS)
    if _IN_ONE.fullmatch(word):
        return " ".join(_PART.findall(word))
    return word


def _tokens(told: str) -> list[str]:
    clear = _MIXED.sub(_unmasked, _NO_NUMBERS.sub(" x ", told))
    return [fold(token).strip() or token for token in _TOKEN.findall(clear)]


def _in_digits(tokens: list[str]) -> Iterator[str]:
    """The tokens, each number that is said as its digits."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        many = _TIMES.get(token, 1)
        if many > 1 and place + 1 < len(tokens):
            said = _SINGLE.get(tokens[place + 1]) or "".join(
                map(str, numbers_said(tokens[place + 1 :][:1], 0)[0])
            )
            is_digit = tokens[place + 1] in SPELLED or len(said) == 1
            yield said * many if is_digit and said != "0" else token
            place += 2 if is_digit and said != "0" else 1
        elif token in _SINGLE:
            yield _SINGLE[token]
            place += 1
        elif token in SPELLED:
            parts, place = numbers_said(tokens, place)
            yield "".join(map(str, parts))
        else:
            yield token
            place += 1


def _runs(tokens: list[str]) -> Iterator[str]:
    """Digits that stand together, over small words that only join them."""
    run = ""
    for token in [*tokens, ""]:
        if token.isdigit():
            run += token
        elif token not in _FILLERS:
            yield run
            run = ""


def _groups(tokens: list[str]) -> Iterator[str]:
    """Groups of three digits and more that a few words part: "604 is first, then comes 555"."""
    found, last = "", 0
    for place, token in enumerate(tokens):
        if not token.isdigit() or len(token) < _SHORTEST_GROUP:
            continue
        if place - last > _WORDS_BETWEEN + 1:
            yield found
            found = ""
        found, last = found + token, place
    yield found


def numbers_in(told: str, text: str) -> frozenset[str]:
    """The numbers of a text: its digits, or the letters on the keys. `told` is `text`, made plain."""
    tokens = list(_in_digits(_tokens(told)))
    runs = {run for run in _runs(tokens) if len(run) >= _SHORTEST}
    groups = {group for group in _groups(tokens) if len(group) >= _SHORTEST_IN_GROUPS}
    keys = {re.sub(r"[\W_]", "", found[0]) for pattern in _VANITY for found in pattern.finditer(told)}
    keys |= {re.sub(r"\W", "", found[0]).casefold() for found in _VANITY_IN_CAPITALS.finditer(text)}
    return frozenset(runs | groups | keys)
