"""What a visitor may say is wrong with a listing: a word of a closed list, never a text, which could tell of people.

Reports move a listing up in a list of calls. They take nothing off the site (promise 26): a false report would do
an abuser's work.
"""

from collections.abc import Iterable
from datetime import date, timedelta

WHAT = ("number", "closed", "hours", "who", "address", "language", "other")
"""Which part: telephone, it is gone, hours, who can come, how to get there, languages, something else."""

LOOKED_AT = timedelta(days=60)
"""How long a report is told."""


def told_since(day: date) -> date:
    """The first day whose reports are told on `day`."""
    return day - LOOKED_AT


def most_said(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Sums by what is said to be wrong, the most often said first; what is no word of the list is left out."""
    sums: dict[str, int] = {}
    for what, times in counts:
        if what in WHAT:
            sums[what] = sums.get(what, 0) + times
    return sorted(sums.items(), key=lambda found: (-found[1], WHAT.index(found[0])))
