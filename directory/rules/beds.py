"""Beds today: bands instead of numbers, and how long an answer counts.

A number would say who came and went; a band says whether to call.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

BANDS = ("none", "few", "several")
"""No bed; one or two; three or more."""
LIFE = timedelta(hours=12)
NOT_REPORTED = ""
SLEEPING = "housing"
"""The group of needs whose services have beds."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a provider said, and when."""

    band: str
    at: datetime


def band_at(report: Report | None, now: datetime) -> str:
    """One of BANDS while the report counts: from its moment on, for less than twelve hours. Else NOT_REPORTED."""
    if report is None or report.band not in BANDS:
        return NOT_REPORTED
    return report.band if report.at <= now < report.at + LIFE else NOT_REPORTED


def counts_until(report: Report) -> datetime:
    """The first moment at which the report does not count any more."""
    return report.at + LIFE


def earliest(now: datetime) -> datetime:
    """Reports count that were made after this moment, and not after `now`."""
    return now - LIFE
