"""What `datapackage.json` says a package holds: a file that it names and that isn't there is told, once."""

from collections.abc import Collection, Iterator
from typing import Any

from directory.rules.hsds_package import entity_of
from directory.rules.json_once import read_once

LARGEST = 4 * 1024**2
"""Bytes; that of the standard itself, with all its tables, has 60 thousand."""


class ToldTwice(Exception):
    """A key that stands twice in one object: the path of it."""


def named_and_missing(text: bytes, held: Collection[str]) -> list[str]:
    """The files of HSDS that a descriptor names and that are none of `held`, in its order.

    Raises ValueError for what can't be read, and ToldTwice.
    """
    if len(text) > LARGEST:
        raise ValueError("it is longer than any descriptor")
    here = {name.lower() for name in held}
    named = (path.replace("\\", "/").rpartition("/")[2] for path in _paths(_read(text)))
    wanted = (name.lower() for name in named if entity_of(name))
    return list(dict.fromkeys(name for name in wanted if name not in here))


def _read(text: bytes) -> object:
    try:
        value, twice = read_once(text.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("it nests too deeply") from None
    if twice:
        raise ToldTwice(twice)
    return value


def _paths(package: Any) -> Iterator[str]:
    """Every path of its resources: a text, or a list of texts where a table lies in several files."""
    resources = package.get("resources") if isinstance(package, dict) else None
    for resource in resources if isinstance(resources, list) else ():
        path = resource.get("path") if isinstance(resource, dict) else None
        for part in path if isinstance(path, list) else [path]:
            if isinstance(part, str):
                yield part
