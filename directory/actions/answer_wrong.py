"""A steward has seen to what visitors say is wrong with a listing: it was corrected, or nothing had to change."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.refused import Refused
from directory.finding.said_wrong import open_sums, reports_in
from directory.models.service import Service
from directory.models.wrong_answer import LONGEST_REASON, WrongAnswer
from directory.policies import refuse_unless_steward
from safety import audit
from safety.viewer import Viewer


@transaction.atomic
def answer_wrong(*, service: UUID, seen: int, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take out of the list what was said of this service. `seen`: how many reports the steward was shown.

    `reason`: why nothing has to change; empty: it was corrected. Raises PermissionDenied, and Refused where more was
    said meanwhile, or nothing waits any more.
    """
    refuse_unless_steward(viewer)
    Service.objects.select_for_update().filter(pk=service).first()
    sums = open_sums(timezone.localtime(now).date(), [service])
    if not sums:
        raise Refused(_("Somebody saw to this already."))
    if reports_in(sums) != seen:
        raise Refused(_("Visitors have said more meanwhile. Look at it once more."))
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused(_("This is too long."))
    facts = {"reason": reason.strip(), "answered_at": now, "answered_by_id": viewer.user}
    WrongAnswer.objects.bulk_create(
        WrongAnswer(listing_id=one.listing, on=one.on, what=one.what, times=one.times, **facts)
        for one in sums
    )
    details = {"reports": seen, "corrected": not reason.strip()}
    audit.record(viewer, action="answer_wrong", subject_type="service", subject_id=service, details=details)
