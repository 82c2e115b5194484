"""Numbers of houses as they are said: "forty-eight twenty-one", "quatre mille huit cent vingt et un"."""

from directory.rules.street_words import IN_WORDS
from directory.rules.text import fold

_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_SMALL = {
    **{word: int(number) for word, number in IN_WORDS.items()},
    **{word: number for number, word in enumerate(_TEENS.split(), 13)},
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
}
_TENS = {
    **{
        word: 10 * n
        for n, word in enumerate(
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
        )
    },
    **{word: 10 * n for n, word in enumerate(["vingt", "trente", "quarante", "cinquante", "soixante"], 2)},
    "fourty": 40,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}
_HUNDREDS = frozenset(("hundred", "cent", "cents"))
_THOUSANDS = frozenset(("thousand", "mille"))
_ONE = frozenset(("un", "une"))
_AND = frozenset(("and", "et"))
_MOST_DIGITS = 6

SPELLED = frozenset((*_SMALL, *_TENS, *_HUNDREDS, *_THOUSANDS, "vingts"))
"""Words that begin a number; "un" is an article more often."""


def with_digits(words: list[str]) -> list[str]:
    """The words with their numbers in digits: one of several parts as a whole ("4821"), and as its parts behind it."""
    found: list[str] = []
    place = 0
    while place < len(words):
        if words[place] not in SPELLED:
            found.append(words[place])
            place += 1
            continue
        parts, place = numbers_said(words, place)
        whole = "".join(map(str, parts))
        if len(parts) > 1 and len(whole) <= _MOST_DIGITS:
            found.append(whole)
        found += map(str, parts)
    return found


def in_digits(line: str) -> str:
    """A line that begins with a number in words and has none in digits, told with digits: "12 oak street"; else ""."""
    if any(map(str.isdigit, line)):
        return ""
    words = fold(line).split()
    if not words or words[0] not in SPELLED:
        return ""
    parts, place = numbers_said(words, 0)
    whole = "".join(map(str, parts))
    return " ".join([whole, *words[place:]]) if place < len(words) and len(whole) <= _MOST_DIGITS else ""


def as_written_or_said(line: str) -> tuple[str, ...]:
    """The line of an address, and the same with its number in digits where it is told in words: either may be meant."""
    said = in_digits(line)
    return (line, said) if said else (line,)


def numbers_said(words: list[str], place: int) -> tuple[list[int], int]:
    """The numbers of a run of such words, and where it ends: a word that can't go on with one begins the next."""
    parts = [0]
    while place < len(words):
        word, value = words[place], parts[-1]
        if word in _AND and value and place + 1 < len(words) and _joined(value, words[place + 1]) is not None:
            place += 1
            continue
        if word in _ONE and value >= 20 and value % 10 == 0:
            parts[-1] = value + 1
        elif word not in SPELLED:
            break
        elif (more := _joined(value, word)) is not None:
            parts[-1] = more
        elif (first := _joined(0, word)) is not None:
            parts.append(first)
        place += 1
    return parts, place


def _joined(value: int, word: str) -> int | None:
    """The number that `word` makes of the one said so far; None where it can't go on so."""
    if word in _THOUSANDS:
        return max(value, 1) * 1000 if value < 1000 else None
    rest = value % 1000
    if word in _HUNDREDS:
        return value - rest + max(rest, 1) * 100 if rest < 100 else None
    last = value % 100
    if word in ("vingt", "vingts") and last == 4:
        return value - 4 + 80
    if word in _TENS or word == "vingts":
        return value + _TENS.get(word, 20) if last == 0 else None
    if word in _ONE:
        return value + 1 if value >= 20 and value % 10 == 0 else None
    small = _SMALL.get(word)
    if small is None:
        return None
    is_next = last % 10 == 0 and (last != 10 or small >= 7) if small < 10 else last in (0, 60, 80)
    return value + small if is_next else None
