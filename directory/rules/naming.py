"""Naming the community of a protected place: one asks who was warned, two others approve, anybody may withdraw."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

WARNING_LASTS = timedelta(hours=1)
"""How long ago the warning may have been read when the wish is written down."""


class Naming(Enum):
    """What holds of a wish."""

    ASKED = "asked"
    APPROVED_ONCE = "approved_once"
    NAMED = "named"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asked, who approved so far (None: nobody yet), and whether it was withdrawn."""

    asked_by: UUID
    first_approved_by: UUID | None = None
    second_approved_by: UUID | None = None
    is_withdrawn: bool = False


def state_of(wish: Wish) -> Naming:
    """Return what holds; the community may be told in NAMED alone."""
    if wish.is_withdrawn:
        return Naming.WITHDRAWN
    if wish.first_approved_by is None:
        return Naming.ASKED
    return Naming.APPROVED_ONCE if wish.second_approved_by is None else Naming.NAMED


def may_approve(wish: Wish, person: UUID) -> bool:
    """True if `person` is a third, and an approval is still wanting."""
    is_open = state_of(wish) in (Naming.ASKED, Naming.APPROVED_ONCE)
    return is_open and person not in (wish.asked_by, wish.first_approved_by)


def was_warned(warned_at: datetime, now: datetime) -> bool:
    """True if the warning was read before, and not long before."""
    return timedelta(0) <= now - warned_at <= WARNING_LASTS
