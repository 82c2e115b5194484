"""Who is a steward: given and taken by whoever operates the site, never by one steward alone (docs/adr/0064)."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.lost_factor import end_sessions
from accounts.models import User
from directory.actions.refused import Refused
from directory.actions.tell_people import tell_stewards
from directory.models.adviser import Adviser
from safety import audit
from safety.viewer import Tier, Viewer


def _refuse_others(viewer: Viewer) -> None:
    if viewer.user is not None or viewer.tier < Tier.CUSTODIAN:
        raise PermissionDenied


def _record(viewer: Viewer, action: str, person: User, now: datetime) -> None:
    audit.record(viewer, action=action, subject_type="user", subject_id=person.pk)
    tell_stewards(now, but=person.pk)


@transaction.atomic
def make_account(*, email: str, viewer: Viewer) -> User:
    """The account of an address, made where there is none; its password comes by mail. Raises PermissionDenied."""
    _refuse_others(viewer)
    there = User.objects.get_queryset().with_email(email).first()
    if there is not None:
        return there
    made = User.objects.create_user(email)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    audit.record(viewer, action="make_account", subject_type="user", subject_id=made.pk)
    return made


@transaction.atomic
def name_steward(*, email: str, viewer: Viewer, now: datetime) -> User:
    """From now on this person is a steward. All others get a letter. Raises PermissionDenied and Refused."""
    _refuse_others(viewer)
    person = make_account(email=email, viewer=viewer)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active or person.is_staff:
        raise Refused(_("This person can't sign in, or is a steward already."))
    if Adviser.objects.filter(user=person, ended_at=None).exists():
        raise Refused(_("A steward can't be an adviser as well: whoever asks does not answer."))
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    _record(viewer, "name_steward", person, now)
    return person


@transaction.atomic
def thank_steward(*, email: str, viewer: Viewer, now: datetime) -> User:
    """From the next request on this person is no steward; every session ends. Raises PermissionDenied and Refused."""
    _refuse_others(viewer)
    person = User.objects.get_queryset().with_email(email).select_for_update().filter(is_staff=True).first()
    if person is None:
        raise Refused(_("This person is no steward."))
    person.is_staff = person.is_superuser = False
    person.save(update_fields=["is_staff", "is_superuser"])
    end_sessions(person.pk, now)
    _record(viewer, "thank_steward", person, now)
    return person
