"""Makes a place that was public a protected one: its door is forgotten everywhere, in one transaction.

There is no way back: to publish the place again, its organization types it in again.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import ngettext

from directory.actions.alike_stored import alike_stored
from directory.actions.cut_traces import Cut, refuse_telling_names
from directory.actions.door import places_at_the_same_door, places_at_the_same_point
from directory.actions.look_alikes import suggest_alike
from directory.actions.project_listings import project_services
from directory.actions.records_around import records_around
from directory.actions.refused import Refused
from directory.actions.scrub_places import around
from directory.actions.services_concerned import concerned_by
from directory.actions.shut_places import Shut, addresses_of, shut_places, traces_of_places
from directory.actions.twins import twins_of
from directory.models.location import Location
from directory.policies import refuse_unless_custodian
from safety import audit
from safety.viewer import Tier, Viewer


@dataclass(frozen=True, slots=True)
class Protection:
    """What was done, for the keeper to read over.

    `area` is the slug of the published area ("" where no community is known), `removed` how many records went,
    `cut` texts from which sentences were taken, `numbers` phones to confirm, `twins` the same place under other
    records, protected with it, `shared` other places with this street or at this point, which stay as they are.
    """

    area: str
    removed: int
    cut: tuple[Cut, ...]
    numbers: tuple[UUID, ...]
    shared: tuple[UUID, ...]
    twins: tuple[UUID, ...] = ()


@transaction.atomic
def protect_location(*, location_id: UUID, viewer: Viewer) -> Protection:
    """Protect the place, and itself under other records, and forget its street, point, identifiers and history.

    Open places of other publishers that look like it are protected with it if a steward asks; whoever asks, a steward
    is to decide about them. Protecting it again scrubs what came since. Raises Location.DoesNotExist, PermissionDenied,
    and Refused where a name tells the street or another organization's record is the same place: nothing is changed
    then.
    """
    location = Location.objects.select_for_update().get(pk=location_id)
    refuse_unless_custodian(viewer, location.organization_id)
    streets = addresses_of([location_id])
    at_point = places_at_the_same_point(location)
    shared = sorted({*places_at_the_same_door(streets[location_id], location_id), *at_point})
    twins = _protected_along(location, shared, at_point, viewer)
    ids = [location_id, *twins]
    places = list(Location.objects.filter(pk__in=ids).order_by("pk"))
    refuse_telling_names(records_around(around(ids)), traces_of_places(places, addresses_of(ids)))
    done = shut_places(ids)
    alike = alike_stored(ids)
    if viewer.tier >= Tier.CUSTODIAN and alike.places:
        more = shut_places(sorted(alike.places))
        done = done.joined(more)
        twins, ids = sorted({*twins, *alike.places}), [*ids, *sorted(alike.places)]
    with connection.cursor() as cursor:
        suggest_alike(cursor, alike.pairs | _pairs(location_id, set(at_point) - set(ids)))
    # The places lead to all services of whoever runs them, those of web addresses that went whole among them.
    places_shut = [("location", id_) for id_ in ids]
    project_services(sorted(concerned_by([*places_shut, *(c[:2] for c in done.cut)])))
    left = tuple(sorted(set(shared) - set(ids)))
    _record(viewer, location_id, done, len(left), len(twins))
    return Protection(
        done.areas[location_id], done.removed, tuple(done.cut), tuple(done.numbers), left, tuple(twins)
    )


def _protected_along(
    location: Location, shared: list[UUID], at_point: list[UUID], viewer: Viewer
) -> list[UUID]:
    """Other records of this place. Raises Refused where they are not the viewer's to protect.

    What stands at its point without a street, and is another organization's, is a steward's alone.
    """
    twins = twins_of(location)
    others = Location.objects.filter(pk__in=twins).exclude(organization_id=location.organization_id)
    if viewer.tier < Tier.CUSTODIAN and (count := others.count()):
        raise Refused(
            ngettext(
                "Another publisher tells the same place in %(count)d record: a steward has to protect both.",
                "Another publisher tells the same place in %(count)d records: a steward has to protect them all.",
                count,
            )
            % {"count": count}
        )
    own = Location.objects.filter(pk__in=shared, organization_id=location.organization_id)
    same_house = own.exclude(organization_id=None).values_list("pk", flat=True)
    along = at_point if viewer.tier >= Tier.CUSTODIAN else _run_by(location.organization_id, at_point)
    return sorted({*twins, *same_house, *along} - {location.pk})


def _run_by(organization: UUID | None, places: list[UUID]) -> list[UUID]:
    """Those of these places that are its own, or nobody's by name and its services' alone."""
    here = Location.objects.filter(pk__in=places)
    others = Q(services__service__organization_id__isnull=False) & ~Q(
        services__service__organization_id=organization
    )
    foreign = set(here.filter(others).values_list("pk", flat=True))
    own = Q(organization_id=None, services__service__organization_id=organization)
    found = here.filter(own).values_list("pk", flat=True) if organization else []
    return sorted(set(found) - foreign)


def _pairs(location: UUID, others: set[UUID]) -> set[tuple[UUID, UUID]]:
    """The first service at the place with each at these others: a steward is to say whether it is one house."""
    here = around([location]).services[:1]
    return {(one, other) for one in here for other in around(sorted(others)).services if one != other}


def _record(viewer: Viewer, location_id: UUID, done: Shut, shared: int, twins: int) -> None:
    facts = {
        "removed": done.removed,
        "cut": len(done.cut),
        "numbers": len(done.numbers),
        "shared": shared,
        "twins": twins,
    }
    audit.record(
        viewer, action="protect_location", subject_type="location", subject_id=location_id, details=facts
    )
