"""An organization with a clinic, its keeper and two stewards: who changes what a listing says."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from directory.actions.propose_change import propose_change
from directory.models.listing import ListingPage
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.vetting import VettingDecision
from safety.viewer import Viewer


def moment() -> Any:
    """Now: asked anew each time, so that what follows comes later."""
    return timezone.now()


def employ(user: User, organization: Organization, role: Role = Role.KEEPER) -> Viewer:
    """Let somebody work there."""
    began = moment() - timedelta(days=1)
    Membership.objects.create(user=user, organization=organization, role=role, began_at=began)
    return Viewer(user=user.pk, organization=organization.pk)


def let_in(organization: Organization, steward: User, second: User) -> None:
    """Two stewards have let it in."""
    at = moment() - timedelta(hours=1)
    VettingDecision.objects.create(
        organization=organization,
        outcome="approved",
        kind="community",
        until=(at + timedelta(days=300)).date(),
        reason="Yes.",
        decided_by=steward,
        decided_at=at,
        agreed_by=second,
        agreed_at=at,
    )


@dataclass
class House:
    """The clinic that Kim keeps."""

    service: Service
    keeper: Viewer
    steward: Viewer

    @property
    def organization(self) -> Organization:
        """Whose clinic it is."""
        found = self.service.organization
        assert found is not None
        return found

    def change(self, values: dict[str, Any], task: str = "words", **more: Any) -> list[ProposedChange]:
        """Kim changes the clinic, at this moment."""
        asked = {"organization": self.organization.pk, "service": self.service.pk, "viewer": self.keeper}
        return propose_change(**asked | {"task": task, "values": values, "now": moment()} | more)

    def told(self, language: str = "en") -> str:
        """All that the public page is made of."""
        pages = ListingPage.objects.filter(**{f"{language}__contains": ""})
        return "\n".join(str(page) for page in pages.values_list(language, flat=True))
