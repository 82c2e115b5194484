"""People are asked to join an organization by a letter, answer by its link, and may be asked no more."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import MaxLengthValidator, validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from accounts.models import User, written
from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.models.invitation import Invitation
from directory.models.membership import Membership, Role
from directory.policies import refuse_unless_lead
from safety import audit
from safety.notices import Letter, notify, register
from safety.viewer import Viewer

GOOD_FOR = timedelta(days=7)
MOST_OPEN = 50
"""Open invitations of one organization: a stolen account must not write to everybody."""
LONGEST = 254
"""Letters of the longest address that mail allows."""
KIND = "invitation"
KNOWN = gettext_noop("There is an account of this address. Sign in first, then open the link again.")
SIGNER = Signer(salt="directory.invitation")


def token_of(invitation: Invitation) -> str:
    """What stands in the link: the id, signed."""
    return SIGNER.sign(invitation.pk.hex)


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation of a link, if it can still be answered."""
    try:
        key = UUID(hex=SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Invitation.objects.open_at(now).filter(pk=key).select_related("organization").first()


def _checked(email: str) -> str:
    try:
        kept = written(email)
        validate_email(kept)
        MaxLengthValidator(LONGEST)(kept)
    except (ValueError, ValidationError):
        raise Refused(_("This is not an e-mail address.")) from None
    return kept


def _record(viewer: Viewer, action: str, invitation: Invitation) -> None:
    """In ids: who was asked stands in the invitation, while it is open."""
    audit.record(
        viewer,
        action=action,
        subject_type="organization",
        subject_id=invitation.organization_id,
        details={"invitation": str(invitation.pk), "role": invitation.role},
    )


@transaction.atomic
def invite_member(
    *, email: str, organization: UUID, role: Role, language: str, viewer: Viewer, now: datetime
) -> Invitation:
    """Ask somebody to join, by a lead of the organization or a steward. Raises PermissionDenied and Refused.

    Whether the address has an account is not told: the answer is the same.
    """
    refuse_unless_lead(viewer, organization)
    address = _checked(email)
    hold_organization(organization)
    _close_what_is_over(organization, now)
    still_open = Invitation.objects.unanswered().filter(organization_id=organization)
    if still_open.filter(email=address).exists():
        raise Refused(_("This person was asked already. Take that invitation back to ask anew."))
    if still_open.count() >= MOST_OPEN:
        raise Refused(_("There are too many open invitations. Take some back first."))
    if Membership.objects.live().filter(organization_id=organization, user__email=address).exists():
        raise Refused(_("This person belongs to the organization already."))
    made = Invitation.objects.create(
        organization_id=organization,
        email=address,
        role=Role(role),
        language=language,
        invited_by_id=viewer.user,
        invited_at=now,
        expires_at=now + GOOD_FOR,
    )
    notify(KIND, made.pk)
    _record(viewer, "invite_member", made)
    return made


def _close_what_is_over(organization: UUID, now: datetime) -> None:
    left = Invitation.objects.unanswered().filter(organization_id=organization)
    left.filter(expires_at__lte=now).update(revoked_at=now, email="")


def _held(invitation: UUID) -> Invitation:
    found = Invitation.objects.select_for_update().filter(pk=invitation).first()
    if found is None or found.accepted_at or found.revoked_at:
        raise Refused(_("This invitation is not open any more."))
    return found


@transaction.atomic
def revoke_invitation(*, invitation: UUID, viewer: Viewer, now: datetime) -> Invitation:
    """Take an open invitation back: its link works no more. Raises PermissionDenied and Refused."""
    found = _held(invitation)
    refuse_unless_lead(viewer, found.organization_id)
    found.revoked_at, found.email = now, ""
    found.save(update_fields=["revoked_at", "email"])
    _record(viewer, "revoke_invitation", found)
    return found


@transaction.atomic
def accept_invitation(*, invitation: UUID, user: User | None, password: str, now: datetime) -> Membership:
    """Join: as the person signed in, whose address was asked, or with a new account and its password. Raises Refused.

    Whoever has the letter has the mailbox: a new account's address counts as verified.
    """
    found = _held(invitation)
    if found.expires_at <= now:
        raise Refused(_("This invitation is not open any more."))
    known = User.objects.get_queryset().with_email(found.email).first()
    if known and (user is None or user.pk != known.pk):
        raise Refused(_(KNOWN))
    if user is not None and known is None:
        raise Refused(_("You are signed in with another address. Sign out first, then open the link again."))
    person = known or _new_account(found.email, password)
    if Membership.objects.filter(user=person, organization_id=found.organization_id, ended_at=None).exists():
        raise Refused(_("You belong to this organization already."))
    made = Membership.objects.create(
        user=person, organization_id=found.organization_id, role=found.role, began_at=now
    )
    found.accepted_at, found.email = now, ""
    found.save(update_fields=["accepted_at", "email"])
    _record(Viewer(user=person.pk), "accept_invitation", found)
    return made


def _new_account(email: str, password: str) -> User:
    """Refused where the same person answers another organization's letter in the same moment."""
    try:
        with transaction.atomic():
            person = User.objects.create_user(email, password)
    except IntegrityError:
        raise Refused(_(KNOWN)) from None
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def _letter(invitation: UUID) -> Letter | None:
    """What is sent: who asks, and the link. Nothing once it was answered or taken back."""
    found = Invitation.objects.unanswered().filter(pk=invitation).first()
    if found is None:
        return None
    with override(found.language):
        link = settings.SITE_URL.rstrip("/") + reverse("invitation", args=[token_of(found)])
        return Letter(
            to=found.email,
            language=found.language,
            subject=_("You are asked to join"),
            body=_(
                "You are asked to join an organization at Relais.\n\n%(link)s\n\n"
                "The link works once, for seven days. If you did not expect this, leave it: nothing happens.\n"
            )
            % {"link": link},
        )


register(KIND, _letter)
