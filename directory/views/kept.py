"""The services that somebody picked out, as one short value of a sealed search: nothing of it is stored anywhere."""

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from directory.rules.query import pairs_of

NAME = "kept"
MOST = 12
"""Services on one list: what fits an address, and a sheet of paper."""

_BYTES = 16
Ids = tuple[UUID, ...]
Pairs = list[tuple[str, str]]


def kept_value(ids: Iterable[UUID]) -> str:
    """The ids as 16 bytes each, in letters that an address may hold; empty for none."""
    return base64.urlsafe_b64encode(b"".join(id_.bytes for id_ in ids)).rstrip(b"=").decode()


def kept_ids(value: str) -> Ids:
    """The ids of a value that `kept_value` made, each once, the first twelve; none of anything else."""
    try:
        raw = base64.b64decode(value.encode() + b"=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return ()
    if len(raw) % _BYTES:
        return ()
    found = [UUID(bytes=raw[start : start + _BYTES]) for start in range(0, len(raw), _BYTES)]
    return tuple(dict.fromkeys(found))[:MOST]


ROOM = len(urlencode([(NAME, kept_value([UUID(int=0)] * MOST))])) + 1
"""Bytes that a full list adds to a search."""


def taken_apart(pairs: Iterable[tuple[str, str]]) -> tuple[Pairs, Ids]:
    """The search itself, and the ids of the list that travels with it."""
    told = list(pairs)
    value = next((value for name, value in told if name == NAME), "")
    return [pair for pair in told if pair[0] != NAME], kept_ids(value)


def text_apart(text: str) -> tuple[str, Ids]:
    """The same of a search as one line. Raises ValueError for what is no such line."""
    pairs, ids = taken_apart(pairs_of(text))
    return urlencode(pairs), ids


def text_with(text: str, ids: Sequence[UUID]) -> str:
    """A search as one line with the list that travels with it."""
    if not ids:
        return text
    kept = urlencode([(NAME, kept_value(ids))])
    return f"{text}&{kept}" if text else kept


def carried(context: dict[str, Any], ids: Sequence[UUID]) -> dict[str, Any]:
    """The context of a page whose every form sends the list along: those made of `fields`, and the search form.

    The search form finds the value as `kept_value`.
    """
    value = kept_value(ids)
    if value:
        _add_to_fields(list(context.values()), (NAME, value))
    return context | {"kept_value": value}


def _add_to_fields(found: list[Any], pair: tuple[str, str]) -> None:
    """Whatever on the page is a button of its own has its fields in a list of that name."""
    for told in found:
        if isinstance(told, dict):
            if isinstance(fields := told.get("fields"), list) and pair not in fields:
                fields.append(pair)
            _add_to_fields(list(told.values()), pair)
        elif isinstance(told, list):
            _add_to_fields(told, pair)
