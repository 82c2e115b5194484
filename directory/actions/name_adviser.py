"""Who advises on behalf of survivors: named and thanked by stewards, or by whoever operates the site."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from directory.actions.refused import Refused
from directory.models.adviser import Adviser
from directory.policies import is_steward
from safety import audit
from safety.viewer import Tier, Viewer


def _refuse_others(viewer: Viewer) -> None:
    if viewer.tier < Tier.CUSTODIAN and not is_steward(viewer):
        raise PermissionDenied


def _record(viewer: Viewer, action: str, user: UUID) -> None:
    audit.record(viewer, action=action, subject_type="user", subject_id=user)


@transaction.atomic
def name_adviser(*, user: UUID, viewer: Viewer, now: datetime) -> Adviser:
    """From now on this person may hold approvals. Raises PermissionDenied and Refused.

    Never a steward: whoever asks does not answer.
    """
    _refuse_others(viewer)
    person = User.objects.select_for_update().filter(pk=user, is_active=True).first()
    if person is None:
        raise Refused(_("This person has no account that can sign in."))
    if person.is_staff:
        raise Refused(_("A steward can't be an adviser as well: whoever asks does not answer."))
    if Adviser.objects.filter(user=person, ended_at=None).exists():
        raise Refused(_("This person is an adviser already."))
    made = Adviser.objects.create(user=person, named_by_id=viewer.user, began_at=now)
    _record(viewer, "name_adviser", user)
    return made


@transaction.atomic
def thank_adviser(*, user: UUID, viewer: Viewer, now: datetime) -> Adviser:
    """From now on this person holds nothing any more; open questions stay open. Raises PermissionDenied and Refused."""
    _refuse_others(viewer)
    found = Adviser.objects.select_for_update().filter(user_id=user, ended_at=None).first()
    if found is None:
        raise Refused(_("This person is no adviser."))
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    _record(viewer, "thank_adviser", user)
    return found
