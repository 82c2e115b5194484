"""What became of an id whose listing rests behind another one: public doors answer with the one that is shown."""

from collections.abc import Collection
from uuid import UUID

from directory.models.moved_listing import MovedListing
from safety.db import public_database


def listings_now(ids: Collection[UUID]) -> dict[UUID, UUID]:
    """By id of a listing that is shown no more, the one shown in its place. Others are left out."""
    moved = MovedListing.objects.using(public_database()).filter(pk__in=ids)
    return dict(moved.values_list("id", "listing_id"))


def service_now(id_: UUID) -> UUID | None:
    """The service shown in place of the one with this id, if there is such a one."""
    moved = MovedListing.objects.using(public_database()).filter(pk=id_, from_id=id_)
    return moved.values_list("service_id", flat=True).first()
