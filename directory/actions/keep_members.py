"""Who belongs to an organization: people are added, given another role, and leave."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.actions.tell_people import tell_organization
from directory.models.membership import Membership, Role
from directory.policies import is_steward, refuse_unless_lead
from safety import audit
from safety.viewer import Viewer


def _record(viewer: Viewer, action: str, membership: Membership) -> None:
    audit.record(
        viewer,
        action=action,
        subject_type="organization",
        subject_id=membership.organization_id,
        details={"member": str(membership.user_id), "role": membership.role},
    )


@transaction.atomic
def add_member(*, user: UUID, organization: UUID, role: Role, viewer: Viewer, now: datetime) -> Membership:
    """Let a person in, by a lead of the organization or a steward. Raises PermissionDenied and Refused."""
    refuse_unless_lead(viewer, organization)
    hold_organization(organization)
    if not User.objects.filter(pk=user, is_active=True).exists():
        raise Refused(_("This person has no account that can sign in."))
    if Membership.objects.filter(user_id=user, organization_id=organization, ended_at=None).exists():
        raise Refused(_("This person belongs to the organization already."))
    made = Membership.objects.create(
        user_id=user, organization_id=organization, role=Role(role), began_at=now
    )
    _record(viewer, "add_member", made)
    return made


def _tell_of_stewards(viewer: Viewer, organization: UUID, now: datetime) -> None:
    """Those who look after it get a letter where somebody else changed who belongs."""
    if not Membership.objects.filter(user_id=viewer.user, organization_id=organization).exists():
        tell_organization(organization, now)


def _live(membership: UUID) -> Membership:
    found = Membership.objects.filter(pk=membership).first()
    if found is None:
        raise Refused(_("This person does not belong to the organization any more."))
    hold_organization(found.organization_id)
    found.refresh_from_db()
    if found.ended_at is not None:
        raise Refused(_("This person does not belong to the organization any more."))
    return found


def _refuse_if_last_lead(membership: Membership, viewer: Viewer) -> None:
    """An organization without a lead could not take anybody out. A steward may leave it so, to close it."""
    others = Membership.objects.live().filter(organization_id=membership.organization_id, role=Role.LEAD)
    is_last = membership.role == Role.LEAD and not others.exclude(pk=membership.pk).exists()
    if is_last and not is_steward(viewer):
        raise Refused(_("The last lead can't go: make somebody else a lead first."))


@transaction.atomic
def change_role(*, membership: UUID, role: Role, viewer: Viewer, now: datetime) -> Membership:
    """Give a member another role from now on; what was is kept. Raises PermissionDenied and Refused."""
    found = _live(membership)
    refuse_unless_lead(viewer, found.organization_id)
    if found.role == role:
        return found
    _refuse_if_last_lead(found, viewer)
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    made = Membership.objects.create(
        user_id=found.user_id, organization_id=found.organization_id, role=Role(role), began_at=now
    )
    _record(viewer, "change_role", made)
    _tell_of_stewards(viewer, made.organization_id, now)
    return made


@transaction.atomic
def end_membership(*, membership: UUID, viewer: Viewer, now: datetime) -> Membership:
    """A member leaves, or is taken out by a lead or a steward. Raises PermissionDenied and Refused."""
    found = _live(membership)
    if viewer.user is None or found.user_id != viewer.user:
        refuse_unless_lead(viewer, found.organization_id)
    _refuse_if_last_lead(found, viewer)
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    _record(viewer, "end_membership", found)
    _tell_of_stewards(viewer, found.organization_id, now)
    return found
