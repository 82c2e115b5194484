"""What becomes of a report that somebody was not safe at an organization, and by when."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

ANSWERED_WITHIN = timedelta(hours=24)
"""From the report to the judgement, and so to the suspension."""
REMINDED_AFTER = timedelta(hours=12)


class Channel(StrEnum):
    """How a report came."""

    FORM = "form"
    PHONE = "phone"
    MAIL = "mail"
    IN_PERSON = "in_person"


class Judgement(StrEnum):
    """What a steward made of a report."""

    CREDIBLE = "credible"
    NOT_CREDIBLE = "not_credible"
    FACTS_ONLY = "facts_only"


def suspends(judgements: Iterable[Judgement]) -> bool:
    """True if one of them is credible. Wrong facts, however often they are reported, take nobody out."""
    return any(one is Judgement.CREDIBLE for one in judgements)


def time_left(received_at: datetime, now: datetime) -> timedelta:
    """Until it has to be judged; negative once that is over."""
    return received_at + ANSWERED_WITHIN - now
