"""What was told anew of protected places is forgotten again: by what was kept of their doors, not in clear."""

from collections.abc import Sequence
from uuid import UUID

from directory.actions.cut_names import cut_names
from directory.actions.cut_traces import Cut, cut_traces, records_around
from directory.actions.keep_traces import kept_of
from directory.actions.scrub_places import around, scrub_places


def forget_again(places: Sequence[UUID]) -> list[Cut]:
    """Scrub these protected places and cut what tells their doors; returns the texts that were cut.

    A name that tells the street becomes an ellipsis: an import has nobody to ask for another.
    """
    if not places:
        return []
    scrub_places(places)
    traces = kept_of(places)
    cut = cut_traces(records_around(around(places)), traces) if traces else []
    return [*cut, *cut_names(places)]
