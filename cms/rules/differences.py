"""What changed from one edition to the next, in whole sentences that were added or taken away."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

UNSAID = frozenset({"language", "kind", "slug"})
"""What is the same in all editions of a page, or no text."""

BESIDE = frozenset({"file", "type", "size"})
"""Of a file what a reader is not told in words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one part of a page: the texts that came, and those that went."""

    part: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from () if name in BESIDE else _texts(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _texts(inner)
    elif value not in (None, ""):
        yield from (line.strip() for line in str(value).split("\n") if line.strip())


def _left(texts: Iterator[str], others: Iterator[str]) -> tuple[str, ...]:
    """Those that the others have not, in order; one that stands twice here and once there is left once."""
    there, left = Counter(others), []
    for text in texts:
        if there[text]:
            there[text] -= 1
        else:
            left.append(text)
    return tuple(left)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The parts that differ, in the order of the newer one. What only moved within a part is no difference."""
    parts = [part for part in dict.fromkeys([*after, *before]) if part not in UNSAID]
    told = (
        Difference(
            part,
            _left(_texts(after.get(part)), _texts(before.get(part))),
            _left(_texts(before.get(part)), _texts(after.get(part))),
        )
        for part in parts
    )
    return tuple(one for one in told if one.added or one.removed)
