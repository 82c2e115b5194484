"""How long a check of a listing holds: what people run to at night is asked more often than the rest."""

from collections.abc import Collection
from datetime import date, timedelta

OFTEN = frozenset(
    {"crisis_line", "emergency_shelter", "safe_home", "overnight_dropin", "hotel_placement", "youth_housing"}
)
OFTEN_DAYS, DAYS = 90, 180
"""Days after which a check is asked for again: of crisis lines and shelters, of all else."""


def fresh_until(checked_on: date | None, kinds: Collection[str]) -> date | None:
    """The last day on which a check of `checked_on` holds; None for what nobody checked."""
    if checked_on is None:
        return None
    return checked_on + timedelta(days=OFTEN_DAYS if OFTEN.intersection(kinds) else DAYS)
