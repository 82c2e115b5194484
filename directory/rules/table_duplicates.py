"""Rows that may describe one service because they share a number to call: candidates to look at, never errors."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from directory.rules.table_records import PhoneFacts, Record

MOST = 5
"""Candidates told for one number: a switchboard may have thousands, and nobody looks at them all."""


def dialled(number: str) -> str:
    """Return the digits that are dialled: ten of a long number, all of a short code; "" for none."""
    digits = re.sub(r"\D", "", number)
    return digits[-10:] if len(digits) >= 10 else digits


def _keys(phones: Iterable[PhoneFacts]) -> set[str]:
    """A switchboard's extensions are lines of their own."""
    return {f"{dialled(phone.number)}x{phone.extension}" for phone in phones if dialled(phone.number)}


def same_phones(records: Iterable[tuple[int, Record]]) -> dict[int, tuple[str, ...]]:
    """Return, by row number, the keys of other rows that share a number with it; rows without any are left out.

    Of one number the first few are named, and how many more there are.
    """
    told = [(number, record.key, _keys(record.phones)) for number, record in records]
    rows_of: dict[str, dict[str, None]] = defaultdict(dict)
    for _, key, numbers in told:
        for number in sorted(numbers):
            rows_of[number][key] = None
    found = {}
    for row, key, numbers in told:
        others = {other: None for number in sorted(numbers) for other in _others(rows_of[number], key)}
        if others:
            found[row] = tuple(others)
    return found


def _others(keys: dict[str, None], own: str) -> list[str]:
    first = list(islice((key for key in islice(keys, MOST + 1) if key != own), MOST))
    more = len(keys) - 1 - len(first)
    return [*first, f"and {more} more with this number"] if more else first
