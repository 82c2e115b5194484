"""What a listing says yes and no to, as integers: one array, one index, one boolean question.

A tag is namespace * 1,000,000 + number. The numbers of needs and focuses come from the vocabulary and never change; a
language's number is its three letters read in base 26, so that no table is needed; those of ways and of parts of the
week stand here, those of eligibility in eligibility_tags.py. A number that was once given keeps its meaning for ever.
"""

from collections.abc import Iterable, Sequence

SPAN = 1_000_000
NEED = 1
LANGUAGE = 2
INTERPRETER = 3
STATED_YES = 4
STATED_NO = 5
FOCUS = 6
WAY = 7
OPEN_PART = 8
SHUT_PART = 9
BOUND = 10
REACH = 11
LOOKED_INTO = 12_000_000
"""Of a listing that stewards look into: it comes after all others."""

WAYS = {"in_person": 1, "phone": 2, "text": 3, "chat": 4, "video": 5, "mobile": 6}
"""How one may be helped: numbers of `WAY`."""

PARTS = {"evening": 1, "weekend": 2, "night": 3}
"""Parts of the week in which it may be open: numbers of `OPEN_PART` and `SHUT_PART`."""

REACHES = {"place": 1, "province": 2, "beside": 3}
"""How far a listing without a point reaches, in the hundreds of `REACH`: "beside" is a province after its first."""

# A number is a place in this line: a province is added at its end.
LETTERS = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
EVERYWHERE = REACH * SPAN
"""Of a listing without a point that serves the country."""

ANY_INTERPRETER = INTERPRETER * SPAN + SPAN - 1
"""Interpreters for languages that are not named. Beyond the number of every code."""


def need_tag(number: int) -> int:
    """The tag of the need with this number (1 to 999,999)."""
    return NEED * SPAN + number


def focus_tag(number: int) -> int:
    """The tag of the term with this number that says for whom a service is made (1 to 999,999)."""
    return FOCUS * SPAN + number


def way_tag(way: str) -> int:
    """The tag of one of WAYS. Raises KeyError for anything else."""
    return WAY * SPAN + WAYS[way]


def part_tag(part: str, *, is_open: bool) -> int:
    """The tag of one of PARTS: its hours say that it is open some time then, or that it is not. Raises KeyError.

    A listing that does not state its hours has neither: it comes last within its band of distance, and does not vanish.
    """
    return (OPEN_PART if is_open else SHUT_PART) * SPAN + PARTS[part]


def reach_tag(reach: str, province: str) -> int:
    """The tag of one of REACHES in a province (two letters). Raises KeyError and ValueError for anything else."""
    return EVERYWHERE + REACHES[reach] * 100 + LETTERS.index(province) + 1


def stated_tag(number: int, *, is_yes: bool) -> int:
    """The tag of a stated yes or no on the term of eligibility with this number."""
    return (STATED_YES if is_yes else STATED_NO) * SPAN + number


def bound_tag(whose: int, what: int, number: int) -> int:
    """The tag of a bound: `whose` and `what` (1 to 9) are numbers of eligibility_tags.py, `number` is below 1,000."""
    return BOUND * SPAN + whose * 10_000 + what * 1_000 + number


def _number(code: str) -> int:
    if len(code) != 3 or not code.isascii() or not code.isalpha() or not code.islower():
        raise ValueError(f"{code!r} is not an ISO 639-3 code of three small letters")
    number = 0
    for letter in code:
        number = number * 26 + ord(letter) - ord("a")
    return number


def language_tag(code: str) -> int:
    """The tag of a language that staff speak, from its ISO 639-3 code. Raises ValueError for anything else."""
    return LANGUAGE * SPAN + _number(code)


def interpreter_tag(code: str) -> int:
    """The tag of a language that an interpreter speaks there. Raises ValueError like `language_tag`."""
    return INTERPRETER * SPAN + _number(code)


def language_code(number: int) -> str:
    """The code whose tag has this number: what `language_tag` adds to its namespace, read back."""
    letters = (number // 676, number // 26 % 26, number % 26)
    return "".join(chr(ord("a") + letter) for letter in letters)


def any_of(groups: Iterable[Sequence[int]]) -> str:
    """The query_int that asks for one tag of each group: "(1|2)&(3)"; empty groups ask nothing."""
    return "&".join("(" + "|".join(str(tag) for tag in group) + ")" for group in groups if group)
