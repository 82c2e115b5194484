"""Others took an organization over: whoever was vetted is not who is there now, and is vetted anew."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.actions.show_tellings import end_tellings
from directory.actions.tell_people import tell_organization, tell_stewards
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.policies import refuse_unless_lead
from directory.rules.standing import GOOD, Standing, in_force, last_day, standing_on
from safety import audit
from safety.viewer import Viewer


@transaction.atomic
def say_control_changed(*, organization: UUID, viewer: Viewer, now: datetime) -> VettingDecision | None:
    """End what lets the organization in, and take back what it asked for before. Raises PermissionDenied and Refused.

    By a lead of it, or a steward. A suspension stays one: nobody gets rid of it so. None where nothing was in force.
    """
    refuse_unless_lead(viewer, organization)
    hold_organization(organization)
    ended = _end(organization, viewer, now)
    taken_back = VettingApplication.objects.waiting().filter(organization_id=organization)
    withdrawn = [_withdraw(one, viewer, now) for one in taken_back.order_by("began_at")]
    if ended is None and not withdrawn:
        raise Refused(
            _("This organization is not let in, and asks for nothing: there is nothing to vet anew.")
        )
    tell_stewards(now, but=viewer.user)
    tell_organization(organization, now)
    end_tellings(organization)
    audit.record(
        viewer,
        action="say_control_changed",
        subject_type="organization",
        subject_id=organization,
        details={"decision": str(ended.pk) if ended else None, "applications": len(withdrawn)},
    )
    return ended


def _end(organization: UUID, viewer: Viewer, now: datetime) -> VettingDecision | None:
    told = VettingDecision.objects.told_of(organization)
    latest = in_force(told)
    if latest is None or standing_on(last_day(now), told) not in GOOD:
        return None
    return VettingDecision.objects.create(
        organization_id=organization,
        outcome=Standing.EXPIRED,
        kind=latest.kind,
        reason=_("Others took control of the organization: it is vetted anew."),
        decided_by_id=viewer.user,
        decided_at=now,
    )


def _withdraw(application: VettingApplication, viewer: Viewer, now: datetime) -> VettingApplication:
    application.withdrawn_by_id, application.withdrawn_at = viewer.user, now
    application.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return application
