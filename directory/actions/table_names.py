"""Small communities of protected places in a list: kept as digests, cut out of what it says of their organizations."""

from collections.abc import Sequence
from uuid import UUID

from directory.actions.cut_traces import cut_unsaved
from directory.actions.keep_names import kept_names, names_by_owner, public_names, town_namer
from directory.actions.keep_traces import PlaceTrace, keep_traces, traces_key
from directory.actions.table_rows_stored import Built
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.record import HsdsRecord
from directory.models.service import Service
from directory.rules.door_traces import Traces
from directory.rules.text import fold
from directory.rules.told_names import Names, to_keep


def keep_towns(built: Built) -> None:
    """Keep the small communities of the places that the list protects."""
    agreed = Location.objects.filter(pk__in=list(built.towns), area__is_by_agreement=True)
    left = set(agreed.values_list("pk", flat=True))
    namer = town_namer(town for town, _ in built.towns.values() if town)
    hidden = {place: namer(town, [city]) for place, (town, city) in built.towns.items() if place not in left}
    key = traces_key() if any(hidden.values()) else b""
    keep_traces(
        PlaceTrace(place, *trace)
        for place, towns in sorted(hidden.items())
        for trace in sorted(to_keep(key, towns, ()))
    )


def cut_built_names(built: Built, places: Sequence[UUID]) -> None:
    """Cut the names of these protected places, and of those in the list, each out of its own organization's texts."""
    names = _by_owner(built, places)
    if not any(names.values()):
        return
    owner_of = {
        pk: row.organization_id for pk, row in built.models[Service].items() if isinstance(row, Service)
    }
    for rows in built.models.values():
        for pk, row in rows.items():
            joined = Names()
            for owner in {owner_of.get(service) for service in built.services_of[pk]}:
                joined = joined.joined(names.get(owner, Names()) if owner else Names())
            if joined:
                cut_unsaved(row, Traces(names=joined).in_own_texts())


def _by_owner(built: Built, places: Sequence[UUID]) -> dict[UUID, Names]:
    found = names_by_owner(places)
    kept = _kept_here(built)
    own = public_names(kept)
    for owner, digests in kept.items():
        names = Names(own=own.get(owner, frozenset()), key=traces_key(), kept=digests)
        found[owner] = found.get(owner, Names()).joined(names)
    called = _called(built)
    return {owner: names.joined(Names(own=called.get(owner, frozenset()))) for owner, names in found.items()}


def _kept_here(built: Built) -> dict[UUID, frozenset[tuple[str, bytes]]]:
    """What is kept of the names of places in the list, by their organizations: also of those that aren't stored yet."""
    stored = kept_names(built.towns, are_stored=False)
    found: dict[UUID, frozenset[tuple[str, bytes]]] = {}
    for pk, digests in stored.items():
        row = built.models[Location].get(pk)
        if isinstance(row, Location) and row.organization_id:
            found[row.organization_id] = found.get(row.organization_id, frozenset()) | digests
    return found


def _called(built: Built) -> dict[UUID, frozenset[str]]:
    """What the list calls its organizations and their services."""
    found: dict[UUID, set[str]] = {}
    rows: list[HsdsRecord] = [*built.models[Organization].values(), *built.models[Service].values()]
    for row in rows:
        owner = row.pk if isinstance(row, Organization) else getattr(row, "organization_id", None)
        if owner and isinstance(row, Organization | Service):
            found.setdefault(owner, set()).update(filter(None, (fold(row.name), fold(row.name_fr))))
    return {owner: frozenset(names) for owner, names in found.items()}
