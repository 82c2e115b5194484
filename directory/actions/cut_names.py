"""Cuts the names of protected places and of their small communities out of what their organizations tell.

Each organization's texts are searched for the names of its own places: a village is nobody else's secret.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from uuid import UUID

from directory.actions.cut_ties import cut_ties
from directory.actions.cut_traces import Cut, cut_traces, sifted, sourced
from directory.actions.keep_names import names_by_owner
from directory.actions.records_around import DESCRIBED, OWNERS, records_telling
from directory.actions.scrub_places import around
from directory.models.record import HsdsRecord
from directory.rules.door_traces import Traces
from directory.rules.told_names import Names


def cut_names(places: Sequence[UUID]) -> list[Cut]:
    """Cut what is kept of the names of these protected places out of their organizations' texts."""
    names = names_by_owner(places)
    if not names:
        return []
    rows = records_telling(around(places))
    every = replace(reduce(Names.joined, names.values()), own=frozenset())
    may = {row.pk for row in sifted(rows, Traces(names=every).in_own_texts())} | sourced(rows)
    found: list[Cut] = []
    for owners, told in _by_owners(rows, names).items():
        joined = reduce(Names.joined, (names[owner] for owner in sorted(owners)))
        found += cut_traces([row for row in told if row.pk in may], Traces(names=joined))
        found += cut_ties(told, Traces(names=joined))
    return found


def _by_owners(
    rows: Iterable[HsdsRecord], names: Mapping[UUID, Names]
) -> dict[frozenset[UUID], list[HsdsRecord]]:
    """The records by whose they are: what hangs on something is whose that is."""
    left = list(rows)
    owners: dict[UUID, set[UUID]] = {owner: {owner} for owner in names}
    links = {row.pk: _links(row) for row in left}
    is_more = True
    while is_more:
        is_more = False
        for row in left:
            here = owners.setdefault(row.pk, set())
            more = set().union(*(owners.get(link, set()) for link in links[row.pk])) - here
            here |= more
            is_more = is_more or bool(more)
    found: dict[frozenset[UUID], list[HsdsRecord]] = {}
    for row in left:
        if owners[row.pk]:
            found.setdefault(frozenset(owners[row.pk]), []).append(row)
    return found


def _links(row: HsdsRecord) -> list[UUID]:
    """Ids of what a record hangs on."""
    ids = (getattr(row, name, None) for name in (*OWNERS, *DESCRIBED))
    return [id_ for id_ in ids if id_]
