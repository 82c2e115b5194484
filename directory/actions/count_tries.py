"""Addresses that people of an organization type in are counted for an hour, whether anything comes of them or not.

Nobody learns from one where a protected place stands (docs/adr/0062); and nobody sends hundreds. A page that only shows
what would become of an address takes back all that it wrote: the count comes before, and stays.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.refused import Refused
from directory.finding.profile_places import STREET, WHERE
from directory.policies import refuse_unless_writes
from safety import audit
from safety.limits import count_in_hour
from safety.viewer import Viewer

MOST_OF_PERSON, MOST_OF_ORGANIZATION = 60, 120
"""In an hour. Who moves twenty places looks at each of them twice, and saves it."""

P = ParamSpec("P")
Done = TypeVar("Done")


def addresses_in(asked: Mapping[str, Any]) -> int:
    """How many addresses stand in what an action was asked: in its parts, or as its one place."""
    values: Mapping[str, Any] = asked.get("values") or {}
    # Of another place, `propose_place` is asked: it passes its part on.
    parts = [value for key, value in values.items() if key.startswith(WHERE) or key == "place"]
    return sum(map(_tells_street, [*parts, asked.get("place")]))


def _tells_street(place: Any) -> bool:
    return isinstance(place, Mapping) and any(place.get(name) for name in STREET)


def counted(act: Callable[P, Done]) -> Callable[P, Done]:
    """Around an action's transaction: counts first, and refuses what is too much. For actions called by name alone."""

    @wraps(act)
    def told(*args: P.args, **asked: P.kwargs) -> Done:
        if addresses_in(asked):
            _count(asked["organization"], asked["viewer"], asked["now"])  # type: ignore[arg-type]
        return act(*args, **asked)

    return told


def _count(organization: UUID, viewer: Viewer, now: Any) -> None:
    """Raises PermissionDenied for whoever writes nothing there: no stranger uses up what its people may try."""
    refuse_unless_writes(viewer, organization)
    over = [
        times - most
        for who, most in ((viewer.user, MOST_OF_PERSON), (organization, MOST_OF_ORGANIZATION))
        if (times := count_in_hour("address", str(who), now)) > most
    ]
    if over:
        note_many_addresses(organization, over, viewer)
        raise Refused(_("Many addresses were typed in during this hour. Please go on in an hour."))


@transaction.atomic
def note_many_addresses(organization: UUID, over: Iterable[int], viewer: Viewer) -> None:
    """Leave it in the trail, once in an hour of each count (`over`: by how much)."""
    if 1 in over:
        audit.record(
            viewer, action="note_many_addresses", subject_type="organization", subject_id=organization
        )
