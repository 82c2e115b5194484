"""What a protected place and its small community are called: kept as digests, found in its organization's texts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from directory.actions.akin import linked_with
from directory.actions.door import Called
from directory.actions.keep_traces import PlaceTrace, keep_traces, traces_key
from directory.actions.scrub_places import these
from directory.models.area import Area
from directory.models.door_trace import DoorTrace
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.place import Place
from directory.models.program import Program
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.areas import FLOOR, hides
from directory.rules.door_traces import Traces
from directory.rules.kept_traces import Kind
from directory.rules.text import fold
from directory.rules.told_names import Names, city_keys, house_keys, to_keep, town_keys

TOWN: Kind = "town"
HOUSE: Kind = "name"


def names_of_town(place: Place, area: Area | None) -> frozenset[str]:
    """The keys of a community's names; none where the published area is named after it and nothing finer is hidden."""
    if area is not None and not hides(place.name, place.name_fr, area.name, area.name_fr):
        return frozenset()
    return town_keys([place.name, place.name_fr, *place.alternates, *place.fed_names])


def larger_towns() -> frozenset[str]:
    """Names, folded, that may be told of any place: those of communities that are areas of their own."""
    rows = Place.objects.filter(kind="community", population__gte=FLOOR).values_list("name", "name_fr")
    return frozenset(folded for names in rows for name in names if (folded := fold(name)))


def town_namer(communities: Iterable[int]) -> Callable[[int | None, Sequence[str]], frozenset[str]]:
    """What gives the keys that are hidden of a place by the id of its community and its cities as they are written."""
    rows = Place.objects.filter(pk__in=set(communities), population__lt=FLOOR).select_related("area")
    hidden = {place.pk: names_of_town(place, place.area) for place in rows}
    larger = larger_towns()
    return lambda town, cities: (
        (hidden.get(town, frozenset()) if town else frozenset()) | city_keys(cities, larger)
    )


def keep_names(
    place: UUID, called: Called, town: Place | None, area: Area | None, larger: frozenset[str]
) -> None:
    """Keep what is stored of the names of a place that is about to forget them. `larger`: towns that may be told."""
    towns = names_of_town(town, area) if town else frozenset()
    if not (area and area.is_by_agreement):
        towns |= city_keys(called.cities, larger)
    told = to_keep(traces_key(), towns, house_keys(called.names))
    keep_traces(PlaceTrace(place, *trace) for trace in sorted(told))


def forget_town(location_id: UUID) -> None:
    """The community may be named from now on."""
    DoorTrace.objects.filter(location_id=location_id, kind=TOWN).delete()


def keep_town(location_id: UUID, town: Place, area: Area | None) -> None:
    """The community may be named no longer."""
    told = to_keep(traces_key(), names_of_town(town, area), ())
    keep_traces(PlaceTrace(location_id, *trace) for trace in sorted(told))


def owners_of(places: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Whoever runs protected places, with these places: organizations, and services that have none.

    Those who publish a service that was linked with one of theirs count as well: it is one service.
    """
    found: dict[UUID, set[UUID]] = {}
    wanted = these(list(places))
    run = Location.objects.filter(pk__in=wanted, organization_id__isnull=False)
    pairs = [*run.values_list("organization_id", "pk")]
    tied = ServiceAtLocation.objects.filter(location_id__in=wanted, service_id__isnull=False)
    rows = list(tied.values_list("service__organization_id", "service_id", "location_id"))
    pairs += [(owner or service, place) for owner, service, place in rows]
    linked = linked_with(service for _, service, _ in rows)
    runs = dict(
        Service.objects.filter(pk__in=set().union(*linked.values())).values_list("pk", "organization_id")
    )
    for _, service, place in rows:
        pairs += [(runs.get(other) or other, place) for other in linked.get(service, ())]
    for owner, place in pairs:
        found.setdefault(owner, set()).add(place)
    return found


def kept_names(
    places: Iterable[UUID], *, are_stored: bool = True
) -> dict[UUID, frozenset[tuple[str, bytes]]]:
    """The digests that are kept of the names of these places, by place; `are_stored` False: of those to come, too."""
    rows = DoorTrace.objects.filter(location_id__in=these(list(places)), kind__in=[TOWN, HOUSE])
    rows = rows.filter(location__is_protected=True) if are_stored else rows
    found: dict[UUID, set[tuple[str, bytes]]] = {}
    for place, kind, digest in rows.values_list("location_id", "kind", "digest"):
        found.setdefault(place, set()).add((kind, bytes(digest)))
    return {place: frozenset(told) for place, told in found.items()}


def public_names(owners: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """What these organizations, their programs and services (or services without one) are called in public, folded."""
    wanted = these(list(owners))
    found: dict[UUID, set[str]] = {}
    for owner, *names in _named(wanted):
        found.setdefault(owner, set()).update(filter(None, map(fold, names)))
    return {owner: frozenset(names) for owner, names in found.items()}


def _named(wanted: object) -> Iterator[tuple[UUID, str, str]]:
    yield from Organization.objects.filter(pk__in=wanted).values_list("pk", "name", "name_fr")
    for model in (Service, Program):
        held = model._default_manager.filter(organization_id__in=wanted)
        yield from held.values_list("organization_id", "name", "name_fr")
    alone = Service.objects.filter(Q(organization_id=None), pk__in=wanted)
    yield from alone.values_list("pk", "name", "name_fr")


def names_by_owner(places: Iterable[UUID]) -> dict[UUID, Names]:
    """What to look for in the texts of whoever runs these places; owners without any kept name are left out."""
    kept = kept_names(places)
    owners = owners_of(kept)
    own = public_names(owners)
    key = traces_key() if kept else b""
    return {
        owner: Names(
            own=own.get(owner, frozenset()),
            key=key,
            kept=frozenset().union(*(kept[place] for place in here)),
        )
        for owner, here in owners.items()
    }


def with_names(traces: Traces, names: Mapping[UUID, Names]) -> Traces:
    """`traces`, and the names of all of these owners."""
    joined = Names()
    for one in names.values():
        joined = joined.joined(one)
    return replace(traces, names=joined)
