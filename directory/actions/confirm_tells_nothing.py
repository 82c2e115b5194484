"""A keeper was asked whether words tell where a protected place is, and said no: that stands in the trail."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from directory.actions.refuse_telling import protected_around
from directory.policies import refuse_unless_keeper
from directory.rules.may_tell import Kind
from safety import audit
from safety.viewer import Viewer


def hides_a_place(organization: UUID, service: UUID | None) -> bool:
    """True if what is written of this listing - or, without one, of the organization - is about a protected place."""
    return bool(protected_around([], [service]) if service else protected_around([organization]))


@transaction.atomic
def confirm_tells_nothing(
    *, organization: UUID, service: UUID | None, kinds: Iterable[Kind], viewer: Viewer
) -> None:
    """Note that somebody was asked about words of these kinds and let them stand; never the words. Raises
    PermissionDenied.
    """
    refuse_unless_keeper(viewer, organization)
    audit.record(
        viewer,
        action="confirm_tells_nothing",
        subject_type="service" if service else "organization",
        subject_id=service or organization,
        details={"kinds": " ".join(sorted(set(kinds)))},
    )
