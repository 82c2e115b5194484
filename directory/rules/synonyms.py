"""What somebody typed, cut into words and known phrases, each with what else means the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from directory.rules.little_words import ARTICLES, LITTLE, UNREAD, is_read
from directory.rules.text import fold

MOST_UNITS = 12
"""Words and phrases of one question that are looked for; more of them would hardly find more."""

MOST_PHRASES = 12
"""Words and phrases of one group."""

MOST_ALTERNATIVES = 16
"""Ways to say one of them that are looked for, its own included."""

FEWEST_SIFTED = 3
"""Alternatives from which on it pays to ask for a word of each first."""

SHORTEST_JOINED = 6
"""Letters from which on words are known by their letters alone, wherever the space stands."""

MOST_PARTED = 3
"""Typed words that are taken for one known word or phrase parted otherwise."""

# What people say of themselves hardly stands in any listing: it is asked for last.
_OF_ONESELF = frozenset(("i", "me", "my", "myself", "je", "m", "moi", "mon", "ma", "mes"))

# Short for something in one language, a common word in the other: it brings the others and is not brought by them.
_HOMONYMS = frozenset(("cas", "lift", "tet"))

Key = tuple[str, ...]


def _singular(word: str) -> str:
    """The word without the s or x of a plural, as English and French write it."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word[-2] != "s" else word


def _other_number(word: str) -> str:
    """The plural of a singular word or the reverse, where PostgreSQL's French stemmer keeps them apart; else empty.

    It takes no s away after i, o or u ("emplois", "abris", "ados"), and no x after eu ("lieux").
    """
    if len(word) < 4 or " " in word:
        return ""
    if word.endswith(("eu", "eux")):
        return word.removesuffix("x") if word[-1] == "x" else f"{word}x"
    if word.endswith(("is", "os", "us")):
        return word[:-1]
    return f"{word}s" if word[-1] in "iou" else ""


def _key(words: Sequence[str]) -> Key:
    said = [word for word in words[:-1] if word not in ARTICLES]
    return tuple(_singular(word) for word in (*said, *words[-1:]))


def phrase_key(phrase: str) -> Key:
    """What two ways to write one phrase have in common: folded words without articles and the sign of a plural."""
    return _key(fold(phrase).split())


def _bare(phrase: str) -> str:
    """The folded phrase without articles at its beginning: "my dog" is asked for by "dog"."""
    words = fold(phrase).split()
    first = next((at for at, word in enumerate(words) if word not in ARTICLES), len(words) - 1)
    return " ".join(words[first:])


def is_little(phrase: str) -> bool:
    """True if it has no word, or none but little ones."""
    return LITTLE.issuperset(fold(phrase).split())


def _is_asked_for_others(text: str) -> bool:
    """False for a bare phrase of which PostgreSQL reads a single word: "no papers" would find every paper."""
    words = text.split()
    if text in _HOMONYMS:
        return False
    is_more = len(words) == 1 or sum(word not in UNREAD for word in words) > 1
    return is_more and (is_read(text, "en") or is_read(text, "fr"))


def unasked(group: Iterable[str]) -> tuple[str, ...]:
    """The phrases that bring the others of their group when typed, and are not themselves asked for the others."""
    return tuple(phrase for phrase in group if not _is_asked_for_others(_bare(phrase)))


def _words_of_all(texts: Iterable[str]) -> tuple[str, ...]:
    """Few words of which each of the folded texts has one; empty where a text has but little words."""
    left = [{word for word in text.split() if not word.isdigit() and word not in LITTLE} for text in texts]
    chosen: list[str] = []
    while left and all(left):
        told = Counter(word for words in left for word in words)
        # Among equals the longest is the rarest, as a rule.
        best = max(told, key=lambda word: (told[word], len(word), word))
        chosen.append(best)
        left = [words for words in left if best not in words]
    return () if left else tuple(chosen)


def sifting_words(unit: Sequence[str]) -> tuple[str, ...]:
    """Few words of which every alternative of `unit` has one: what has none of them need not be read for phrases.

    Empty where an alternative has but little words, or where there would be hardly fewer to look for.
    """
    texts = [fold(text) for text in unit]
    chosen = _words_of_all(texts)
    is_shorter = len(unit) >= FEWEST_SIFTED and 2 * len(chosen) <= sum(len(text.split()) for text in texts)
    return chosen if is_shorter else ()


Concept = tuple[str, ...]
"""Sorted words: whatever tells what a group means has one of them. Empty: of this group nothing can be said so."""


def concept_of(group: Sequence[str]) -> Concept:
    """The words by which a listing is told, beforehand, to be worth reading for any phrase of this group.

    Singular and plural both, since people type either.
    """
    texts = [_bare(phrase) for phrase in group if not is_little(phrase)]
    chosen = _words_of_all([*texts, *filter(None, map(_other_number, texts))])
    numbers = ((word, _singular(word), f"{_singular(word)}s", _other_number(word)) for word in chosen)
    return tuple(sorted({word for forms in numbers for word in forms if word} - LITTLE))


class Synonyms:
    """Groups of words and phrases, each of which is as good as any other of its group.

    `numbers`: of the concepts that every listing was looked through for.
    """

    def __init__(self, groups: Iterable[Sequence[str]], numbers: Mapping[Concept, int] | None = None) -> None:
        self._meanings: dict[Key, dict[Key, str]] = {}
        self._concepts: dict[Key, dict[int, Concept]] = {}
        self._joined: dict[str, list[Key]] = {}
        for group in groups:
            words = {phrase_key(phrase): _bare(phrase) for phrase in group if not is_little(phrase)}
            concept = concept_of(group) if numbers else ()
            known = {numbers[concept]: concept} if numbers and concept in numbers else {}
            for key in words:
                self._meanings.setdefault(key, {}).update(words)
                self._concepts.setdefault(key, {}).update(known)
        for key in self._meanings:
            self._joined.setdefault("".join(key), []).append(key)
        # What is typed may have articles that the list has not.
        self._longest = max(map(len, self._meanings), default=1) + 2

    def _keys(self, words: Sequence[str]) -> Sequence[Key]:
        """Keys of the known phrases that these words are: of one, or of those that have the same letters.

        "foodbank" is "food bank", "hot line" is "hotline". With a little word it is none: "the rapist" is no therapist.
        """
        key = _key(words)
        if key in self._meanings:
            return [key]
        letters = "".join(key)
        is_told = len(words) == 1 or (len(words) <= MOST_PARTED and LITTLE.isdisjoint(words))
        return self._joined.get(letters, ()) if is_told and len(letters) >= SHORTEST_JOINED else ()

    def _known_length(self, words: Sequence[str]) -> int:
        """How many of the words that come first make the longest known phrase; 0 for none."""
        most = 1 if words[0] in ARTICLES else min(self._longest, len(words))
        return next((n for n in range(most, 0, -1) if self._keys(words[:n])), 0)

    def _cut(self, words: list[str]) -> list[tuple[str, bool]]:
        """The units in their order, each with whether it is known."""
        units, at = [], 0
        while at < len(words):
            known = self._known_length(words[at : at + self._longest])
            length = known or 1
            units.append((" ".join(words[at : at + length]), bool(known)))
            at += length
        return units

    @cached_property
    def single_words(self) -> tuple[str, ...]:
        """The phrases of one word, folded, in an order of their own: what a slip may have been made in."""
        told = (text for meaning in self._meanings.values() for text in meaning.values())
        return tuple(sorted({text for text in told if " " not in text}))

    def same_as(self, word: str) -> tuple[str, ...]:
        """A folded word and what else means the same."""
        return self._alternatives(word)

    def is_known(self, unit: str) -> bool:
        """True for a unit of `word_groups` that stands in a group."""
        return bool(self._keys(unit.split()))

    def _alternatives(self, unit: str) -> tuple[str, ...]:
        own = phrase_key(unit)
        meanings = {
            key: text for known in self._keys(unit.split()) for key, text in self._meanings[known].items()
        }
        others = [text for key, text in meanings.items() if key != own and _is_asked_for_others(text)]
        others.sort(key=lambda text: not _OF_ONESELF.isdisjoint(text.split()))
        told = dict.fromkeys((unit, _other_number(unit), *others, *map(_other_number, others)))
        return tuple(filter(None, told))[:MOST_ALTERNATIVES]

    def word_groups(self, q: str) -> tuple[tuple[str, ...], ...]:
        """The units of `q`, folded: the longest known phrase, else a single word; each with its alternatives.

        A unit stands first among its alternatives. All units are asked for, any alternative of each will do. Little
        words stand only where there is nothing else ("need help"); without any word there is no unit. See MOST_UNITS.
        """
        units = self._cut(fold(q).split())
        known = {unit for unit, is_known in units if is_known}
        rest = (
            dict.fromkeys(u for u, _ in units if u in known or u not in said) for said in (LITTLE, UNREAD, ())
        )
        chosen: dict[str, None] = next(filter(None, rest), {})
        return tuple(self._alternatives(unit) for unit in list(chosen)[:MOST_UNITS])

    def concepts(self, unit: Sequence[str]) -> tuple[int, ...]:
        """Numbers of concepts: what has none of them has no alternative of `unit` either. Empty if nobody can tell.

        `unit` as `word_groups` gives it. See `concept_of`.
        """
        known = {n: words for key in self._keys(unit[0].split()) for n, words in self._concepts[key].items()}
        words = {word for concept in known.values() for word in concept}
        return tuple(sorted(known)) if all(words.intersection(text.split()) for text in unit) else ()
