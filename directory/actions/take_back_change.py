"""People of an organization take back what they, or somebody in their name, asked for and nobody decided about yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.apply_change import concerned
from directory.actions.edit_record import tell_anew
from directory.actions.place_to_come import forget_places_to_come
from directory.actions.propose_change import held_listing, record_change
from directory.actions.refused import Refused
from directory.finding.profile_places import PLACE
from directory.models.proposed_change import ProposedChange
from directory.policies import refuse_unless_keeper
from directory.rules.change_states import State
from directory.rules.holding import Hold
from safety.viewer import Viewer


@transaction.atomic
def take_back_change(*, change: UUID, viewer: Viewer, now: datetime) -> ProposedChange:
    """What waits is not asked for any more, whoever of the organization asked. A new listing has its own act.

    Raises PermissionDenied, and Refused where it is decided already or a feed's.
    """
    asked = ProposedChange.objects.held().of_people().filter(pk=change).first()
    if asked is None or asked.is_new_listing:
        raise Refused(_("This is decided already."))
    refuse_unless_keeper(viewer, asked.organization_id)
    owner, listing = held_listing(asked.organization_id, asked.service_id)
    found = ProposedChange.objects.held().select_for_update().filter(pk=change).first()
    if found is None:
        raise Refused(_("This is decided already."))
    _drop(found, viewer, now)
    if found.hold == Hold.CALL:
        tell_anew(concerned(owner, listing))
    return found


@transaction.atomic
def replace_place(
    service: UUID, stored: Mapping[str, Any], instead: UUID | None, viewer: Viewer, now: datetime
) -> None:
    """What waits of the same place gives way, and `instead`, which is asked for anew: one row for each place.

    In the transaction of the asking, the listing held. Raises Refused where `instead` waits no more.
    """
    held = ProposedChange.objects.held().of_people().filter(service_id=service)
    places = {change: place for change in held.select_for_update() if (place := place_asked(change))}
    if instead and instead not in {change.pk for change in places}:
        raise Refused(_("This is decided already."))
    for change, place in places.items():
        if change.pk == instead or _where(place) == _where(stored):
            _drop(change, viewer, now)


def place_asked(change: ProposedChange) -> dict[str, Any] | None:
    """The other place that a change asks for; None if it asks for something else, or for one to be taken off."""
    ((key, place), *more) = change.after.items()
    return place if key.startswith(PLACE) and place and not more else None


def _where(place: Mapping[str, Any]) -> dict[str, Any]:
    """What tells it: of a new one all but the id that it will have."""
    is_own = place["kind"] == "own"
    return {name: value for name, value in place.items() if is_own or name != "location"}


def _drop(change: ProposedChange, viewer: Viewer, now: datetime) -> None:
    change.state, change.decided_at = State.REPLACED, now
    change.save(update_fields=["state", "decided_at"])
    forget_places_to_come(change.after)
    record_change(viewer, "take_back_change", change)
