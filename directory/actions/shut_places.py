"""Makes open places protected ones: what leads to their doors is kept as digests and forgotten in clear."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from directory.actions.cut_names import cut_names
from directory.actions.cut_ties import cut_ties
from directory.actions.cut_traces import Cut, cut_traces
from directory.actions.door import called_at, town_of, traces_at
from directory.actions.forget_loose import forget_history, forget_loose
from directory.actions.forget_packages import forget_packages_on_commit
from directory.actions.keep_names import keep_names, larger_towns
from directory.actions.keep_traces import keep_stored, kept_of
from directory.actions.records_around import records_telling
from directory.actions.redact_changes import redact_changes
from directory.actions.scrub_places import EMPTY_LOCATION, Around, around, scrub_places
from directory.models.address import Address
from directory.models.area import Area
from directory.models.location import Location, PlacedBy
from directory.models.opened_place import OpenedPlace
from directory.models.phone import Phone
from directory.rules.door_traces import Traces, is_for_everybody

NOT_FOR_EVERYBODY = "number:not_toll_free"
"""Flag of a phone at a protected place whose number may tell the town, until its keeper confirms it."""


class Shut(NamedTuple):
    """What was done: records removed, texts cut, numbers to confirm, the slug of each place's area ("" for none)."""

    removed: int
    cut: list[Cut]
    numbers: list[UUID]
    areas: dict[UUID, str]

    def joined(self, other: "Shut") -> "Shut":
        """This and that."""
        return Shut(
            self.removed + other.removed,
            [*self.cut, *other.cut],
            [*self.numbers, *other.numbers],
            self.areas | other.areas,
        )


def addresses_of(places: Sequence[UUID]) -> dict[UUID, list[Address]]:
    """The streets of these places."""
    found: dict[UUID, list[Address]] = {place: [] for place in places}
    for address in Address.objects.filter(location_id__in=places).order_by("pk"):
        found[address.location_id].append(address)
    return found


def traces_of_places(places: Sequence[Location], streets: Mapping[UUID, Sequence[Address]]) -> Traces:
    """What leads to any of these doors, as it is stored and as it was kept."""
    stored = [traces_at(place, streets[place.pk]) for place in places]
    return kept_of(streets).joined(stored)


def shut_places(ids: Sequence[UUID]) -> Shut:
    """Protect these places. Projects nothing and writes no audit row."""
    locked = Location.objects.filter(pk__in=ids).select_for_update(of=("self",))
    places = list(locked.select_related("community", "area").order_by("pk"))
    streets = addresses_of([place.pk for place in places])
    traces, found = traces_of_places(places, streets), around([place.pk for place in places])
    larger = larger_towns()
    areas = {place.pk: keep_place(place, streets[place.pk], larger) for place in places}
    removed = scrub_places(found.places)
    telling = records_telling(found)
    cut = [*cut_traces(telling, traces), *cut_ties(telling, traces)]
    OpenedPlace.objects.filter(location_id__in=found.places).delete()
    for key, area in areas.items():
        placed_by = PlacedBy.AREA if area else PlacedBy.NOTHING
        emptied = EMPTY_LOCATION | {"is_protected": True, "placed_by": placed_by, "area": area}
        Location.objects.filter(pk=key).update(**emptied)
    cut += cut_names(found.places)
    cut += redact_changes(found.places, traces)
    removed += len(forget_loose()) + forget_history({place.publisher_id for place in places}, traces)
    forget_packages_on_commit()
    slugs = {key: area.pk if area else "" for key, area in areas.items()}
    return Shut(removed, cut, _flag_numbers(found), slugs)


def keep_place(place: Location, addresses: Sequence[Address], larger: frozenset[str]) -> Area | None:
    """Keep what leads to the place as digests; its published area. `larger`: names of towns that may be told."""
    keep_stored(place, addresses, traces_at(place, addresses))
    town = town_of(place, addresses)
    area = place.area or (town.area if town else None)
    keep_names(place.pk, called_at(place, addresses), town, area, larger)
    return area


def _flag_numbers(found: Around) -> list[UUID]:
    """Flag the numbers of the places that may tell their towns; they stay, somebody may be about to call them."""
    told = []
    for phone in Phone.objects.filter(found.here).order_by("pk"):
        if not is_for_everybody(phone.number):
            told.append(phone.pk)
            phone.flags = sorted({*phone.flags, NOT_FOR_EVERYBODY})
            phone.save(update_fields=["flags"])
    return told
