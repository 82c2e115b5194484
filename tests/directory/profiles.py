"""An organization with a clinic, its keeper and two stewards: who changes what a listing says."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions.propose_change import propose_change
from directory.models.field_source import FieldSource
from directory.models.listing import ListingPage
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.vetting import VettingDecision
from safety.viewer import Viewer
from tests.directory.conftest import MakeService
from tests.roles import RoleClient


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


def verify(phone: Phone) -> None:
    """Its people told this number themselves: who calls it back speaks with them."""
    day = moment().date()
    told = {"stated_on": day, "confirmed_on": day}
    FieldSource.objects.create(entity="phone", record_id=phone.pk, field="number", **told)


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


@pytest.fixture
def second(db: None) -> User:
    """Tove, another steward."""
    return User.objects.create_user("tove@relais.example", "correct horse battery", is_staff=True)


@pytest.fixture
def house(make_service: MakeService, keeper: User, steward: User, second: User) -> House:
    """A clinic of an organization that is let in, kept by Kim."""
    service = make_service("Clinic", hours=[("MO,TU,WE,TH", "09:00", "20:00"), ("FR", "09:00", "17:00")])
    assert service.organization is not None
    let_in(service.organization, steward, second)
    verify(service.phones.get())
    return House(service, employ(keeper, service.organization), Viewer(user=steward.pk))


def page_of(visitor: RoleClient, house: House, language: str = "en") -> str:
    """The public page, as a visitor reads it."""
    site = house.service.sites.get()
    found = visitor.get(f"/{language}/{'listing' if language == 'en' else 'fiche'}/{site.pk}/")
    assert found.status_code == 200
    return found.text
