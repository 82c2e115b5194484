"""The same place in another publisher's record: whoever protects one protects the other, or it would go on telling."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q

from directory.models.address import Address
from directory.models.location import Location
from directory.models.same_service import SameService, Verdict
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.kept_traces import doors_of, point_door

TELLING = Q(latitude__isnull=False) | Q(longitude__isnull=False)


def twins_of(location: Location) -> list[UUID]:
    """Open places that are this one: under one given id, or of a service that is linked with one given here.

    A place of a linked service is left out where it is another open place of ours.
    """
    return sorted({*_by_given_id(location), *_by_linked_services(location)} - {location.pk})


def _by_given_id(location: Location) -> Iterable[UUID]:
    same = Q(given_id=str(location.pk))
    if location.given_id:
        same |= Q(given_id=location.given_id)
        same |= Q(pk=location.given_id) if _is_uuid(location.given_id) else Q()
    others = Location.objects.filter(same, is_protected=False).exclude(publisher=location.publisher_id)
    return others.values_list("pk", flat=True)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _by_linked_services(location: Location) -> Iterable[UUID]:
    here = _services_at([location.pk])
    linked = _linked_with(here)
    others = set(open_places_of(linked))
    if not others:
        return ()
    ours = set(open_places_of(here)) - {location.pk}
    doors = _doors_of(ours)
    return [place for place, told in _by_place(others).items() if not (told & doors)]


def _services_at(places: Collection[UUID]) -> set[UUID]:
    pairs = ServiceAtLocation.objects.filter(location_id__in=places, service_id__isnull=False)
    return set(pairs.values_list("service_id", flat=True))


def _linked_with(services: Collection[UUID]) -> set[UUID]:
    pairs = SameService.objects.filter(
        Q(kept_id__in=services) | Q(other_id__in=services), verdict=Verdict.LINKED
    )
    # Through the one that is kept: those that are linked with it are linked with each other.
    kept = set(pairs.values_list("kept_id", flat=True))
    family = SameService.objects.filter(kept_id__in=kept, verdict=Verdict.LINKED)
    return {*kept, *family.values_list("other_id", flat=True)} - set(services)


def open_places_of(services: Collection[UUID]) -> list[UUID]:
    """Places of these services that tell where they are, and that nobody opened on purpose."""
    places = Location.objects.filter(
        services__service_id__in=services, is_protected=False, opened__isnull=True
    )
    streets = Address.objects.filter(location_id__in=places.values("pk")).values("location_id")
    return sorted(set(places.filter(TELLING | Q(pk__in=streets)).values_list("pk", flat=True)))


def _by_place(places: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """The doors that each of these places tells."""
    found = {
        pk: point_door(latitude, longitude)
        for pk, latitude, longitude in Location.objects.filter(pk__in=places).values_list(
            "pk", "latitude", "longitude"
        )
    }
    for address in Address.objects.filter(location_id__in=places):
        found[address.location_id] |= doors_of(address.address_1, address.city, address.postal_code)
    return found


def _doors_of(places: Collection[UUID]) -> frozenset[str]:
    return frozenset().union(*_by_place(places).values())


def telling_beside(one: UUID, two: UUID) -> int:
    """How many open places one of two linked services tells, of which the other has only protected ones."""
    count = 0
    for service, other in ((one, two), (two, one)):
        if Location.objects.filter(services__service_id=service, is_protected=True).exists():
            ours = _doors_of(open_places_of([service]))
            theirs = _by_place(open_places_of([other]))
            count += sum(1 for told in theirs.values() if not (told & ours))
    return count
