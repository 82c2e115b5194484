"""Why a change can't be published that tells somebody else's protected place: stewards ask, nobody else is told."""

from collections.abc import Iterator, Mapping
from typing import Any

from directory.actions.keep_traces import KnownDoors, is_any_kept
from directory.actions.redact_changes import tells_in
from directory.actions.refuse_telling import doors_at, protected_around, refuse_if_told
from directory.actions.refused import Refused
from directory.finding.community_typed import community_typed
from directory.finding.profile_places import PLACE, WHERE
from directory.models.proposed_change import ProposedChange


def tells_another(change: ProposedChange) -> bool:
    """True if what waits tells a protected place that its organization doesn't run itself."""
    if not is_any_kept():
        return False
    return _names_a_door(change) or _words_tell(change)


def _names_a_door(change: ProposedChange) -> bool:
    doors = frozenset(door for place in _places(change.after) for door in _doors(place))
    own = protected_around([change.organization_id])
    return bool(doors) and KnownDoors().has(doors) and not KnownDoors(own).has(doors)


def _places(after: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for key, value in after.items():
        if isinstance(value, Mapping) and (key == "place" or key.startswith((WHERE, PLACE))):
            yield value


def _doors(place: Mapping[str, Any]) -> frozenset[str]:
    street, beside, code = (str(place.get(name, "")) for name in ("address_1", "address_2", "postal_code"))
    town = community_typed(str(place.get("community", ""))).place
    return doors_at(street, town.name if town else "", code, beside)


def _words_tell(change: ProposedChange) -> bool:
    services = [change.service_id] if change.service_id else []
    try:
        refuse_if_told(lambda traces: tells_in(change.after, traces), [change.organization_id], services)
    except Refused:
        return True
    return False
