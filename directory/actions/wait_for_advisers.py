"""Survivors' advisers have some working days before a second yes counts; one who has no objection shortens that."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.actions.tell_people import tell_stewards
from directory.models.vetting import TWO, VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_hold import VettingHold
from directory.models.vetting_no_objection import VettingNoObjection
from directory.policies import refuse_unless_adviser
from directory.rules.advisers_wait import counts_from
from safety import audit
from safety.viewer import Viewer


def may_agree_from(proposal: VettingDecision) -> datetime:
    """From when on a second steward's yes counts; the moment of the proposal where an adviser has no objection."""
    if no_objection_to(proposal.organization_id) is not None:
        return proposal.decided_at
    return counts_from(proposal.decided_at, settings.ADVISERS_HAVE_DAYS)


def no_objection_to(organization: UUID) -> VettingNoObjection | None:
    """The first that was said of the application that waits, if nothing was decided about the organization since."""
    waiting = VettingApplication.objects.waiting().filter(organization_id=organization).last()
    if waiting is None:
        return None
    in_force = VettingDecision.objects.filter(~TWO | Q(agreed_at__isnull=False), organization_id=organization)
    latest = in_force.order_by("decided_at").last()
    said = waiting.no_objections.select_related("said_by")
    return said.filter(said_at__gt=latest.decided_at).first() if latest else said.first()


def refuse_too_early(proposal: VettingDecision, now: datetime) -> None:
    """Raise Refused while advisers have time to look at what was proposed."""
    since = may_agree_from(proposal)
    if now < since:
        day = date_format(since, "DATETIME_FORMAT")
        raise Refused(
            _("Survivors’ advisers have until %(day)s to look at it. A second yes counts after that.")
            % {"day": day}
        )


@transaction.atomic
def say_no_objection(*, organization: UUID, viewer: Viewer, now: datetime) -> VettingNoObjection:
    """An adviser has nothing against letting it in. Raises PermissionDenied and Refused."""
    refuse_unless_adviser(viewer)
    hold_organization(organization)
    waiting = VettingApplication.objects.waiting().filter(organization_id=organization).last()
    if waiting is None:
        raise Refused(_("Nothing waits to be approved here."))
    if VettingHold.objects.open().filter(organization_id=organization, placed_by_id=viewer.user).exists():
        raise Refused(_("Your question holds this. Take it back first, or wait for the answer."))
    if waiting.no_objections.filter(said_by_id=viewer.user).exists():
        raise Refused(_("You said already that you have no objection."))
    made = VettingNoObjection.objects.create(application=waiting, said_by_id=viewer.user, said_at=now)
    tell_stewards(now)
    audit.record(
        viewer,
        action="say_no_objection",
        subject_type="organization",
        subject_id=organization,
        details={"application": str(waiting.pk)},
    )
    return made
