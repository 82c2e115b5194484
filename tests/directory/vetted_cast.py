"""Organizations of every standing with a member each, and listings of every tier with words to look for."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from directory.actions.project_listings import project_services
from directory.models.contact import Contact
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from directory.models.vetting import VettingDecision
from directory.rules.standing import Kind, Standing

CANARIES = ("Quillfeather", "613-555-0199", "quillfeather@canary.example", "Marrowgate")
"""The name, line and mailbox of a contact, and the name of a listing for vetted organizations."""


def decided(
    organization: Organization,
    steward: User,
    outcome: Standing = Standing.APPROVED,
    kind: Kind = Kind.COMMUNITY,
    *,
    minutes_ago: int = 60,
) -> VettingDecision:
    """A decision that is in force."""
    at = timezone.now() - timedelta(minutes=minutes_ago)
    is_let_in = outcome in (Standing.APPROVED, Standing.CONDITIONAL)
    second, _ = User.objects.get_or_create(email="tove@relais.example", defaults={"is_staff": True})
    return VettingDecision.objects.create(
        organization=organization,
        outcome=outcome,
        kind=kind,
        reason="For a test.",
        decided_by=steward,
        decided_at=at,
        until=(at + timedelta(days=365)).date() if is_let_in else None,
        agreed_by=second if is_let_in else None,
        agreed_at=at if is_let_in else None,
    )


def employed(user: User, organization: Organization, role: Role = Role.WORKER) -> Membership:
    """A member since a while."""
    began = timezone.now() - timedelta(days=1)
    return Membership.objects.create(user=user, organization=organization, role=role, began_at=began)


def with_contact(service: Service) -> Service:
    """The service with somebody to turn to: for vetted workers only."""
    facts: dict[str, Any] = {"publisher": service.publisher, "service": service}
    contact = Contact.objects.create(
        **facts, name=CANARIES[0], title="Intake lead", email=CANARIES[2], department="Intake"
    )
    Phone.objects.create(publisher=service.publisher, contact=contact, number=CANARIES[1])
    project_services([service.pk])
    return service


def for_vetted(service: Service) -> Service:
    """The service, to be found by vetted organizations alone."""
    Service.objects.filter(pk=service.pk).update(publish_to=["vetted"])
    project_services([service.pk])
    return service
