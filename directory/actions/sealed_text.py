"""Words that only their owner and stewards read: sealed under the owner's key, and bound to the row they stand in."""

import json
from typing import Any
from uuid import UUID

from safety import crypto, owner_keys

BLOCK = 256
"""Bytes to which the text is filled up, so that its length tells little of it."""


def seal_words(words: Any, *, owner: UUID, table: str, row: UUID, column: str = "sealed") -> bytes:
    """What JSON can hold, for a column of `row`. Raises owner_keys.Shredded."""
    text = json.dumps(words).encode()
    padded = text + b" " * (-len(text) % BLOCK)
    return crypto.seal(padded, key=owner_keys.data_key(owner), context=_place(owner, table, row, column))


def open_words(sealed: bytes, *, owner: UUID, table: str, row: UUID, column: str = "sealed") -> Any:
    """What was sealed. Raises crypto.Unreadable where the key is gone, or the value stood elsewhere."""
    key = owner_keys.existing_data_key(owner)
    return json.loads(crypto.open_sealed(bytes(sealed), key=key, context=_place(owner, table, row, column)))


def _place(owner: UUID, table: str, row: UUID, column: str) -> crypto.Context:
    return crypto.Context(owner=owner, table=table, column=column, row=row)
