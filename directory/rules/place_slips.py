"""Names that are a slip of the keyboard away, found without comparing with every name.

Names wait in buckets of one beginning and one length. Of a bucket only those are compared letter by letter whose
letters differ by no more than the slips could change.
"""

from collections.abc import Iterable

_ALPHABET = {letter: place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz0123456789")}
_OTHERS = len(_ALPHABET)


def allowed_edits(key: str) -> int:
    """Return how many typos a name may hold: one from 5 letters on, two from 9 on."""
    fixed = fixed_words(key)
    letters = sum(len(word) for word in key.split() if word not in fixed)
    return 0 if letters < 5 else 1 if letters < 9 else 2


def fixed_words(key: str) -> list[str]:
    """Return the words that a typo must not touch: numbers and saints tell places apart."""
    return [word for word in key.split() if word in ("st", "ste") or any(map(str.isdigit, word))]


def edits(one: str, other: str, most: int) -> int:
    """Return the edits between two keys (optimal string alignment), or `most` + 1 if more.

    An insertion, a deletion, a substitution or a swap of two neighbours is one edit.
    """
    one, other = _differing(one, other)
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


def _differing(one: str, other: str) -> tuple[str, str]:
    """Cut what both begin and end with: it costs no edit."""
    start, shorter = 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    end, shorter = 0, min(len(one), len(other))
    while end < shorter and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[: len(one) - end], other[: len(other) - end]


def letters(key: str) -> int:
    """Return the letters of `key` as bits: which occur once, and which twice or more. An edit changes two at most."""
    once = twice = 0
    for letter in key:
        bit = 1 << _ALPHABET.get(letter, _OTHERS)
        twice |= once & bit
        once |= bit
    return once | twice << (_OTHERS + 1)


def _head(key: str) -> str:
    """Return what must be right: the first letter, behind "st" and "ste" the next word's too."""
    saint, _, rest = key.partition(" ")
    return f"{saint} {rest[:1]}" if saint in ("st", "ste") and rest else key[0]


class Slips:
    """Keys to be found in spite of typos; built once, then only read."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._buckets: dict[tuple[str, int], tuple[list[int], list[str]]] = {}
        for key in keys:
            bits, names = self._buckets.setdefault((_head(key), len(key)), ([], []))
            bits.append(letters(key))
            names.append(key)

    def near(self, key: str) -> list[tuple[int, str]]:
        """Return (edits, name) of the same first letter and fixed words and few edits, the closest first."""
        most = allowed_edits(key)
        if not most:
            return []
        fixed, mine, farthest = fixed_words(key), letters(key), 2 * most
        found = []
        for length in range(len(key) - most, len(key) + most + 1):
            bits, names = self._buckets.get((_head(key), length), ([], []))
            alike = [i for i, theirs in enumerate(bits) if (mine ^ theirs).bit_count() <= farthest]
            for name in map(names.__getitem__, alike):
                if (away := edits(key, name, most)) <= most and fixed_words(name) == fixed:
                    found.append((away, name))
        return sorted(found)
