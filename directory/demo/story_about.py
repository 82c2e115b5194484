"""What organizations tell of themselves: one or two sentences that no other of their town tells, and few elsewhere."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from directory.demo.story_decks import Decks
from directory.demo.story_words import Profile, Say, Words

MOST = 4
"""How often one sentence is told over the whole country."""
SILENT, BRIEF = 15, 40
"""Of a hundred organizations, those that tell nothing, and of the others those that tell one sentence."""


def of_its_people(profile: Profile, nation: Say) -> Profile:
    """The profile of a Nation, council or association, with the people that its name says."""
    for word, people in (("Inuit", "inuit"), ("Métis", "metis")):
        if word in nation.en:
            return replace(profile, focus=(people, "indigenous_led"), audience=(people,))
    return profile


class Abouts:
    """Tells organizations, one after another. A sentence's tag is its subject: two of one subject don't meet."""

    def __init__(self, words: Words, decks: Decks) -> None:
        self._pools, self._decks = words.about, decks
        self._told: Counter[str] = Counter()
        self._here: dict[str, set[str]] = {}

    def tell(self, profile: Profile, *, town: str, is_remote: bool) -> tuple[str, str]:
        """In English and in French; empty where it tells nothing."""
        if self._decks.happens("tells nothing of itself", SILENT):
            return "", ""
        says = [self._deal(f"about {profile.key}", profile.about, town, subjects=set())]
        subjects = {tag for say in says if say for tag in say.tags}
        if not self._decks.happens("is brief", BRIEF) or says[0] is None:
            for name in self._groups(profile, is_remote=is_remote):
                if say := self._deal(f"about {name}", self._pools[name], town, subjects):
                    says.append(say)
                    break
        told = [say for say in says if say is not None]
        return " ".join(say.en for say in told), " ".join(say.fr for say in told)

    def _groups(self, profile: Profile, *, is_remote: bool) -> tuple[str, ...]:
        """Pools of sentences that it may tell, in an order of its own."""
        found = ["peoples"] if profile.governed else []
        if not profile.reach:
            found.append("house" if profile.protected else "far" if is_remote else "door")
        if not profile.governed and not is_remote:
            found.append("any")
        turn = self._decks.deal(f"pools {len(found)}", range(len(found))) if found else 0
        return (*found[turn:], *found[:turn])

    def _deal(self, deck: str, says: Sequence[Say], town: str, subjects: set[str]) -> Say | None:
        here = self._here.setdefault(town, set())
        fits = [
            self._told[say.en] < MOST and say.en not in here and subjects.isdisjoint(say.tags) for say in says
        ]
        say = self._decks.deal_fitting(deck, says, fits)
        if say is not None:
            self._told[say.en] += 1
            here.add(say.en)
        return say
