"""What a listing says yes to, as integers: one array, one index, one boolean question.

A tag is namespace * 1,000,000 + number. The numbers of needs come from the vocabulary and never change; a language's
number is its three letters read in base 26, so that no table is needed.
"""

from collections.abc import Iterable, Sequence

SPAN = 1_000_000
NEED = 1
LANGUAGE = 2


def need_tag(number: int) -> int:
    """The tag of the need with this number (1 to 999,999)."""
    return NEED * SPAN + number


def language_tag(code: str) -> int:
    """The tag of a language, from its ISO 639-3 code. Raises ValueError for anything else."""
    if len(code) != 3 or not code.isascii() or not code.isalpha() or not code.islower():
        raise ValueError(f"{code!r} is not an ISO 639-3 code of three small letters")
    number = 0
    for letter in code:
        number = number * 26 + ord(letter) - ord("a")
    return LANGUAGE * SPAN + number


def any_of(groups: Iterable[Sequence[int]]) -> str:
    """The query_int that asks for one tag of each group: "(1|2)&(3)"; empty groups ask nothing."""
    return "&".join("(" + "|".join(str(tag) for tag in group) + ")" for group in groups if group)
