"""What would be read if a change were published, or a new listing made: written, read, and taken back again."""

import uuid
from collections.abc import Callable, Mapping
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
from directory.actions.refuse_telling import of_own_places_alone
from directory.policies import keeps_profile, refuse_unless_keeper, refuse_unless_writes
from safety.viewer import Viewer

Values = Mapping[str, Any]
Read = TypeVar("Read")


class _Seen(Exception):
    """It was read; nothing of it stays."""


@counted
@transaction.atomic
def once_published(
    *,
    organization: UUID,
    service: UUID,
    values: Values,
    viewer: Viewer,
    now: datetime,
    read: Callable[[UUID], Read],
) -> Read:
    """What `read` reads of this listing as if these parts were published. Raises PermissionDenied and Refused."""
    refuse_unless_writes(viewer, organization)
    refuse_unreadable(values)
    owner, listing = held_listing(organization, service)
    if keeps_profile(viewer, organization):
        listing_of(owner, listing, now)

    def write() -> UUID:
        apply_values(organization=owner, service=listing, values=values, viewer=viewer)
        return service

    return _read_and_taken_back(write, read)


@counted
@transaction.atomic
def once_made(
    *, organization: UUID, values: Values, viewer: Viewer, now: datetime, read: Callable[[UUID], Read]
) -> Read:
    """What `read` reads of a new listing as if it were made. Raises PermissionDenied and Refused."""
    refuse_unless_keeper(viewer, organization)
    refuse_unreadable(values)
    owner, _none = held_listing(organization, None)
    listing_of(owner, None, now)

    def write() -> UUID:
        key, after = uuid.uuid4(), as_stored(values)
        keep_town_to_come(values["place"], after["place"])
        make_listing(organization=owner, key=key, values=after, viewer=viewer)
        return key

    return _read_and_taken_back(write, read)


def _read_and_taken_back(write: Callable[[], UUID], read: Callable[[UUID], Read]) -> Read:
    found: list[Read] = []
    try:
        with transaction.atomic(), of_own_places_alone():
            found.append(read(write()))
            raise _Seen
    except _Seen:
        return found[0]
