"""A word or phrase of a question as the person wrote it, to be said back."""

import re

from directory.rules.text import fold

MOST_WORDS = 16
_WORD = re.compile(r"[^\s'\u2019-]+")
_AROUND = ' .,;:!?()[]"\u00ab\u00bb\u201c\u201d\u00a0'


def as_typed(q: str, unit: str) -> str:
    """The part of `q` that folds to `unit`, with its accents and capitals; `unit` where no whole words do."""
    words = list(_WORD.finditer(q))
    for at, first in enumerate(words):
        for last in words[at : at + MOST_WORDS]:
            part = q[first.start() : last.end()]
            if fold(part) == unit:
                return part.strip(_AROUND) or unit
    return unit
