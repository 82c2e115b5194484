"""Break-glass: when a steward may read what only an organization itself sees, and for how long."""

from datetime import datetime, timedelta

from directory.rules.text import fold

LASTS = timedelta(minutes=30)
SHORTEST, LONGEST = 20, 500
"""Characters of a reason: long enough to say one."""


def is_reason(words: str) -> bool:
    """True if somebody wrote why, and not a few letters to get on."""
    told = " ".join(words.split())
    return SHORTEST <= len(told) <= LONGEST and len(set(fold(told).split())) >= 4


def is_new_reason(words: str, before: str) -> bool:
    """True unless it says what was said the last time: nothing is held open by sending the same form again."""
    return fold(words) != fold(before)


def minutes_left(until: datetime, now: datetime) -> int:
    """Whole minutes that are left, at least one while it is open."""
    return max(0, -int(-(until - now).total_seconds() // 60))
