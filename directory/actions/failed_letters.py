"""Letters that were given up: a steward has them tried again, or says that somebody saw to it another way."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.finding.letters import latest_asked
from directory.policies import refuse_unless_steward
from safety import audit
from safety.notices import Notice, came_back, set_aside, try_again
from safety.viewer import Viewer


def _failed(notice: UUID, viewer: Viewer) -> Notice:
    refuse_unless_steward(viewer)
    found = Notice.objects.failed().select_for_update().filter(pk=notice).first()
    if found is None:
        raise Refused(_("This letter does not wait for anybody any more."))
    return found


@transaction.atomic
def send_letter_again(*, notice: UUID, viewer: Viewer, now: datetime) -> None:
    """It is written anew, from what is true then, and tried as often as at first.

    Raises PermissionDenied, and Refused where it was sent or set aside meanwhile.
    """
    found = _failed(notice, viewer)
    try_again(found, now)
    _record(found, viewer, "send_letter_again")


@transaction.atomic
def set_letter_aside(*, notice: UUID, viewer: Viewer, now: datetime) -> None:
    """It is not tried any more, and leaves the queue. Raises PermissionDenied and Refused."""
    found = _failed(notice, viewer)
    set_aside(found, now)
    _record(found, viewer, "set_letter_aside")


@transaction.atomic
def letters_came_back(*, organization: UUID, viewer: Viewer, now: datetime) -> int:
    """The latest "Still true?" to the people of an organization came back: none of it warned anybody. How many.

    They stand among those that did not arrive from then on. Which of several it was is not asked: too many warnings
    are called off rather than one too few. Raises PermissionDenied, and Refused where none was sent.
    """
    refuse_unless_steward(viewer)
    hold_organization(organization)
    back = list(Notice.objects.sent().select_for_update().filter(subject_id__in=latest_asked(organization)))
    if not back:
        raise Refused(_("No letter of this kind was sent to its people."))
    for notice in back:
        came_back(notice, now)
    details = {"letters": len(back)}
    audit.record(
        viewer,
        action="letters_came_back",
        subject_type="organization",
        subject_id=organization,
        details=details,
    )
    return len(back)


def _record(notice: Notice, viewer: Viewer, action: str) -> None:
    details = {"kind": notice.kind}
    audit.record(viewer, action=action, subject_type="notice", subject_id=notice.pk, details=details)
