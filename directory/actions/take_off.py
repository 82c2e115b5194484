"""Stewards show none of an organization's listings to anybody, at once, and show them again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.project_listings import project_organizations
from directory.actions.refused import Refused
from directory.models.organization import Organization
from directory.policies import refuse_unless_steward
from safety import audit
from safety.viewer import Viewer


@transaction.atomic
def take_listings_off(*, organization: UUID, viewer: Viewer, now: datetime) -> None:
    """From now on nobody finds them, at the desk neither. Nothing of them is lost. Raises PermissionDenied, Refused."""
    refuse_unless_steward(viewer)
    if hold_organization(organization).taken_off_on is not None:
        raise Refused(_("Its listings are off the site already."))
    Organization.objects.filter(pk=organization).update(taken_off_on=timezone.localtime(now).date())
    _done("take_listings_off", organization, viewer)


@transaction.atomic
def put_listings_back(*, organization: UUID, viewer: Viewer) -> None:
    """They are found again, with what their people changed meanwhile. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    if hold_organization(organization).taken_off_on is None:
        raise Refused(_("Its listings are on the site already."))
    Organization.objects.filter(pk=organization).update(taken_off_on=None)
    _done("put_listings_back", organization, viewer)


def _done(action: str, organization: UUID, viewer: Viewer) -> None:
    project_organizations([organization])
    audit.record(viewer, action=action, subject_type="organization", subject_id=organization)
