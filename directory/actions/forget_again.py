"""A feed tells anew what a protected place doesn't keep: its door is known from the feed, and forgotten again.

For imports, inside their transaction: `doors_told_again` while the rows still wait, `forget_again` once they are in.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from directory.actions.cut_traces import Cut, cut_traces, records_around
from directory.actions.door import traces_at
from directory.actions.scrub_places import around, scrub_places
from directory.models.address import Address
from directory.models.location import Location

Door = tuple[Location, Sequence[Address]]
STREETS = "SELECT * FROM staged_address WHERE location_id IN (SELECT id FROM location WHERE is_protected)"
PLACES = "SELECT * FROM staged_location WHERE id IN (SELECT id FROM location WHERE is_protected)"


def doors_told_again(entities: Iterable[str]) -> list[Door]:
    """The protected places that the staged rows (`staged_location`, `staged_address`) tell of, as they tell it."""
    known = set(entities)
    streets: dict[UUID, list[Address]] = {}
    if "address" in known:
        for address in Address.objects.raw(STREETS):
            streets.setdefault(address.location_id, []).append(address)
    told: dict[UUID, Location] = {}
    if "location" in known:
        told = {location.pk: location for location in Location.objects.raw(PLACES)}
    return [(told.get(key) or Location(id=key), streets.get(key, [])) for key in sorted({*told, *streets})]


def protected_places_of(publisher: str) -> list[UUID]:
    """The protected places that this publisher gave: a feed may hang new texts on any of them."""
    places = Location.objects.filter(publisher=publisher, is_protected=True).order_by("pk")
    return list(places.values_list("pk", flat=True))


def forget_again(doors: Sequence[Door], places: Sequence[UUID] = ()) -> list[Cut]:
    """Scrub these protected places and cut what the feed told of their doors; returns the texts that were cut.

    A name that tells the street becomes an ellipsis: an import has nobody to ask for another.
    """
    keys = sorted({location.pk for location, _ in doors} | set(places))
    if not keys:
        return []
    scrub_places(keys)
    traces = [traces_at(location, addresses) for location, addresses in doors]
    together = traces[0].joined(traces[1:]) if traces else None
    return cut_traces(records_around(around(keys)), together) if together else []
