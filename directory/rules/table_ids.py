"""Ids of imported records: the same list and key give the same id, on every machine and in every run."""

import json
import uuid

IMPORTED = uuid.UUID("9b1f1c5e-0a55-5d0b-8c65-1d7f8a1f6d20")
"""Namespace (RFC 9562, name-based ids) of everything that `import_table` makes."""


def record_id(publisher: str, entity: str, key: str, *parts: str) -> uuid.UUID:
    """Return the id of an `entity` of the row `key`; `parts` tell apart what a row has several of."""
    return uuid.uuid5(IMPORTED, json.dumps([publisher, entity, key, *parts]))
