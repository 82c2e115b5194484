"""A listing names organizations: they find it where it is for them alone; enforcement finds only what names it."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.actions.tell_people import tell_organization
from directory.finding.known_organizations import is_known
from directory.models.named_organization import NamedOrganization
from directory.models.service import Service
from directory.models.vetting import VettingDecision
from directory.policies import leads, refuse_unless_keeper
from directory.rules.standing import Kind, in_force, is_let_in, last_day
from safety import audit
from safety.viewer import Viewer

MOST_NAMED = 100
"""Organizations that one listing names: more of them are everybody who is vetted."""


def _own_listing(service: UUID, viewer: Viewer) -> Service:
    """A listing of the organization that one keeps. What is another's is answered as what is not there."""
    organization = viewer.organization or UUID(int=0)
    hold_organization(organization)
    refuse_unless_keeper(viewer, organization)
    found = Service.objects.filter(pk=service, organization_id=organization).first()
    if found is None:
        raise Refused(_("This is not there any more."))
    return found


def _record(viewer: Viewer, action: str, service: UUID, organization: UUID) -> None:
    details = {"organization": str(organization)}
    audit.record(viewer, action=action, subject_type="service", subject_id=service, details=details)


def _refuse_unless_may_be_named(organization: UUID, viewer: Viewer, now: datetime) -> None:
    """Raise Refused for whom nobody could name; PermissionDenied where a keeper alone would let enforcement in."""
    told = VettingDecision.objects.told_of(organization)
    latest = in_force(told)
    if organization == viewer.organization or not is_known(organization, viewer, now):
        raise Refused(_("This organization is not there any more."))
    if latest is None or not is_let_in(last_day(now), told):
        raise Refused(_("Only an organization that is vetted now can be named."))
    if latest.kind is Kind.ENFORCEMENT and not leads(viewer, viewer.organization):
        raise PermissionDenied


@transaction.atomic
def name_organization(*, service: UUID, organization: UUID, viewer: Viewer, now: datetime) -> bool:
    """Let an organization that is let in find this listing at the desk; False where it was named already.

    By a keeper or lead of the listing's organization, an enforcement body by a lead alone; leads are told when a keeper
    does it. Raises PermissionDenied and Refused; asking for fresh proof is the door's.
    """
    found = _own_listing(service, viewer)
    assert found.organization_id is not None
    _refuse_unless_may_be_named(organization, viewer, now)
    mine = NamedOrganization.objects.of(service, found.organization_id)
    if mine.filter(organization_id=organization).exists():
        return False
    if mine.count() >= MOST_NAMED:
        raise Refused(_("This listing names very many organizations. Let all vetted organizations find it."))
    # Names of whoever had this listing before count for nothing, and make room.
    NamedOrganization.objects.filter(service_id=service).exclude(owner_id=found.organization_id).delete()
    NamedOrganization.objects.create(
        service_id=service,
        owner_id=found.organization_id,
        organization_id=organization,
        named_by_id=viewer.user,
        named_at=now,
    )
    _record(viewer, "name_organization", service, organization)
    if not leads(viewer, found.organization_id):
        tell_organization(found.organization_id, now)
    return True


@transaction.atomic
def unname_organization(*, service: UUID, organization: UUID, viewer: Viewer) -> bool:
    """Take a name back: from the next request on that organization finds it no more. False where it was not named.

    Raises PermissionDenied and Refused.
    """
    found = _own_listing(service, viewer)
    assert found.organization_id is not None
    mine = NamedOrganization.objects.of(service, found.organization_id)
    gone, _kinds = mine.filter(organization_id=organization).delete()
    if gone:
        _record(viewer, "unname_organization", service, organization)
    return bool(gone)
