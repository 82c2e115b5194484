"""When an organization is asked whether a listing is still true, and what follows where nobody answers."""

from datetime import date, timedelta
from enum import StrEnum

BEFORE = timedelta(days=14)
"""The first letter comes so long before a check is over."""
LATE = timedelta(days=14)
"""After so long without an answer a steward takes up the telephone."""
CALLED_AGAIN = timedelta(days=3)
"""So long others are called first, after a call that nobody answered."""


class Stage(StrEnum):
    """How pressing the question is."""

    FRESH = ""
    SOON = "soon"
    DUE = "due"
    CALL = "call"


def stage_on(day: date, fresh_until: date | None) -> Stage:
    """Where a listing stands on `day`. `fresh_until`: of `directory.rules.freshness`; None: nobody ever checked."""
    if fresh_until is None or day > fresh_until + LATE:
        return Stage.CALL if fresh_until else Stage.DUE
    if day > fresh_until:
        return Stage.DUE
    return Stage.SOON if day > fresh_until - BEFORE else Stage.FRESH
