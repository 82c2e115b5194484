"""What somebody typed, cut into words and known phrases, each with what else means the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from directory.rules.text import fold

MOST_UNITS = 12
"""Words and phrases of one question that are looked for; more of them would hardly find more."""

MOST_ALTERNATIVES = 12
"""Ways to say one of them that are looked for, its own included."""

FEWEST_SIFTED = 3
"""Alternatives from which on it pays to ask for a word of each first."""

# Each of PostgreSQL's stop words of both languages has to be here: `little` in one, it is a word like others in the
# other language's column, and would be missed there.
_STOP_WORDS = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its
itself they them their theirs themselves what which who whom this that these those am is are was were be been being have
has had having do does did doing a an the and but if or because as until while of at by for with about against between
into through during before after above below to from up down in out on off over under again further then once here
there when where why how all any both each few more most other some such no nor not only own same so than too very s t
can will just don should now
au aux avec ce ces dans de des du elle en et eux il je la le leur lui ma mais meme mes moi mon ne nos notre nous ou par
pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous c d j l m n y ete etee etees etes etant
etante etants etantes suis es est sommes sont serai seras sera serons serez seront serais serait serions seriez seraient
etais etait etions etiez etaient fus fut fumes futes furent sois soit soyons soyez soient fusse fusses fussions fussiez
fussent ayant ayante ayantes ayants eu eue eues eus ai avons avez ont aurai auras aura aurons aurez auront aurais aurait
aurions auriez auraient avais avait avions aviez avaient eut eumes eutes eurent aie aies ait ayons ayez aient eusse
eusses eussions eussiez eussent
"""
# What people write around the thing itself when they ask for it.
_ASKING = """
asap anybody anyone anything cannot cant could dont everything find finding get getting give got help helping im
immediately ive ll looking might must near nearby need needed needs please re search searching service services shall
somebody someone something somewhere thing things today tomorrow tonight urgent urgently us ve want wanted wants within
without would
aide aider aidez aimerais aujourd ailleurs aussi avoir besoin ca cela cet cette chez comme comment cherche chercher
demain donc dont elles etre fait faut hui ici ils jai les leurs maintenant ni peut peux plait plus pouvez pres proche
quand quel quelle quelqu quelque quelques quoi rapidement sans si soir svp tous tout toute toutes tres trouve trouver
urgente veut veux voudrais voulez
"""
_UNREAD = frozenset(_STOP_WORDS.split())
LITTLE = _UNREAD | frozenset(_ASKING.split())
"""Folded words that say nothing of what is asked for. Dropped, unless nothing else remains."""

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


def phrase_key(phrase: str) -> Key:
    """What two ways to write one phrase have in common: folded words without the sign of a plural."""
    return tuple(_singular(word) for word in fold(phrase).split())


def is_little(phrase: str) -> bool:
    """True if it has no word, or none but little ones."""
    return LITTLE.issuperset(fold(phrase).split())


def _is_asked_for_others(phrase: str) -> bool:
    """False for a phrase of which PostgreSQL reads a single word: "no papers" would find every paper."""
    words = phrase.split()
    return len(words) == 1 or sum(word not in _UNREAD for word in words) > 1


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
    texts = [fold(phrase) for phrase in group if not is_little(phrase)]
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
        for group in groups:
            words = {phrase_key(phrase): fold(phrase) for phrase in group if not is_little(phrase)}
            concept = concept_of(group) if numbers else ()
            known = {numbers[concept]: concept} if numbers and concept in numbers else {}
            for key in words:
                self._meanings.setdefault(key, {}).update(words)
                self._concepts.setdefault(key, {}).update(known)
        self._longest = max(map(len, self._meanings), default=1)

    def _known_length(self, keys: Sequence[str]) -> int:
        """How many of the words that come first make the longest known phrase; 0 for none."""
        lengths = range(min(self._longest, len(keys)), 0, -1)
        return next((n for n in lengths if tuple(keys[:n]) in self._meanings), 0)

    def _cut(self, words: list[str]) -> list[tuple[str, bool]]:
        """The units in their order, each with whether it is known."""
        keys, units, at = [_singular(word) for word in words], [], 0
        while at < len(words):
            known = self._known_length(keys[at : at + self._longest])
            length = known or 1
            units.append((" ".join(words[at : at + length]), bool(known)))
            at += length
        return units

    def _alternatives(self, unit: str) -> tuple[str, ...]:
        own = phrase_key(unit)
        meanings = self._meanings.get(own, {}).items()
        others = [text for key, text in meanings if key != own and _is_asked_for_others(text)]
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
            dict.fromkeys(u for u, _ in units if u in known or u not in said)
            for said in (LITTLE, _UNREAD, ())
        )
        chosen: dict[str, None] = next(filter(None, rest), {})
        return tuple(self._alternatives(unit) for unit in list(chosen)[:MOST_UNITS])

    def concepts(self, unit: Sequence[str]) -> tuple[int, ...]:
        """Numbers of concepts: what has none of them has no alternative of `unit` either. Empty if nobody can tell.

        `unit` as `word_groups` gives it. See `concept_of`.
        """
        known = self._concepts.get(phrase_key(unit[0]), {})
        words = {word for concept in known.values() for word in concept}
        return tuple(sorted(known)) if all(words.intersection(text.split()) for text in unit) else ()
