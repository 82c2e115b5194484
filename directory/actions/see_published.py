"""What would be read if a change were published, a place added, or a new listing made: written, read, taken back."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from directory.actions.apply_change import apply_values
from directory.actions.count_tries import counted
from directory.actions.make_listing import make_listing
from directory.actions.place_to_come import keep_town_to_come
from directory.actions.propose_change import held_listing, listing_of, refuse_unreadable
from directory.actions.propose_listing import as_stored
from directory.actions.propose_place import place_to_ask
from directory.actions.refuse_telling import of_own_places_alone
from directory.finding.profile_places import PLACE
from directory.models.service import Service
from directory.policies import keeps_profile, refuse_unless_keeper, refuse_unless_writes
from safety.viewer import Viewer

Values = Mapping[str, Any]
Read = TypeVar("Read")
Reads = Callable[[Sequence[UUID]], Read]
"""From the listings that the change is about, what is read of them."""
MOST_LISTINGS = 12
"""Of what an organization tells of itself, so many of its listings are read."""


class _Seen(Exception):
    """It was read; nothing of it stays."""


@counted
@transaction.atomic
def once_published(
    *,
    organization: UUID,
    service: UUID | None,
    values: Values,
    viewer: Viewer,
    now: datetime,
    read: Reads[Read],
) -> Read:
    """What `read` reads of this listing as if these parts were published. Raises PermissionDenied and Refused.

    Without a listing they are parts of the organization, and the first of its listings are read.
    """
    refuse_unless_writes(viewer, organization)
    refuse_unreadable(values)
    owner, listing = held_listing(organization, service)
    if keeps_profile(viewer, organization):
        listing_of(owner, listing, now)

    def write() -> Sequence[UUID]:
        apply_values(organization=owner, service=listing, values=values, viewer=viewer)
        return [service] if service else _first_listings(organization)

    return _read_and_taken_back(write, read)


def _first_listings(organization: UUID) -> list[UUID]:
    found = Service.objects.listable().filter(organization_id=organization, unlisted_on=None)
    return list(found.order_by("name", "pk").values_list("pk", flat=True)[:MOST_LISTINGS])


@counted
@transaction.atomic
def once_given_there(
    *, organization: UUID, service: UUID, place: Values, viewer: Viewer, now: datetime, read: Reads[Read]
) -> Read:
    """What `read` reads of this listing as if it were given at another place too. Raises as above."""
    refuse_unless_keeper(viewer, organization)
    refuse_unreadable(place)
    owner, found = held_listing(organization, service)
    assert found is not None
    listing_of(owner, found, now)
    stored = place_to_ask(found, place)

    def write() -> Sequence[UUID]:
        keep_town_to_come(place, stored)
        values = {f"{PLACE}{stored['location']}": stored}
        apply_values(organization=owner, service=found, values=values, viewer=viewer)
        return [service]

    return _read_and_taken_back(write, read)


@counted
@transaction.atomic
def once_made(
    *, organization: UUID, values: Values, viewer: Viewer, now: datetime, read: Reads[Read]
) -> Read:
    """What `read` reads of a new listing as if it were made. Raises PermissionDenied and Refused."""
    refuse_unless_keeper(viewer, organization)
    refuse_unreadable(values)
    owner, _none = held_listing(organization, None)
    listing_of(owner, None, now)

    def write() -> Sequence[UUID]:
        key, after = uuid.uuid4(), as_stored(values)
        keep_town_to_come(values["place"], after["place"])
        make_listing(organization=owner, key=key, values=after, viewer=viewer)
        return [key]

    return _read_and_taken_back(write, read)


def _read_and_taken_back(write: Callable[[], Sequence[UUID]], read: Reads[Read]) -> Read:
    found: list[Read] = []
    try:
        with transaction.atomic(), of_own_places_alone():
            found.append(read(write()))
            raise _Seen
    except _Seen:
        return found[0]
