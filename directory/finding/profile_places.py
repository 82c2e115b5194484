"""Where a listing is, as its keeper changes it: the street of an open place, and whether the place is protected.

Of a protected place nothing is told but that it is one, and its published area.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from directory.finding.places import place_words, plain
from directory.models.address import Address
from directory.models.location import Location
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.holding import OPEN, PROTECTED

PLACE, WHERE, TIER, AREA = "place/", "where/", "tier/", "area/"
"""What the keys of these parts begin with; the id of the place follows."""
STREET = ("address_1", "address_2", "postal_code")

Parts = dict[str, Any]


def places_of(services: Sequence[UUID]) -> dict[UUID, Parts]:
    """The parts of each of these services, by their keys; two statements for all."""
    ties = ServiceAtLocation.objects.filter(service_id__in=services, location__isnull=False)
    sites = list(ties.select_related("location__community").order_by("position", "id"))
    streets = first_streets([site.location_id for site in sites])
    found: dict[UUID, Parts] = {key: {} for key in services}
    for site in sites:
        found[site.service_id] |= _parts(site.location, streets.get(site.location_id))
    return found


def places_profile(service: Service) -> Parts:
    """Those of one service."""
    return places_of([service.pk])[service.pk]


def first_streets(places: Sequence[UUID]) -> dict[UUID, Address]:
    """By place, its first street: where a place has several, the others are a steward's to change."""
    found: dict[UUID, Address] = {}
    for address in Address.objects.filter(location_id__in=places).order_by("position", "id"):
        found.setdefault(address.location_id, address)
    return found


def _parts(place: Location, street: Address | None) -> Parts:
    here = {f"{PLACE}{place.pk}": {"kind": "own", "location": str(place.pk)}}
    if place.is_protected:
        return here | {f"{TIER}{place.pk}": PROTECTED, f"{AREA}{place.pk}": place.area_id or ""}
    return here | {f"{TIER}{place.pk}": OPEN, f"{WHERE}{place.pk}": where_of(place, street)}


def where_of(place: Location, street: Address | None) -> dict[str, str]:
    """Community (as one would type it), street and directions of an open place."""
    told = {name: getattr(street, name) if street else "" for name in STREET}
    community = place_words(plain(place.community)) if place.community else ""
    return {"community": community, **told, "directions": place.transportation}
