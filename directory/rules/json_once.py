"""Objects of JSON in which a key stands twice. Nobody knows which of its two values is meant: readers keep the last."""

import json
from collections.abc import Iterator
from typing import Any


class Keys:
    """Watches the objects that one reader makes."""

    def __init__(self) -> None:
        self.are_any_twice = False

    def empty(self) -> "Once":
        """An object for a reader that fills it key by key."""
        return Once(self)

    def of_pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """An object for a reader that has all of it."""
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        watched = self.empty()
        for key, value in pairs:
            watched[key] = value
        return watched


class Once(dict[str, Any]):
    """An object that remembers which of its keys came again; the last value is kept, as everywhere."""

    __slots__ = ("_keys", "again")

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.again: list[str] = []

    def __setitem__(self, key: str, value: Any) -> None:
        if key in self:
            self._keys.are_any_twice = True
            self.again.append(key)
        super().__setitem__(key, value)


def twice_in(value: object, path: str = "") -> Iterator[str]:
    """Where a key stands twice, as "phones[0].number", the outermost first."""
    if isinstance(value, dict):
        for key in value.again if isinstance(value, Once) else ():
            yield f"{path}.{key}" if path else key
        for key, part in value.items():
            yield from twice_in(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from twice_in(part, f"{path}[{number}]")


def read_once(text: str, **options: Any) -> tuple[Any, str]:
    """What `text` says, and where a key of it stands twice ("" if nowhere). Raises ValueError or RecursionError."""
    keys = Keys()
    value = json.loads(text, object_pairs_hook=keys.of_pairs, **options)
    return value, next(twice_in(value), "") if keys.are_any_twice else ""
