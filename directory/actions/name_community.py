"""Naming the community of a protected place: asked for after a warning, approved by two others, until withdrawn."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from directory.actions.cut_names import cut_names
from directory.actions.keep_names import forget_town, keep_town
from directory.actions.project_listings import project_services
from directory.actions.refused import Refused
from directory.actions.scrub_places import around
from directory.actions.services_concerned import concerned_by
from directory.models.area import Area
from directory.models.community_disclosure import CommunityDisclosure
from directory.models.location import Location, PlacedBy
from directory.models.place import Place
from directory.policies import refuse_unless_custodian
from directory.rules.areas import slug_of
from directory.rules.naming import Naming, Wish, may_approve, state_of, was_warned
from safety import audit
from safety.viewer import Viewer


@transaction.atomic
def ask_to_name_community(
    *, location_id: UUID, place_id: int, warned_at: datetime, viewer: Viewer
) -> CommunityDisclosure:
    """Write down the wish to have community `place_id` named; nothing is told yet.

    `warned_at` is when the warning was shown to this person. Raises PermissionDenied, and Refused for a place that
    isn't protected, a community outside its area, an old warning, or while another wish is open.
    """
    location = _own_location(location_id, viewer)
    place = Place.objects.filter(pk=place_id, kind="community", area__isnull=False).first()
    now = timezone.now()
    if not location.is_protected:
        raise Refused("Only a protected place has an area instead of its community.")
    if not was_warned(warned_at, now):
        raise Refused("The warning has to be read just before this is asked.")
    if place is None or location.area_id not in (None, place.area_id):
        raise Refused("This community isn't in the area that is published for the place.")
    if _wishes(location_id).exists():
        raise Refused("A wish for this place is there already: withdraw it first.")
    wish = CommunityDisclosure.objects.create(
        location=location, place=place, asked_by=_person(viewer), warned_at=warned_at, asked_at=now
    )
    _record(viewer, "ask_to_name_community", location_id)
    return wish


@transaction.atomic
def approve_naming_community(*, location_id: UUID, viewer: Viewer) -> Naming:
    """Approve the open wish as a person who neither asked nor approved before; the second approval names the community.

    Raises PermissionDenied, and Refused where there is no wish or this person may not approve it.
    """
    location, person = _own_location(location_id, viewer), _person(viewer)
    row = _wishes(location_id).select_for_update().first()
    if row is None or not may_approve(_wish(row), person):
        raise Refused("Two people who didn't ask for it have to approve, one after the other.")
    which = "first" if row.first_approved_by is None else "second"
    setattr(row, f"{which}_approved_by", person)
    setattr(row, f"{which}_approved_at", timezone.now())
    row.save(update_fields=[f"{which}_approved_by", f"{which}_approved_at"])
    state = state_of(_wish(row))
    if state is Naming.NAMED:
        forget_town(location_id)
        _stand(location, _area_of(row.place))
    _record(viewer, "approve_naming_community", location_id)
    return state


@transaction.atomic
def withdraw_naming_community(*, location_id: UUID, viewer: Viewer) -> None:
    """Take the wish back, whatever was approved: the place stands in its area again, the community is forgotten.

    What its organization's texts tell of the community meanwhile is cut.

    One person of the organization is enough. Raises PermissionDenied, and Refused where there is no wish.
    """
    location = _own_location(location_id, viewer)
    row = _wishes(location_id).select_for_update().first()
    if row is None:
        raise Refused("There is no wish to withdraw.")
    if state_of(_wish(row)) is Naming.NAMED:
        named = location.area_id
        _stand(location, row.place.area)
        _forget(named)
        _hide(location, row.place)
    row.place, row.withdrawn_at = None, timezone.now()
    row.save(update_fields=["place", "withdrawn_at"])
    _record(viewer, "withdraw_naming_community", location_id)


def _own_location(location_id: UUID, viewer: Viewer) -> Location:
    location = Location.objects.select_for_update().get(pk=location_id)
    refuse_unless_custodian(viewer, location.organization_id)
    return location


def _person(viewer: Viewer) -> UUID:
    if viewer.user is None:
        raise PermissionDenied
    return viewer.user


def _wishes(location_id: UUID) -> models.QuerySet[CommunityDisclosure]:
    """The wish that counts, if there is one: the database allows one at a time."""
    rows = CommunityDisclosure.objects.filter(location_id=location_id, withdrawn_at=None)
    return rows.order_by("pk")


def _wish(row: CommunityDisclosure) -> Wish:
    return Wish(
        row.asked_by, row.first_approved_by, row.second_approved_by, is_withdrawn=row.withdrawn_at is not None
    )


def _area_of(place: Place) -> Area:
    """The community as an area of its own, however few live there."""
    facts = {
        "name": place.name,
        "name_fr": place.name_fr or place.name,
        "province": place.province,
        "zone": place.zone,
        "people": place.population,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "is_by_agreement": True,
    }
    slug = f"community-{slug_of(place.province, place.name)}-{place.pk}"
    return Area.objects.update_or_create(pk=slug, defaults=facts)[0]


def _stand(location: Location, area: Area | None) -> None:
    """Let the place stand in `area`, and tell it."""
    location.area, location.placed_by = area, PlacedBy.AREA if area else PlacedBy.NOTHING
    location.save(update_fields=["area", "placed_by"])
    project_services(around([location.pk]).services)


def _hide(location: Location, place: Place) -> None:
    """Cut the community's names out of the texts that named it, and keep them as digests."""
    keep_town(location.pk, place, place.area)
    cut = cut_names([location.pk])
    project_services(sorted(concerned_by([("location", location.pk), *(c[:2] for c in cut)])))


def _forget(slug: str | None) -> None:
    """Remove an area by agreement that no place stands in any more."""
    if slug and not Location.objects.filter(area_id=slug).exists():
        Area.objects.filter(pk=slug, is_by_agreement=True).delete()


def _record(viewer: Viewer, action: str, location_id: UUID) -> None:
    audit.record(viewer, action=action, subject_type="location", subject_id=location_id)
