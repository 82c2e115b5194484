"""Tokens of a publisher's program: made by whoever leads the organization, told once, kept as a hash, taken back."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.models.membership import Role
from directory.models.push_token import PushToken, Scope
from directory.models.vetting import VettingDecision
from directory.policies import refuse_unless_works_for
from directory.rules.standing import last_day, sees_vetted
from safety import audit
from safety.viewer import Tier, Viewer

PREFIX = "relais_"
"""So that whoever finds one in a file knows what it is."""
SECRET_BYTES = 32
DAYS = (30, 90, 365)
MOST_TOKENS = 10
"""Open tokens of one organization: nobody keeps account of more."""
LONGEST_NAME = 80


def hashed(secret: str) -> str:
    """How a secret is kept. It has 256 random bits: nothing slower is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _record(viewer: Viewer, action: str, token: PushToken) -> None:
    audit.record(
        viewer,
        action=action,
        subject_type="organization",
        subject_id=token.organization_id,
        details={"token": str(token.pk), "scope": token.scope},
    )


@transaction.atomic
def make_push_token(
    *, organization: UUID, name: str, scope: Scope, days: int, viewer: Viewer, now: datetime
) -> tuple[PushToken, str]:
    """The token, and its secret, which is told this once. Raises PermissionDenied and Refused.

    Whoever makes it leads an organization that is let in; asking for a fresh proof is the door's.
    """
    hold_organization(organization)
    refuse_unless_works_for(viewer, organization, [Role.LEAD])
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise Refused(_("Give it a name, so that you know it again."))
    if days not in DAYS:
        raise Refused(_("Choose one of the answers."))
    if PushToken.objects.open_at(now).filter(organization_id=organization).count() >= MOST_TOKENS:
        raise Refused(_("There are too many tokens. Take one back first."))
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    made = PushToken.objects.create(
        organization_id=organization,
        name=plain,
        scope=Scope(scope),
        hashed=hashed(secret),
        made_by_id=viewer.user,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    _record(viewer, "make_push_token", made)
    return made, secret


@transaction.atomic
def revoke_push_token(*, token: UUID, viewer: Viewer, now: datetime) -> None:
    """Take a token back: it opens nothing from the next request on. Any lead may. Raises PermissionDenied, Refused."""
    organization = viewer.organization or UUID(int=0)
    hold_organization(organization)
    refuse_unless_works_for(viewer, organization, [Role.LEAD])
    open_ones = PushToken.objects.filter(pk=token, organization_id=organization, revoked_at=None)
    if not open_ones.update(revoked_at=now):
        raise Refused(_("This is not there any more."))
    _record(viewer, "revoke_push_token", PushToken.objects.get(pk=token))


def open_token(secret: str, now: datetime) -> PushToken | None:
    """The token of a secret, if it opens anything. Its day of use is noted by `use_token`."""
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    return PushToken.objects.open_at(now).filter(hashed=hashed(secret)).first()


def viewer_of_token(token: PushToken, now: datetime) -> Viewer:
    """As whom a token acts: its maker, who must still lead the organization, which must be let in now.

    Raises PermissionDenied.
    """
    if not sees_vetted(last_day(now), VettingDecision.objects.told_of(token.organization_id)):
        raise PermissionDenied
    viewer = Viewer(user=token.made_by_id, organization=token.organization_id, tier=Tier.VETTED)
    refuse_unless_works_for(viewer, token.organization_id, [Role.LEAD])
    return viewer


def use_token(token: PushToken, now: datetime) -> None:
    """Note the day, and no more than the day."""
    PushToken.objects.filter(pk=token.pk).exclude(last_used_on=now.date()).update(last_used_on=now.date())
