"""Whether a protocol may look current: who reviewed it, and until when that holds."""

from datetime import date, timedelta
from enum import StrEnum

GRACE = timedelta(days=60)
"""How long a page that concerns immediate safety is still shown once its review is overdue."""

SOON = timedelta(days=30)
"""How long before the day of review its owner hears of it."""


class Standing(StrEnum):
    """What a reader has to know before following it."""

    CURRENT = "current"
    UNREVIEWED = "unreviewed"
    OVERDUE = "overdue"


def standing(*, reviewed_on: date | None, review_by: date | None, today: date) -> Standing:
    """Never current without a review, nor after the day by which the next one was due."""
    if review_by is not None and review_by < today:
        return Standing.OVERDUE
    return Standing.UNREVIEWED if reviewed_on is None else Standing.CURRENT


def shown_until(*, review_by: date | None, is_urgent: bool, consent_until: date | None) -> date | None:
    """The last day on which it is shown; None: until somebody takes it off.

    `is_urgent`: it concerns immediate safety, where an outdated text does more harm than none.
    """
    ends = [consent_until] if consent_until else []
    if is_urgent and review_by:
        ends.append(review_by + GRACE)
    return min(ends, default=None)


def review_stage(*, review_by: date | None, today: date) -> str:
    """ "soon" or "overdue" where somebody has to see to a review; "" where it has time."""
    if review_by is None or review_by - SOON > today:
        return ""
    return "soon" if review_by >= today else "overdue"
