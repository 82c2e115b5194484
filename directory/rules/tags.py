"""What a listing says yes to, as integers: one array, one index, one boolean question.

A tag is namespace * 1,000,000 + number. The numbers of needs come from the vocabulary and never change; a language's
number is its three letters read in base 26, so that no table is needed.
"""

from collections.abc import Iterable, Sequence

SPAN = 1_000_000
NEED = 1
LANGUAGE = 2
INTERPRETER = 3

ANY_INTERPRETER = INTERPRETER * SPAN + SPAN - 1
"""Interpreters for languages that are not named. Beyond the number of every code."""


def need_tag(number: int) -> int:
    """The tag of the need with this number (1 to 999,999)."""
    return NEED * SPAN + number


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
