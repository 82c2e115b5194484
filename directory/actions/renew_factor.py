"""Who may ask for a new second factor of somebody who lost theirs: a lead for a member, a steward for the others.

Of a steward two stewards ask, and a day passes. What follows then is in `accounts.lost_factor` (docs/adr/0058).
"""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.lost_factor import ask_for_renewal, has_factor, lost_factor, open_door, take_back
from accounts.models import LONGEST_REASON, PASSWORD_SETTLES, FactorRenewal, User
from directory.actions.refused import Refused
from directory.actions.tell_people import tell_organization, tell_stewards
from directory.models.membership import Membership, Role
from directory.policies import is_adviser, is_steward, leads, refuse_unless_steward
from safety import audit
from safety.viewer import Viewer


def may_renew(viewer: Viewer, person: User) -> bool:
    """True for stewards, and for whoever leads the only organization of a person who leads none and advises nobody.

    Who belongs to two is not one organization's to shut out of the other.
    """
    if viewer.user is None or viewer.user == person.pk:
        return False
    if is_steward(viewer):
        return True
    mine = [
        (one.organization_id, one.role == Role.LEAD) for one in Membership.objects.live().filter(user=person)
    ]
    is_plain = not person.is_staff and not is_adviser(Viewer(user=person.pk))
    return is_plain and mine == [(viewer.organization, False)] and leads(viewer, viewer.organization)


@transaction.atomic
def ask_new_factor(*, user: UUID, reason: str, viewer: Viewer, now: datetime) -> FactorRenewal:
    """End what somebody lost, and send a letter whose door opens for a day; of a steward, ask a second steward first.

    `reason`: who was called back, on which number. Raises PermissionDenied and Refused.
    """
    person = User.objects.select_for_update().filter(pk=user, is_active=True).first()
    if person is None:
        raise Refused(_("This person has no account that can sign in."))
    if person.pk == viewer.user and is_steward(viewer):
        raise Refused(_("Somebody else has to ask for it."))
    if not may_renew(viewer, person) or viewer.user is None:
        raise PermissionDenied
    _refuse_unless_said(reason)
    if not has_factor(person) and not lost_factor(person.pk):
        raise Refused(_("This person has none yet: it is set up when signing in."))
    _refuse_password_by_mail(person, now)
    made = ask_for_renewal(user=person, reason=reason.strip(), by=viewer.user, now=now)
    if made.needs_second:
        tell_stewards(now, but=viewer.user)
    else:
        open_door(made, now)
    _record(viewer, "ask_new_factor", made, now)
    return made


def _refuse_password_by_mail(person: User, now: datetime) -> None:
    """The door asks for the mailbox and the password: one that came through this mailbox lately proves nothing more."""
    came = person.password_reset_at
    if came is None or came + PASSWORD_SETTLES <= now:
        return
    told = _(
        "On %(day)s this person got a new password by mail. Whoever reads the mailbox may have asked for it: a new "
        "second factor can be asked for a week later. Who can't wait is asked in anew, with another address."
    )
    raise Refused(told % {"day": date_format(timezone.localtime(came))})


def _refuse_unless_said(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say how you know that it is this person who asks."))
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused(_("This is too long."))


@transaction.atomic
def agree_new_factor(*, renewal: UUID, viewer: Viewer, now: datetime) -> FactorRenewal:
    """A second steward agrees: the door opens a day later. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    found = FactorRenewal.objects.waiting(now).select_for_update().filter(pk=renewal).first()
    if found is None:
        raise Refused(_("This is decided already."))
    if viewer.user in (found.asked_by_id, found.user_id):
        raise Refused(_("Another steward has to agree."))
    found.agreed_by_id = viewer.user
    open_door(found, now)
    _record(viewer, "agree_new_factor", found, now)
    return found


@transaction.atomic
def take_back_new_factor(*, renewal: UUID, viewer: Viewer, now: datetime) -> FactorRenewal:
    """Its door does not open any more: by whoever may ask for it, or by a steward whose own it is.

    Raises PermissionDenied and Refused.
    """
    found = FactorRenewal.objects.unfinished().select_for_update().filter(pk=renewal).first()
    if found is None:
        raise Refused(_("This is decided already."))
    if not may_renew(viewer, found.user) and not is_steward(viewer):
        raise PermissionDenied
    take_back(found, now)
    _record(viewer, "take_back_new_factor", found, now)
    return found


def _record(viewer: Viewer, action: str, renewal: FactorRenewal, now: datetime) -> None:
    """Told to the leads of each organization that the person belongs to; of who belongs to none, to stewards alone."""
    mine = Membership.objects.live().filter(user_id=renewal.user_id).order_by("organization_id")
    details = {"member": str(renewal.user_id)}
    owners = list(mine.values_list("organization_id", flat=True))
    for owner in owners:
        audit.record(viewer, action=action, subject_type="organization", subject_id=owner, details=details)
        tell_organization(owner, now)
    if not owners:
        audit.record(viewer, action=action, subject_type="user", subject_id=renewal.user_id)
