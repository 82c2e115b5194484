"""The block list of an organization: who must not find at the desk what it shows there. Nobody else reads it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.finding.known_organizations import is_known
from directory.models.blocked_organization import BlockedOrganization
from directory.policies import refuse_unless_own_lead
from safety import audit
from safety.viewer import Viewer

MOST_BLOCKED = 500


def _record(viewer: Viewer, action: str, organization: UUID, blocked: UUID) -> None:
    details = {"organization": str(blocked)}
    audit.record(viewer, action=action, subject_type="organization", subject_id=organization, details=details)


@transaction.atomic
def block_organization(*, blocked: UUID, viewer: Viewer, now: datetime) -> bool:
    """Put an organization on the list of the one acted for; False where it stood there already.

    By whoever leads it, let in or not: what it showed stays closed. Not even a steward does it for them. Raises
    PermissionDenied and Refused; asking for fresh proof is the door's.
    """
    organization = viewer.organization or UUID(int=0)
    hold_organization(organization)
    refuse_unless_own_lead(viewer, organization)
    if blocked == organization or not is_known(blocked, viewer, now):
        raise Refused(_("This organization is not there any more."))
    mine = BlockedOrganization.objects.filter(organization_id=organization)
    if mine.filter(blocked_id=blocked).exists():
        return False
    if mine.count() >= MOST_BLOCKED:
        raise Refused(_("Your list is very long. Show your listings only to organizations that you name."))
    BlockedOrganization.objects.create(
        organization_id=organization, blocked_id=blocked, blocked_by_id=viewer.user, blocked_at=now
    )
    _record(viewer, "block_organization", organization, blocked)
    return True


@transaction.atomic
def unblock_organization(*, blocked: UUID, viewer: Viewer) -> bool:
    """Take an organization off the list; False where it did not stand there. Raises PermissionDenied and Refused."""
    organization = viewer.organization or UUID(int=0)
    hold_organization(organization)
    refuse_unless_own_lead(viewer, organization)
    mine = BlockedOrganization.objects.filter(organization_id=organization, blocked_id=blocked)
    gone, _kinds = mine.delete()
    if gone:
        _record(viewer, "unblock_organization", organization, blocked)
    return bool(gone)
