"""Needs, and whom services are made for, in memory: read from the public read model, asked for again every minute."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

from directory.models.focus import Focus
from directory.models.need import Need
from directory.rules.synonyms import Key, phrase_key
from directory.rules.tags import focus_tag, need_tag
from safety.db import public_database

FRESH_FOR = 60.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All needs and focuses by slug, in the order of the pages; `groups` are the needs without a parent."""

    needs: dict[str, Need]
    focuses: dict[str, Focus] = field(default_factory=dict)

    @property
    def groups(self) -> list[Need]:
        """The few big ones that a person chooses from first."""
        return [n for n in self.needs.values() if not n.parent and n.is_offered]

    @property
    def keys(self) -> frozenset[Key]:
        """All names in both languages, as questions are compared with them."""
        named = (*self.needs.values(), *self.focuses.values())
        return frozenset(phrase_key(name) for one in named for name in (one.name, one.name_fr))

    def kinds_of(self, group: str) -> list[Need]:
        """The kinds of one group that are offered."""
        return [n for n in self.needs.values() if n.parent == group and n.is_offered]

    def with_kinds(self, slugs: Iterable[str]) -> frozenset[str]:
        """These needs, and of a group its kinds."""
        asked = frozenset(slugs)
        return asked | {need.slug for need in self.needs.values() if need.parent in asked}

    def tags(self, slugs: tuple[str, ...]) -> list[int]:
        """The tags of these needs, any of which will do."""
        return [need_tag(self.needs[s].number) for s in slugs]

    def name(self, slug: str, language: str) -> str:
        """The need's name in "en" or "fr"."""
        need = self.needs[slug]
        return need.name_fr if language == "fr" else need.name

    def focus_tags(self, slugs: Iterable[str]) -> list[int]:
        """The tags of these focuses, any of which will do. Raises KeyError for one that is not known."""
        return [focus_tag(self.focuses[s].number) for s in slugs]

    def focus_name(self, slug: str, language: str) -> str:
        """The name in "en" or "fr" of those for whom a service is made."""
        focus = self.focuses[slug]
        return focus.name_fr if language == "fr" else focus.name


_kept: list[tuple[float, Vocabulary]] = []
_lock = Lock()


def read_vocabulary(using: str) -> Vocabulary:
    """The vocabulary as database `using` has it now: for writers, inside their transaction."""
    needs = Need.objects.using(using).order_by("position", "slug")
    focuses = Focus.objects.using(using).order_by("position", "slug")
    return Vocabulary({need.slug: need for need in needs}, {focus.slug: focus for focus in focuses})


def vocabulary() -> Vocabulary:
    """The vocabulary for searchers, at most a minute old."""
    with _lock:
        if _kept and time.monotonic() - _kept[0][0] < FRESH_FOR:
            return _kept[0][1]
        made = read_vocabulary(public_database())
        _kept[:] = [(time.monotonic(), made)] if made.needs else []
        return made


def forget_vocabulary() -> None:
    """Read anew at the next question: after the vocabulary was changed by this process."""
    with _lock:
        _kept.clear()
