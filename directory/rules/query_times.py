"""When it must be open: now, in a part of the week, or at an instant."""

import re
from datetime import datetime

from directory.rules.query_sent import Sent
from directory.rules.tags import PARTS

NOW = "now"
MOMENTS = (NOW, *PARTS)
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_INSTANTS = 8

# In an address "+" is a space.
_LOST_PLUS = re.compile(r"(T[0-9:.]+) ([0-9]{2}:?[0-9]{2})")


def read_times(sent: Sent) -> tuple[tuple[str, ...], tuple[datetime, ...]]:
    """Those of MOMENTS that were asked for, and the instants, each with its offset from UTC; any of them will do."""
    asked = sent.many("open")
    instants: list[datetime] = []
    for value in asked:
        if value in MOMENTS:
            continue
        instant = read_instant(value)
        if instant is None:
            sent.fault("open", "not_a_time", value)
        elif instant not in instants:
            instants.append(instant)
    if len(instants) > MOST_INSTANTS:
        sent.fault("open", "too_many", str(MOST_INSTANTS))
    return tuple(value for value in asked if value in MOMENTS), tuple(instants[:MOST_INSTANTS])


def read_instant(value: str) -> datetime | None:
    """The minute that ISO 8601 with an offset names ("2026-11-23T18:00-05:00"); None for anything else."""
    if len(value) > 40 or not value.isascii() or "T" not in value:
        return None
    try:
        instant = datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", value))
    except ValueError:
        return None
    if instant.tzinfo is None or not FIRST_YEAR <= instant.year <= LAST_YEAR:
        return None
    return instant.replace(second=0, microsecond=0)


def time_pairs(moments: tuple[str, ...], instants: tuple[datetime, ...]) -> list[tuple[str, str]]:
    """Names and values that read back as these."""
    values = [*moments, *(instant.isoformat(timespec="minutes") for instant in instants)]
    return [("open", value) for value in values]
