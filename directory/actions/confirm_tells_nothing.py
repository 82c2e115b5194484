"""Who writes was asked whether words tell where a protected place is, and said no: that stands in the trail."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.refuse_telling import protected_around
from directory.actions.refused import Refused
from directory.policies import refuse_unless_writes
from directory.rules.may_tell import Kind, new_suspicions
from safety import audit
from safety.viewer import Viewer


def hides_a_place(organization: UUID, service: UUID | None) -> bool:
    """True if what is written of this listing - or, without one, of the organization - is about a protected place."""
    return bool(protected_around([], [service]) if service else protected_around([organization]))


def refuse_unasked(
    organization: UUID, service: UUID | None, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Raise Refused for words that may tell a protected place: for doors where nobody can be asked about them."""
    is_any = any(new_suspicions(before.get(key), value) for key, value in after.items())
    if is_any and hides_a_place(organization, service):
        raise Refused(
            _(
                "This may tell where a protected place is. Change it on its own page, where you are asked about it."
            )
        )


@transaction.atomic
def confirm_tells_nothing(
    *, organization: UUID, service: UUID | None, kinds: Iterable[Kind], viewer: Viewer
) -> None:
    """Note that somebody was asked about words of these kinds and let them stand; never the words. Raises
    PermissionDenied.
    """
    refuse_unless_writes(viewer, organization)
    audit.record(
        viewer,
        action="confirm_tells_nothing",
        subject_type="service" if service else "organization",
        subject_id=service or organization,
        details={"kinds": " ".join(sorted(set(kinds)))},
    )
