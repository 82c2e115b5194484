"""Makes a place that was public a protected one: its door is forgotten everywhere, in one transaction.

There is no way back: to publish the place again, its organization types it in again.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from directory.actions.cut_traces import Cut, cut_traces, records_around, refuse_telling_names
from directory.actions.door import area_around, places_at_the_same_door, traces_at
from directory.actions.project_listings import project_services
from directory.actions.scrub_places import EMPTY_LOCATION, Around, around, scrub_places
from directory.actions.services_concerned import services_concerned
from directory.models.address import Address
from directory.models.location import Location, PlacedBy
from directory.models.phone import Phone
from directory.policies import refuse_unless_custodian
from directory.rules.door_traces import is_for_everybody
from safety import audit
from safety.viewer import Viewer

NOT_FOR_EVERYBODY = "number:not_toll_free"
"""Flag of a phone at a protected place whose number may tell the town, until its keeper confirms it."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What was done, for the keeper to read over.

    `area` is the slug of the published area ("" where no community is known), `removed` how many records went,
    `cut` texts from which sentences were taken, `numbers` phones to confirm, `shared` other places with this street,
    which stay as they are.
    """

    area: str
    removed: int
    cut: tuple[Cut, ...]
    numbers: tuple[UUID, ...]
    shared: tuple[UUID, ...]


@transaction.atomic
def protect_location(*, location_id: UUID, viewer: Viewer) -> Protection:
    """Protect the place and forget its street, point, identifiers, directions and history.

    Protecting it again scrubs what came since. Raises Location.DoesNotExist, PermissionDenied, and Refused where a name
    tells the street: nothing is changed then.
    """
    location = Location.objects.select_for_update().get(pk=location_id)
    refuse_unless_custodian(viewer, location.organization_id)
    addresses = list(Address.objects.filter(location_id=location_id).order_by("pk"))
    found, traces = around([location_id]), traces_at(location, addresses)
    refuse_telling_names(records_around(found), traces)
    shared = places_at_the_same_door(addresses, location_id)
    area = location.area or area_around(location, addresses)
    removed = scrub_places([location_id])
    cut = cut_traces(records_around(found), traces)
    placed_by = PlacedBy.AREA if area else PlacedBy.NOTHING
    emptied = EMPTY_LOCATION | {"is_protected": True, "placed_by": placed_by, "area": area}
    Location.objects.filter(pk=location_id).update(**emptied)
    numbers = _flag_numbers(found)
    project_services(
        sorted(set(found.services).union(*(services_concerned(c.entity, [c.record_id]) for c in cut)))
    )
    facts = {"removed": removed, "cut": len(cut), "numbers": len(numbers), "shared": len(shared)}
    audit.record(
        viewer, action="protect_location", subject_type="location", subject_id=location_id, details=facts
    )
    return Protection(area.pk if area else "", removed, tuple(cut), tuple(numbers), tuple(shared))


def _flag_numbers(found: Around) -> list[UUID]:
    """Flag the numbers of the place that may tell its town; they stay, somebody may be about to call them."""
    told = []
    for phone in Phone.objects.filter(found.here).order_by("pk"):
        if not is_for_everybody(phone.number):
            told.append(phone.pk)
            phone.flags = sorted({*phone.flags, NOT_FOR_EVERYBODY})
            phone.save(update_fields=["flags"])
    return told
