"""The words that mean the same, in memory: read from the public read model and asked for again every minute."""

import time
from threading import Lock

from django.db.models import UUIDField, Value

from directory.models.concept import Concept
from directory.models.synonym import SynonymGroup
from directory.rules.synonyms import Synonyms
from safety.db import public_database

FRESH_FOR = 60.0

_kept: list[tuple[float, Synonyms]] = []
_lock = Lock()


def read_synonyms(using: str) -> Synonyms:
    """The synonyms as database `using` has them now, with the concepts that may be asked for: one statement."""
    used = SynonymGroup.objects.using(using).filter(is_used=True).order_by()
    groups = used.values_list("words", Value(0), "id")
    ready = Concept.objects.using(using).filter(is_ready=True).order_by()
    told = sorted(
        groups.union(ready.values_list("words", "number", Value(None, UUIDField())), all=True), key=str
    )
    numbers = {tuple(words): number for words, number, _ in told if number}
    return Synonyms((words for words, number, _ in told if not number), numbers)


def synonyms() -> Synonyms:
    """The synonyms for searchers, at most a minute old."""
    with _lock:
        if _kept and time.monotonic() - _kept[0][0] < FRESH_FOR:
            return _kept[0][1]
        made = read_synonyms(public_database())
        _kept[:] = [(time.monotonic(), made)]
        return made


def forget_synonyms() -> None:
    """Read anew at the next question: after they were changed by this process."""
    with _lock:
        _kept.clear()
