"""People of an organization ask that a listing be given at another place too, or not at one any more."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.count_tries import counted
from directory.actions.keep_places import given_there
from directory.actions.place_to_come import keep_town_to_come, place_as_stored
from directory.actions.propose_change import held_listing, propose_change, refuse_unreadable
from directory.actions.refused import Refused
from directory.actions.take_back_change import replace_place
from directory.finding.profile_places import PLACE
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.policies import refuse_unless_keeper
from safety.viewer import Viewer

TASK = "place"
Values = Mapping[str, Any]


@counted
@transaction.atomic
def propose_place(
    *,
    organization: UUID,
    service: UUID,
    place: Values,
    viewer: Viewer,
    now: datetime,
    instead: UUID | None = None,
) -> list[ProposedChange]:
    """Ask for another place, as a new listing asks for its own (docs/adr/0051). It waits, always.

    What waits of the same place is replaced, and so is `instead`: a change that asked for a place, written anew.
    Where people stay or hide it is protected from the start. Raises PermissionDenied and Refused.
    """
    refuse_unless_keeper(viewer, organization)
    refuse_unreadable(place)
    _owner, found = held_listing(organization, service)
    assert found is not None
    stored = place_to_ask(found, place)
    replace_place(service, stored, instead, viewer, now)
    keep_town_to_come(place, stored)
    return propose_change(
        organization=organization,
        service=service,
        task=TASK,
        values={f"{PLACE}{stored['location']}": stored},
        viewer=viewer,
        now=now,
    )


def place_to_ask(service: Service, place: Values) -> dict[str, Any]:
    """The part of a change that asks for this place. Raises Refused where it says no place, or one that it has."""
    if place["kind"] not in ("own", "new", "protected"):
        raise Refused(_("Say where it is."))
    stored = place_as_stored(place, given_there(service))
    stored.setdefault("location", str(uuid.uuid4()))
    if service.sites.filter(location_id=stored["location"]).exists():
        raise Refused(_("It is given at this place already."))
    return stored


def propose_without_place(
    *, organization: UUID, service: UUID, place: UUID, viewer: Viewer, now: datetime
) -> list[ProposedChange]:
    """Ask that the listing be given at this place no more. Raises as above."""
    return propose_change(
        organization=organization,
        service=service,
        task=TASK,
        values={f"{PLACE}{place}": None},
        viewer=viewer,
        now=now,
    )
