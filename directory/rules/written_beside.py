"""Numbers with the words beside them: the next one, two in one, and the one past what may be a kind of street."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice, pairwise

from directory.rules.street_kinds import EITHER
from directory.rules.street_words import number_in, ways

RUN = 3
"""Of so many numbers side by side each is the street's: "24, 26 and 28 Mill Lane"."""

_MOST_WORDS = 4
"""So many behind a number are looked at: kinds that may be names, then the street ("parc du Lac Example")."""

_GROUP = 3


def beside(words: list[str], ranges: dict[tuple[str, str], list[str]], *, behind: bool) -> Iterator[str]:
    """Each number with the names behind it; of words in turned order with those before it."""
    for waiting, names in _runs(words):
        numbers = [*waiting, *_inner(waiting, ranges, behind=behind)]
        for name in _names(names, behind=behind):
            for number in numbers:
                yield f"{number} {name}" if behind else f"{name} {number}"


def _runs(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    waiting: list[str] = []
    for is_number, part in groupby(words, lambda word: bool(number_in(word))):
        if is_number:
            waiting = [number_in(word) for word in part][-RUN:]
        elif waiting:
            yield waiting, list(islice(part, _MOST_WORDS))


def _names(words: list[str], *, behind: bool) -> Iterator[str]:
    yield from ways(words[0])
    for one, two in pairwise(words):
        yield one + two if behind else two + one
        if one not in EITHER:
            return
        yield from ways(two)


def _inner(waiting: list[str], ranges: dict[tuple[str, str], list[str]], *, behind: bool) -> list[str]:
    """What lies between numbers of a range, and numbers that are parted at their thousands: "1 024"."""
    pairs = list(pairwise(waiting))
    return [
        *(one for pair in pairs for one in ranges.get(pair, ())),
        *thousands(pairs if behind else [pair[::-1] for pair in pairs]),
    ]


def thousands(pairs: Iterable[tuple[str, ...]]) -> list[str]:
    """ "1024" of "1" and "024"."""
    return [one + two for one, two in pairs if len(two) == _GROUP and len(one) <= _GROUP and one[0] != "0"]
