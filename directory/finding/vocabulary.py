"""The needs, in memory: read from the public read model and asked for again every minute."""

import time
from dataclasses import dataclass
from threading import Lock

from directory.models.need import Need
from directory.rules.tags import need_tag
from safety.db import public_database

FRESH_FOR = 60.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All needs by slug, in the order of the pages; `groups` are those without a parent."""

    needs: dict[str, Need]

    @property
    def groups(self) -> list[Need]:
        """The few big ones that a person chooses from first."""
        return [n for n in self.needs.values() if not n.parent and n.is_offered]

    def kinds_of(self, group: str) -> list[Need]:
        """The kinds of one group that are offered."""
        return [n for n in self.needs.values() if n.parent == group and n.is_offered]

    def tags(self, slugs: tuple[str, ...]) -> list[int]:
        """The tags of these needs, any of which will do."""
        return [need_tag(self.needs[s].number) for s in slugs]

    def name(self, slug: str, language: str) -> str:
        """The need's name in "en" or "fr"."""
        need = self.needs[slug]
        return need.name_fr if language == "fr" else need.name


_kept: list[tuple[float, Vocabulary]] = []
_lock = Lock()


def read_vocabulary(using: str) -> Vocabulary:
    """The vocabulary as database `using` has it now: for writers, inside their transaction."""
    needs = Need.objects.using(using).order_by("position", "slug")
    return Vocabulary({need.slug: need for need in needs})


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
