"""What was told anew of protected places is forgotten again: by what was kept of their doors, not in clear."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from directory.actions.akin import owners_of_services
from directory.actions.cut_names import cut_names
from directory.actions.cut_traces import Cut, cut_traces
from directory.actions.keep_traces import kept_of
from directory.actions.records_around import records_telling
from directory.actions.redact_changes import redact_changes
from directory.actions.refuse_telling import protected_akin
from directory.actions.scrub_places import around, scrub_places

AT_ONCE = 500
"""Places whose organizations' records are held in memory at a time: an import may bring thousands."""


def forget_again(places: Sequence[UUID]) -> list[Cut]:
    """Scrub these protected places and cut what tells their doors; returns the texts that were cut.

    A name that tells the street becomes an ellipsis: an import has nobody to ask for another.
    """
    return [
        cut for start in range(0, len(places), AT_ONCE) for cut in _forget(places[start : start + AT_ONCE])
    ]


def _forget(places: Sequence[UUID]) -> list[Cut]:
    scrub_places(places)
    traces = kept_of(places)
    cut = cut_traces(records_telling(around(places)), traces) if traces else []
    return [*cut, *cut_names(places), *redact_changes(places, traces, is_again=True)]


def forget_told_by(services: Iterable[UUID]) -> list[Cut]:
    """Cut what these services, and all that is akin to them, tell of each other's protected places."""
    given = set(services)
    return forget_again(protected_akin(owners_of_services(given), given)) if given else []
