"""People of an organization ask that a listing be given at another place too, or not at one any more."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.keep_places import given_there
from directory.actions.place_to_come import keep_town_to_come, place_as_stored
from directory.actions.propose_change import propose_change, refuse_unreadable
from directory.actions.refused import Refused
from directory.finding.profile_places import PLACE
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.policies import refuse_unless_keeper
from safety.viewer import Viewer

TASK = "place"
Values = Mapping[str, Any]


@transaction.atomic
def propose_place(
    *, organization: UUID, service: UUID, place: Values, viewer: Viewer, now: datetime
) -> list[ProposedChange]:
    """Ask for another place, as a new listing asks for its own (docs/adr/0051). It waits, always.

    Where people stay or hide it is protected from the start. Raises PermissionDenied and Refused.
    """
    refuse_unless_keeper(viewer, organization)
    refuse_unreadable(place)
    found = Service.objects.filter(pk=service, organization_id=organization).first()
    if found is None:
        raise Refused(_("This is not there any more."))
    if place["kind"] not in ("own", "new", "protected"):
        raise Refused(_("Say where it is."))
    stored = place_as_stored(place, given_there(found))
    stored.setdefault("location", str(uuid.uuid4()))
    if found.sites.filter(location_id=stored["location"]).exists():
        raise Refused(_("It is given at this place already."))
    keep_town_to_come(place, stored)
    return propose_change(
        organization=organization,
        service=service,
        task=TASK,
        values={f"{PLACE}{stored['location']}": stored},
        viewer=viewer,
        now=now,
    )


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
