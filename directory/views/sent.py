"""What a browser sent, as names and values of a search; rows of children become one value each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from directory.rules.person import SEXES, Child
from directory.rules.query_person import MOST_CHILDREN

Pairs = list[tuple[str, str]]

ONLY = "only"
"""The name under which a button of directory.views.narrow sends "need=food"."""

NARROWED = ("need", "language", "focus", "way", "open")

_ROW = re.compile(rf"child_(age|sex)_([1-{MOST_CHILDREN}])")
_LETTERS = {sex[0] for sex in SEXES}
LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One row of the form: an age as it was sent, and "f", "m" or nothing."""

    age: str = ""
    sex: str = ""


def pairs_sent(sent: QueryDict) -> Pairs:
    """Names and values without the empty ones. Two lists can't make one value without JavaScript: it is done here."""
    pairs: Pairs = []
    rows: dict[str, dict[str, str]] = {}
    for name, values in sent.lists():
        row = _ROW.fullmatch(name)
        if row is None:
            pairs += [(name, value) for value in values if value.strip()]
        else:
            rows.setdefault(row[2], {})[row[1]] = values[-1].strip()
    told = [row.get("age", "") + row.get("sex", "") for _, row in sorted(rows.items())]
    return _narrowed(pairs + [("child", text) for text in told if text])


def _narrowed(pairs: Pairs) -> Pairs:
    """With the value of `only` in the place of all others of its name. What is no such value stays, and is a fault."""
    for _, value in [pair for pair in pairs if pair[0] == ONLY]:
        name, _, chosen = value.partition("=")
        if name in NARROWED and chosen:
            pairs = [pair for pair in pairs if pair[0] != name and pair != (ONLY, value)] + [(name, chosen)]
    return pairs


def child_rows(children: Iterable[Child], faulty: Sequence[str] = ()) -> list[ChildRow]:
    """The rows of the form: those that were told, of `faulty` values their sex alone, and some to fill in."""
    told = [ChildRow(str(child.age), child.sex[:1]) for child in children]
    told += [ChildRow(sex=value) for value in faulty if value in _LETTERS]
    return (told + [ChildRow()] * LEAST_ROWS)[: min(MOST_CHILDREN, max(LEAST_ROWS, len(told) + 1))]
